// Money and percent: exact hundredths. There is no division: how to round must be said, and an operator cannot say it.
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
    };
}

}  // namespace praxe
