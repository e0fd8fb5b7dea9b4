// What a machine has, as a value that shares nothing with it.
#pragma once

#include "machine/machine.hpp"

namespace praxe {

Value made_value(const Program& program, const Datum& datum, const Shape& shape);

/// The value of a type that is one whole number (is_whole).
Value whole_value(std::int64_t whole, TypeKind type);

}  // namespace praxe
