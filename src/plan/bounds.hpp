// How deep and how often the definitions and decisions of a ruleset use one another, before any of them is run.
#pragma once

#include <praxe/limits.hpp>

#include "plan/order.hpp"

namespace praxe {

/// Reports the first that goes beyond a limit. `order` is as order_of gives it; in a cycle nothing is bounded.
void check_bounds(const std::vector<Dependent>& dependents, const std::vector<std::size_t>& order,
                  const RulesetLimits& limits, Diagnostics& diagnostics);

}  // namespace praxe
