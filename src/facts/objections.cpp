// Objections in words.
#include "facts/objections.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "facts/scalar.hpp"

namespace praxe {

std::string FactName::text() const {
    const std::string path = join_path(record, field);
    return item ? fmt::format("{}[{}]", path, *item) : path;
}

std::optional<Objection> not_a_member(const Schema& schema, const Type& type, const FactName& what,
                                      const std::string& text) {
    const ClosedSet& set = schema.closed_sets.find(type.name)->second;
    if (std::find(set.members.begin(), set.members.end(), text) != set.members.end()) return std::nullopt;
    const std::string near = nearest(text, set.members);
    return Objection{fmt::format("\"{}\" cannot be \"{}\"", what.text(), shown(text)),
                     near.empty() ? fmt::format("it is one of {}", fmt::join(set.members, ", "))
                                  : fmt::format("did you mean \"{}\"?", near)};
}

std::optional<Objection> out_of_bounds(const Field& field, const FactName& what, const Value& value,
                                       const std::optional<std::string_view>& as_written) {
    const TypeKind kind = field.type.kind;
    if (kind == TypeKind::string) return too_long(field, what, value.as_string().size());
    const auto written = [&] { return as_written ? std::string(*as_written) : bound_text(kind, value.as_int()); };
    if (field.minimum && value.as_int() < *field.minimum) {
        return Objection{
            fmt::format("\"{}\" is {}; the least is {}", what.text(), written(), bound_text(kind, *field.minimum)), {}};
    }
    if (field.maximum && value.as_int() > *field.maximum) {
        return Objection{
            fmt::format("\"{}\" is {}; the most is {}", what.text(), written(), bound_text(kind, *field.maximum)), {}};
    }
    return std::nullopt;
}

std::optional<Objection> too_long(const Field& field, const FactName& what, std::size_t bytes) {
    const std::size_t most = field.max_bytes > 0 ? field.max_bytes : default_max_bytes;
    if (bytes <= most) return std::nullopt;
    return Objection{fmt::format("\"{}\" has {} bytes; {} are the most", what.text(), bytes, most), {}};
}

std::optional<Objection> too_many_items(const Field& field, const FactName& what, std::size_t items) {
    const std::size_t most = field.max_items > 0 ? field.max_items : default_max_items;
    if (items <= most) return std::nullopt;
    return Objection{fmt::format("\"{}\" has {} items; {} are the most", what.text(), items, most), {}};
}

std::optional<Objection> not_a_key(const Field& field, const Value& known, const std::string& text) {
    std::vector<std::string> names;
    if (known.is(Kind::map)) {
        if (known.as_map().find(Value::borrowed(text)) != nullptr) return std::nullopt;
        for (const auto& [key, value] : known.as_map().entries) names.push_back(key.as_string());
    }
    const std::string near = nearest(text, names);
    return Objection{fmt::format("there is no \"{}\" in \"{}\"", shown(text), field.one_of),
                     near.empty() ? "" : fmt::format("did you mean \"{}\"?", near)};
}

int key_of_items(const Field& field, const Type& element) {
    if (element.record == nullptr) return -1;
    return field.key.empty() ? element.record->key : element.record->find(field.key);
}

}  // namespace praxe
