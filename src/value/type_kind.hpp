// What values of a static type are at work.
#pragma once

#include <optional>
#include <praxe/value.hpp>

#include "value/type.hpp"

namespace praxe {

/// The kind that a type's values have; nothing where any value will do.
std::optional<Kind> kind_of(TypeKind type);

/// True for what is one whole number, compared and ordered as such: bool, int, uint, instants, dates, amounts, counts.
bool is_whole(TypeKind type);

/// The value of such a number. REQUIRES: is_whole(type).
Value whole_value(std::int64_t whole, TypeKind type);

}  // namespace praxe
