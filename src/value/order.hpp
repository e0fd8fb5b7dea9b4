// Which of two values comes first: the order of `<`, of sorting, and of the keys of a map.
#pragma once

#include <compare>
#include <optional>
#include <praxe/value.hpp>

namespace praxe {

/// CEL's order: numbers across types, false before true, strings by code point, bytes,
/// times, dates, money and counts within one kind. `unordered` where a NaN is involved; nothing if the two have no
/// order (another kind, or a kind without an order).
std::optional<std::partial_ordering> order(const Value& a, const Value& b);

/// The same made total among ordered values of one kind, for sorting: a NaN comes before every number.
/// REQUIRES: order(a, b) is something.
std::weak_ordering sort_order(const Value& a, const Value& b);

/// The order of keys in a map's index: by kind of key (all numbers are one), then by value. NaN is before all numbers.
std::weak_ordering key_order(const Value& a, const Value& b);

}  // namespace praxe
