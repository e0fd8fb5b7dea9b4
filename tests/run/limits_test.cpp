// The limits of an evaluation, each on both sides; and hostile expressions, each of which ends, in time, with an error
// that says which limit it passed.
#include <gtest/gtest.h>

#include <ctime>
#include <string>

#include "run/expression_line.hpp"
#include "value/budget.hpp"
#include "value/search.hpp"

namespace praxe {
namespace {

std::string repeated(const std::string& unit, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += unit;
    return out;
}

/// A list literal of so many numbers: 0, 1, 2…
std::string numbers(std::size_t count) {
    std::string list = "[0";
    for (std::size_t i = 1; i < count; ++i) list += "," + std::to_string(i);
    return list + "]";
}

/// What comes of the expression, unchecked: its value as text, or `error: …`.
std::string result(const std::string& expr, const EvaluationLimits& limits = {}) {
    ExpressionLine line;
    line.expr = expr;
    line.check = false;
    const ExpressionAnswer got = answer(line, {}, limits);
    return got.value ? to_text(*got.value) : "error: " + got.error;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(EvaluationLimit, OfSteps) {
    EvaluationLimits limits;
    EXPECT_EQ(result("1 + 2 + 3"), "6");
    limits.max_steps = 5;  // two sums and three numbers
    EXPECT_EQ(result("1 + 2 + 3", limits), "6");
    limits.max_steps = 4;
    EXPECT_EQ(result("1 + 2 + 3", limits), "error: this takes more than 4 steps");
    limits.max_steps = 12;  // the macro, its list and two items, two rounds, in each three parts
    EXPECT_EQ(result("[1, 2].all(x, x > 0)", limits), "true");
    limits.max_steps = 11;
    EXPECT_EQ(result("[1, 2].all(x, x > 0)", limits), "error: this takes more than 11 steps");
}

TEST(EvaluationLimit, NothingMakesUpForRunningOutOfSteps) {
    EvaluationLimits limits;
    limits.max_steps = 20;
    const std::string costly = numbers(30) + " == [1]";
    EXPECT_EQ(result(costly + " || true", limits), "error: this takes more than 20 steps");
    EXPECT_EQ(result("true || " + costly, limits), "true");  // it was never looked at
    EXPECT_EQ(result("[1].exists(x, " + costly + " || true)", limits), "error: this takes more than 20 steps");
    EXPECT_EQ(result("cel.bind(x, " + costly + ", true)", limits), "error: this takes more than 20 steps");
}

TEST(EvaluationLimit, OfTextsProduced) {
    EvaluationLimits limits;
    limits.max_text_bytes = 4;
    EXPECT_EQ(result("\"ab\" + \"cd\"", limits), "\"abcd\"");
    EXPECT_EQ(result("\"ab\" + \"cde\"", limits), "error: this would be a text of 5 bytes; at most 4 are made");
    EXPECT_EQ(result("b\"ab\" + b\"cde\"", limits), "error: this would be a text of 5 bytes; at most 4 are made");
}

TEST(EvaluationLimit, OfItemsProduced) {
    EvaluationLimits limits;
    limits.max_items = 3;
    EXPECT_EQ(result("[1, 2] + [3]", limits), "[1, 2, 3]");
    EXPECT_EQ(result("[1, 2] + [3, 4]", limits), "error: this would be a list of 4 items; at most 3 are made");
    EXPECT_EQ(result("[1, 2, 3, 4]", limits), "error: this would be a list of 4 items; at most 3 are made");
    EXPECT_EQ(result("{1: 1, 2: 2, 3: 3, 4: 4}", limits), "error: this would be a map of 4 items; at most 3 are made");
}

TEST(EvaluationLimit, OfAllThatIsMade) {
    EvaluationLimits limits;
    limits.max_made_bytes = 12;  // "abcd", twice, and "ab"
    EXPECT_EQ(result("size(\"ab\" + \"cd\") + size(\"ab\" + \"cd\") + size(\"a\" + \"b\")", limits), "10");
    limits.max_made_bytes = 9;
    const std::string error = "error: this makes more than 9 bytes of texts, lists and maps on its way";
    EXPECT_EQ(result("size(\"ab\" + \"cd\") + size(\"ab\" + \"cd\") + size(\"a\" + \"b\")", limits), error);
    EXPECT_EQ(result("[1] == [1] || true", limits), error);
}

TEST(EvaluationLimit, OfWhatAValueTakesWrittenOut) {
    EvaluationLimits limits;
    limits.max_value_bytes = 56;  // eight for each number and each list
    EXPECT_EQ(result("cel.bind(x, [1, 2], [x, x])", limits), "[[1, 2], [1, 2]]");
    EXPECT_EQ(result("cel.bind(x, [1, 2], [x, x, 3])", limits),
              "error: written out, this value would take more than 56 bytes");
}

TEST(EvaluationLimit, OfRegularExpressions) {
    EvaluationLimits limits;
    limits.max_pattern_instructions = 30;
    EXPECT_EQ(result("\"abc\".matches(\"a.c\")", limits), "true");
    EXPECT_TRUE(contains(result("\"abc\".matches(\"(abcdefghij){5}\")", limits), "instructions; at most 30 are run"));
    const std::string longest = "\"abc\".matches(\"(abcdefghij){400}\")";
    EXPECT_EQ(result(longest), "false");
    EXPECT_TRUE(contains(result("\"abc\".matches(\"(abcdefghij){510}\")"), "instructions; at most 5000 are run"));
}

/// Of the processor's time, generously: machines are slow, and sanitizers slower.
constexpr double most_seconds = 30;

double seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

struct Hostile {
    const char* name;
    std::string expr;
    std::string error;  // part of the message; empty: there is a value, and it too comes in time
};

std::vector<Hostile> hostile() {
    const std::string steps = "this takes more than";
    const auto bound = [](const std::string& first, const std::string& next, std::size_t count,
                          const std::string& last) {
        std::string expr = "cel.bind(x0, " + first + ", ";
        for (std::size_t i = 1; i <= count; ++i) {
            const std::string before = "x" + std::to_string(i - 1);
            expr += "cel.bind(x" + std::to_string(i) + ", " + before + next + before + (next == "," ? "]" : "") + ", ";
        }
        return expr + last + repeated(")", count + 1);
    };
    std::string doubled_lists = "cel.bind(x0, [1], ";
    for (int i = 1; i <= 60; ++i) {
        const std::string before = "x" + std::to_string(i - 1);
        doubled_lists += "cel.bind(x" + std::to_string(i) + ", [" + before + ", " + before + "], ";
    }
    doubled_lists += "x60 == x60" + repeated(")", 61);
    const std::string list = numbers(3'000);
    std::string nested = "true";
    for (int i = 0; i < 8; ++i) nested = list.substr(0, 500) + "].all(x" + std::to_string(i) + ", " + nested + ")";
    return {
        {"brackets", repeated("(", 40'000), "nested more than"},
        {"lists in lists", repeated("[", 240) + repeated("]", 240), ""},
        {"a long chain of ||", "false" + repeated(" || false", 10'000), ""},
        {"a long chain of && with errors", "1/0 == 1" + repeated(" && 1/0 == 1", 8'000), "zero"},
        {"a long chain of +", "1" + repeated(" + 1", 20'000), "build on one another"},
        {"a text doubled", bound("\"ab\"", " + ", 60, "size(x60)"), "this would be a text of"},
        {"a list doubled", bound("[1]", " + ", 60, "size(x60)"), "this would be a list of"},
        {"a list of itself, twice, compared", doubled_lists, "written out, this value"},
        {"macros in macros", nested, steps},
        {"macros in macros in macros", repeated("[1].all(x, ", 9) + "true" + repeated(")", 9),
         "more than 8 macros walk"},
        {"many long comparisons", list + ".all(x, " + list + ".all(y, " + list + " != [x, y]))", steps},
        {"an error in each round", list + ".exists(x, " + list + ".exists(y, " + list + ".exists(z, z / 0 == 1)))",
         steps},
        {"a pattern too big", "\"a\".matches(\"((((a{50}){50}){50}){50})\")", "regular expression"},
        {"a pattern in each round",
         list + ".all(x, " + list + ".all(y, \"aaaaaaaaaaaaaaaaaaaaaaa\".matches(\"(a?){40}a{40}b\") == false))",
         steps},
        {"a long search", bound("\"aaaaaaaaaaaaaaaa\"", " + ", 18, "x18.contains(x17 + \"b\")"), ""},
        {"a huge number", repeated("9", 50'000), "1:1"},
        {"a huge fraction", "0." + repeated("9", 50'000) + "e-99999", ""},
        {"a huge exponent", "1e" + repeated("9", 50'000), ""},
        {"a long key in each round", bound("\"aaaaaaaaaaaaaaaa\"", " + ", 18, list + ".all(x, {}[x18] == 1)"), steps},
        {"a long range", "lists.range(1000000000)", "this would be a list of"},
        {"ranges in each round", "lists.range(1000).map(x, lists.range(1000))", ""},
        {"a join of long texts", bound("\"ab\"", " + ", 18, "[" + repeated("x18, ", 39) + "x18].join(x18)"),
         "this would be a text of"},
        {"many clauses of a format", bound("\"%s\"", " + ", 14, "x14.format([\"a\"])"), "asks for 2 elements"},
        {"too many decimals", "\"%.1000000000f\".format([1.0])", "at most 1000 decimals"},
        {"a long text for each letter", bound("\"aa\"", " + ", 18, "x18.replace(\"a\", x18)"),
         "this would be a text of"},
        {"a long text between letters", bound("\"aa\"", " + ", 18, "x18.replace(\"\", x18)"),
         "this would be a text of"},
        {"a long text into letters", bound("\"aa\"", " + ", 22, "x22.split(\"\")"), "this would be a list of"},
        {"a search for each letter", bound("\"aa\"", " + ", 18, "size(regex.replace(x18, \"a\", \"b\"))"), ""},
        {"a search to the end for each letter", bound("\"aa\"", " + ", 18, "regex.extractAll(x18, \"a.*b|a\")"), steps},
        {"many values told apart", "size(lists.range(100000).map(x, [x]).distinct())", ""},
        {"sets of lists", "sets.equivalent(lists.range(100000).map(x, [x]), lists.range(100000).map(x, [x + 1]))", ""},
        {"lists opened up", bound("[[1, 2]]", " + ", 18, "size(x18.flatten())"), ""},
        {"a long search from behind", bound("\"aaaaaaaaaaaaaaaa\"", " + ", 18, "x18.lastIndexOf(\"b\" + x17)"), ""},
        {"a letter far in, in each round",
         bound("\"aa\"", " + ", 18, list + ".all(x, " + list + ".all(y, x18.charAt(100000) == \"a\"))"), steps},
        {"maps compared", "lists.range(100000).transformMap(i, v, v) == lists.range(100000).transformMap(i, v, v)", ""},
        {"a long list turned round in each round", "lists.range(1000).all(x, lists.range(100000).reverse().size() > 0)",
         "this "},
        {"sorting in each round", list + ".all(x, " + list + ".all(y, size(" + list + ".sortBy(z, -z)) > 0))", "this "},
    };
}

class HostileExpression : public testing::TestWithParam<Hostile> {};

TEST_P(HostileExpression, EndsInTimeAndSaysWhy) {
    const double begin = seconds();
    EvaluationLimits limits;
    limits.max_steps = 2'000'000;  // a fifth of the usual, for the tests' own time
    const std::string got = result(GetParam().expr, limits);
    EXPECT_LT(seconds() - begin, most_seconds);
    if (GetParam().error.empty()) return;
    EXPECT_EQ(got.substr(0, 6), "error:") << got.substr(0, 200);
    EXPECT_TRUE(contains(got, GetParam().error)) << got.substr(0, 400);
}

std::string test_name(const testing::TestParamInfo<Hostile>& row) {
    std::string name = row.param.name;
    for (char& c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    }
    return name + "_" + std::to_string(row.index);
}

INSTANTIATE_TEST_SUITE_P(Rows, HostileExpression, testing::ValuesIn(hostile()), test_name);

TEST(FindText, FindsWhatThePlainSearchFinds) {
    const std::string text = repeated("ab", 100) + repeated("c", 40) + repeated("ab", 20) + "d";
    const std::string part = repeated("ab", 20) + "d";
    EXPECT_EQ(find_text(text, part), text.find(part));
    EXPECT_EQ(find_text(text, part, text.find(part) + 1), std::string::npos);
    EXPECT_EQ(find_text(text, part, text.size() + 1), std::string::npos);
    EXPECT_EQ(find_text(text, repeated("c", 40), 150), text.find('c'));
    EXPECT_EQ(find_text(text, "", 3), 3u);
    for (const std::string& wanted : {part, std::string("ab"), repeated("ab", 20), std::string(), std::string("no")}) {
        for (const std::size_t begin :
             {std::string::npos, text.size(), text.size() - 1, std::size_t{200}, std::size_t{0}}) {
            EXPECT_EQ(find_last_text(text, wanted, begin), text.rfind(wanted, begin)) << wanted << " from " << begin;
        }
    }
}

}  // namespace
}  // namespace praxe
