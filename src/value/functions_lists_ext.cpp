// The functions of CEL's extension for lists that make lists of other lengths: parts, flat lists, ranges.
#include <vector>

#include "value/budget.hpp"
#include "value/function_rows.hpp"
#include "value/value_set.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

Value slice(const Context&, Args a) {
    const List& list = a[0].as_list();
    const std::int64_t begin = a[1].as_int(), end = a[2].as_int();
    if (begin < 0 || begin > end || end > static_cast<std::int64_t>(list.size())) {
        return Value::error(Error::Code::range,
                            fmt::format("a list of {} has no slice from {} to {}", list.size(), begin, end));
    }
    return Value::list(List(list.begin() + begin, list.begin() + end));
}

/// Lists within the list opened up, those within them too, down to a depth.
Value flat(const Context& context, const List& list, std::int64_t depth) {
    struct Open {
        const List* list;
        std::size_t next = 0;
    };
    List items;
    std::vector<Open> open = {{&list}};
    while (!open.empty()) {
        Open& inner = open.back();
        if (inner.next == inner.list->size()) {
            open.pop_back();
            continue;
        }
        const Value& item = (*inner.list)[inner.next++];
        if (item.is(Kind::list) && static_cast<std::int64_t>(open.size()) <= depth) {
            open.push_back({&item.as_list()});
            continue;
        }
        if (auto refused = refuse_items(context, items.size() + 1)) return *std::move(refused);
        items.push_back(item);
    }
    return Value::list(std::move(items));
}
Value flatten(const Context& context, Args a) {
    return flat(context, a[0].as_list(), 1);
}
Value flatten_to(const Context& context, Args a) {
    const std::int64_t depth = a[1].as_int();
    if (depth < 0)
        return Value::error(Error::Code::range, fmt::format("a list cannot be flattened by {} levels", depth));
    return flat(context, a[0].as_list(), depth);
}

Value range(const Context& context, Args a) {
    const std::int64_t size = a[0].as_int();
    if (size < 0) return Value::error(Error::Code::range, fmt::format("a list cannot have {} elements", size));
    if (auto refused = refuse_items(context, a[0].as_uint())) return *std::move(refused);
    List list;
    list.reserve(static_cast<std::size_t>(size));
    for (std::int64_t i = 0; i < size; ++i) list.push_back(Value::integer(i));
    return Value::list(std::move(list));
}

Value distinct(const Context&, Args a) {
    ValueSet met;
    List once;
    for (const Value& item : a[0].as_list()) {
        if (met.insert(item)) once.push_back(item);
    }
    return Value::list(std::move(once));
}

}  // namespace

FunctionRows list_extension_rows() {
    return {
        {"slice", "list(A).(int, int) -> list(A)", slice,
         "the elements from the first place, from 0, up to but without the second; an error beyond the list"},
        {"flatten", "list(list(A)).() -> list(A)", flatten, "the elements of all lists in it, one after the other"},
        {"flatten", "list(dyn).(int) -> list(dyn)", flatten_to,
         "the elements of the lists in it, and of those in them, down to so many levels; an error of negative levels"},
        {"distinct", "list(A).() -> list(A)", distinct, "each value once, in the order of first appearance"},
        {"lists.range", "(int) -> list(int)", range, "the numbers from 0, so many; an error of negative numbers"},
    };
}

}  // namespace praxe
