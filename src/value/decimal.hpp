// Decimal text with two digits: the form of money ("120.00") and of percent ("12.50"), held as whole hundredths.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace praxe {

/// `-?digits[.d[d]]`; nothing if malformed, finer than hundredths, or too large for 64 bits.
std::optional<std::int64_t> parse_hundredths(std::string_view text);
/// Always with two digits after the point.
std::string format_hundredths(std::int64_t hundredths);

/// The shortest text that reads back to the same double: `1.5`, `1e+100`, `-0`, `inf`, `nan`.
std::string format_real(double d);
/// The same as a number that is seen to be a double: `1.0` for 1.
std::string format_real_with_point(double d);

}  // namespace praxe
