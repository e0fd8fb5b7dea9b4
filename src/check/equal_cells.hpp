// What is wrong with a cell of a table is wrong with all that are written like it.
#pragma once

#include "check/model.hpp"

namespace praxe {

/// Cells that are written alike are looked at once, where the first of them stands (`Decision::cells`): tells of each
/// of the others, at its own place, what `diagnostics` says of that one.
void tell_of_equal_cells(const Model& model, Diagnostics& diagnostics);

}  // namespace praxe
