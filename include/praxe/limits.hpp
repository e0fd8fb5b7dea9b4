// Bounds on what a ruleset and an expression may hold, and on what an evaluation may do; each is an error where it is
// passed, never a crash or a wait without end.
//
// Thread safety: plain values.
#pragma once

#include <cstddef>

namespace praxe {

struct RulesetLimits {
    std::size_t max_files = 1'000;        // the ruleset's own, its parts and what it extends
    std::size_t max_parameters = 10'000;  // of all files together
    std::size_t max_decisions = 10'000;   // of all files together
    std::size_t max_indicators = 1'000;   // of all files together
    /// Rules of all decisions together: rows of tables too, and an exception once for every rule it excepts from.
    std::size_t max_rules = 200'000;
    /// Levels of expressions within what they use within what that uses: bounds the stack of an evaluation.
    std::size_t max_levels = 2'500;
    /// Calls of decisions with arguments that a definition or decision can make, through others too; one for each
    /// element of a list counts once.
    std::size_t max_calls = 100'000;
    /// Steps that a decision can take at its worst (praxe/cost.hpp), where the vocabulary bounds all it walks over.
    std::size_t max_declared_steps = 100'000'000;
};

/// Of one expression as it is written. With them no walk over a tree can run out of stack.
struct ExpressionLimits {
    std::size_t max_source_bytes = 100'000;
    std::size_t max_nesting = 250;   // brackets in brackets
    std::size_t max_depth = 1'000;   // levels of the tree, which chains of `+` and `.` make too; those of `&&` and `||`
                                     // do not: their trees are balanced
    std::size_t max_macros = 8;      // macros that walk over a list or map, each within the one before
    std::size_t max_items = 10'000;  // elements of one list, or entries of one map, that is written out
};

/// Of one evaluation: whatever is asked, it ends in so many steps. Passing a limit is an error of code `limit`; that of
/// steps or of made bytes is the result of the whole: no `||` makes up for it.
struct EvaluationLimits {
    /// Each part of an expression that is evaluated is a step, and so is each element walked over; a function takes
    /// one more for every 64 bytes of its arguments that it reads (src/value/charges.hpp).
    std::size_t max_steps = 10'000'000;
    std::size_t max_made_bytes = 256u << 20;  // of all texts, lists and maps that are made on the way
    std::size_t max_text_bytes = 16u << 20;   // of one text, or of one value of bytes
    std::size_t max_items = 1'000'000;        // of one list or map
    /// Of one value written out, where a part that stands in it twice counts twice.
    std::size_t max_value_bytes = 64u << 20;
    std::size_t max_pattern_instructions = 5'000;  // of the program that a regular expression becomes
};

/// What one decision of a case may take at one instant, with all that it rests on. Each evaluation while looking for
/// `valid_until` is such a decision; so is the explanation of why other rules did not decide.
inline constexpr EvaluationLimits decision_limits = {.max_steps = 100'000'000, .max_made_bytes = 1u << 30};

}  // namespace praxe
