// What the definitions and decisions of a ruleset use of one another.
#pragma once

#include "check/model.hpp"
#include "plan/order.hpp"

namespace praxe {

/// Definitions first, then decisions, then indicators, each in the order of the model.
std::vector<Dependent> dependencies_of(const Model& model);

}  // namespace praxe
