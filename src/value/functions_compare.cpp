// Comparison, membership and logic: the operators that give a bool, and the lesser and greater of two.
#include <algorithm>
#include <array>

#include "value/function_rows.hpp"
#include "value/order.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

Value equals(const Context&, Args a) {
    return Value::boolean(equal(a[0], a[1]));
}
Value differs(const Context&, Args a) {
    return Value::boolean(!equal(a[0], a[1]));
}

// REQUIRES of these: the table lets through only pairs that have an order.
Value less(const Context&, Args a) {
    return Value::boolean(*order(a[0], a[1]) < 0);
}
Value at_most(const Context&, Args a) {
    return Value::boolean(*order(a[0], a[1]) <= 0);
}
Value greater(const Context&, Args a) {
    return Value::boolean(*order(a[0], a[1]) > 0);
}
Value at_least(const Context&, Args a) {
    return Value::boolean(*order(a[0], a[1]) >= 0);
}
Value lesser_of(const Context&, Args a) {
    return sort_order(a[1], a[0]) < 0 ? a[1] : a[0];
}
Value greater_of(const Context&, Args a) {
    return sort_order(a[1], a[0]) > 0 ? a[1] : a[0];
}

Value in_list(const Context&, Args a) {
    const List& list = a[1].as_list();
    return Value::boolean(std::any_of(list.begin(), list.end(), [&](const Value& item) { return equal(a[0], item); }));
}
Value in_map(const Context&, Args a) {
    return Value::boolean(a[1].as_map().find(a[0]) != nullptr);
}

// The evaluator knows these three itself (they absorb errors); here they are strict.
Value both(const Context&, Args a) {
    return Value::boolean(a[0].as_bool() && a[1].as_bool());
}
Value either(const Context&, Args a) {
    return Value::boolean(a[0].as_bool() || a[1].as_bool());
}
Value choose(const Context&, Args a) {
    return a[0].as_bool() ? a[1] : a[2];
}
Value negate(const Context&, Args a) {
    return Value::boolean(!a[0].as_bool());
}

constexpr std::array<std::string_view, 16> ordered = {
    "int",  "uint",  "double",  "bool",          "string",         "bytes",         "timestamp", "duration",
    "date", "money", "percent", "business_days", "business_hours", "calendar_days", "months",    "years",
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> number_pairs = {{
    {"int", "uint"},
    {"int", "double"},
    {"uint", "int"},
    {"uint", "double"},
    {"double", "int"},
    {"double", "uint"},
}};

struct OrderOperator {
    std::string_view name;
    Implementation call;
    std::string_view doc;
};
constexpr std::array<OrderOperator, 4> order_operators = {{
    {"_<_", less, "true if the left comes before the right"},
    {"_<=_", at_most, "true if the left does not come after the right"},
    {"_>_", greater, "true if the left comes after the right"},
    {"_>=_", at_least, "true if the left does not come before the right"},
}};

void add_order_rows(FunctionRows& rows) {
    for (const auto& [name, call, doc] : order_operators) {
        for (const std::string_view type : ordered_types()) {
            rows.push_back({name, fmt::format("({0}, {0}) -> bool", type), call, doc});
        }
        for (const auto& [left, right] : number_pairs) {
            rows.push_back({name, fmt::format("({}, {}) -> bool", left, right), call, doc});
        }
    }
    for (const std::string_view type : ordered_types()) {
        const std::string signature = fmt::format("({0}, {0}) -> {0}", type);
        rows.push_back({"min", signature, lesser_of, "the lesser of two; the first where they are equal"});
        rows.push_back({"max", signature, greater_of, "the greater of two; the first where they are equal"});
    }
}

}  // namespace

std::span<const std::string_view> ordered_types() {
    return ordered;
}

FunctionRows comparison_rows() {
    FunctionRows rows = {
        {"_==_", "(A, A) -> bool", equals, "true if both are equal; numbers are compared across types"},
        {"_!=_", "(A, A) -> bool", differs, "true if both are not equal"},
        {"@in", "(A, list(A)) -> bool", in_list, "true if the list has an element equal to the value"},
        {"@in", "(A, map(A, B)) -> bool", in_map, "true if the map has the key"},
        {"_&&_", "(bool, bool) -> bool", both, "true if both are; false beside an error is false"},
        {"_||_", "(bool, bool) -> bool", either, "true if one is; true beside an error is true"},
        {"!_", "(bool) -> bool", negate, "true if the other is not"},
        {"_?_:_", "(bool, A, A) -> A", choose, "the second if the first is true, else the third"},
    };
    add_order_rows(rows);
    return rows;
}

}  // namespace praxe
