// What a machine has, as a value that shares nothing with it.
#pragma once

#include "machine/machine.hpp"

namespace praxe {

Value made_value(const Program& program, const Datum& datum, const Shape& shape);

}  // namespace praxe
