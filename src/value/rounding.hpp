// Quotients of amounts, before and after they become whole cents.
#pragma once

#include <praxe/value.hpp>
#include <string>
#include <string_view>

namespace praxe {

using Wide = __int128;  // holds the product of any two amounts

/// An amount before it is rounded, in cents. INVARIANT: unless it is refused, the divisor is not zero.
struct Quotient {
    Wide numerator = 0;
    Wide divisor = 1;
};

inline Value money_of(std::int64_t cents) {
    return Value::count(Kind::money, cents);
}

/// The amount, or the error of one that is out of range. `what` names the operation.
Value cents_of(Wide cents, std::string_view what);

/// The amount that the quotient becomes by the rounding that the text names, or the error of a divisor of zero, of a
/// rounding that is none, of what is out of range.
Value rounded(Quotient exact, const Value& rounding, std::string_view what);

/// In the amount's unit, as `12.501`; what does not end is cut, as `33.333333…`. REQUIRES: the divisor is not zero.
std::string to_text(Quotient cents);

}  // namespace praxe
