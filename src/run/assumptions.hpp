// The invariants that a vocabulary states of its records (`assume:`), over a variable `this`.
#pragma once

#include <vector>

#include "check/model.hpp"

namespace praxe {

/// One error, with the path of the record, for each assumption that a record of the case breaks.
std::vector<Error> broken_assumptions(const Model& model, const std::shared_ptr<const Record>& facts);
/// The first that this one record breaks, as an error, or absent.
Value broken_assumption(const Model& model, const std::shared_ptr<const Record>& record);

}  // namespace praxe
