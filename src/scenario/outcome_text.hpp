// Outcomes on one line, as the author of a scenario would write them.
#pragma once

#include <string>

#include "check/model.hpp"

namespace praxe {

/// `transfer`, `80.00`, `2024-05-03T00:00:00-03:00`, `[a, b]`, `{id: a1, state: live}`; what is not there: `left out`.
std::string outcome_text(const Model& model, const Value& value);

/// How many fields of the record are shown: an outcome made per item ends with one that is not.
std::size_t shown_fields(const Model& model, const RecordType& type);

/// `2024-05-03T00:00:00-03:00`, or `never`.
std::string until_text(const Model& model, const std::optional<Instant>& until);

}  // namespace praxe
