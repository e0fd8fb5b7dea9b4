// A text with clauses (`%s`, `%.2f`), as `format` takes it: its parts, and what each clause takes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "value/type.hpp"

namespace praxe {

struct FormatPart {
    enum class Kind { text, clause, mistake };
    Kind kind = Kind::text;
    std::string text;  // as it stands; of a mistake, what is said of it
    char letter = 0;   // of a clause
    int precision = 0;
};

/// The parts from left to right, up to the first mistake.
std::vector<FormatPart> parts_of_format(std::string_view format);

/// `%d takes an int, uint or double, not string`.
std::string not_for_clause(char letter, std::string_view type);
/// True if a value of the type can stand for the clause, as far as the type says.
bool is_for_clause(char letter, const Type& type);
/// `%d asks for 3 elements, and the list has 2`; `element` counts from 0.
std::string no_element_for_clause(char letter, std::size_t element, std::size_t elements);

}  // namespace praxe
