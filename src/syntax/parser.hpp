// Expression text → tree: the grammar of the CEL language definition, and its macros.
#pragma once

#include <optional>

#include "syntax/expr.hpp"

namespace praxe {

/// Named bounds of one expression. With them no walk over a tree can run out of stack.
struct ExpressionLimits {
    std::size_t max_source_bytes = 100'000;
    std::size_t max_nesting = 250;  // brackets in brackets
    std::size_t max_depth = 1'000;  // levels of the tree, which chains of `+` and `.` make too; those of `&&` and `||`
                                    // do not: their trees are balanced
};

/// Parses a whole text; everything wrong goes to `diagnostics` with its place in the text's source, and then nothing is
/// returned.
std::optional<Expression> parse_expression(const Excerpt& text, Diagnostics& diagnostics,
                                           const ExpressionLimits& limits = {});

}  // namespace praxe
