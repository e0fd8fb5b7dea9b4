// Expression text → tree and back: rows of source text with what they print as, and what is said of wrong ones.
#include "syntax/parser.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "golden.hpp"

namespace praxe {
namespace {

SourcePtr source(std::string text) {
    return std::make_shared<Source>("x", std::move(text));
}

std::optional<Expression> parse(const std::string& text, Diagnostics& diagnostics,
                                const ExpressionLimits& limits = {}) {
    return parse_expression(Excerpt::whole(source(text)), diagnostics, limits);
}

std::string reprinted(const std::string& text) {
    Diagnostics diagnostics;
    const auto e = parse(text, diagnostics);
    return e ? to_source(*e->root) : diagnostics.to_string();
}

std::string tree(const std::string& text) {
    Diagnostics diagnostics;
    const auto e = parse(text, diagnostics);
    return e ? to_tree(*e->root) : diagnostics.to_string();
}

std::string complaints(const std::string& text, const ExpressionLimits& limits = {}) {
    Diagnostics diagnostics;
    EXPECT_FALSE(parse(text, diagnostics, limits)) << text;
    return diagnostics.to_string();
}

struct Row {
    std::string text;
    std::string printed;
};

TEST(Parser, PrintsWithNoMoreParenthesesThanNeeded) {
    const std::vector<Row> rows = {
        {"a", "a"},
        {"((a))", "a"},
        {".a", ".a"},
        {".a.b", ".a.b"},
        {"a.b.c", "a.b.c"},
        {"a . b", "a.b"},
        {"a//all of it\n.b", "a.b"},
        {"a.if", "a.if"},
        {"a.`content-type`", "a.`content-type`"},
        {"a.`b`", "a.b"},
        {"a.`in`", "a.`in`"},
        {"a.?b.c", "a.?b.c"},
        {"a[?b][c]", "a[?b][c]"},
        {"[?a, b,]", "[?a, b]"},
        {"{?a: b, c: d,}", "{?a: b, c: d}"},
        {"[]", "[]"},
        {"{}", "{}"},
        {"{}.a", "{}.a"},
        {"f()", "f()"},
        {".f(a)", ".f(a)"},
        {"a.f(b, c)", "a.f(b, c)"},
        {"a.as()", "a.as()"},
        {"(a || b) || c", "a || b || c"},
        {"a || (b || c)", "a || (b || c)"},
        {"a || b || c || d", "a || b || c || d"},
        {"(a || b) || (c || d)", "a || b || c || d"},
        {"((a || b) || c) || d", "(a || b || c) || d"},
        {"a || b && c", "a || b && c"},
        {"(a || b) && c", "(a || b) && c"},
        {"(a && b) || c", "a && b || c"},
        {"!(a && b)", "!(a && b)"},
        {"!a && b", "!a && b"},
        {"!!a", "!!a"},
        {"a == b == c", "a == b == c"},
        {"a == (b == c)", "a == (b == c)"},
        {"a in b && c", "a in b && c"},
        {"(a + b) + c", "a + b + c"},
        {"a + (b + c)", "a + (b + c)"},
        {"a - (b - c) * d", "a - (b - c) * d"},
        {"(a % b) / c", "a % b / c"},
        {"a ? b : c ? d : e", "a ? b : c ? d : e"},
        {"(a ? b : c) ? d : e", "(a ? b : c) ? d : e"},
        {"a ? (b ? c : d) : e", "a ? (b ? c : d) : e"},
        {"-a.b", "-a.b"},
        {"(-a).b", "(-a).b"},
        {"-1", "-1"},
        {"- 1", "-1"},
        {"-(1)", "-(1)"},
        {"-(-1)", "--1"},
        {"--1", "--1"},
        {"-1.f()", "(-1).f()"},
        {"-(1.f())", "-(1.f())"},
        {"-1u", "-1u"},
        {"1 - -1", "1 - -1"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"9223372036854775807", "9223372036854775807"},
        {"0xFF + -0x8000000000000000", "255 + -9223372036854775808"},
        {"18446744073709551615u", "18446744073709551615u"},
        {"0xFFu", "255u"},
        {"1.0 + .5 + 1e3 + -0.0", "1.0 + 0.5 + 1000.0 + -0.0"},
        {"1e-324", "0.0"},
        {"true || false || null", "true || false || null"},
        {"has(a.b)", "has(a.b)"},
        {"a.all(x, x > 1)", "a.all(x, x > 1)"},
        {"a.exists(i, x, i > x)", "a.exists(i, x, i > x)"},
        {"a.existsOne(x, x)", "a.exists_one(x, x)"},
        {"a.map(x, x + 1).map(x, x > 1, x)", "a.map(x, x + 1).map(x, x > 1, x)"},
        {"a.filter(x, x).sortBy(x, x.y)", "a.filter(x, x).sortBy(x, x.y)"},
        {"a.transformList(i, v, v).transformMap(k, v, k, v)", "a.transformList(i, v, v).transformMap(k, v, k, v)"},
        {"a.optMap(x, x).optFlatMap(x, x)", "a.optMap(x, x).optFlatMap(x, x)"},
        {"cel.bind(x, 1, x + x)", "cel.bind(x, 1, x + x)"},
        {"optional.of(1).or(optional.none())", "optional.of(1).or(optional.none())"},
    };
    for (const auto& row : rows) EXPECT_EQ(reprinted(row.text), row.printed) << row.text;
}

TEST(Parser, ReadsEveryFormOfText) {
    const std::vector<Row> rows = {
        {R"('a')", R"("a")"},
        {R"('''a'b''')", R"("a'b")"},
        {"\"\"\"a\"b\nc\"\"\"", R"("a\"b\nc")"},
        {"''", R"("")"},
        {"''''''", R"("")"},
        {R"(r'\n')", R"("\\n")"},
        {R"(R"""\"x""")", R"("\\\"x")"},
        {R"('\a\b\f\v\n\r\t\\\?\"\'\`' == '\x07\x08\x0c\x0b\x0a\x0D\X09\x5c\x3f\x22\x27\x60')",
         R"("\u0007\u0008\u000c\u000b\n\r\t\\?\"'`" == "\u0007\u0008\u000c\u000b\n\r\t\\?\"'`")"},
        {R"('\101\u00e9\U0001F600\xff')", "\"A\u00e9\U0001F600\u00ff\""},
        {"'\U0001F600'", "\"\U0001F600\""},
        {R"(b'\xff\377\101é')", R"(b"\xff\xffA\xc3\xa9")"},
        {R"(br'\x' + B"" + bR'''a''')", R"(b"\\x" + b"" + b"a")"},
        {R"('// no comment')", R"("// no comment")"},
    };
    for (const auto& row : rows) EXPECT_EQ(reprinted(row.text), row.printed) << row.text;
    EXPECT_EQ(reprinted(std::string("'a\0b'", 5)), R"("a\u0000b")");
}

TEST(Parser, MakesTrees) {
    const std::vector<Row> rows = {
        {"a.b + -1 * c[0]", R"(call _+_
  .b
    a
  call _*_
    -1
    []
      c
      0
)"},
        {"a.exists(i, x, has(x.y) && x.?z.f(1u))", R"(exists i, x
  a
  call _&&_
    has
      .y
        x
    call .f
      .?z
        x
      1u
)"},
        {"a || b || c || d || e", R"(call _||_
  call _||_
    call _||_
      a
      b
    c
  call _||_
    d
    e
)"},
        {"{?'k': x, 2: [?y, z]}", R"(map
  ? "k"
  x
  2
  list
    ? y
    z
)"},
        {"cel.bind(x, optional.of(1), .f(x) ? [][?0] : .g)", R"(bind x
  call .of
    optional
    1
  call _?_:_
    call .f
      x
    [?]
      list
      0
    .g
)"},
    };
    for (const auto& row : rows) EXPECT_EQ(tree(row.text), row.printed) << row.text;
}

// wrong.txt: texts that are wrong, each with exactly what is said of it.
TEST(Parser, SaysWhatIsWrongAndWhere) {
    expect_golden(PRAXE_SOURCE_DIR "/tests/syntax/wrong.txt",
                  [](const GoldenRow& row) { return complaints(row.source); });
}

TEST(Parser, PointsIntoTheSourceThatTheTextWasTakenFrom) {
    const auto file = std::make_shared<Source>("rules.yaml", "when: \"a \\\"b\\\" c\"\n");
    const Excerpt cell{R"(a "b" c)", file, 7, {7, 8, 9, 11, 12, 14, 15, 16}};
    Diagnostics diagnostics;
    EXPECT_FALSE(parse_expression(cell, diagnostics));
    EXPECT_EQ(diagnostics.to_string(), R"(rules.yaml:1:10: error: expected an operator or the end, found `"b"`
    when: "a \"b\" c"
             ^~~~
)");
}

std::string repeated(const std::string& first, const std::string& unit, std::size_t count,
                     const std::string& last = {}) {
    std::string out = first;
    for (std::size_t i = 0; i < count; ++i) out += unit;
    return out + last;
}

TEST(Parser, LimitsBytes) {
    ExpressionLimits limits;
    limits.max_source_bytes = 5;
    Diagnostics diagnostics;
    EXPECT_TRUE(parse("12345", diagnostics, limits));
    EXPECT_EQ(complaints("123456", limits), R"(x:1:1: error: this expression has 6 bytes; at most 5 are read
    123456
    ^
)");
}

TEST(Parser, LimitsNesting) {
    ExpressionLimits limits;
    limits.max_nesting = 4;  // the whole expression is the first level
    Diagnostics diagnostics;
    EXPECT_TRUE(parse("((([1][0])))", diagnostics, limits) == std::nullopt);
    EXPECT_TRUE(parse("(([1]))", diagnostics, limits));
    EXPECT_EQ(complaints("(([[1]]))", limits), R"(x:1:5: error: brackets are nested more than 4 deep
    (([[1]]))
        ^
)");
    for (const std::string open : {"(", "[", "{1: ", "f(", "a[", "a.f(", "a.map(x, ", "true ? 1 : "}) {
        EXPECT_NE(complaints(repeated("", open, 5'000)).find("nested more than 250 deep"), std::string::npos) << open;
    }
}

TEST(Parser, LimitsDepth) {
    ExpressionLimits limits;
    limits.max_depth = 3;
    Diagnostics diagnostics;
    EXPECT_TRUE(parse("a + b + c", diagnostics, limits));
    EXPECT_EQ(complaints("a + b + c + d", limits), R"(x:1:11: error: more than 3 operators build on one another
    a + b + c + d
              ^
    hint: give parts of the expression names of their own
)");
    for (const std::string link : {" + a", ".a", "[0]", ".f()", " == a", ".map(x, x)"}) {
        EXPECT_NE(complaints(repeated("a", link, 8'000)).find("build on one another"), std::string::npos) << link;
    }
    for (const std::string prefix : {"!", "-"}) {
        EXPECT_NE(complaints(repeated("", prefix, 50'000, "a")).find("build on one another"), std::string::npos);
    }
}

TEST(Parser, LimitsMacrosWithinMacros) {
    ExpressionLimits limits;
    limits.max_macros = 2;
    Diagnostics diagnostics;
    EXPECT_TRUE(parse("a.all(x, b.all(y, y > x))", diagnostics, limits));
    EXPECT_TRUE(parse("a.map(x, x).map(x, x).map(x, x)", diagnostics, limits));  // one after the other
    EXPECT_TRUE(parse("a.all(x, b.all(y, c.optMap(z, z) == y))", diagnostics, limits));
    EXPECT_EQ(complaints("a.all(x, b.all(y, c.all(z, z == y)))", limits),
              R"(x:1:3: error: more than 2 macros walk over lists within one another
    a.all(x, b.all(y, c.all(z, z == y)))
      ^~~
    hint: make an inner list once, outside
)");
}

TEST(Parser, LimitsWhatIsWrittenOut) {
    ExpressionLimits limits;
    limits.max_items = 2;
    Diagnostics diagnostics;
    EXPECT_TRUE(parse("[1, 2]", diagnostics, limits));
    EXPECT_TRUE(parse("{1: 1, 2: 2}", diagnostics, limits));
    EXPECT_EQ(complaints("[1, 2, 3]", limits), R"(x:1:1: error: 3 are written out here; a list can have 2 at most
    [1, 2, 3]
    ^
)");
    EXPECT_EQ(complaints("{1: 1, 2: 2, 3: 3}", limits),
              R"(x:1:1: error: 3 are written out here; a map can have 2 at most
    {1: 1, 2: 2, 3: 3}
    ^
)");
    const std::string list = repeated("[1", ", 1", 9'999) + "]";
    EXPECT_TRUE(parse(list, diagnostics)) << diagnostics.to_string();
    EXPECT_NE(complaints(repeated("[1", ", 1", 10'000) + "]").find("10001 are written out here"), std::string::npos);
}

TEST(Parser, KeepsLongChainsOfConditionsShallow) {
    Diagnostics diagnostics;
    const auto e = parse(repeated("a", " || a && b", 9'000), diagnostics);
    ASSERT_TRUE(e) << diagnostics.to_string();
    EXPECT_LT(e->root->depth, 20u);
    EXPECT_EQ(to_source(*e->root), repeated("a", " || a && b", 9'000));
}

}  // namespace
}  // namespace praxe
