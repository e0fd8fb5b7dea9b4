// What the functions that round amounts round: the same formulas serve the functions and the explanations of them.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "value/rounding.hpp"

namespace praxe {

/// Weights of a split, with what their owners may have at most where that is said.
struct Shares {
    std::vector<std::int64_t> weights;
    std::vector<std::int64_t> caps;  // empty: no part has one
};

/// Each part of the total before rounding: in proportion to the weights; what is above a cap goes to the others in the
/// same way. Nothing where the caps hold less than the total, or no weight is above 0. REQUIRES: total >= 0, no weight
/// or cap below 0, as many caps as weights or none.
std::optional<std::vector<Quotient>> quotas(Wide total, const Shares& shares);

/// The sum of each percentage of its amount; nothing where it is out of range. REQUIRES: as many of one as of the
/// other.
std::optional<Quotient> sum_of_percentages(const Value& percentages, const Value& amounts);

// The one amount that a call of `divide`, of `percent_of` on amounts, of `prorate` makes, before it is rounded.
Quotient exact_quotient(std::span<const Value> args);
Quotient exact_percentage(std::span<const Value> args);
Quotient exact_proportion(std::span<const Value> args);

/// The amounts that a call of a function makes, before they are rounded; empty where it rounds none, or fails.
std::vector<Quotient> exact_amounts(std::string_view function, std::span<const Value> args);

}  // namespace praxe
