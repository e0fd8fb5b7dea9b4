// Functions of lists and maps.
#include <algorithm>
#include <optional>

#include "value/function_rows.hpp"
#include "value/order.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

Value size_of_list(const Context&, Args a) {
    return Value::integer(static_cast<std::int64_t>(a[0].as_list().size()));
}
Value size_of_map(const Context&, Args a) {
    return Value::integer(static_cast<std::int64_t>(a[0].as_map().entries.size()));
}

Value concatenate(const Context&, Args a) {
    List list = a[0].as_list();
    list.insert(list.end(), a[1].as_list().begin(), a[1].as_list().end());
    return Value::list(std::move(list));
}

Value item_at(const Context&, Args a) {
    const List& list = a[0].as_list();
    const std::int64_t index = a[1].as_int();
    if (index >= 0 && index < static_cast<std::int64_t>(list.size())) return list[static_cast<std::size_t>(index)];
    return Value::error(Error::Code::no_such_key,
                        fmt::format("there is no element {} in a list of {}", index, list.size()));
}
Value value_at(const Context&, Args a) {
    const Value* found = a[0].as_map().find(a[1]);
    return found != nullptr ? *found : Value::error(Error::Code::no_such_key, "there is no key " + to_text(a[1]));
}

Value first(const Context&, Args a) {
    const List& list = a[0].as_list();
    return list.empty() ? Value::optional_none() : Value::optional_of(list.front());
}
Value last(const Context&, Args a) {
    const List& list = a[0].as_list();
    return list.empty() ? Value::optional_none() : Value::optional_of(list.back());
}
Value reversed(const Context&, Args a) {
    return Value::list(List(a[0].as_list().rbegin(), a[0].as_list().rend()));
}

std::optional<Value> zero_of(Kind kind) {
    constexpr Kind whole[] = {Kind::integer,       Kind::unsigned_integer, Kind::money,
                              Kind::duration,      Kind::business_days,    Kind::business_hours,
                              Kind::calendar_days, Kind::months,           Kind::years};
    if (kind == Kind::real) return Value::real(0);
    if (std::find(std::begin(whole), std::end(whole), kind) == std::end(whole)) return std::nullopt;
    return Value::count(kind, 0);
}

/// By the operator's own rows. The row's type says what the sum of an empty list is; in a list that has elements they
/// say it, for without static types any of the rows may have been chosen.
template <Kind kind>
Value sum(const Context& context, Args a) {
    const List& list = a[0].as_list();
    const auto zero = zero_of(list.empty() ? kind : list.front().kind());
    if (!zero) return no_overload("sum", a);
    Value total = *zero;
    for (const Value& item : list) {
        const Value both[] = {std::move(total), item};
        total = call_function("_+_", false, both, context);
        if (total.is_error()) break;
    }
    return total;
}

/// An error unless the elements of the list all have an order with its first.
std::optional<Value> unordered(std::string_view name, const List& list) {
    for (const Value& item : list) {
        if (item.is_error()) return item;
        const Value pair[] = {list.front(), item};
        if (!order(list.front(), item)) return no_overload(name, pair);
    }
    return std::nullopt;
}
/// The same for sorting, which has no order among numbers of several types: an int can equal a double without being
/// equal to all that the double is equal to.
std::optional<Value> unsortable(const List& list) {
    for (const Value& item : list) {
        if (item.is_error()) return item;
        const Value pair[] = {list.front(), item};
        if (item.kind() != list.front().kind() || !order(list.front(), item)) return no_overload("sort", pair);
    }
    return std::nullopt;
}
bool before(const Value& a, const Value& b) {
    return sort_order(a, b) < 0;
}

