// What functions over lists of amounts ask of these lists.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "value/function_rows.hpp"

namespace praxe {

/// The error of a list whose elements are not all of that kind; nothing where they are.
inline std::optional<Value> not_all(std::string_view function, Args a, std::size_t argument, Kind kind) {
    for (const Value& item : a[argument].as_list()) {
        if (item.is_error()) return item;
        if (!item.is(kind)) return no_overload(function, a);
    }
    return std::nullopt;
}

/// The error of lists that are not of one length.
inline std::optional<Value> not_as_many(std::string_view function, std::string_view these, const Value& one,
                                        std::string_view those, const Value& other) {
    const std::size_t first = one.as_list().size();
    const std::size_t second = other.as_list().size();
    if (first == second) return std::nullopt;
    return Value::error(Error::Code::range,
                        fmt::format("{} has {} {} and {} {}", function, first, these, second, those));
}

}  // namespace praxe
