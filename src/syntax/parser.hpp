// Expression text → tree: the grammar of the CEL language definition, and its macros.
#pragma once

#include <optional>
#include <praxe/limits.hpp>

#include "syntax/expr.hpp"

namespace praxe {

/// Parses a whole text; everything wrong goes to `diagnostics` with its place in the text's source, and then nothing is
/// returned.
std::optional<Expression> parse_expression(const Excerpt& text, Diagnostics& diagnostics,
                                           const ExpressionLimits& limits = {});

}  // namespace praxe
