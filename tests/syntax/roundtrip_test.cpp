// to_source is the parser's inverse: on random trees, and on the official CEL conformance expressions.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "syntax/parser.hpp"
#include "syntax/random_tree.hpp"

namespace praxe {
namespace {

std::optional<Expression> parse(const std::string& text, Diagnostics& diagnostics) {
    return parse_expression(Excerpt::whole(std::make_shared<Source>("x", text)), diagnostics);
}

TEST(RoundTrip, RandomTrees) {
    TreeMaker maker(20240502);
    for (int i = 0; i < 3000; ++i) {
        const ExprPtr made = maker.tree(1 + i % 6);
        const std::string text = to_source(*made);
        Diagnostics diagnostics;
        const auto read = parse(text, diagnostics);
        ASSERT_TRUE(read) << text << "\n" << diagnostics.to_string();
        ASSERT_EQ(to_tree(*read->root), to_tree(*made)) << text;
    }
}

TEST(RoundTrip, ConformanceExpressions) {
    std::ifstream file(PRAXE_CONFORMANCE_DIR "/cel/public.jsonl");
    if (!file) GTEST_SKIP() << "no conformance data at hand";
    std::size_t read_count = 0;
    for (std::string line; std::getline(file, line);) {
        const auto row = nlohmann::json::parse(line);
        const auto needs = row.at("needs").dump();
        if (needs.find("proto") != std::string::npos || needs.find("block_ext") != std::string::npos) continue;
        const std::string text = row.at("expr");
        Diagnostics diagnostics;
        const auto first = parse(text, diagnostics);
        EXPECT_TRUE(first) << row.at("name") << "\n" << diagnostics.to_string();
        if (!first) continue;
        const auto again = parse(to_source(*first->root), diagnostics);
        ASSERT_TRUE(again) << text << "\n" << diagnostics.to_string();
        EXPECT_EQ(to_tree(*again->root), to_tree(*first->root)) << text;
        ++read_count;
    }
    EXPECT_GT(read_count, 1000u);
}

}  // namespace
}  // namespace praxe
