// The functions of CEL's sets: lists taken as sets, whatever the order of their elements and however often one stands.
#include <algorithm>

#include "value/function_rows.hpp"
#include "value/value_set.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

bool has_all(const List& list, const List& wanted) {
    const ValueSet set(list);
    return std::all_of(wanted.begin(), wanted.end(), [&](const Value& v) { return set.contains(v); });
}

Value contains(const Context&, Args a) {
    return Value::boolean(has_all(a[0].as_list(), a[1].as_list()));
}
Value equivalent(const Context&, Args a) {
    return Value::boolean(has_all(a[0].as_list(), a[1].as_list()) && has_all(a[1].as_list(), a[0].as_list()));
}
Value intersects(const Context&, Args a) {
    const ValueSet set(a[0].as_list());
    const List& other = a[1].as_list();
    return Value::boolean(std::any_of(other.begin(), other.end(), [&](const Value& v) { return set.contains(v); }));
}

}  // namespace

FunctionRows set_rows() {
    return {
        {"sets.contains", "(list(A), list(A)) -> bool", contains,
         "true if all elements of the second are in the first"},
        {"sets.equivalent", "(list(A), list(A)) -> bool", equivalent,
         "true if each has all elements of the other, in any order and number"},
        {"sets.intersects", "(list(A), list(A)) -> bool", intersects, "true if an element is in both"},
    };
}

}  // namespace praxe
