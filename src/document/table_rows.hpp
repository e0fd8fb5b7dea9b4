// The lines of a decision table written as text, cut into cells.
#pragma once

#include <vector>

#include "text/excerpt.hpp"

namespace praxe {

/// The three parts of a row: conditions || outputs || texts, each a list of cells.
using TableRow = std::vector<std::vector<Excerpt>>;

/// Where the text of `line` is cut: `|` between cells, `||` between parts; none inside quotes, which are nothing
/// special in texts for people.
TableRow split_row(const Excerpt& line);
/// As many parts, and in each as many cells.
bool same_shape(const TableRow& a, const TableRow& b);

}  // namespace praxe
