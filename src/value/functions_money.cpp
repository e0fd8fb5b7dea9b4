// Money and percent: exact hundredths. There is no division: how to round must be said, and an operator cannot say it.
#include <algorithm>
#include <array>
#include <numeric>

#include "value/decimal.hpp"
#include "value/function_rows.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

Value money(std::int64_t cents) {
    return Value::count(Kind::money, cents);
}

Value hundredths_from_text(Kind kind, std::string_view type, const Value& text) {
    const auto hundredths = parse_hundredths(text.as_string());
    if (hundredths) return Value::count(kind, *hundredths);
    return Value::error(Error::Code::conversion,
                        fmt::format("{} is not {} (at most two decimals, as in \"120.00\")", to_text(text), type));
}
Value money_from_text(const Context&, Args a) {
    return hundredths_from_text(Kind::money, "money", a[0]);
}
Value percent_from_text(const Context&, Args a) {
    return hundredths_from_text(Kind::percent, "percent", a[0]);
}

Value add(const Context&, Args a) {
    std::int64_t cents;
    const bool overflow = __builtin_add_overflow(a[0].as_int(), a[1].as_int(), &cents);
    return overflow ? out_of_range(a[0], "+", a[1], "money") : money(cents);
}
Value subtract(const Context&, Args a) {
    std::int64_t cents;
    const bool overflow = __builtin_sub_overflow(a[0].as_int(), a[1].as_int(), &cents);
    return overflow ? out_of_range(a[0], "-", a[1], "money") : money(cents);
}
/// One of the two is a plain number.
Value multiply(const Context&, Args a) {
    std::int64_t cents;
    const bool overflow = __builtin_mul_overflow(a[0].as_int(), a[1].as_int(), &cents);
    return overflow ? out_of_range(a[0], "*", a[1], "money") : money(cents);
}
Value negate(const Context& context, Args a) {
    const Value both[] = {money(0), a[0]};
    return subtract(context, both);
}

// ------------------------------------------------------------------------------------------------------ rounding

using Wide = __int128;  // holds the product of any two amounts

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

Value cents_of(Wide cents, std::string_view what) {
    const auto narrow = static_cast<std::int64_t>(cents);
    if (narrow == cents) return money(narrow);
    return Value::error(Error::Code::arithmetic, fmt::format("{} is out of the range of money", what));
}

/// `numerator / divisor`, rounded as the text says. `what` names the operation.
Value quotient(Wide numerator, Wide divisor, const Value& rounding, std::string_view what) {
    const auto how = std::find_if(roundings.begin(), roundings.end(),
                                  [&](const Rounding& r) { return r.name == rounding.as_string(); });
    if (how == roundings.end()) {
        return Value::error(Error::Code::other, fmt::format("there is no rounding {}", to_text(rounding)));
    }
    if (divisor == 0) return Value::error(Error::Code::arithmetic, fmt::format("{} divides by zero", what));
    const bool negative = (numerator < 0) != (divisor < 0);
    if (numerator < 0) numerator = -numerator;
    if (divisor < 0) divisor = -divisor;
    Wide whole = numerator / divisor;
    const Wide rest = numerator % divisor;
    if (rest != 0 && how->away(2 * rest, divisor, whole % 2 != 0)) ++whole;
    return cents_of(negative ? -whole : whole, what);
}

Value divide(const Context&, Args a) {
    return quotient(a[0].as_int(), a[1].as_int(), a[2], "divide");
}
constexpr Wide hundredths_in_one = 10'000;
Value percent_of(const Context&, Args a) {
    return quotient(Wide{a[0].as_int()} * a[1].as_int(), hundredths_in_one, a[2], "percent_of");
}
/// In whole microseconds.
Value percent_of_duration(const Context&, Args a) {
    constexpr Wide nanos_in_micro = 1'000;
    const Wide nanos = Wide{a[1].as_int()} * nanos_in_micro + a[1].nanos_below();
    const Value micros = quotient(Wide{a[0].as_int()} * nanos, hundredths_in_one * nanos_in_micro, a[2], "percent_of");
    if (micros.is_error()) return micros;
    return micros.as_int() < min_instant || micros.as_int() > max_instant
               ? Value::error(Error::Code::arithmetic, "percent_of is out of the range of duration")
               : Value::duration(micros.as_int());
}
Value prorate(const Context&, Args a) {
    return quotient(Wide{a[0].as_int()} * a[1].as_int(), a[2].as_int(), a[3], "prorate");
}

// --------------------------------------------------------------------------------------------------------- split

/// Largest remainder (Hamilton's method): each part is its quota rounded down, and the cents left over go one each to
/// the parts that lost most by it; ties to the earlier part. Conserves the total; every part is within a cent of its
/// quota; the split of -x is minus the split of x.
std::vector<Wide> largest_remainder(Wide total, const std::vector<std::int64_t>& weights, Wide whole) {
    std::vector<Wide> parts;
    std::vector<Wide> rests;
    for (const std::int64_t weight : weights) {
        parts.push_back(total * weight / whole);
        rests.push_back(total * weight % whole);
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t k) { return rests[i] > rests[k]; });
    const Wide left = total - std::accumulate(parts.begin(), parts.end(), Wide{0});
    for (std::size_t i = 0; static_cast<Wide>(i) < left; ++i) ++parts[order[i]];
    return parts;
}

Value split(const Context&, Args a) {
    std::vector<std::int64_t> weights;
    Wide whole = 0;
    for (const Value& weight : a[1].as_list()) {
        if (weight.is_error()) return weight;
        if (!weight.is(Kind::integer)) return no_overload("split", a);
        if (weight.as_int() < 0) {
            return Value::error(Error::Code::range,
                                fmt::format("a weight of split is {}; the least is 0", to_text(weight)));
        }
        weights.push_back(weight.as_int());
        whole += weight.as_int();
    }
    if (whole == 0) return Value::error(Error::Code::arithmetic, "split has no weight above 0 to give the amount to");
    const Wide total = a[0].as_int();
    List parts;
    for (const Wide part : largest_remainder(total < 0 ? -total : total, weights, whole)) {
        parts.push_back(money(static_cast<std::int64_t>(total < 0 ? -part : part)));
    }
    return Value::list(std::move(parts));
}

}  // namespace

FunctionRows money_rows() {
    return {
        {"money", "(string) -> money", money_from_text, "an amount read from text, as \"120.00\""},
        {"percent", "(string) -> percent", percent_from_text, "per cent read from text, as \"12.50\""},
        {"_+_", "(money, money) -> money", add, "the sum"},
        {"_-_", "(money, money) -> money", subtract, "the difference"},
        {"_*_", "(int, money) -> money", multiply, "so many times the amount"},
        {"_*_", "(money, int) -> money", multiply, "so many times the amount"},
        {"-_", "(money) -> money", negate, "the amount owed the other way"},
        {"divide", "(money, int, string) -> money", divide, "one of so many equal parts, rounded as named"},
        {"percent_of", "(percent, money, string) -> money", percent_of,
         "the percentage of the amount, rounded as named"},
        {"percent_of", "(percent, duration, string) -> duration", percent_of_duration,
         "the percentage of the time, rounded to microseconds as named"},
        {"prorate", "(money, money, money, string) -> money", prorate,
         "prorate(x, part, whole, rounding): x * part / whole, rounded as named"},
        {"split", "(money, list(int)) -> list(money)", split,
         "parts in proportion to the weights that add up to the amount: largest remainder, ties to the earlier part"},
    };
}

}  // namespace praxe
