// Answers to questions about one case: outcomes with their reasons and validity.
#pragma once

#include <functional>
#include <praxe/decision.hpp>

#include "check/model.hpp"

namespace praxe {

/// REQUIRES: `decision` is of the model and takes no arguments. With `asked`, facts that the case does not hold make
/// the answer an error; otherwise nothing is answered.
std::optional<Answer> answer(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                             Instant at, const DecideOptions& options, bool asked);

/// For every rule of the decision that did not decide, why not; for exceptions of the one that decided, too.
std::vector<WhyNot> why_not(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                            Instant at);

/// The first instant after `at` at which the outcome differs from `now`, an outcome that holds until `horizon` at
/// least. `again` works the outcome out at another instant and says until when that one holds at least.
struct Held {
    Value outcome;
    Instant horizon;
};
Validity find_valid_until(const Held& now, const std::function<Held(Instant)>& again,
                          const std::function<bool(const Value&, const Value&)>& same, std::size_t max_evaluations);

}  // namespace praxe