Value extreme(std::string_view name, const List& list, List::const_iterator (*find)(const List&)) {
    if (list.empty()) return Value::error(Error::Code::other, fmt::format("an empty list has no {}", name));
    if (const auto error = unordered(name, list)) return *error;
    return *find(list);
}
Value least(const Context&, Args a) {
    return extreme("min", a[0].as_list(),
                   [](const List& list) { return std::min_element(list.begin(), list.end(), before); });
}
Value greatest(const Context&, Args a) {
    return extreme("max", a[0].as_list(),
                   [](const List& list) { return std::max_element(list.begin(), list.end(), before); });
}

/// By nearest rank: always one of the elements, the lower of two in the middle.
Value percentile(const Context&, Args a) {
    List list = a[0].as_list();
    const std::int64_t of_hundred = a[1].as_int();
    if (of_hundred < 1 || of_hundred > 100) {
        return Value::error(Error::Code::range,
                            fmt::format("there is no percentile {}; they go from 1 to 100", of_hundred));
    }
    if (list.empty()) return Value::error(Error::Code::other, "an empty list has no percentile");
    if (const auto error = unsortable(list)) return *error;
    const auto rank = (static_cast<std::int64_t>(list.size()) * of_hundred + 99) / 100;  // from 1
    const auto place = list.begin() + (rank - 1);
    std::nth_element(list.begin(), place, list.end(), before);
    return *place;
}

Value sorted(const Context&, Args a) {
    List list = a[0].as_list();
    if (const auto error = unsortable(list)) return *error;
    std::stable_sort(list.begin(), list.end(), before);
    return Value::list(std::move(list));
}

void add_sum_rows(FunctionRows& rows) {
    const auto row = [&](std::string_view type, Implementation call) {
        rows.push_back({"sum", fmt::format("list({0}).() -> {0}", type), call, "the sum; zero for an empty list"});
    };
    row("int", sum<Kind::integer>);
    row("uint", sum<Kind::unsigned_integer>);
    row("double", sum<Kind::real>);
    row("money", sum<Kind::money>);
    row("duration", sum<Kind::duration>);
    row("business_days", sum<Kind::business_days>);
    row("business_hours", sum<Kind::business_hours>);
    row("calendar_days", sum<Kind::calendar_days>);
    row("months", sum<Kind::months>);
    row("years", sum<Kind::years>);
}

void add_ordered_rows(FunctionRows& rows) {
    for (const std::string_view type : ordered_types()) {
        const std::string to_item = fmt::format("list({0}).() -> {0}", type);
        const std::string to_list = fmt::format("list({0}).() -> list({0})", type);
        rows.push_back({"min", to_item, least, "the least element; an error of an empty list"});
        rows.push_back({"max", to_item, greatest, "the greatest element; an error of an empty list"});
        rows.push_back({"percentile", fmt::format("list({0}).(int) -> {0}", type), percentile,
                        "the least element that so many per cent of all do not exceed; an error of an empty list"});
        rows.push_back({"sort", to_list, sorted, "the elements from least to greatest"});
    }
}

}  // namespace

FunctionRows list_rows() {
    FunctionRows rows = {
        {"_+_", "(list(A), list(A)) -> list(A)", concatenate, "one list after the other"},
        {"_[_]", "(list(A), int) -> A", item_at, "the element at a place from 0; an error beyond the end"},
        {"_[_]", "(map(A, B), A) -> B", value_at, "the value of a key; an error where it is missing"},
        {"size", "(list(A)) -> int", size_of_list, "the number of elements"},
        {"size", "list(A).() -> int", size_of_list, "the number of elements"},
        {"size", "(map(A, B)) -> int", size_of_map, "the number of entries"},
        {"size", "map(A, B).() -> int", size_of_map, "the number of entries"},
        {"first", "list(A).() -> optional_type(A)", first, "the first element, if there is one"},
        {"last", "list(A).() -> optional_type(A)", last, "the last element, if there is one"},
        {"reverse", "list(A).() -> list(A)", reversed, "the elements from last to first"},
    };
    add_sum_rows(rows);
    add_ordered_rows(rows);
    return rows;
}

}  // namespace praxe
