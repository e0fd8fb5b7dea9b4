// Arithmetic of int, uint and double: whole numbers are checked, doubles follow IEEE 754.
#include <limits>

#include "value/function_rows.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;
using Int = std::int64_t;
using Uint = std::uint64_t;

struct IntType {
    using Number = Int;
    static constexpr std::string_view name = "int";
    static Int of(const Value& v) { return v.as_int(); }
    static Value value(Int n) { return Value::integer(n); }
};
struct UintType {
    using Number = Uint;
    static constexpr std::string_view name = "uint";
    static Uint of(const Value& v) { return v.as_uint(); }
    static Value value(Uint n) { return Value::unsigned_integer(n); }
};

template <typename T>
Value add(const Context&, Args a) {
    typename T::Number n;
    const bool overflow = __builtin_add_overflow(T::of(a[0]), T::of(a[1]), &n);
    return overflow ? out_of_range(a[0], "+", a[1], T::name) : T::value(n);
}
template <typename T>
Value subtract(const Context&, Args a) {
    typename T::Number n;
    const bool overflow = __builtin_sub_overflow(T::of(a[0]), T::of(a[1]), &n);
    return overflow ? out_of_range(a[0], "-", a[1], T::name) : T::value(n);
}
template <typename T>
Value multiply(const Context&, Args a) {
    typename T::Number n;
    const bool overflow = __builtin_mul_overflow(T::of(a[0]), T::of(a[1]), &n);
    return overflow ? out_of_range(a[0], "*", a[1], T::name) : T::value(n);
}

/// The one quotient that does not fit: the lowest int by −1.
bool overflows(Int n, Int by) {
    return n == std::numeric_limits<Int>::min() && by == -1;
}
bool overflows(Uint, Uint) {
    return false;
}

Value division_by_zero(Args a, std::string_view op) {
    return Value::error(Error::Code::arithmetic,
                        fmt::format("division by zero: {} {} {}", to_text(a[0]), op, to_text(a[1])));
}

template <typename T>
Value divide(const Context&, Args a) {
    if (T::of(a[1]) == 0) return division_by_zero(a, "/");
    if (overflows(T::of(a[0]), T::of(a[1]))) return out_of_range(a[0], "/", a[1], T::name);
    return T::value(T::of(a[0]) / T::of(a[1]));
}
template <typename T>
Value remainder(const Context&, Args a) {
    if (T::of(a[1]) == 0) return division_by_zero(a, "%");
    if (overflows(T::of(a[0]), T::of(a[1]))) return out_of_range(a[0], "%", a[1], T::name);
    return T::value(T::of(a[0]) % T::of(a[1]));
}

Value negate_int(const Context&, Args a) {
    Int n;
    const bool overflow = __builtin_sub_overflow(Int{0}, a[0].as_int(), &n);
    return overflow ? out_of_range(fmt::format("-({})", to_text(a[0])), "int") : Value::integer(n);
}

Value add_real(const Context&, Args a) {
    return Value::real(a[0].as_double() + a[1].as_double());
}
Value subtract_real(const Context&, Args a) {
    return Value::real(a[0].as_double() - a[1].as_double());
}
Value multiply_real(const Context&, Args a) {
    return Value::real(a[0].as_double() * a[1].as_double());
}
Value divide_real(const Context&, Args a) {
    static_assert(std::numeric_limits<double>::is_iec559, "by zero it gives an infinity or a NaN");
    return Value::real(a[0].as_double() / a[1].as_double());
}
Value negate_real(const Context&, Args a) {
    return Value::real(-a[0].as_double());
}

}  // namespace

FunctionRows number_rows() {
    return {
        {"_+_", "(int, int) -> int", add<IntType>, "sum; an error where it does not fit"},
        {"_+_", "(uint, uint) -> uint", add<UintType>, "sum; an error where it does not fit"},
        {"_+_", "(double, double) -> double", add_real, "sum"},
        {"_-_", "(int, int) -> int", subtract<IntType>, "difference; an error where it does not fit"},
        {"_-_", "(uint, uint) -> uint", subtract<UintType>, "difference; an error where it does not fit"},
        {"_-_", "(double, double) -> double", subtract_real, "difference"},
        {"_*_", "(int, int) -> int", multiply<IntType>, "product; an error where it does not fit"},
        {"_*_", "(uint, uint) -> uint", multiply<UintType>, "product; an error where it does not fit"},
        {"_*_", "(double, double) -> double", multiply_real, "product"},
        {"_/_", "(int, int) -> int", divide<IntType>, "quotient, towards zero; an error by zero"},
        {"_/_", "(uint, uint) -> uint", divide<UintType>, "quotient, towards zero; an error by zero"},
        {"_/_", "(double, double) -> double", divide_real, "quotient; infinite or NaN by zero"},
        {"_%_", "(int, int) -> int", remainder<IntType>, "remainder, with the sign of the left; an error by zero"},
        {"_%_", "(uint, uint) -> uint", remainder<UintType>, "remainder; an error by zero"},
        {"-_", "(int) -> int", negate_int, "the negative; an error where it does not fit"},
        {"-_", "(double) -> double", negate_real, "the negative"},
    };
}

}  // namespace praxe
