// Until when an outcome holds: the first instant after the one decided at, at which it would differ.
#pragma once

#include <praxe/decision.hpp>

#include "run/decided.hpp"

namespace praxe {

/// How far to look, and what for.
struct ValiditySearch {
    Instant latest = never;
    std::size_t max_evaluations = 0;
    bool explain = false;
    EvaluationLimits limits = decision_limits;  // of each evaluation
};
ValiditySearch search_of(const DecideOptions& options, Instant at);

/// Until when an outcome holds, and the last instant before that at which the search decided it.
struct Searched {
    Validity validity;
    Instant last = 0;
};

/// Until when a decision's outcome holds; `now` is that outcome as shown, decided at `at`.
Searched search_validity(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                         Instant at, const Held& now, const ValiditySearch& search);
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
