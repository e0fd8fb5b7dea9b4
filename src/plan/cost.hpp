// What each decision can take at its worst: the steps that the budget of an evaluation would count (value/charges.hpp),
// reckoned from the typed program and from what the vocabulary bounds.
//
// Of branches the costliest is taken, of conditions all, of walks over a list as many rounds as it can have. What is
// remembered (definitions, decisions without arguments, lets) counts once, and once more in each `before(…)`; a
// decision with arguments counts at every call.
#pragma once

#include <praxe/diagnostics.hpp>
#include <praxe/limits.hpp>

#include "check/model.hpp"

namespace praxe {

/// Of all decisions without arguments. REQUIRES: the model is without mistakes.
std::vector<Cost> costs_of(const Model& model);

/// Reports those that take more than the limit.
void check_costs(const std::vector<Cost>& costs, const RulesetLimits& limits, Diagnostics& diagnostics);

}  // namespace praxe
