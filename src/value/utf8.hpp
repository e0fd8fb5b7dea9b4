// UTF-8: is a text well formed, how many characters (code points) has it, which of them are white space.
#pragma once

#include <cstddef>
#include <string_view>

namespace praxe {

/// No overlong forms, no surrogates, nothing above U+10FFFF.
bool valid_utf8(std::string_view text);
/// REQUIRES: well formed.
std::size_t count_code_points(std::string_view text);
/// The code point that begins at `text[at]`, moving `at` past it. REQUIRES: well formed, at < text.size().
char32_t next_code_point(std::string_view text, std::size_t& at);
/// Without white space, as Unicode defines it, at both ends. REQUIRES: well formed.
std::string_view trimmed(std::string_view text);

}  // namespace praxe
