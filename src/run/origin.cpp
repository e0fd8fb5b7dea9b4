// What is made of a record's own fields, before it stands in the record.
#include "run/origin.hpp"

#include <algorithm>

namespace praxe {
namespace {

/// Whether the value, or one within it, is said to be read from that record.
bool comes_from(const Record& record, const Value& value) {
    const auto does = [&](const Value& part) { return comes_from(record, part); };
    if (value.from().get() == &record) return true;
    if (value.is(Kind::optional)) return value.has_value() && does(value.as_optional());
    if (value.is(Kind::list)) return std::ranges::any_of(value.as_list(), does);
    const auto one_does = [&](const auto& entry) { return does(entry.first) || does(entry.second); };
    return value.is(Kind::map) && std::ranges::any_of(value.as_map().entries, one_does);
}

}  // namespace

Value apart_from(const Record& record, Value value) {
    if (value.from().get() == &record) value = std::move(value).read_from(nullptr, 0);
    if (!comes_from(record, value)) return value;
    if (value.is(Kind::optional)) return Value::optional_of(apart_from(record, value.as_optional()));
    if (value.is(Kind::list)) {
        List items = value.as_list();
        for (Value& item : items) item = apart_from(record, std::move(item));
        return Value::list(std::move(items));
    }
    Map map = value.as_map();
    for (auto& [key, held] : map.entries) {
        key = apart_from(record, std::move(key));
        held = apart_from(record, std::move(held));
    }
    return Value::map(std::move(map));
}

}  // namespace praxe
