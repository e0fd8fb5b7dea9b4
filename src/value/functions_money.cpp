// Money and percent: exact hundredths. There is no division: how to round must be said, and an operator cannot say it.
#include "value/decimal.hpp"
#include "value/exact_amounts.hpp"
#include "value/function_rows.hpp"
#include "value/money_lists.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

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
    return overflow ? out_of_range(a[0], "+", a[1], "money") : money_of(cents);
}
Value subtract(const Context&, Args a) {
    std::int64_t cents;
    const bool overflow = __builtin_sub_overflow(a[0].as_int(), a[1].as_int(), &cents);
    return overflow ? out_of_range(a[0], "-", a[1], "money") : money_of(cents);
}
/// One of the two is a plain number.
Value multiply(const Context&, Args a) {
    std::int64_t cents;
    const bool overflow = __builtin_mul_overflow(a[0].as_int(), a[1].as_int(), &cents);
    return overflow ? out_of_range(a[0], "*", a[1], "money") : money_of(cents);
}
Value negate(const Context& context, Args a) {
    const Value both[] = {money_of(0), a[0]};
    return subtract(context, both);
}

// -------------------------------------------------------------------------------------------------- proportions

Value divide(const Context&, Args a) {
    return rounded(exact_quotient(a), a[2], "divide");
}
Value percent_of(const Context&, Args a) {
    return rounded(exact_percentage(a), a[2], "percent_of");
}
Value prorate(const Context&, Args a) {
    return rounded(exact_proportion(a), a[3], "prorate");
}
/// In whole microseconds.
Value percent_of_duration(const Context&, Args a) {
    constexpr Wide nanos_in_micro = 1'000;
    constexpr Wide hundredths_in_one = 10'000;
    const Wide nanos = Wide{a[1].as_int()} * nanos_in_micro + a[1].nanos_below();
    const Value micros = rounded({Wide{a[0].as_int()} * nanos, hundredths_in_one * nanos_in_micro}, a[2], "percent_of");
    if (micros.is_error()) return micros;
    return micros.as_int() < min_instant || micros.as_int() > max_instant
               ? Value::error(Error::Code::arithmetic, "percent_of is out of the range of duration")
               : Value::duration(micros.as_int());
}
/// The sum is exact, and rounded once.
Value percent_of_each(const Context&, Args a) {
    if (auto wrong = not_all("percent_of", a, 0, Kind::percent)) return *std::move(wrong);
    if (auto wrong = not_all("percent_of", a, 1, Kind::money)) return *std::move(wrong);
    if (auto wrong = not_as_many("percent_of", "percentages", a[0], "amounts", a[1])) return *std::move(wrong);
    const auto sum = sum_of_percentages(a[0], a[1]);
    if (!sum) return Value::error(Error::Code::arithmetic, "percent_of is out of the range of money");
    return rounded(*sum, a[2], "percent_of");
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
        {"percent_of", "(list(percent), list(money), string) -> money", percent_of_each,
         "the sum of each percentage of the amount in its place, exact, and rounded once as named"},
        {"prorate", "(money, money, money, string) -> money", prorate,
         "prorate(x, part, whole, rounding): x * part / whole, rounded as named"},
    };
}

}  // namespace praxe
