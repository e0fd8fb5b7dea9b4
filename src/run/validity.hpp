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
    Instant known_until = never;  // where the first of the calendars it asked ends
};

/// How far to look, and what for.
struct ValiditySearch {
    Instant latest = never;
    std::size_t max_evaluations = 0;
    bool explain = false;
    EvaluationLimits limits = decision_limits;  // of each evaluation
};
ValiditySearch search_of(const DecideOptions& options, Instant at);

/// An error where the ruleset is not in force at the instant, and the instant at which that changes.
std::optional<Held> not_in_force(const Model& model, Instant at);
/// The error of a decision whose facts the case does not hold; absent if it holds them.
Value unmet_need(Run& run, const Decision& decision);
/// An outcome that the run worked out, with until when it holds at least.
Held held(const Run& run, const Model& model, Value outcome);
/// The decision's outcome at that instant as it is shown: an error too where the ruleset is not in force then, or the
/// case does not hold what is needed.
Held decide_at(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at,
               const EvaluationLimits& limits = decision_limits);

/// Until when a decision's outcome holds; `now` is that outcome as shown, decided at `at`.
Validity validity(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at,
                  const Held& now, const ValiditySearch& search);

/// Of a decision made per item: of all its outcomes together, and of each in order.
struct Validities {
    Validity whole;
    std::vector<Validity> elements;
};
/// REQUIRES: the decision is made per item, and `now` is a list.
Validities validities(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                      Instant at, const Held& now, const ValiditySearch& search);

}  // namespace praxe
