// Puts a scenario to its ruleset: what is not as expected, which rule decided instead, what stopped the one expected.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scenario/compare.hpp"
#include "scenario/scenario.hpp"

namespace praxe {

/// A rule (or exception) that cites an expected clause, and why that clause is not among the reasons.
struct Stopped {
    std::string clause;
    std::string decision, rule, item;
    std::string why;                                        // `holder == attendant is false`
    std::vector<std::pair<std::string, std::string>> read;  // what that condition read
};

/// One decision that is not as expected.
struct Failure {
    std::string decision;
    Answer answer;  // with texts
    std::vector<Mismatch> mismatches;
    std::vector<Stopped> stopped;
};

struct Verdict {
    std::string scenario;
    Place place;
    std::vector<Failure> failures;
    bool passed() const { return failures.empty(); }
};

Verdict judge(const Ruleset& ruleset, const Scenario& scenario);

}  // namespace praxe
