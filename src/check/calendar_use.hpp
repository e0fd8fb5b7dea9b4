// Whether the calendars that a ruleset's business days are counted on are there.
#pragma once

#include "check/model.hpp"

namespace praxe {

/// Reports calls that count on a calendar that the ruleset does not have: the first of its own, and each that is named
/// by a literal. REQUIRES: the types of all expressions are right.
void check_calendars(const Model& model, Diagnostics& diagnostics);

}  // namespace praxe
