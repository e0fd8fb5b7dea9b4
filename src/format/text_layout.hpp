// The inside of scalars laid out: white space of expressions, of holes in texts, and of the cells of tables.
#pragma once

#include "format/written_texts.hpp"
#include "syntax/layout.hpp"

namespace praxe {

/// White space of a text on one line.
std::vector<SpaceEdit> spaces_in_line(const std::string& text, WrittenText what);

/// The lines of a table with its columns under one another; none if its rows do not fit its header.
std::vector<std::string> table_lines(const Excerpt& table);

/// True if two texts say the same to their reader.
bool says_the_same(const Excerpt& one, const Excerpt& other, WrittenText what);

}  // namespace praxe
