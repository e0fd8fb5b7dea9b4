// The machine against the reference engine: on random rulesets and cases both give the same answers, byte for byte.
//
// PRAXE_ROUNDS in the environment sets how many rulesets are made, PRAXE_SEED the first seed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <praxe/ruleset.hpp>

#include "check/model.hpp"
#include "program/program.hpp"
#include "random/ruleset_maker.hpp"

namespace praxe {
namespace {

using random_rules::RulesetMaker;

std::uint32_t from_environment(const char* name, std::uint32_t otherwise) {
    const char* set = std::getenv(name);
    return set == nullptr ? otherwise : static_cast<std::uint32_t>(std::atoi(set));
}

/// What was compared.
constexpr std::int64_t noon = 1'715'784'000'000'000;  // 2024-05-15T14:40:00Z, among the instants of the cases

struct Tally {
    std::size_t decisions = 0, errors = 0, refused = 0;
    std::map<std::string, std::size_t> reasons;  // for which there is no program
};

class Both {
  public:
    explicit Both(random_rules::MakerOptions options) : options_(options) {}

    void compare(std::uint32_t seed) {
        RulesetMaker maker(seed, options_);
        RulesetLimits limits;
        limits.max_declared_steps = std::numeric_limits<std::size_t>::max();
        const auto ruleset = Ruleset::load(
            "r.yaml",
            [&](const std::string& path, std::string&) {
                return std::make_shared<const Source>(path, maker.files().at(path));
            },
            limits);
        ASSERT_TRUE(ruleset) << "seed " << seed << "\n" << maker.ruleset() << ruleset.diagnostics().to_string();
        for (const Question& question : ruleset->model().program->questions) {
            if (!question.refused.empty() && !question.decision->has_arguments()) ++tally_.reasons[question.refused];
        }
        for (const double fill : {1.0, 0.7, 0.4, 0.2, 0.0}) {
            const std::string text = maker.a_case(fill);
            const auto facts = ruleset->read_case(std::make_shared<const Source>("case.yaml", text));
            ASSERT_TRUE(facts) << "seed " << seed << "\n" << text << facts.diagnostics().to_string();
            for (const bool valid_until : {false, true}) {
                DecideOptions options{.decisions = ruleset->decisions(), .valid_until = valid_until};
                options.max_evaluations = 200;
                options.at = noon;
                const auto ours = ruleset->decide(*facts, options);
                options.by_reference = true;
                const auto theirs = ruleset->decide(*facts, options);
                ASSERT_EQ(ours.size(), theirs.size());
                for (std::size_t i = 0; i < ours.size(); ++i) {
                    ++tally_.decisions;
                    tally_.errors += theirs[i].outcome.is_error() ? 1 : 0;
                    ASSERT_EQ(ruleset->to_json(ours[i]), ruleset->to_json(theirs[i])) << "seed " << seed << "\n"
                                                                                      << maker.ruleset() << text;
                }
            }
        }
    }

    const Tally& tally() const { return tally_; }

  private:
    random_rules::MakerOptions options_;
    Tally tally_;
};

void compare_many(random_rules::MakerOptions options) {
    Both both(options);
    const std::uint32_t first = from_environment("PRAXE_SEED", 1);
    for (std::uint32_t seed = first; seed < first + from_environment("PRAXE_ROUNDS", 60); ++seed) {
        both.compare(seed);
        if (testing::Test::HasFatalFailure()) return;
    }
    const Tally& tally = both.tally();
    std::cout << fmt::format("{} decisions, {} errors\n", tally.decisions, tally.errors);
    for (const auto& [reason, count] : tally.reasons) std::cout << fmt::format("  {} × {}\n", count, reason);
}

TEST(SameAnswers, RandomRulesets) {
    constexpr std::uint32_t bound_twice = 40842;  // one name, looked at by two arguments of a call
    Both({}).compare(bound_twice);
    compare_many({});
}
TEST(SameAnswers, RandomRulesetsOverTime) {
    constexpr std::uint32_t memo_of_a_memo = 9275;    // which was worked out for a later instant meanwhile
    constexpr std::uint32_t first_displaced = 20123;  // the first element, by one that comes before it
    for (const std::uint32_t seed : {memo_of_a_memo, first_displaced}) Both({.times = true}).compare(seed);
    compare_many({.times = true});
}

}  // namespace
}  // namespace praxe
