// The types of a whole ruleset: every expression checked in its scope.
#pragma once

#include "check/model.hpp"

namespace praxe {

/// `order` counts definitions first, then decisions, then indicators, and puts what is used before what uses it. Fills
/// in the types of bindings, of elements and of what each decision gives; everything wrong goes to `diagnostics`.
void check_types(Model& model, const std::vector<std::size_t>& order, Diagnostics& diagnostics);

}  // namespace praxe
