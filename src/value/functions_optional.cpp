// Optional values. `or` and `orValue` look at their argument only when they need it: that is the evaluator's doing.
#include "value/function_rows.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

/// What a field of a message holds when nobody set it.
bool is_zero(const Value& v) {
    switch (v.kind()) {
        case Kind::absent:
        case Kind::null:
            return true;
        case Kind::boolean:
        case Kind::integer:
        case Kind::unsigned_integer:
        case Kind::duration:
        case Kind::money:
        case Kind::percent:
        case Kind::business_days:
        case Kind::business_hours:
        case Kind::calendar_days:
        case Kind::months:
        case Kind::years:
            return v.as_int() == 0 && v.nanos_below() == 0;
        case Kind::real:
            return v.as_double() == 0;
        case Kind::string:
        case Kind::bytes:
            return v.as_string().empty();
        case Kind::list:
            return v.as_list().empty();
        case Kind::map:
            return v.as_map().entries.empty();
        case Kind::optional:
            return !v.has_value();
        case Kind::timestamp:  // the first instant of 1970 is an instant like any other
        case Kind::date:
        case Kind::error:
        case Kind::type:
        case Kind::record:
            return false;
    }
    return false;
}

Value of(const Context&, Args a) {
    return Value::optional_of(a[0]);
}
Value none(const Context&, Args) {
    return Value::optional_none();
}
Value of_non_zero(const Context&, Args a) {
    return is_zero(a[0]) ? Value::optional_none() : Value::optional_of(a[0]);
}
Value has_value(const Context&, Args a) {
    return Value::boolean(a[0].has_value());
}
Value value(const Context&, Args a) {
    if (a[0].has_value()) return a[0].as_optional();
    return Value::error(Error::Code::other, "this optional has no value to take; orValue(…) would give another");
}
Value unwrapped(const Context&, Args a) {
    List values;
    for (const Value& item : a[0].as_list()) {
        if (!item.is(Kind::optional)) return no_overload("optional.unwrap", a);
        if (item.has_value()) values.push_back(item.as_optional());
    }
    return Value::list(std::move(values));
}
Value or_else(const Context&, Args a) {
    return a[0].has_value() ? a[0] : a[1];
}
Value or_value(const Context&, Args a) {
    return a[0].has_value() ? a[0].as_optional() : a[1];
}

}  // namespace

FunctionRows optional_rows() {
    return {
        {"optional.of", "(A) -> optional_type(A)", of, "an optional that has the value"},
        {"optional.none", "() -> optional_type(A)", none, "an optional without a value"},
        {"optional.ofNonZeroValue", "(A) -> optional_type(A)", of_non_zero,
         "an optional that has the value unless it is zero, empty or null"},
        {"optional.unwrap", "(list(optional_type(A))) -> list(A)", unwrapped, "the values of those that have one"},
        {"unwrapOpt", "list(optional_type(A)).() -> list(A)", unwrapped, "the values of those that have one"},
        {"hasValue", "optional_type(A).() -> bool", has_value, "true if it has a value"},
        {"value", "optional_type(A).() -> A", value, "the value; an error without one"},
        {"or", "optional_type(A).(optional_type(A)) -> optional_type(A)", or_else,
         "this one if it has a value, or the other"},
        {"orValue", "optional_type(A).(A) -> A", or_value, "the value, or the argument without one"},
    };
}

}  // namespace praxe
