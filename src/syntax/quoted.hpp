// Text between quotes: the eight forms of string and bytes literals, and their escapes.
#pragma once

#include <praxe/diagnostics.hpp>
#include <string>
#include <string_view>

#include "text/excerpt.hpp"

namespace praxe {

struct QuotedLiteral {
    std::string value;    // UTF-8 of a string, the bytes of a bytes literal
    std::size_t end = 0;  // after the closing quote
    bool bytes = false;
    bool good = false;  // false: something was reported
};

/// True of `"`, `r'`, `b"""` and the like.
bool begins_quoted(std::string_view text);
/// Reads the literal at `begin`. REQUIRES: the text from there begins_quoted.
QuotedLiteral read_quoted(const Excerpt& text, std::size_t begin, Diagnostics& diagnostics);

/// How many bytes the first character takes; 0 if the text does not begin with well-formed UTF-8.
std::size_t utf8_size(std::string_view text);
/// A character for a message: `#`, or `U+0007` where it has no shape.
std::string describe_character(std::string_view character);

}  // namespace praxe
