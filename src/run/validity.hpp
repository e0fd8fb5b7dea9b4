// Until when an outcome holds: the first instant after the one decided at, at which it would differ.
#pragma once

#include <optional>
#include <praxe/decision.hpp>

#include "run/run.hpp"

namespace praxe {

/// An outcome, and the instant until which it holds at least.
struct Held {
    Value outcome;
    Instant horizon = never;
};

/// An error where the ruleset is not in force at the instant, and the instant at which that changes.
std::optional<Held> not_in_force(const Model& model, Instant at);
/// The error of a decision whose facts the case does not hold; absent if it holds them.
Value unmet_need(Run& run, const Decision& decision);
/// Until when what the run worked out holds at least.
Instant horizon(const Run& run, const Model& model);

/// Until when a decision's outcome holds; `now` is that outcome as shown.
Validity validity(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                  const Held& now, std::size_t max_evaluations);

/// The same for each outcome of a decision made per item, in order.
std::vector<Validity> element_validities(const Model& model, const Decision& decision,
                                         const std::shared_ptr<const Record>& facts, Instant at, const List& outcomes,
                                         std::size_t max_evaluations);

}  // namespace praxe
