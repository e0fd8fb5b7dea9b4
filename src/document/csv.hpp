// Lines of a CSV file (RFC 4180) → located cells.
//
// Own code, for each cell must know where its bytes stand in the file, which no library of Debian's tells.
#pragma once

#include <vector>

#include "document/node.hpp"

namespace praxe {

struct CsvLine {
    std::vector<Excerpt> cells;  // without their quotes and the white space around them
    Place place;                 // the whole of it, which may take several lines of the file
};

/// Lines with nothing on them are left out. Nothing, and reported, where the file cannot be cut into cells.
std::optional<std::vector<CsvLine>> read_csv(const SourcePtr& source, Diagnostics& diagnostics);

}  // namespace praxe
