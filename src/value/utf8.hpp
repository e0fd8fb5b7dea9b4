// UTF-8: is a text well formed, and how many characters (code points) has it.
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

/// The text without the white space at its ends, as Unicode defines it (property White_Space).
std::string_view trimmed(std::string_view text);

}  // namespace praxe
