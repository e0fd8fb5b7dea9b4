// What a session says to names, instants and cases that are not as they should be.
#include <gtest/gtest.h>

#include <praxe/session.hpp>

namespace praxe {
namespace {

constexpr const char* vocabulary = R"(
vocabulary: shop
facts:
  at?: timestamp
  total?: money
)";
constexpr const char* rules = R"(
ruleset: shop
vocabulary: v.yaml
decisions:
  delivery:
    asks: { pt: "como se entrega?", en: "how is it delivered?" }
    needs: [total]
    hit: first
    gives:
      free: bool
      note: string
    optional: [note]
    rules:
      - id: large
        say: { pt: "pedido grande", en: "a large order" }
        when: [total >= money("50.00")]
        then: { free: "true", note: '"free of charge"' }
      - id: small
        say: { pt: "outro pedido", en: "any other order" }
        then: { free: "false" }
)";

Ruleset shop() {
    auto ruleset = Ruleset::load("r.yaml", [](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, path == "v.yaml" ? vocabulary : rules);
    });
    EXPECT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    return *std::move(ruleset);
}

Case case_of(const Ruleset& ruleset, std::string text) {
    auto facts = ruleset.read_case(std::make_shared<const Source>("case.yaml", std::move(text)));
    EXPECT_TRUE(facts) << facts.diagnostics().to_string();
    return *std::move(facts);
}

TEST(Session, ShowsFieldsByTheirHandles) {
    const Ruleset ruleset = shop();
    Session session(ruleset);
    const auto delivery = *session.question("delivery");
    const auto free = *session.field("delivery", "free");
    const auto note = *session.field("delivery", "note");
    const Case large = case_of(ruleset, "{ at: 2024-05-15T12:00:00Z, total: 60.00 }");
    const Case small = case_of(ruleset, "{ at: 2024-05-15T12:00:00Z, total: 40.00 }");
    session.begin(large);
    const AnswerView answer = session.decide(delivery);
    ASSERT_TRUE(answer.has_outcome());
    EXPECT_EQ(answer.decision(), "delivery");
    EXPECT_TRUE(answer.outcome()[free].is_true());
    EXPECT_EQ(answer.outcome()[note].text(), "free of charge");
    ASSERT_EQ(answer.because().size(), 1u);
    EXPECT_EQ(answer.because()[0].rule, "large");
    EXPECT_FALSE(answer.valid_until().until);
    session.begin(small);
    const AnswerView other = session.decide(delivery);
    ASSERT_TRUE(other.has_outcome());
    EXPECT_FALSE(other.outcome()[free].is_true());
    EXPECT_TRUE(other.outcome()[note].is_absent());
    EXPECT_EQ(other.because()[0].rule, "small");
}

TEST(Session, TellsOfNamesThatAreNot) {
    Session session(shop());
    EXPECT_EQ(session.question("delivry").diagnostics().to_string(),
              "error: there is no decision \"delivry\"\n    hint: did you mean \"delivery\"?\n");
    EXPECT_EQ(session.field("delivery", "nota").diagnostics().to_string(),
              "error: the outcome of \"delivery\" has no field \"nota\"\n    hint: did you mean \"note\"?\n");
    EXPECT_FALSE(session.field("delivry", "note"));
}

TEST(Session, SaysWhatRulesetsSayToCasesThatLackAnything) {
    const Ruleset ruleset = shop();
    Session session(ruleset);
    const auto delivery = *session.question("delivery");
    const Case without_instant = case_of(ruleset, "{ total: 60.00 }");
    session.begin(without_instant);
    EXPECT_EQ(session.decide(delivery).error().message, "\"at\" is not given: the instant of the decision");
    session.begin(without_instant, 0);
    EXPECT_TRUE(session.decide(delivery).has_outcome());
    const Case without_total = case_of(ruleset, "{ at: 2024-05-15T12:00:00Z }");
    session.begin(without_total);
    ASSERT_FALSE(session.decide(delivery).has_outcome());
    const auto told = ruleset.decide(without_total, {.decisions = {"delivery"}});
    EXPECT_EQ(session.decide(delivery).error().message, told.front().outcome.as_error().message);
    const Ruleset another = shop();
    const Case of_another = case_of(another, "{ at: 2024-05-15T12:00:00Z, total: 60.00 }");
    session.begin(of_another);
    EXPECT_EQ(session.decide(delivery).error().message, "the case was read for another ruleset than this one");
}

}  // namespace
}  // namespace praxe
