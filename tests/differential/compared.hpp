// Cases put to one ruleset in every way there is: by the tree walk, by the machine, as columns row by row and in
// blocks; with and without the search for `valid_until`. All must say the same, byte for byte.
#pragma once

#include <cstdint>
#include <praxe/ruleset.hpp>
#include <string>
#include <vector>

#include "differential/coverage.hpp"

namespace praxe::differential {

struct Trial {
    const Ruleset& ruleset;
    const std::vector<Case>& cases;
    std::int64_t at = 0;  // the instant of decision of all
    EvaluationLimits limits = decision_limits;
    /// Not where limits are passed: what a record of columns takes to be read is not known before, and counts as
    /// little.
    bool columns = true;
};

/// The first answer that differs, from whom and how; empty where all are the same. `coverage` takes what was met.
std::string difference(const Trial& trial, Coverage& coverage);

}  // namespace praxe::differential
