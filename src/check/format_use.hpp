// Formats written out in a call of `format`: do their clauses fit the elements?
#pragma once

#include <vector>

#include "check/wording.hpp"

namespace praxe {

/// What is wrong with a call, whose parts are checked; nothing of calls that are none of `format`, or of another text.
std::vector<Complaint> format_complaints(const Expr& call);

}  // namespace praxe
