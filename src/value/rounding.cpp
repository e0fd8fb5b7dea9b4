// How quotients become whole cents: the one table of roundings.
#include "value/rounding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "value/decimal.hpp"

namespace praxe {
namespace {

/// How a quotient that is no whole number becomes one. Ties are quotients that end in exactly a half; up is away from
/// zero and down towards it, so that the rounding of -x is minus that of x.
struct Rounding {
    std::string_view name;
    /// Whether to step away from zero. `twice` is twice the remainder, `divisor` what was divided by, both positive.
    bool (*away)(Wide twice, Wide divisor, bool odd);
};
constexpr std::array roundings = {
    Rounding{"half_up", [](Wide twice, Wide divisor, bool) { return twice >= divisor; }},
    Rounding{"half_even",
             [](Wide twice, Wide divisor, bool odd) { return twice > divisor || (twice == divisor && odd); }},
    Rounding{"half_down", [](Wide twice, Wide divisor, bool) { return twice > divisor; }},
    Rounding{"up", [](Wide, Wide, bool) { return true; }},
    Rounding{"down", [](Wide, Wide, bool) { return false; }},
};

}  // namespace

Value cents_of(Wide cents, std::string_view what) {
    const auto narrow = static_cast<std::int64_t>(cents);
    if (narrow == cents) return money_of(narrow);
    return Value::error(Error::Code::arithmetic, fmt::format("{} is out of the range of money", what));
}

Value rounded(Quotient exact, const Value& rounding, std::string_view what) {
    const auto how = std::find_if(roundings.begin(), roundings.end(),
                                  [&](const Rounding& r) { return r.name == rounding.as_string(); });
    if (how == roundings.end()) {
        return Value::error(Error::Code::other, fmt::format("there is no rounding {}", to_text(rounding)));
    }
    auto [numerator, divisor] = exact;
    if (divisor == 0) return Value::error(Error::Code::arithmetic, fmt::format("{} divides by zero", what));
    const bool negative = (numerator < 0) != (divisor < 0);
    if (numerator < 0) numerator = -numerator;
    if (divisor < 0) divisor = -divisor;
    Wide whole = numerator / divisor;
    const Wide rest = numerator % divisor;
    if (rest != 0 && how->away(2 * rest, divisor, whole % 2 != 0)) ++whole;
    return cents_of(negative ? -whole : whole, what);
}

std::string to_text(Quotient cents) {
    constexpr int most_digits = 6;  // beyond the cents' two
    auto [numerator, divisor] = cents;
    const bool negative = (numerator < 0) != (divisor < 0);
    if (numerator < 0) numerator = -numerator;
    if (divisor < 0) divisor = -divisor;
    const Wide whole = numerator / divisor;
    if (whole > std::numeric_limits<std::int64_t>::max()) return "";
    std::string text = format_hundredths(static_cast<std::int64_t>(whole));
    Wide rest = numerator % divisor;
    for (int digit = 0; digit < most_digits && rest != 0; ++digit) {
        text += static_cast<char>('0' + static_cast<int>(rest * 10 / divisor));
        rest = rest * 10 % divisor;
    }
    return fmt::format("{}{}{}", negative && numerator != 0 ? "-" : "", text, rest == 0 ? "" : "…");
}

}  // namespace praxe
