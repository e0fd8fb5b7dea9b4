// What a host asks for by name, and cannot have.
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

}  // namespace
}  // namespace praxe
