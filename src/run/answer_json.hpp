// Answers as JSON: the shape other programs rely on (docs/guide.md, "Outcomes").
#pragma once

#include <praxe/decision.hpp>
#include <string>
#include <vector>

#include "check/model.hpp"

namespace praxe {

/// `{"decision": …, "outcome": …, "because": […], "valid_until": …}` or `{"error": {…}}`.
std::string answer_json(const Model& model, const Answer& answer);
/// The outcome alone; an error as `{"error": {…}}`.
std::string outcome_json(const Model& model, const Value& outcome);
/// The reasons alone: a list.
std::string because_json(const Model& model, const Answer& answer);
/// `{"decisions": {NAME: {…}}}`, on one line; with `zone_data`, the version of the time zone database, where it is
/// asked for and known.
std::string answers_json(const Model& model, const std::vector<Answer>& answers, bool with_zone_data = false);
/// `horizon`, `calendar`; "" for nothing.
const char* name_of(LimitedBy limit);
/// `{"error": {"message": …, …}}` for a diagnostic, on one line.
std::string diagnostics_json(const Diagnostics& diagnostics);

}  // namespace praxe
