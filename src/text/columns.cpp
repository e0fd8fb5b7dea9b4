// Code points and their widths: https://www.unicode.org/reports/tr11/, by blocks.
#include "text/columns.hpp"

#include <algorithm>
#include <array>

namespace praxe {
namespace {

struct Block {
    char32_t first, last;
    std::size_t columns;
};
constexpr std::array blocks = {
    Block{0x0300, 0x036F, 0},    // combining accents
    Block{0x1100, 0x115F, 2},    // Hangul letters
    Block{0x200B, 0x200D, 0},    // joiners
    Block{0x2E80, 0xA4CF, 2},    // Chinese and Japanese
    Block{0xAC00, 0xD7A3, 2},    // Hangul syllables
    Block{0xF900, 0xFAFF, 2},    // Chinese, compatible
    Block{0xFE00, 0xFE0F, 0},    // selectors of variants
    Block{0xFE30, 0xFE6F, 2},    // forms for upright text
    Block{0xFF00, 0xFF60, 2},    // full-width Latin
    Block{0xFFE0, 0xFFE6, 2},    // full-width signs
    Block{0x1F300, 0x1F64F, 2},  // pictures, faces
    Block{0x1F680, 0x1F6FF, 2},  // transport
    Block{0x1F900, 0x1F9FF, 2},  // more pictures
    Block{0x20000, 0x3FFFD, 2},  // rare Chinese
};

std::size_t columns_of(char32_t c) {
    const auto* block = std::find_if(blocks.begin(), blocks.end(), [&](const Block& b) { return c <= b.last; });
    return block == blocks.end() || c < block->first ? 1 : block->columns;
}

bool continues_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// The bits of a character's first byte that count, by how many bytes follow it.
constexpr std::array<unsigned char, 4> lead_bits = {0x7F, 0x1F, 0x0F, 0x07};

}  // namespace

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && continues_character(text[end])) ++end;
        const std::size_t following = std::min(end - at - 1, lead_bits.size() - 1);
        char32_t c = static_cast<unsigned char>(text[at]) & lead_bits[following];
        for (std::size_t i = at + 1; i <= at + following; ++i)
            c = (c << 6) | (static_cast<unsigned char>(text[i]) & 0x3F);
        columns += columns_of(c);
        at = end;
    }
    return columns;
}

}  // namespace praxe
