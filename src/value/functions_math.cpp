// The functions of CEL's mathematics: greatest and least of any numbers, rounding of doubles, bits of whole numbers.
#include <array>
#include <cmath>
#include <limits>

#include "value/function_rows.hpp"
#include "value/order.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;
using Int = std::int64_t;
using Uint = std::uint64_t;

constexpr std::array<std::string_view, 3> number_types = {"int", "uint", "double"};
constexpr Uint bits_of_number = std::numeric_limits<Uint>::digits;

bool is_number(const Value& v) {
    return v.is(Kind::integer) || v.is(Kind::unsigned_integer) || v.is(Kind::real);
}
bool is_nan(const Value& v) {
    return v.is(Kind::real) && std::isnan(v.as_double());
}

// ------------------------------------------------------------------------------------------- greatest and least

/// The first of the numbers (several, or those of one list) that none of the others goes beyond.
Value extreme(std::string_view name, Args a, bool (*beyond)(std::partial_ordering)) {
    const Args numbers = a.size() == 1 && a[0].is(Kind::list) ? Args(a[0].as_list()) : a;
    if (numbers.empty()) return Value::error(Error::Code::other, fmt::format("an empty list has no {}", name));
    const Value* best = &numbers.front();
    for (const Value& n : numbers) {
        if (!is_number(n)) return no_overload(name, {&n, 1});
        if (is_nan(n)) return Value::error(Error::Code::arithmetic, fmt::format("{} of a NaN", name));
        if (beyond(*order(n, *best))) best = &n;
    }
    return *best;
}
Value greatest(const Context&, Args a) {
    return extreme("math.greatest", a, [](std::partial_ordering o) { return o > 0; });
}
Value least(const Context&, Args a) {
    return extreme("math.least", a, [](std::partial_ordering o) { return o < 0; });
}

// --------------------------------------------------------------------------------------------- doubles, signs

template <double (*function)(double)>
Value of_real(const Context&, Args a) {
    return Value::real(function(a[0].as_double()));
}
double sign_of(double x) {
    if (std::isnan(x)) return x;
    return x > 0 ? 1 : x < 0 ? -1 : 0;
}
double root_of(double x) {
    return std::sqrt(x);
}
double ceiling(double x) {
    return std::ceil(x);
}
double floor_of(double x) {
    return std::floor(x);
}
double nearest(double x) {
    return std::round(x);
}
double truncated(double x) {
    return std::trunc(x);
}
double magnitude(double x) {
    return std::fabs(x);
}

Value is_not_a_number(const Context&, Args a) {
    return Value::boolean(std::isnan(a[0].as_double()));
}
Value is_infinite(const Context&, Args a) {
    return Value::boolean(std::isinf(a[0].as_double()));
}
Value is_finite(const Context&, Args a) {
    return Value::boolean(std::isfinite(a[0].as_double()));
}

Value magnitude_of_int(const Context&, Args a) {
    const Int n = a[0].as_int();
    if (n == std::numeric_limits<Int>::min()) return out_of_range(fmt::format("math.abs({})", to_text(a[0])), "int");
    return Value::integer(n < 0 ? -n : n);
}
Value same(const Context&, Args a) {
    return a[0];
}
Value sign_of_int(const Context&, Args a) {
    return Value::integer((a[0].as_int() > 0) - (a[0].as_int() < 0));
}
Value sign_of_uint(const Context&, Args a) {
    return Value::unsigned_integer(a[0].as_uint() > 0 ? 1 : 0);
}
Value root_of_int(const Context&, Args a) {
    return Value::real(std::sqrt(static_cast<double>(a[0].as_int())));
}
Value root_of_uint(const Context&, Args a) {
    return Value::real(std::sqrt(static_cast<double>(a[0].as_uint())));
}

// -------------------------------------------------------------------------------------------------------- bits

/// The number of the same bits, of the argument's own type.
Value like(const Value& v, Uint bits) {
    return v.is(Kind::integer) ? Value::integer(static_cast<Int>(bits)) : Value::unsigned_integer(bits);
}

Value bit_and(const Context&, Args a) {
    return like(a[0], a[0].as_uint() & a[1].as_uint());
}
Value bit_or(const Context&, Args a) {
    return like(a[0], a[0].as_uint() | a[1].as_uint());
}
Value bit_xor(const Context&, Args a) {
    return like(a[0], a[0].as_uint() ^ a[1].as_uint());
}
Value bit_not(const Context&, Args a) {
    return like(a[0], ~a[0].as_uint());
}

