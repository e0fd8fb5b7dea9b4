// Conversions between types, each named by the type it gives; what does not fit is an error, never rounded into place.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "value/decimal.hpp"
#include "value/function_rows.hpp"
#include "value/utf8.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

constexpr double two_to_63 = 9223372036854775808.0;
constexpr double two_to_64 = 18446744073709551616.0;

Value same(const Context&, Args a) {
    return a[0];
}
Value type_of(const Context&, Args a) {
    return Value::type(runtime_type_name(a[0]));
}

Value does_not_fit(const Value& v, std::string_view type) {
    return Value::error(Error::Code::range, fmt::format("{} is out of the range of {}", to_text(v), type));
}
Value not_read_as(const Value& v, std::string_view type) {
    return Value::error(Error::Code::conversion, fmt::format("{} cannot be read as {}", to_text(v), type));
}

/// The whole text as one number, in the given type's plain notation.
template <typename Number>
std::optional<Number> parse_number(std::string_view text) {
    if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
    Number number{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

Value int_from_uint(const Context&, Args a) {
    return a[0].as_uint() < (std::uint64_t{1} << 63) ? Value::integer(a[0].as_int()) : does_not_fit(a[0], "int");
}
/// Both bounds are left out, as CEL has it: a double there may stand for a number that did not fit.
Value int_from_real(const Context&, Args a) {
    const double d = a[0].as_double();
    return d > -two_to_63 && d < two_to_63 ? Value::integer(static_cast<std::int64_t>(d)) : does_not_fit(a[0], "int");
}
Value int_from_text(const Context&, Args a) {
    const auto number = parse_number<std::int64_t>(a[0].as_string());
    return number ? Value::integer(*number) : not_read_as(a[0], "int");
}
Value int_from_count(const Context&, Args a) {
    return Value::integer(a[0].as_int());
}

Value uint_from_int(const Context&, Args a) {
    return a[0].as_int() >= 0 ? Value::unsigned_integer(a[0].as_uint()) : does_not_fit(a[0], "uint");
}
Value uint_from_real(const Context&, Args a) {
    const double d = a[0].as_double();
    return d >= 0 && d < two_to_64 ? Value::unsigned_integer(static_cast<std::uint64_t>(d))
                                   : does_not_fit(a[0], "uint");
}
Value uint_from_text(const Context&, Args a) {
    const auto number = parse_number<std::uint64_t>(a[0].as_string());
    return number ? Value::unsigned_integer(*number) : not_read_as(a[0], "uint");
}

Value real_from_int(const Context&, Args a) {
    return Value::real(static_cast<double>(a[0].as_int()));
}
Value real_from_uint(const Context&, Args a) {
    return Value::real(static_cast<double>(a[0].as_uint()));
}
Value real_from_text(const Context&, Args a) {
    const auto number = parse_number<double>(a[0].as_string());
    return number ? Value::real(*number) : not_read_as(a[0], "double");
}

Value bool_from_text(const Context&, Args a) {
    static constexpr std::array<std::string_view, 5> yes = {"true", "True", "TRUE", "t", "1"};
    static constexpr std::array<std::string_view, 5> no = {"false", "False", "FALSE", "f", "0"};
    const std::string& text = a[0].as_string();
    if (std::find(yes.begin(), yes.end(), text) != yes.end()) return Value::boolean(true);
    if (std::find(no.begin(), no.end(), text) != no.end()) return Value::boolean(false);
    return not_read_as(a[0], "bool");
}

Value text_from_bool(const Context&, Args a) {
    return Value::string(a[0].as_bool() ? "true" : "false");
}
Value text_from_int(const Context&, Args a) {
    return Value::string(std::to_string(a[0].as_int()));
}
Value text_from_uint(const Context&, Args a) {
    return Value::string(std::to_string(a[0].as_uint()));
}
/// With an exponent from a million on and below a ten-thousandth, as CEL's other implementations write it.
Value text_from_real(const Context&, Args a) {
    const double d = a[0].as_double();
    if (std::isnan(d)) return Value::string("nan");  // to_chars would write the sign of a NaN
    std::array<char, 32> chars;
    const auto end = std::to_chars(chars.data(), chars.data() + chars.size(), d, std::chars_format::general).ptr;
    return Value::string({chars.data(), end});
}
Value text_from_bytes(const Context&, Args a) {
    return valid_utf8(a[0].as_string()) ? Value::string(a[0].as_string()) : not_read_as(a[0], "a string of UTF-8");
}
Value text_from_hundredths(const Context&, Args a) {
    return Value::string(format_hundredths(a[0].as_int()));
}
Value text_from_date(const Context&, Args a) {
    return Value::string(format_date(static_cast<Day>(a[0].as_int())));
}
Value text_from_timestamp(const Context&, Args a) {
    return Value::string(format_utc(a[0].as_int(), a[0].nanos_below()));
}
Value text_from_duration(const Context&, Args a) {
    return Value::string(format_duration(a[0].as_int(), a[0].nanos_below()));
}

Value bytes_from_text(const Context&, Args a) {
    return Value::bytes(a[0].as_string());
}

/// Whole seconds since 1970, downwards.
Value int_from_timestamp(const Context&, Args a) {
    constexpr std::int64_t second = 1'000'000;
    const std::int64_t micros = a[0].as_int();
    return Value::integer(micros / second - (micros % second < 0 ? 1 : 0));
}

}  // namespace

FunctionRows conversion_rows() {
    return {
        {"type", "(A) -> type(A)", type_of, "the value's type"},
        {"dyn", "(A) -> dyn", same, "the value, its type left to run time"},

        {"int", "(int) -> int", same, "the number itself"},
        {"int", "(uint) -> int", int_from_uint, "the same number; an error where it does not fit"},
        {"int", "(double) -> int", int_from_real, "without its fraction; an error where it does not fit"},
        {"int", "(string) -> int", int_from_text, "a decimal number read from text"},
        {"int", "(timestamp) -> int", int_from_timestamp, "whole seconds since 1970-01-01T00:00:00Z"},
        {"int", "(business_days) -> int", int_from_count, "the bare number of business days"},
        {"int", "(calendar_days) -> int", int_from_count, "the bare number of calendar days"},
        {"int", "(months) -> int", int_from_count, "the bare number of months"},
        {"int", "(years) -> int", int_from_count, "the bare number of years"},

        {"uint", "(uint) -> uint", same, "the number itself"},
        {"uint", "(int) -> uint", uint_from_int, "the same number; an error where it is negative"},
        {"uint", "(double) -> uint", uint_from_real, "without its fraction; an error where it does not fit"},
        {"uint", "(string) -> uint", uint_from_text, "a decimal number read from text"},

        {"double", "(double) -> double", same, "the number itself"},
        {"double", "(int) -> double", real_from_int, "the nearest double"},
        {"double", "(uint) -> double", real_from_uint, "the nearest double"},
        {"double", "(string) -> double", real_from_text, "a number read from text"},

        {"bool", "(bool) -> bool", same, "the value itself"},
        {"bool", "(string) -> bool", bool_from_text, "true, True, TRUE, t, 1 or false, False, FALSE, f, 0"},

        {"string", "(string) -> string", same, "the text itself"},
        {"string", "(bool) -> string", text_from_bool, "true or false"},
        {"string", "(int) -> string", text_from_int, "decimal digits"},
        {"string", "(uint) -> string", text_from_uint, "decimal digits"},
        {"string", "(double) -> string", text_from_real,
         "the shortest text that reads back to the same number; with an exponent from 1e+06 on"},
        {"string", "(bytes) -> string", text_from_bytes, "the bytes as UTF-8; an error where they are not"},
        {"string", "(timestamp) -> string", text_from_timestamp, "RFC 3339 in UTC"},
        {"string", "(duration) -> string", text_from_duration, "seconds, as in 5400s"},
        {"string", "(date) -> string", text_from_date, "YYYY-MM-DD"},
        {"string", "(money) -> string", text_from_hundredths, "units with two decimals, as in 120.00"},
        {"string", "(percent) -> string", text_from_hundredths, "per cent with two decimals, as in 12.50"},
        {"string", "(business_days) -> string", text_from_int, "the bare number"},
        {"string", "(calendar_days) -> string", text_from_int, "the bare number"},
        {"string", "(months) -> string", text_from_int, "the bare number"},
        {"string", "(years) -> string", text_from_int, "the bare number"},

        {"bytes", "(bytes) -> bytes", same, "the bytes themselves"},
        {"bytes", "(string) -> bytes", bytes_from_text, "the text in UTF-8"},
    };
}

}  // namespace praxe
