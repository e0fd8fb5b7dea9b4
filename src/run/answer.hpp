// Answers to questions about one case: outcomes with their reasons and validity.
#pragma once

#include <praxe/decision.hpp>

#include "check/model.hpp"

namespace praxe {

/// REQUIRES: `decision` is of the model and takes no arguments. With `asked`, facts that the case does not hold make
/// the answer an error; otherwise nothing is answered.
std::optional<Answer> answer(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                             Instant at, const DecideOptions& options, bool asked);

/// For every rule of the decision that did not decide, why not; for exceptions of the one that decided, too.
std::vector<WhyNot> why_not(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                            Instant at, const EvaluationLimits& limits = decision_limits);

/// The roundings of amounts on the way to the decision's outcome, or to its error.
std::vector<Working> workings(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                              Instant at, const EvaluationLimits& limits = decision_limits);

}  // namespace praxe
