// A caret inside a scalar stands under the byte that was written, however the scalar was written.
#include <random>

#include "document/read.hpp"

namespace praxe {
namespace {

struct Scalar {
    const char* name;
    const char* yaml;  // a map with the one key `a`
    const char* text;  // as decoded
    const char*
        carets;  // for each byte of `text` the byte of `yaml` it stands at, "·" where it is none of the text's own
};

/// Where bytes stand, as text: the source byte under each decoded one.
std::string bytes_under(const Node& node) {
    std::string under;
    for (std::size_t i = 0; i < node.text.text.size(); ++i) {
        const std::uint32_t at = node.text.offset(i);
        under += at < node.source->text().size() ? node.source->text()[at] : '$';
    }
    return under;
}

class Carets : public testing::TestWithParam<Scalar> {};

TEST_P(Carets, StandUnderTheByteThatWasWritten) {
    const Node node = read_good("a.yaml", GetParam().yaml);
    const Node& value = *node.find("a");
    EXPECT_EQ(value.text.text, GetParam().text);
    EXPECT_EQ(bytes_under(value), GetParam().carets);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Carets,
    testing::Values(Scalar{"plain", "a: x && y # z\n", "x && y", "x && y"},
                    Scalar{"plain_over_lines", "a: x &&  \n   y\n\n   z\n", "x && y\nz", "x && y\nz"},
                    Scalar{"single", "a: 'it''s so'\n", "it's so", "it's so"},
                    Scalar{"single_over_lines", "a: 'x\n  y\n\n  z'\n", "x y\nz", "x\ny\nz"},
                    Scalar{"double", R"(a: "x\ty\u00e9z\x41")", "x\tyézA", "x\\y\\\\z\\"},
                    Scalar{"double_beyond_16_bits", R"(a: "\U0001F600x")", "😀x", "\\\\\\\\x"},
                    Scalar{"double_over_lines", "a: \"x\n  y \\\n  z\"\n", "x y z", "x\ny z"},
                    Scalar{"literal", "a: |\n   x y\n    z\n\n   w\n", "x y\n z\n\nw\n", "x y\n z\n\nw\n"},
                    Scalar{"literal_kept", "a: |+\n  x\n\n\n", "x\n\n\n", "x\n\n\n"},
                    Scalar{"literal_stripped", "a: |-\n  x\n\n\n", "x", "x"},
                    Scalar{"literal_indented_by_hand", "a: |2\n    x\n  y\n", "  x\ny\n", "  x\ny\n"},
                    Scalar{"literal_crlf", "a: |\r\n  x\r\n  y\r\n", "x\ny\n", "x\ry\r"},
                    Scalar{"literal_without_last_break", "a: |\n  x", "x", "x"},
                    Scalar{"folded", "a: >-\n  x &&\n  y\n\n  z\n", "x && y\nz", "x &&\ny\nz"},
                    Scalar{"folded_more_indented", "a: >\n  x\n    y\n  z\n", "x\n  y\nz\n", "x\n  y\nz\n"},
                    Scalar{"folded_with_comment", "a: >- # why\n  x\n  y\n", "x y", "x\ny"},
                    Scalar{"empty_block", "a: |\n", "", ""}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Carets, StandRightInJson) {
    const Node node = read_good("a.json", R"({"a": "x\ud83d\ude00y\/z"})");
    EXPECT_EQ(bytes_under(*node.find("a")), "x\\\\\\\\y\\z");
}

// ------------------------------------------------------- texts at random, written in every notation that can hold them

using Random = std::mt19937;

std::string random_text(Random& random) {
    static const std::vector<std::string> pieces = {"a", "b", "c", " ", " ", "'", "\"", "\\", "é", ":", "#", "&", "\n"};
    std::string text = "t";
    for (std::size_t n = random() % 20; n > 0; --n) text += pieces[random() % pieces.size()];
    return text + "e";
}

std::string in_double_quotes(const std::string& text, Random& random) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
        } else if (c == '"' || c == '\\') {
            out += std::string("\\") + c;
        } else if (c == 'a') {
            out += random() % 2 ? "\\x61" : "\\u0061";
        } else if (c == 'b' && random() % 2) {
            out += "\\\n     b";  // a line continued
        } else {
            out += c;
        }
    }
    return out + "\"";
}

std::string in_single_quotes(const std::string& text, Random&) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\n') {
            out += "\n\n  ";
        } else {
            out += c == '\'' ? "''" : std::string(1, c);
        }
    }
    return out + "'";
}

std::string in_literal_block(const std::string& text, Random& random) {
    const std::string indentation(1 + random() % 4, ' ');
    std::string out = "|-\n" + indentation;
    for (const char c : text) out += c == '\n' ? "\n" + indentation : std::string(1, c);
    return out;
}

std::string in_folded_block(const std::string& text, Random& random) {
    const std::string indentation(1 + random() % 4, ' ');
    std::string out = ">-\n" + indentation;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool between_words =
            text[i] == ' ' && text[i - 1] != ' ' && text[i + 1] != ' ' && text[i + 1] != '\n' && text[i - 1] != '\n';
        if (text[i] == '\n') {
            out += "\n\n" + indentation;
        } else if (between_words && random() % 2) {
            out += "\n" + indentation;
        } else {
            out += text[i];
        }
    }
    return out;
}

bool can_fold(const std::string& text) {
    return text.find("\n ") == std::string::npos && text.find(" \n") == std::string::npos &&
           text.find("\n\n") == std::string::npos;
}

/// Every byte stands at one like it, at an escape that makes it, or where a line was folded; and they stand in order.
void expect_aligned(const Node& node) {
    const std::string& source = node.source->text();
    const std::string& text = node.text.text;
    std::uint32_t last = node.span.begin;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::uint32_t at = node.text.offset(i);
        ASSERT_GE(at, last) << source;
        ASSERT_LT(at, node.span.end) << source;
        const bool same = source[at] == text[i];
        const bool escaped = source[at] == '\\';
        const bool folded = (text[i] == ' ' || text[i] == '\n') && source[at] == '\n';
        ASSERT_TRUE(same || escaped || folded) << "byte " << i << " of " << text << " in\n" << source;
        last = at;
    }
}

TEST(Carets, StandRightInAnyText) {
    using Writer = std::string (*)(const std::string&, Random&);
    Random random(7);
    for (int round = 0; round < 2'000; ++round) {
        const std::string text = random_text(random);
        for (const Writer write : {in_double_quotes, in_single_quotes, in_literal_block, in_folded_block}) {
            const bool folds = write == Writer{in_single_quotes} || write == Writer{in_folded_block};
            if (folds && !can_fold(text)) continue;
            const Node node = read_good(
                "a.yaml", "key:\n  a: " + [&] {
                    std::string written = write(text, random);
                    for (std::size_t at = 0; (at = written.find('\n', at)) != std::string::npos; at += 3)
                        written.insert(at + 1, "  ");
                    return written;
                }() + "\n  z: w\n");
            ASSERT_TRUE(node.find("key"));
            const Node& value = *node.find("key")->find("a");
            ASSERT_EQ(value.text.text, text) << node.source->text();
            expect_aligned(value);
        }
    }
}

}  // namespace
}  // namespace praxe
