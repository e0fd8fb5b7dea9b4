// Decisions over random tables with their index against the same without one: every answer is the same, to the letter,
// with its reasons, its errors and until when it holds.
//
// PRAXE_ROUNDS in the environment sets how many rulesets are made.
#include "table/decision_index.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <praxe/ruleset.hpp>

#include "random/table_ruleset.hpp"
#include "run/run.hpp"

namespace praxe {
namespace {

using random_rules::TableRules;

Ruleset load(const std::string& text) {
    auto loaded = Ruleset::load("r.yaml", [&](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path,
                                              path == "r.yaml" ? text : std::string(random_rules::table_vocabulary));
    });
    EXPECT_TRUE(loaded) << text << loaded.diagnostics().to_string();
    return *std::move(loaded);
}

std::string error_of(const Answer& answer) {
    if (!answer.outcome.is_error()) return {};
    const Error& error = answer.outcome.as_error();
    return fmt::format("{} {} {}", error.message, error.path, error.place.span.begin);
}

/// Everything that the answers say, and what the evaluations rested on.
std::string told(const Ruleset& ruleset, const std::string& text) {
    const auto facts = ruleset.read_case(std::make_shared<const Source>("case.yaml", text));
    EXPECT_TRUE(facts) << text << facts.diagnostics().to_string();
    DecideOptions options;
    std::vector<std::string> asked = TableRules::policies();
    asked.insert(asked.end(), {"of_names", "over_outcomes"});
    options.decisions = asked;
    options.by_reference = true;
    std::string out;
    for (const Answer& answer : ruleset.decide(*facts, options))
        out += ruleset.to_json(answer) + error_of(answer) + "\n";
    for (const std::string& hit : asked) {
        Run run(ruleset.model(), ruleset.facts(*facts), *facts->at(), decision_limits, true);
        run.decide(*ruleset.model().find(hit));
        std::size_t rested_on = 0;
        for (const auto& [outcome, reason] : run.reasons()) rested_on += reason.basis.size();
        out += fmt::format("{} {} {} {} {}\n", hit, run.track().horizon, run.track().known_until, rested_on,
                           run.reasons().size());
    }
    return out;
}

struct Taken {
    bool is_error = false;
    std::size_t steps = 0;
};

Taken taken(const Ruleset& ruleset, const std::string& text, const std::string& decision) {
    const auto facts = ruleset.read_case(std::make_shared<const Source>("case.yaml", text));
    Run run(ruleset.model(), ruleset.facts(*facts), *facts->at());
    const bool is_error = run.decide(*ruleset.model().find(decision)).is_error();
    return {is_error, run.steps_taken()};
}

TEST(DecisionIndex, AnswersAsLookingAtEveryRuleDoes) {
    const char* rounds = std::getenv("PRAXE_ROUNDS");
    std::map<std::string, int> indexed, errors, fewer_steps;
    int answers = 0;
    for (int seed = 0; seed < (rounds == nullptr ? 40 : std::atoi(rounds)) && !HasFailure(); ++seed) {
        TableRules random(static_cast<std::uint32_t>(seed), 8, 48);
        const std::string text = random.ruleset();
        const Ruleset with = load(text), without = load(text);
        for (const auto& one : without.model().decisions) one->index = nullptr;
        for (const std::string& hit : TableRules::policies()) indexed[hit] += with.model().find(hit)->index != nullptr;
        for (int i = 0; i < 20; ++i) {
            const std::string facts = random.a_case();
            ASSERT_EQ(told(with, facts), told(without, facts)) << "seed " << seed << "\n" << text << facts;
            for (const std::string& hit : TableRules::policies()) {
                const Taken by_index = taken(with, facts, hit);
                errors[hit] += by_index.is_error;
                fewer_steps[hit] += by_index.steps < taken(without, facts, hit).steps;
            }
            answers += static_cast<int>(TableRules::policies().size());
        }
    }
    for (const std::string& hit : TableRules::policies()) {
        fmt::print("{}: {} indexed, {} errors, {} with fewer steps\n", hit, indexed[hit], errors[hit],
                   fewer_steps[hit]);
        EXPECT_GT(indexed[hit], 0) << hit;
        EXPECT_GT(errors[hit], 0) << hit;
        EXPECT_GT(fewer_steps[hit], 0) << hit;
    }
    fmt::print("{} answers\n", answers);
}

}  // namespace
}  // namespace praxe
