// Long block texts (tables of thousands of rows) that yaml-cpp need not read byte after byte.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace praxe {

/// Lines of what looks like a block text after `|`, all but its first: each begins with at least `indentation` spaces,
/// and none is empty. Whether it is one, only who reads the document can tell: the scalar at `header` then.
struct LeftOut {
    std::uint32_t header = 0;          // of the `|`
    std::uint32_t begin = 0, end = 0;  // whole lines
    std::uint32_t indentation = 0;
};

/// In the order of the text, from `begin` on.
std::vector<LeftOut> long_blocks(std::string_view text, std::uint32_t begin);

/// The text from `begin` on less those lines.
std::string without(std::string_view text, std::uint32_t begin, const std::vector<LeftOut>& blocks);

/// Where byte `at` of such a text stands in the whole.
std::uint32_t place_in_whole(std::uint32_t at, std::uint32_t begin, const std::vector<LeftOut>& blocks);

/// What was read of the block, with the lines that were left out put behind its first; empty if its first line is not
/// the one that stands before them.
std::string completed(std::string_view text, const LeftOut& block, std::string_view read);

}  // namespace praxe
