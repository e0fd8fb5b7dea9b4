// Values of expressions that are known when a ruleset is loaded.
#pragma once

#include <optional>

#include "check/model.hpp"

namespace praxe {

/// What the expression is in every case: it is made of literals and parameters alone. Nothing where it is not, or where
/// its value is an error.
std::optional<Value> constant(const Expr& expr, const Model& model);

}  // namespace praxe
