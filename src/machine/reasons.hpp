// Why an outcome of the machine came about: the rules that made it, and those of the outcomes it rested on.
#pragma once

#include <praxe/view.hpp>

#include "machine/machine.hpp"

namespace praxe {

/// In the machine's memory. `with_basis`: also of what each outcome rested on.
std::span<const ReasonView> reasons_of(Machine& machine, const Datum& datum, const Shape& shape, bool with_basis);

}  // namespace praxe
