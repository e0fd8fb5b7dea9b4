// The hit policy most_specific, settled when a ruleset is loaded: which row goes before which, and no ties.
#pragma once

#include "check/model.hpp"

namespace praxe {

/// Puts the rules of every decision under `most_specific` in an order in which the first that applies is the most
/// specific one that does. Two that may apply together, neither of them the more specific, are an error that names such
/// a case. REQUIRES: the types are checked, and nothing was wrong.
///
/// A row is more specific than another whose every cell takes in its own, one of them more; a cell that says nothing
/// takes in everything. Where the decision names columns (`precedence`), the first in which only one of the two says
/// something decides before that.
void order_by_specificity(Model& model, Diagnostics& diagnostics);

}  // namespace praxe
