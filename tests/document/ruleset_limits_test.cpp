// The limits of rulesets, each on both sides.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <praxe/ruleset.hpp>

namespace praxe {
namespace {

using Files = std::map<std::string, std::string>;

std::string complaints(const std::string& ruleset, const RulesetLimits& limits, const Files& others = {}) {
    const auto read = [&](const std::string& path, std::string& message) -> SourcePtr {
        if (path == "r.yaml") return std::make_shared<const Source>(path, "ruleset: r\nvocabulary: v.yaml\n" + ruleset);
        if (const auto found = others.find(path); found != others.end())
            return std::make_shared<const Source>(path, found->second);
        if (path == "v.yaml") return std::make_shared<const Source>(path, "vocabulary: v\nfacts: {n: int}\n");
        message = "not there";
        return nullptr;
    };
    const auto loaded = Ruleset::load("r.yaml", read, limits);
    return loaded ? "" : loaded.diagnostics().to_string();
}

constexpr const char* three_decisions = R"(decisions:
  a: {gives: {x: int}, always: {x: n}}
  b:
    gives: {x: int}
    hit: first
    rules:
      - {group: {pt: g, en: g}, rules: [{id: p, then: {x: 1}, except: [{id: q, then: {x: 2}}]}]}
      - {id: r, then: {x: 1}}
    exceptions: [{id: s, to: [p, r], then: {x: 3}}]
  c:
    gives: {x: int}
    hit: first
    table: |
      id || x
      t  || 1
      u  || 2
)";

TEST(RulesetLimits, Files) {
    const Files parts = {{"p.yaml", "ruleset: p\nparts: [q.yaml]\n"}, {"q.yaml", "ruleset: q\n"}};
    EXPECT_EQ(complaints("parts: [p.yaml]\n", {.max_files = 3}, parts), "");
    EXPECT_EQ(complaints("parts: [p.yaml]\n", {.max_files = 2}, parts),
              "p.yaml:2:9: error: a ruleset can have 2 files at most\n    parts: [q.yaml]\n            ^~~~~~\n");
}

TEST(RulesetLimits, FilesOfAVocabulary) {
    const Files extended = {{"v.yaml", "vocabulary: v\nextends: w.yaml\nfacts: {n: int}\n"},
                            {"w.yaml", "vocabulary: w\nfacts: {m: int}\n"}};
    EXPECT_EQ(complaints("", {.max_files = 2}, extended), "");
    EXPECT_EQ(complaints("", {.max_files = 1}, extended),
              "v.yaml:2:10: error: a vocabulary can have 1 files at most\n    extends: w.yaml\n             ^~~~~~\n");
}

TEST(RulesetLimits, Parameters) {
    const std::string two =
        "parameters:\n  a: {is: int, value: 1, pt: a, en: a}\n  b: {is: int, value: 1, pt: b, en: b}\n";
    EXPECT_EQ(complaints(two, {.max_parameters = 2}), "");
    EXPECT_EQ(complaints(two, {.max_parameters = 1}),
              "r.yaml:5:3: error: a ruleset can have 1 parameters at most\n"
              "      b: {is: int, value: 1, pt: b, en: b}\n      ^\n");
}

TEST(RulesetLimits, Decisions) {
    EXPECT_EQ(complaints(three_decisions, {.max_decisions = 3}), "");
    EXPECT_EQ(complaints(three_decisions, {.max_decisions = 2}),
              "r.yaml:12:3: error: a ruleset can have 2 decisions at most\n      c:\n      ^\n");
}

TEST(RulesetLimits, Rules) {
    // p with its exception, r, the exception s once for each of them, and two rows.
    EXPECT_EQ(complaints(three_decisions, {.max_rules = 7}), "");
    EXPECT_EQ(complaints(three_decisions, {.max_rules = 6}),
              "r.yaml:12:3: error: a ruleset can have 6 rules at most\n      c:\n      ^\n");
}

TEST(RulesetLimits, Levels) {
    // Ten for each definition, and one or two for its expression.
    const std::string three = "define:\n  a: n\n  b: a + 1\n  c: b + 1\n";
    EXPECT_EQ(complaints(three, {.max_levels = 35}), "");
    EXPECT_EQ(complaints(three, {.max_levels = 34}),
              "r.yaml:6:6: error: \"c\" builds on more than 34 levels of others\n      c: b + 1\n         ^\n");
}

TEST(RulesetLimits, Calls) {
    // f calls nothing, g calls f twice, h calls g twice: six calls in all.
    const std::string three = R"(decisions:
  f: {given: {x: int}, gives: {y: int}, always: {y: x}}
  g: {given: {z: int}, gives: {y: int}, always: {y: f(z).y + f(z).y}}
  h: {gives: {y: int}, always: {y: g(1).y + g(2).y}}
)";
    EXPECT_EQ(complaints(three, {.max_calls = 6}), "");
    EXPECT_EQ(complaints(three, {.max_calls = 5}),
              "r.yaml:6:45: error: \"h\" can call others more than 5 times, through those it calls\n"
              "      h: {gives: {y: int}, always: {y: g(1).y + g(2).y}}\n"
              "                                                ^~~~\n");
}

TEST(RulesetLimits, DeclaredSteps) {
    // The macro, its list and two numbers; in each of two rounds the round itself, the comparison and its two sides.
    const std::string walk = "decisions:\n  a: {gives: {x: bool}, always: {x: '[1, 2].all(i, i < n)'}}\n";
    EXPECT_EQ(complaints(walk, {.max_declared_steps = 12}), "");
    EXPECT_EQ(complaints(walk, {.max_declared_steps = 11}),
              "r.yaml:4:3: error: \"a\" can take 12 steps at its worst; 11 are the most\n"
              "      a: {gives: {x: bool}, always: {x: '[1, 2].all(i, i < n)'}}\n      ^\n"
              "    hint: \"a\" can take 12, most of them in [1, 2].all(i, i < n); less of a list (max_items), or a "
              "definition for what is the same in every round, makes it less\n");
}

TEST(RulesetLimits, TypesAreNestedSixteenDeep) {
    const auto nested = [](std::size_t levels) {
        std::string type = "int";
        for (std::size_t i = 0; i < levels; ++i) type = "list(" + type + ")";
        return fmt::format("decisions:\n  a: {{given: {{x: {}}}, gives: {{n: int}}, always: {{n: 1}}}}\n", type);
    };
    EXPECT_EQ(complaints(nested(16), {}), "");
    const std::string told = complaints(nested(17), {});
    EXPECT_NE(told.find("types can be nested 16 levels deep at most"), std::string::npos) << told;
}

}  // namespace
}  // namespace praxe
