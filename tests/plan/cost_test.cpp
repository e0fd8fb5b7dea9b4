// What is reckoned at load against what is measured: on random rulesets no decision takes more, and on cases that fill
// their lists not much less.
//
// PRAXE_ROUNDS in the environment sets how many rulesets are made, PRAXE_SEED the first seed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <praxe/ruleset.hpp>

#include "plan/sizes.hpp"
#include "random/ruleset_maker.hpp"
#include "run/run.hpp"
#include "run/validity.hpp"
#include "value/functions.hpp"

namespace praxe {
namespace {

using random_rules::RulesetMaker;

constexpr Instant noon = 1'715'784'000'000'000;  // 2024-05-15T14:40:00Z, among the instants of the cases

std::uint32_t from_environment(const char* name, std::uint32_t otherwise) {
    const char* set = std::getenv(name);
    return set == nullptr ? otherwise : static_cast<std::uint32_t>(std::atoi(set));
}

Result<Ruleset> load(const std::map<std::string, std::string>& files, const RulesetLimits& limits = {}) {
    return Ruleset::load(
        "r.yaml",
        [&](const std::string& path, std::string&) { return std::make_shared<const Source>(path, files.at(path)); },
        limits);
}

/// A whole decision, as `decide` makes it, with texts.
std::size_t measured(const Ruleset& ruleset, const Case& facts, const std::string& decision) {
    const Decision& asked = *ruleset.model().find(decision);
    Run run(ruleset.model(), ruleset.facts(facts), noon, decision_limits, true);
    if (!unmet_need(run, asked).is_error()) run.as_it_stands(run.decide(asked));
    return run.steps_taken();
}

class Property {
  public:
    explicit Property(random_rules::MakerOptions options) : options_(options) {}

    void check(std::uint32_t seed) {
        RulesetMaker maker(seed, options_);
        RulesetLimits limits;
        limits.max_declared_steps = std::numeric_limits<std::size_t>::max();
        const auto ruleset = load(maker.files(), limits);
        ASSERT_TRUE(ruleset) << "seed " << seed << "\n" << maker.ruleset() << ruleset.diagnostics().to_string();
        for (const double fill : {1.0, 1.0, 0.5, 0.2, 0.0}) {
            const std::string text = maker.a_case(fill);
            const auto facts = ruleset->read_case(std::make_shared<const Source>("case.yaml", text));
            ASSERT_TRUE(facts) << "seed " << seed << "\n" << text << facts.diagnostics().to_string();
            for (const Cost& cost : ruleset->costs()) {
                ASSERT_TRUE(cost.steps) << "seed " << seed << ": " << cost.decision << "\n" << maker.ruleset();
                const std::size_t taken = measured(*ruleset, *facts, cost.decision);
                ASSERT_LE(taken, *cost.steps) << "seed " << seed << ": " << cost.decision << "\n"
                                              << maker.ruleset() << text;
                ++decided_;
                if (fill == 1.0 && taken > 0 && *cost.steps < decision_limits.max_steps)
                    ratios_.push_back(static_cast<double>(*cost.steps) / static_cast<double>(taken));
            }
        }
    }

    double ratio(double share) {
        std::sort(ratios_.begin(), ratios_.end());
        return ratios_[static_cast<std::size_t>(static_cast<double>(ratios_.size() - 1) * share)];
    }
    int decided() const { return decided_; }

  private:
    random_rules::MakerOptions options_;
    std::vector<double> ratios_;
    int decided_ = 0;
};

class DeclaredCost : public testing::TestWithParam<bool> {};

TEST_P(DeclaredCost, IsNeverExceededAndNotFarOff) {
    Property property({.times = GetParam()});
    const std::uint32_t first = from_environment("PRAXE_SEED", 1);
    const std::uint32_t rounds = from_environment("PRAXE_ROUNDS", 100);
    for (std::uint32_t seed = first; seed < first + rounds && !HasFailure(); ++seed) property.check(seed);
    ASSERT_GT(property.decided(), 0);
    fmt::print("{} decisions; declared / measured of full cases: median {:.2f}, nine in ten below {:.2f}\n",
               property.decided(), property.ratio(0.5), property.ratio(0.9));
    EXPECT_LE(property.ratio(0.5), 10);
}

INSTANTIATE_TEST_SUITE_P(Times, DeclaredCost, testing::Bool());

/// Neither calls to the evaluator, nor for rulesets.
bool is_reckoned_otherwise(const Overload& row) {
    return row.name == "_?_:_" || row.name == "_[_]" || gives_dyn(row);
}

TEST(Sizes, OfWhatEveryFunctionMakes) {
    for (const Overload& row : functions()) {
        if (is_reckoned_otherwise(row)) continue;
        EXPECT_TRUE(knows_what_is_made(row)) << row.name << " " << row.signature;
    }
}

}  // namespace
}  // namespace praxe
