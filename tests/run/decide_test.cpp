// What a host asks for by name, and cannot have; what it gets, and lets go.
#include <gtest/gtest.h>

#include <praxe/ruleset.hpp>

namespace praxe {
namespace {

TEST(Decide, NamesThatCannotBeAskedAreErrors) {
    const auto ruleset = Ruleset::load(std::string(PRAXE_SOURCE_DIR) + "/rules/company.yaml");
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    const auto facts = ruleset->read_case(
        std::make_shared<const Source>("case.yaml", "at: 2024-05-02T10:00:00-03:00\nclient: {status: active}\n"));
    ASSERT_TRUE(facts) << facts.diagnostics().to_string();
    DecideOptions options;
    options.decisions = {"held_by", "nowhere", "reservations"};
    const std::vector<Answer> answers = ruleset->decide(*facts, options);
    ASSERT_EQ(answers.size(), 3u);
    EXPECT_EQ(answers[0].decision, "reservations");
    EXPECT_TRUE(answers[0].outcome.is(Kind::list));
    EXPECT_EQ(answers[1].outcome.as_error().message, "\"held_by\" takes arguments: only other decisions ask it");
    EXPECT_EQ(answers[2].outcome.as_error().message, "there is no decision \"nowhere\"");
}

TEST(Decide, WithoutAnInstantEveryAnswerIsAnError) {
    const auto ruleset = Ruleset::load(std::string(PRAXE_SOURCE_DIR) + "/rules/company.yaml");
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    const auto facts = ruleset->read_case(std::make_shared<const Source>("case.yaml", "client: {status: active}\n"));
    ASSERT_TRUE(facts) << facts.diagnostics().to_string();
    for (const Answer& answer : ruleset->decide(*facts)) EXPECT_TRUE(answer.outcome.is_error()) << answer.decision;
}

/// What an outcome gives may be made of what it gives already, and is still not held by itself.
TEST(Decide, AnOutcomeThatNobodyHoldsIsGone) {
    const std::string text = R"yaml(ruleset: r
vocabulary: v.yaml
clauses: {P.1: {pt: um, en: one}}
decisions:
  d:
    gives: {n: int, same: int, list: "list(int)", some: "optional(int)", map: "map(int, int)"}
    hit: first
    always: {same: this.n, list: "[1, this.n]", some: optional.of(this.n), map: "{this.n: 1, 1: this.n}"}
    rules: [{id: a, cite: P.1, then: {n: n + 1},
             except: [{id: b, cite: P.1, when: general.n == 5, then: {n: general.n * 1}}]}]
)yaml";
    const auto ruleset = Ruleset::load("r.yaml", [&](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, path == "r.yaml" ? text : "vocabulary: v\nfacts: {n: int}\n");
    });
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    for (const int n : {3, 4}) {
        const auto facts = ruleset->read_case(std::make_shared<const Source>("c.yaml", "n: " + std::to_string(n)));
        ASSERT_TRUE(facts);
        std::vector<Answer> answers = ruleset->decide(*facts, {.decisions = {"d"}, .at = 0, .by_reference = true});
        ASSERT_EQ(answers.size(), 1u);
        ASSERT_TRUE(answers[0].outcome.is(Kind::record)) << ruleset->to_json(answers[0]);
        EXPECT_EQ(answers[0].outcome.as_record().at(2).as_list()[1].as_int(), n + 1);
        const std::weak_ptr<const Record> outcome = answers[0].outcome.record_ptr();
        answers.clear();
        EXPECT_TRUE(outcome.expired());
    }
}

}  // namespace
}  // namespace praxe
