// Expressions laid out: only white space changes, twice is once, and long ones break at their outermost parts.
#include "syntax/layout.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "check/expressions.hpp"
#include "praxe/ruleset.hpp"
#include "syntax/parser.hpp"
#include "syntax/random_tree.hpp"

namespace praxe {
namespace {

/// Nothing if the text is no expression.
std::optional<std::string> tree_of(const std::string& text) {
    Diagnostics diagnostics;
    const auto read = parse_expression(Excerpt::whole(std::make_shared<Source>("x", text)), diagnostics);
    return read ? std::optional(to_tree(*read->root)) : std::nullopt;
}

/// Laid out in lines of several widths, it is read as the same tree, and is laid out already.
void expect_stable(const std::string& text) {
    for (const std::size_t width : {120, 60, 20, 1}) {
        const ExpressionLayout layout = {.width = width};
        const std::string laid = format_expression(text, layout);
        EXPECT_EQ(tree_of(laid), tree_of(text)) << text << "\n" << laid;
        EXPECT_EQ(format_expression(laid, layout), laid) << text;
    }
}

TEST(Layout, RandomTrees) {
    TreeMaker maker(20240506);
    for (int i = 0; i < 2000; ++i) {
        const ExprPtr made = maker.tree(1 + i % 6);
        const std::string text = to_source(*made);
        ASSERT_NO_FATAL_FAILURE(expect_stable(text));
        EXPECT_TRUE(expression_spaces(text, {})) << text;
        if (HasFailure()) return;
    }
}

/// What is printed from a tree of literals without line breaks is laid out already.
TEST(Layout, PrintedTreesAreLaidOut) {
    TreeMaker maker(20240507);
    for (int i = 0; i < 2000; ++i) {
        const ExprPtr made = maker.tree(1 + i % 4);
        const std::string text = to_source(*made);
        ASSERT_EQ(format_expression(text, {.breaks = false}), text);
    }
}

TEST(Layout, ConformanceExpressions) {
    std::ifstream file(PRAXE_CONFORMANCE_DIR "/cel/public.jsonl");
    if (!file) GTEST_SKIP() << "no conformance data at hand";
    std::size_t count = 0;
    for (std::string line; std::getline(file, line); ++count) expect_stable(nlohmann::json::parse(line).at("expr"));
    EXPECT_GT(count, 1000u);
}

TEST(Layout, OwnExpressions) {
    std::ifstream file(PRAXE_SOURCE_DIR "/tests/run/expressions.txt");
    std::size_t count = 0;
    for (std::string line; std::getline(file, line);) {
        const std::size_t arrow = line.find(" => ");
        if (line.starts_with("#") || arrow == std::string::npos) continue;
        expect_stable(line.substr(0, arrow));
        ++count;
    }
    EXPECT_GT(count, 100u);
}

TEST(Layout, ExpressionsOfTheShippedRules) {
    const auto ruleset = Ruleset::load(PRAXE_SOURCE_DIR "/rules/company.yaml");
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    std::size_t count = 0;
    for_each_expression(ruleset->model(), [&](const Expression& expression) {
        expect_stable(expression.text.text);
        ++count;
    });
    EXPECT_GT(count, 100u);
}

struct Row {
    std::string text, laid;
};

TEST(Layout, SpacesOfOneLine) {
    const std::vector<Row> rows = {
        {"a", "a"},
        {"  a  ", "a"},
        {"a&&b||!( c )", "a && b || !(c)"},
        {"a ?b:c", "a ? b : c"},
        {"f (a,- 1)-1", "f(a, -1) - 1"},
        {"a . b .? c [ 0 ][? d]", "a.b.?c[0][?d]"},
        {"[ ?a,b , ]", "[?a, b,]"},
        {"{\"k\":1 , ?\"z\" : x?y:z}", "{\"k\": 1, ?\"z\": x ? y : z}"},
        {"x  in[1]", "x in [1]"},
        {"a&&.b", "a && .b"},
        {"- - 1", "--1"},
        {"1 - -1", "1 - -1"},
        {"((a))", "((a))"},
        {"'it' + r\"\\d\"+b'x'", "'it' + r\"\\d\" + b'x'"},
        {"0x1F==31u", "0x1F == 31u"},
        {">=3", ">= 3"},
        {"a,b", "a, b"},
        {"a == \"  b  \"", "a == \"  b  \""},
    };
    for (const Row& row : rows) EXPECT_EQ(format_expression(row.text), row.laid);
}

TEST(Layout, LeftAlone) {
    for (const std::string text :
         {"a &&  // why\n b", "a  //", "f( ", "a )", "[ a ) ]", "\"a", "  ", "'''a\nb'''  + c", "a   === b", ""}) {
        EXPECT_EQ(format_expression(text), text);
        EXPECT_FALSE(expression_spaces(text, {})) << text;
    }
}

TEST(Layout, BreaksAtTheOutermostParts) {
    const std::vector<Row> rows = {
        {"aaaaaaaa || bbbbbbbb && cccccccc", "aaaaaaaa\n|| bbbbbbbb && cccccccc"},
        {"aaaaaaaaa && bbbbbbbbb || cccccccc && ddddddddddddddddddddddd",
         "aaaaaaaaa && bbbbbbbbb\n|| cccccccc\n  && ddddddddddddddddddddddd"},
        {"aaaaaaaaa ? bbbbbbbbbb : ccccccccc", "aaaaaaaaa\n? bbbbbbbbbb\n: ccccccccc"},
        {"ffffffff(aaaaaaaa, bbbbbbbb, cccc)", "ffffffff(\n  aaaaaaaa,\n  bbbbbbbb,\n  cccc\n)"},
        {"aaaaa.exists(i, bbbbbbbb == ccccccccc)", "aaaaa.exists(i,\n  bbbbbbbb == ccccccccc\n)"},
        {"aaaa.map(i, bbbbbbbbbbb, cccccccccc)", "aaaa.map(i,\n  bbbbbbbbbbb,\n  cccccccccc\n)"},
        {"!(aaaaaaaa && bbbbbbbb && cccccc)", "!(\n  aaaaaaaa\n  && bbbbbbbb\n  && cccccc\n)"},
        {"-f(aaaaaaaaaaa && bbbbbbb, ccccc)", "-f(\n  aaaaaaaaaaa && bbbbbbb,\n  ccccc\n)"},
        {"aaaaaaaa + f(bbbbbbbbbbbbbbb, ccccccccccccccc)", "aaaaaaaa\n+ f(\n  bbbbbbbbbbbbbbb,\n  ccccccccccccccc\n)"},
        {"a\n&& b", "a\n&& b"},
        {"a &&\nb && c", "a\n&& b\n&& c"},
        {"f(\na, b)", "f(\n  a,\n  b\n)"},
        {"a\n.b", "a.b"},
    };
    for (const Row& row : rows) EXPECT_EQ(format_expression(row.text, {.width = 30}), row.laid);
}

TEST(Layout, LinesAreRelativeToTheirColumn) {
    EXPECT_EQ(format_expression("aaaaaaaa && bbbbbbbb", {.width = 20, .column = 0}), "aaaaaaaa && bbbbbbbb");
    EXPECT_EQ(format_expression("aaaaaaaa && bbbbbbbb", {.width = 20, .column = 4}), "aaaaaaaa\n&& bbbbbbbb");
}

}  // namespace
}  // namespace praxe
