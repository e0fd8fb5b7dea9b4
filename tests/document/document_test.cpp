// YAML and JSON become the same located tree; every bound on both sides; nothing crashes the readers.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "document/read.hpp"

namespace praxe {
namespace {

struct Tree {
    const char* name;
    const char* text;
    const char* shape;
};

class Trees : public testing::TestWithParam<Tree> {};

TEST_P(Trees, HaveTheShapeThatIsWritten) {
    EXPECT_EQ(shape(read_good(GetParam().name, GetParam().text)), GetParam().shape);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Trees,
    testing::Values(Tree{"scalar.yaml", "text", "'text'"},  //
                    Tree{"plain.yaml", "a: 007\nb: yes\nc: 1.50\n", "{'a': '007', 'b': 'yes', 'c': '1.50'}"},
                    Tree{"empty.yaml", "a: \"\"\nb: ''\nc: []\nd: {}\n", "{'a': '', 'b': '', 'c': [], 'd': {}}"},
                    Tree{"nested.yaml", "- a: [x, {y: z}]\n  b: q\n- - r\n",
                         "[{'a': ['x', {'y': 'z'}], 'b': 'q'}, ['r']]"},
                    Tree{"null_in_quotes.yaml", "a: \"null\"\nb: '~'\n", "{'a': 'null', 'b': '~'}"},
                    Tree{"comments.yaml", "# one\na: b # two\n# three\n", "{'a': 'b'}"},
                    Tree{"crlf.yaml", "a: b\r\nc: |\r\n  d\r\n  e\r\nf: g\r\n", "{'a': 'b', 'c': 'd\ne\n', 'f': 'g'}"},
                    Tree{"mark.yaml",
                         "\xEF\xBB\xBF"
                         "a: b\n",
                         "{'a': 'b'}"},
                    Tree{"start.yaml", "---\na: b\n...\n", "{'a': 'b'}"},
                    Tree{"quoted_mark.yaml", "a: \"!x\"\nb: '*y'\n\"<<\": z\n", "{'a': '!x', 'b': '*y', '<<': 'z'}"},
                    Tree{"json_in_yaml.yaml", R"({"a":1,"b":{"c":[1,2]}})", "{'a': '1', 'b': {'c': ['1', '2']}}"},
                    Tree{"a.json", R"( { "a" : 1.50 , "b" : { "c" : [ true , -2e3 ] } , "d" : [ ] } )",
                         "{'a': '1.50', 'b': {'c': ['true', '-2e3']}, 'd': []}"},
                    Tree{"escapes.json", R"({"a": "\"\\\/\u00e9\ud83d\ude00", "": "b"})", "{'a': '\"\\/é😀', '': 'b'}"},
                    Tree{"scalar.json", " 12345678901234567890.10 ", "'12345678901234567890.10'"},
                    Tree{"mark.json", "\xEF\xBB\xBF{}", "{}"}));

TEST(Trees, KnowJsonsLiteralsFromText) {
    const Node node = read_good("a.json", R"({"number": 1, "flag": true, "text": "1"})");
    EXPECT_TRUE(node.find("number")->literal);
    EXPECT_TRUE(node.find("flag")->literal);
    EXPECT_FALSE(node.find("text")->literal);
    EXPECT_EQ(node.find("text")->style, Node::Style::quoted);
    EXPECT_FALSE(read_good("a.yaml", "1").literal);
}

TEST(Spans, CoverTheWholeNode) {
    const Node node = read_good("a.yaml",
                                "plain: a b\n"
                                "list: [ x , { y: z } , # so\n  ]\n"
                                "quoted: 'it''s'\n"
                                "none: [  ]\n"
                                "lines:\n  - one\n  - two # of them\n"
                                "map: {a: {b: \"c\"}}\n"
                                "\"key\": v\n");
    EXPECT_EQ(written(*node.find("plain")), "a b");
    EXPECT_EQ(written(*node.find("list")), "[ x , { y: z } , # so\n  ]");
    EXPECT_EQ(written(*node.find("quoted")), "'it''s'");
    EXPECT_EQ(written(*node.find("none")), "[  ]");
    EXPECT_EQ(written(*node.find("lines")), "- one\n  - two");
    EXPECT_EQ(written(*node.find("map")), "{a: {b: \"c\"}}");
    EXPECT_EQ(written(*node.find_key("key")), "\"key\"");

    const Node json = read_good("a.json", R"({"a" : [1 , "x\n"], "b":{ } })");
    EXPECT_EQ(written(json), R"({"a" : [1 , "x\n"], "b":{ } })");
    EXPECT_EQ(written(*json.find("a")), R"([1 , "x\n"])");
    EXPECT_EQ(written(json.find("a")->items[1]), R"("x\n")");
    EXPECT_EQ(written(*json.find("b")), "{ }");
}

TEST(Spans, CountFromBehindAByteOrderMark) {
    const Node node = read_good("a.yaml", "\xEF\xBB\xBFkey: value\n");
    EXPECT_EQ(written(*node.find("key")), "value");
    EXPECT_EQ(written(*read_good("a.json", "\xEF\xBB\xBF{\"key\": 1}").find("key")), "1");
}

std::string nested(std::size_t levels) {
    return std::string(levels, '[') + "x" + std::string(levels, ']');
}
std::string nested_json(std::size_t levels) {
    return std::string(levels, '[') + "1" + std::string(levels, ']');
}

TEST(Limits, HoldOnBothSides) {
    DocumentLimits limits;
    limits.max_nesting = 5;
    EXPECT_EQ(complaints("a.yaml", nested(5), limits), "");
    EXPECT_NE(complaints("a.yaml", nested(6), limits), "");
    EXPECT_EQ(complaints("a.json", nested_json(5), limits), "");
    EXPECT_NE(complaints("a.json", nested_json(6), limits), "");
    limits.max_bytes = 10;
    EXPECT_EQ(complaints("a.yaml", "a: 3456789", limits), "");
    EXPECT_EQ(complaints("a.yaml", "a: 34567890", limits),
              "a.yaml:1:1: error: 11 bytes are more than the limit of 10\n    a: 34567890\n    ^\n");
}

TEST(Limits, StopDeepNestingBeforeTheStackDoes) {
    EXPECT_NE(complaints("a.yaml", std::string(1'000'000, '[')), "");
    EXPECT_NE(complaints("a.json", std::string(1'000'000, '[')), "");
    std::string blocks;
    for (std::size_t i = 0; i < 2'000; ++i) blocks += std::string(i, ' ') + "a:\n";
    EXPECT_NE(complaints("a.yaml", blocks), "");
}

struct Misspelling {
    const char* wrong;
    const char* right;
};

class Nearest : public testing::TestWithParam<Misspelling> {};

TEST_P(Nearest, IsOfferedOnlyWhenNear) {
    const std::vector<std::string> known = {"appointments", "invoices",        "id",        "at", "status",
                                            "sale_contact", "sale_no_contact", "no_contact"};
    EXPECT_EQ(nearest(GetParam().wrong, known), GetParam().right);
}

INSTANTIATE_TEST_SUITE_P(Rows, Nearest,
                         testing::Values(Misspelling{"apointments", "appointments"}, Misspelling{"statsu", "status"},
                                         Misspelling{"Status", "status"}, Misspelling{"sale-contact", "sale_contact"},
                                         Misspelling{"no contact", "no_contact"}, Misspelling{"ID", "id"},
                                         Misspelling{"ids", "id"}, Misspelling{"xy", ""}, Misspelling{"", ""},
                                         Misspelling{"favourite", ""}, Misspelling{"invoice", "invoices"}));

/// Reads what is left of good and bad documents after bytes were changed at random: a tree or complaints, no crash.
TEST(Readers, SurviveAnything) {
    namespace fs = std::filesystem;
    std::mt19937 random(20240501);
    const std::string bytes = "[]{}:,-?!&*|>'\"%@`#\\ \t\n\r~<=x1\xC3\xA9";
    for (const auto& entry : fs::directory_iterator(fs::path(PRAXE_SOURCE_DIR) / "tests" / "bad")) {
        if (!entry.is_regular_file() || entry.path().extension() == ".expected") continue;
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string good{std::istreambuf_iterator<char>(in), {}};
        for (int round = 0; round < 40; ++round) {
            std::string text = good;
            for (int change = 0; change < 3 && !text.empty(); ++change) {
                const std::size_t at = random() % text.size();
                const char byte = bytes[random() % bytes.size()];
                switch (random() % 3) {
                    case 0:
                        text[at] = byte;
                        break;
                    case 1:
                        text.insert(at, 1, byte);
                        break;
                    case 2:
                        text.erase(at, 1 + random() % 3);
                        break;
                }
            }
            complaints("a.yaml", text);
            complaints("a.json", text);
        }
    }
}

}  // namespace
}  // namespace praxe
