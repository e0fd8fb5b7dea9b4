// A document with long block texts reads as it would without a look ahead, whatever stands around them.
#include "document/long_blocks.hpp"

#include <fmt/format.h>

#include "document/read.hpp"

namespace praxe {
namespace {

constexpr int line_count = 100;

/// So many lines, each after `front`.
std::string lines(std::string_view front) {
    std::string text;
    for (int i = 0; i < line_count; ++i) text += fmt::format("{}row {}: x # \"{}\n", front, i, i);
    return text;
}

struct Document {
    const char* name;
    std::string before;  // of the lines
    std::string after;
    std::string text;  // of the block `a`, as it reads
    bool is_left_out = true;
};

class LongBlocks : public testing::TestWithParam<Document> {};

TEST_P(LongBlocks, ReadAsTheyAreWritten) {
    const std::string yaml = GetParam().before + lines("    ") + GetParam().after;
    EXPECT_EQ(!long_blocks(yaml, 0).empty(), GetParam().is_left_out);
    const Node node = read_good("a.yaml", yaml);
    const Node& block = *node.find("a");
    EXPECT_EQ(block.text.text, GetParam().text);
    for (std::size_t i = 0; i < block.text.text.size(); ++i)
        ASSERT_EQ(yaml[block.text.offset(i)], block.text.text[i]) << "at byte " << i;
    const Node* const next = node.find("b");
    if (next != nullptr) {
        EXPECT_EQ(written(*next), "c");
    }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, LongBlocks,
    testing::Values(Document{"alone", "a: |\n", "", lines("")}, Document{"followed", "a: |\n", "b: c\n", lines("")},
                    Document{"byte_order_mark",
                             "\xEF\xBB\xBF"
                             "a: |\n",
                             "b: c\n", lines("")},
                    Document{"deeper_lines", "a: |\n  x\n", "b: c\n", "x\n" + lines("  ")},
                    Document{"empty_lines_behind", "a: |\n", "\n\n    y\n\n\nb: c\n", lines("") + "\n\ny\n"},
                    Document{"after_another", "b: c\nz: |\n" + lines("  ") + "a: |\n", "", lines("")},
                    Document{"without_last_break", "a: |\n", "    y", lines("") + "y"},
                    Document{"not_at_once", "a: |\n\n", "b: c\n", "\n" + lines(""), false},
                    Document{"stripped", "a: |-\n", "b: c\n", lines("").substr(0, lines("").size() - 1), false},
                    Document{"in_a_comment", "a: |\n    x # b: |\n", "b: c\n", "x # b: |\n" + lines("")}),
    [](const auto& test) { return test.param.name; });

TEST(LongBlocks, WhatOnlyLooksLikeOneIsReadToItsEnd) {
    EXPECT_EQ(read_good("a.yaml", "a: 'x: |\n" + lines("    ") + "    '\nb: c\n").find("b")->text.text, "c");
    EXPECT_EQ(read_good("a.yaml", "# a: |\nb:\n  - |\n" + lines("    ")).find("b")->items.size(), 1u);
}

TEST(LongBlocks, WhatIsWrongBehindOneIsToldAtItsPlace) {
    EXPECT_EQ(complaints("a.yaml", "a: |\n" + lines("    ") + "b: c\nb: d\n").substr(0, 14), "a.yaml:103:1: ");
}

}  // namespace
}  // namespace praxe
