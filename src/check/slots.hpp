// What the names of a program stand for at work, found once it is whole, so that no name is looked for by its text.
#pragma once

#include "check/model.hpp"

namespace praxe {

/// Fills in the slots of all expressions. REQUIRES: their types are right. What is not the program's own (names of
/// types, assumptions of the vocabulary) is left to be found by name.
void find_slots(const Model& model);

}  // namespace praxe