/// What is shifted out is lost and what comes in is zero, on the right side of an int too.
Value shift(Args a, Uint (*by)(Uint bits, Uint places)) {
    if (a[1].as_int() < 0)
        return Value::error(Error::Code::range, fmt::format("bits cannot be shifted by {} places", a[1].as_int()));
    const Uint places = a[1].as_uint();
    return like(a[0], places < bits_of_number ? by(a[0].as_uint(), places) : 0);
}
Value shift_left(const Context&, Args a) {
    return shift(a, [](Uint bits, Uint places) { return bits << places; });
}
Value shift_right(const Context&, Args a) {
    return shift(a, [](Uint bits, Uint places) { return bits >> places; });
}

// -------------------------------------------------------------------------------------------------------- rows

/// Of one type, as many as there are or in a list; of mixed types in plain CEL.
void add_extreme_rows(FunctionRows& rows, std::string_view name, Implementation call, std::string_view doc) {
    for (const std::string_view type : number_types)
        rows.push_back({name, fmt::format("({0}...) -> {0}", type), call, doc});
    for (const std::string_view type : number_types)
        rows.push_back({name, fmt::format("(list({0})) -> {0}", type), call, doc});
    rows.push_back({name, "(dyn...) -> dyn", call, doc});
}

void add_bit_rows(FunctionRows& rows) {
    for (const std::string_view type : {"int", "uint"}) {
        const std::string both = fmt::format("({0}, {0}) -> {0}", type);
        const std::string shifted = fmt::format("({0}, int) -> {0}", type);
        rows.push_back({"math.bitAnd", both, bit_and, "the bits that both have"});
        rows.push_back({"math.bitOr", both, bit_or, "the bits that either has"});
        rows.push_back({"math.bitXor", both, bit_xor, "the bits that just one of them has"});
        rows.push_back({"math.bitNot", fmt::format("({0}) -> {0}", type), bit_not, "the bits that it does not have"});
        rows.push_back({"math.bitShiftLeft", shifted, shift_left,
                        "its bits moved up by so many places, zeros after them; an error of negative places"});
        rows.push_back({"math.bitShiftRight", shifted, shift_right,
                        "its bits moved down by so many places, zeros before them; an error of negative places"});
    }
}

}  // namespace

FunctionRows math_rows() {
    FunctionRows rows = {
        {"math.abs", "(int) -> int", magnitude_of_int, "the number without its sign; an error where it does not fit"},
        {"math.abs", "(uint) -> uint", same, "the number itself"},
        {"math.abs", "(double) -> double", of_real<magnitude>, "the number without its sign"},
        {"math.sign", "(int) -> int", sign_of_int, "-1, 0 or 1"},
        {"math.sign", "(uint) -> uint", sign_of_uint, "0 or 1"},
        {"math.sign", "(double) -> double", of_real<sign_of>, "-1.0, 0.0 or 1.0; NaN of a NaN"},
        {"math.sqrt", "(int) -> double", root_of_int, "the square root; NaN of a negative number"},
        {"math.sqrt", "(uint) -> double", root_of_uint, "the square root"},
        {"math.sqrt", "(double) -> double", of_real<root_of>, "the square root; NaN of a negative number"},
        {"math.ceil", "(double) -> double", of_real<ceiling>, "the least whole number that is not less"},
        {"math.floor", "(double) -> double", of_real<floor_of>, "the greatest whole number that is not greater"},
        {"math.round", "(double) -> double", of_real<nearest>, "the nearest whole number, a half away from zero"},
        {"math.trunc", "(double) -> double", of_real<truncated>, "the whole number without what is after the point"},
        {"math.isNaN", "(double) -> bool", is_not_a_number, "true of a NaN"},
        {"math.isInf", "(double) -> bool", is_infinite, "true of positive or negative infinity"},
        {"math.isFinite", "(double) -> bool", is_finite, "true unless it is infinite or a NaN"},
    };
    add_extreme_rows(rows, "math.greatest", greatest,
                     "the greatest of the numbers; an error of an empty list or a NaN");
    add_extreme_rows(rows, "math.least", least, "the least of the numbers; an error of an empty list or a NaN");
    add_bit_rows(rows);
    return rows;
}

}  // namespace praxe
