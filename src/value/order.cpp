// Comparing values; an integer beside a double is compared as the nearest double, as CEL's conformance suite asks.
#include "value/order.hpp"

#include <cmath>

namespace praxe {
namespace {

bool is_number(Kind kind) {
    return kind == Kind::integer || kind == Kind::unsigned_integer || kind == Kind::real;
}

double as_real(const Value& n) {
    if (n.is(Kind::real)) return n.as_double();
    return n.is(Kind::integer) ? static_cast<double>(n.as_int()) : static_cast<double>(n.as_uint());
}

std::partial_ordering number_order(const Value& a, const Value& b) {
    if (a.is(Kind::real) || b.is(Kind::real)) return as_real(a) <=> as_real(b);
    if (a.kind() != b.kind()) {  // an int and a uint
        if (a.is(Kind::integer) && a.as_int() < 0) return std::partial_ordering::less;
        if (b.is(Kind::integer) && b.as_int() < 0) return std::partial_ordering::greater;
        return a.as_uint() <=> b.as_uint();
    }
    return a.is(Kind::integer) ? a.as_int() <=> b.as_int() : a.as_uint() <=> b.as_uint();
}

bool is_nan(const Value& v) {
    return v.is(Kind::real) && std::isnan(v.as_double());
}

}  // namespace

std::optional<std::partial_ordering> order(const Value& a, const Value& b) {
    if (is_number(a.kind()) && is_number(b.kind())) return number_order(a, b);
    if (a.kind() != b.kind()) return std::nullopt;
    switch (a.kind()) {
        case Kind::boolean:
        case Kind::date:
        case Kind::money:
        case Kind::percent:
        case Kind::business_days:
        case Kind::business_hours:
        case Kind::calendar_days:
        case Kind::months:
        case Kind::years:
            return a.as_int() <=> b.as_int();
        case Kind::timestamp:
        case Kind::duration:
            if (a.as_int() != b.as_int()) return a.as_int() <=> b.as_int();
            return a.nanos_below() <=> b.nanos_below();
        case Kind::string:
        case Kind::bytes:
            return a.as_string().compare(b.as_string()) <=> 0;  // the order of UTF-8's bytes is that of code points
        case Kind::integer:
        case Kind::unsigned_integer:
        case Kind::real:  // met above
        case Kind::absent:
        case Kind::error:
        case Kind::null:
        case Kind::type:
        case Kind::list:
        case Kind::map:
        case Kind::record:
        case Kind::optional:
            return std::nullopt;
    }
    return std::nullopt;
}

std::weak_ordering sort_order(const Value& a, const Value& b) {
    const std::partial_ordering o = *order(a, b);
    if (o == 0) return std::weak_ordering::equivalent;
    if (o != std::partial_ordering::unordered) return o < 0 ? std::weak_ordering::less : std::weak_ordering::greater;
    return is_nan(b) <=> is_nan(a);
}

std::weak_ordering key_order(const Value& a, const Value& b) {
    const auto rank = [](const Value& v) { return is_number(v.kind()) ? Kind::integer : v.kind(); };
    if (rank(a) != rank(b)) return rank(a) <=> rank(b);
    return order(a, b) ? sort_order(a, b) : std::weak_ordering::equivalent;
}

}  // namespace praxe
