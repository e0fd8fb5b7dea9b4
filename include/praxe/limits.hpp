// Bounds on what a ruleset may hold; each is an error where it is passed, never a crash or a wait without end.
//
// Thread safety: plain values.
#pragma once

#include <cstddef>

namespace praxe {

struct RulesetLimits {
    std::size_t max_files = 1'000;        // the ruleset's own, its parts and what it extends
    std::size_t max_parameters = 10'000;  // of all files together
    std::size_t max_decisions = 10'000;   // of all files together
    /// Rules of all decisions together: rows of tables too, and an exception once for every rule it excepts from.
    std::size_t max_rules = 200'000;
    /// Levels of expressions within what they use within what that uses: bounds the stack of an evaluation.
    std::size_t max_levels = 2'500;
    /// Calls of decisions with arguments that a definition or decision can make, through others too; one for each
    /// element of a list counts once.
    std::size_t max_calls = 100'000;
};

}  // namespace praxe
