// The limits of one decision of a case, each on both sides: what all its expressions take together.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <praxe/ruleset.hpp>

namespace praxe {
namespace {

constexpr const char* vocabulary = R"(vocabulary: v
records:
  Item:
    since: made_at
    fields: {made_at: timestamp, n: int}
facts:
  at?: timestamp
  n: int
  items?: {list: Item, max_items: 1000, absent: []}
)";
constexpr const char* three_items =
    "at: 2024-05-02T10:00:00Z\nn: 7\nitems: [{made_at: 2024-05-01T10:00:00Z, n: 1}, {made_at: 2024-05-01T11:00:00Z, n: "
    "2}, {made_at: 2024-05-03T10:00:00Z, n: 3}]\n";

Result<Ruleset> load(const std::string& decisions) {
    const std::string text = "ruleset: r\nvocabulary: v.yaml\nclauses: {P.1: {pt: um, en: one}}\n" + decisions;
    return Ruleset::load("r.yaml", [&](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, path == "r.yaml" ? text : vocabulary);
    });
}

/// The outcome of decision `a` as JSON, or what its error says.
std::string outcome(const std::string& decisions, const EvaluationLimits& limits, const char* facts = three_items) {
    const auto ruleset = load(decisions);
    if (!ruleset) return ruleset.diagnostics().to_string();
    const auto read = ruleset->read_case(std::make_shared<const Source>("case.yaml", facts));
    if (!read) return read.diagnostics().to_string();
    DecideOptions options;
    options.decisions = {"a"};
    options.valid_until = false;
    options.limits = limits;
    const Answer answer = ruleset->decide(*read, options).front();
    return answer.outcome.is_error() ? answer.outcome.as_error().message : to_text(answer.outcome);
}

std::string contained(const std::string& text, const std::string& part) {
    return text.find(part) == std::string::npos ? text : part;
}

TEST(DecisionLimits, Steps) {
    // Each definition once: three steps of `twice`, and five of the output.
    const std::string sum =
        "define: {twice: n + n}\ndecisions:\n  a: {gives: {x: int}, always: {x: twice + twice + n}}\n";
    EvaluationLimits limits;
    limits.max_steps = 8;
    EXPECT_EQ(contained(outcome(sum, limits), "35"), "35");
    limits.max_steps = 7;
    EXPECT_EQ(outcome(sum, limits), "this takes more than 7 steps");
}

TEST(DecisionLimits, StepsToSeeWhatHasNotHappened) {
    const std::string size = "decisions:\n  a: {gives: {x: int}, always: {x: size(items) + size(items)}}\n";
    EvaluationLimits limits;
    limits.max_steps = 8;  // three items once, and five parts
    EXPECT_EQ(contained(outcome(size, limits), "4"), "4");
    limits.max_steps = 7;
    EXPECT_EQ(outcome(size, limits), "this takes more than 7 steps");
}

TEST(DecisionLimits, StepsOfCellsAndOfOutcomesCompared) {
    const std::string text(640, 'x');
    EvaluationLimits limits;
    const std::string cells = fmt::format(
        "define: {{t: '\"{0}\"'}}\ndecisions:\n  a:\n    gives: {{x: int}}\n    hit: first\n    table: |\n"
        "      id | t || x\n      p  | t || 1\n      q  | - || 2\n",
        text);
    limits.max_steps = 24;  // two names, a text, an output; twenty for 2 * 648 bytes
    EXPECT_EQ(contained(outcome(cells, limits), "1"), "1");
    limits.max_steps = 23;
    EXPECT_EQ(outcome(cells, limits), "this takes more than 23 steps");
    const std::string any = fmt::format(
        "define: {{t: '\"{0}\"'}}\ndecisions:\n  a:\n    gives: {{x: string}}\n    hit: any\n    rules: [{{id: p, "
        "cite: "
        "P.1, then: {{x: t}}}}, {{id: q, cite: P.1, then: {{x: t}}}}]\n",
        text);
    limits.max_steps = 23;
    EXPECT_EQ(contained(outcome(any, limits), "xxx"), "xxx");
    limits.max_steps = 22;
    EXPECT_EQ(outcome(any, limits), "this takes more than 22 steps");
}

TEST(DecisionLimits, BytesMade) {
    const std::string list = "decisions:\n  a: {gives: {x: int}, always: {x: 'size([n, n])'}}\n";
    EvaluationLimits limits;
    limits.max_made_bytes = 3 * sizeof(Value);  // two items, and the outcome's one field
    EXPECT_EQ(contained(outcome(list, limits), "2"), "2");
    limits.max_made_bytes = 3 * sizeof(Value) - 1;
    EXPECT_EQ(contained(outcome(list, limits), "bytes of texts, lists and maps on its way"),
              "bytes of texts, lists and maps on its way");
}

/// A decision for each level, whose outcome holds that of the level below twice.
std::string doubled(int levels) {
    std::string out = "decisions:\n  d0: {gives: {x: int}, always: {x: n}}\n";
    for (int i = 1; i <= levels; ++i) {
        out += fmt::format("  {0}: {{gives: {{x: 'list(d{1})'}}, always: {{x: '[d{1}, d{1}]'}}}}\n",
                           i == levels ? "a" : fmt::format("d{}", i), i - 1);
    }
    return out;
}

TEST(DecisionLimits, OutcomesWithinOutcomesDoNotGrowWithoutEnd) {
    EvaluationLimits limits;
    limits.max_value_bytes = 16 * 8 + 8;  // an outcome of 16 bytes, eight times, with what is around each
    EXPECT_EQ(contained(outcome(doubled(2), limits), "7"), "7");
    limits.max_value_bytes = 60;
    EXPECT_EQ(outcome(doubled(2), limits), "written out, this value would take more than 60 bytes");
    EXPECT_EQ(contained(outcome(doubled(60), {}), "written out, this value would take more than"),
              "written out, this value would take more than");
}

TEST(DecisionLimits, FactsShownAgainAndAgain) {
    const std::string shown =
        "decisions:\n  a: {gives: {x: 'list(list(Item))'}, always: {x: 'lists.range(1000).map(i, items)'}}\n";
    EvaluationLimits limits;
    EXPECT_EQ(contained(outcome(shown, limits), "n: 2"), "n: 2");
    limits.max_value_bytes = 50'000;
    EXPECT_EQ(outcome(shown, limits), "written out, this value would take more than 50000 bytes");
}

}  // namespace
}  // namespace praxe
