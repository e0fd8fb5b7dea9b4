// Walking over UTF-8 one code point at a time.
#include "value/utf8.hpp"

#include <algorithm>

namespace praxe {
namespace {

/// White space as Unicode defines it (property White_Space).
bool is_space(char32_t c) {
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

unsigned char byte(std::string_view text, std::size_t i) {
    return static_cast<unsigned char>(text[i]);
}
bool continues(unsigned char c) {
    return (c & 0xC0) == 0x80;
}

/// Bytes of a sequence by its first one; 0 where nothing begins with it.
std::size_t length_after(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    if (first >= 0xF0 && first < 0xF5) return 4;
    return 0;
}

/// Second bytes that would make an overlong form, a surrogate, or a code point out of range.
bool bad_second(unsigned char first, unsigned char second) {
    return (first == 0xE0 && second < 0xA0) || (first == 0xED && second >= 0xA0) || (first == 0xF0 && second < 0x90) ||
           (first == 0xF4 && second >= 0x90);
}

}  // namespace

bool valid_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        if (byte(text, i) < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = length_after(byte(text, i));
        if (length == 0 || length > text.size() - i) return false;
        if (length > 1 && bad_second(byte(text, i), byte(text, i + 1))) return false;
        for (std::size_t k = 1; k < length; ++k) {
            if (!continues(byte(text, i + k))) return false;
        }
        i += length;
    }
    return true;
}

std::size_t count_code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return !continues(static_cast<unsigned char>(c)); }));
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
    const unsigned char first = byte(text, at++);
    if (first < 0x80) return first;
    char32_t code = first & (first < 0xE0 ? 0x1F : first < 0xF0 ? 0x0F : 0x07);
    while (at < text.size() && continues(byte(text, at))) code = code << 6 | (byte(text, at++) & 0x3F);
    return code;
}

std::string_view trimmed(std::string_view text) {
    const auto is_visible = [](char c) { return c > ' ' && c < 0x7F; };
    if (!text.empty() && is_visible(text.front()) && is_visible(text.back())) return text;
    std::size_t begin = text.size();
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        if (is_space(next_code_point(text, at))) continue;
        begin = std::min(begin, start);
        end = at;
    }
    return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

}  // namespace praxe
