// When two values are equal (CEL's sense) and when they are the same (bit for bit).
#include <algorithm>
#include <bit>
#include <praxe/value.hpp>

#include "value/order.hpp"

namespace praxe {
namespace {

using Same = bool (*)(const Value&, const Value&);

bool same_items(const List& a, const List& b, Same same) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

bool same_records(const Value& a, const Value& b, Same same) {
    const Record& left = a.as_record();
    const Record& right = b.as_record();
    return &left == &right || (left.type == right.type && same_items(left.all(), right.all(), same));
}

bool same_optionals(const Value& a, const Value& b, Same same) {
    if (!a.has_value() || !b.has_value()) return a.has_value() == b.has_value();
    return same(a.as_optional(), b.as_optional());
}

bool equal_maps(const Map& a, const Map& b) {
    const auto is_in_b = [&](const auto& entry) {
        const Value* other = b.find(entry.first);
        return other != nullptr && equal(entry.second, *other);
    };
    return a.entries.size() == b.entries.size() && std::all_of(a.entries.begin(), a.entries.end(), is_in_b);
}

bool identical_maps(const Map& a, const Map& b) {
    const auto same = [](const auto& x, const auto& y) {
        return identical(x.first, y.first) && identical(x.second, y.second);
    };
    return std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(), same);
}

/// What is left once both are of one kind and have no order.
bool same_unordered(const Value& a, const Value& b, Same same) {
    switch (a.kind()) {
        case Kind::absent:
        case Kind::null:
            return true;
        case Kind::error:
            return &a.as_error() == &b.as_error() || a.as_error().message == b.as_error().message;
        case Kind::type:
            return a.as_string() == b.as_string();
        case Kind::list:
            return same_items(a.as_list(), b.as_list(), same);
        case Kind::map:
            return same == identical ? identical_maps(a.as_map(), b.as_map()) : equal_maps(a.as_map(), b.as_map());
        case Kind::record:
            return same_records(a, b, same);
        case Kind::optional:
            return same_optionals(a, b, same);
        case Kind::boolean:
        case Kind::integer:
        case Kind::unsigned_integer:
        case Kind::real:
        case Kind::string:
        case Kind::bytes:
        case Kind::timestamp:
        case Kind::duration:
        case Kind::date:
        case Kind::money:
        case Kind::percent:
        case Kind::business_days:
        case Kind::business_hours:
        case Kind::calendar_days:
        case Kind::months:
        case Kind::years:
            return false;  // these have an order
    }
    return false;
}

}  // namespace

bool equal(const Value& a, const Value& b) {
    if (const auto o = order(a, b)) return *o == 0;
    return a.kind() == b.kind() && same_unordered(a, b, equal);
}

bool identical(const Value& a, const Value& b) {
    if (a.kind() != b.kind()) return false;
    if (a.is(Kind::real)) {
        const bool both_nan = a.as_double() != a.as_double() && b.as_double() != b.as_double();
        return both_nan || std::bit_cast<std::uint64_t>(a.as_double()) == std::bit_cast<std::uint64_t>(b.as_double());
    }
    if (const auto o = order(a, b)) return *o == 0;
    return same_unordered(a, b, identical);
}

}  // namespace praxe
