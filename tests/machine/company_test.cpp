// The machine against the reference engine on the company's whole ruleset: the same answers, byte for byte.
//
// PRAXE_ROUNDS in the environment sets how many cases are decided.
#include <gtest/gtest.h>

#include <cstdlib>
#include <praxe/ruleset.hpp>

#include "../../bench/cases.hpp"

namespace praxe {
namespace {

TEST(SameAnswers, OfTheCompany) {
    const auto ruleset = Ruleset::load(PRAXE_SOURCE_DIR "/rules/company.yaml");
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    const char* const rounds = std::getenv("PRAXE_ROUNDS");
    const std::size_t count = rounds == nullptr ? 300 : static_cast<std::size_t>(std::atoi(rounds));
    for (std::size_t i = 0; i < count; ++i) {
        const auto facts = ruleset->read_case(std::make_shared<Source>("case.json", bench::case_json(i)));
        ASSERT_TRUE(facts) << facts.diagnostics().to_string();
        for (const bool valid_until : {false, true}) {
            DecideOptions options{.valid_until = valid_until};
            const std::string ours = ruleset->to_json(ruleset->decide(*facts, options));
            options.by_reference = true;
            ASSERT_EQ(ours, ruleset->to_json(ruleset->decide(*facts, options))) << "case " << i;
        }
    }
}

/// One machine after another case, in any order: nothing of one is seen in the next.
TEST(SameAnswers, WhateverWasDecidedBefore) {
    const auto ruleset = Ruleset::load(PRAXE_SOURCE_DIR "/rules/company.yaml");
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    std::vector<Case> cases;
    std::vector<std::string> alone;
    for (std::size_t i = 0; i < 20; ++i) {
        cases.push_back(*ruleset->read_case(std::make_shared<Source>("case.json", bench::case_json(i))));
        alone.push_back(ruleset->to_json(ruleset->decide(cases.back(), {})));
    }
    for (std::size_t i = 0; i < 400; ++i) {
        const std::size_t one = i * 7 % cases.size();
        ASSERT_EQ(ruleset->to_json(ruleset->decide(cases[one], {})), alone[one]);
    }
}

}  // namespace
}  // namespace praxe
