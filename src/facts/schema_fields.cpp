// Fields of a vocabulary's records: `name: type`, `name?: type`, `name: {is: type, …}`.
#include "facts/schema_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "document/fields.hpp"
#include "facts/scalar.hpp"

namespace praxe {
namespace {

constexpr std::int64_t max_bytes_of_text = 16 << 20;
constexpr std::int64_t max_items = 1'000'000;

/// The attributes that only make sense for some types, and for which.
struct Applies {
    std::string_view attribute;
    bool (*to)(const Type&);
    std::string_view types;
};

bool is_timestamp(const Type& type) {
    return type.kind == TypeKind::timestamp;
}
bool is_string(const Type& type) {
    return type.kind == TypeKind::string;
}
bool is_or_holds_text(const Type& type) {
    return is_string(type) || (type.kind == TypeKind::list && is_string(type.args[0]));
}
bool is_collection(const Type& type) {
    return type.kind == TypeKind::list || type.kind == TypeKind::map;
}
bool is_bounded(const Type& type) {
    return has_bounds(type.kind);
}

constexpr Applies applicability[] = {
    {"happens", is_timestamp, "an instant"},
    {"min", is_bounded, "a number, an amount, a date or an instant"},
    {"max", is_bounded, "a number, an amount, a date or an instant"},
    {"max_bytes", is_or_holds_text, "text"},
    {"one_of", is_string, "text"},
    {"checked", is_string, "text"},
    {"max_items", is_collection, "a list or a map"},
};

}  // namespace

std::string suggestion(std::string_view wrong, const std::vector<std::string>& known) {
    const std::string near = nearest(wrong, known);
    return near.empty() ? fmt::format("known are: {}", fmt::join(known, ", "))
                        : fmt::format("did you mean \"{}\"?", near);
}

bool is_name(std::string_view text) {
    const auto fits = [](char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return !text.empty() && (text[0] < '0' || text[0] > '9') && std::all_of(text.begin(), text.end(), fits);
}

void FieldsReader::read(const Node& fields, RecordType& record) {
    if (!fields.is_map()) {
        diagnostics_.error(fields.place(), "fields must be a map of names to types");
        return;
    }
    record.fields.reserve(fields.entries.size());
    for (const auto& [key, value] : fields.entries) read_field(key, value, record);
}

void FieldsReader::read_field(const Node& key, const Node& value, RecordType& record) {
    Field field;
    field.name = key.text.text;
    field.place = key.place();
    field.required = !field.name.ends_with('?');
    if (!field.required) field.name.pop_back();
    if (!is_name(field.name)) {
        diagnostics_.error(key.place(), fmt::format("\"{}\" cannot be the name of a field", field.name),
                           "a name has letters, digits and _, and a ? at its end if the field may be absent");
        return;
    }
    if (record.find(field.name) >= 0) {
        diagnostics_.error(key.place(), fmt::format("the field \"{}\" stands twice", field.name));
        return;
    }
    if (value.is_scalar()) {
        field.type = read_type(value.text);
    } else {
        read_attributes(value, fmt::format("the field \"{}\"", field.name), record, field);
    }
    record.fields.push_back(std::move(field));
}

void FieldsReader::read_attributes(const Node& value, const std::string& what, RecordType& record, Field& field) {
    Fields attributes(value, what, diagnostics_);
    const auto plain = attributes.text("is");
    const auto list = attributes.text("list");
    const auto map = attributes.text("map");
    const auto by = attributes.text("by");
    const auto dated_by = attributes.text("with");
    const auto one_of = attributes.text("one_of");
    field.happens = attributes.flag("happens").value_or(false);
    field.checked = attributes.flag("checked").value_or(false);
    field.fixed = attributes.flag("fixed").value_or(false);
    field.max_bytes = static_cast<std::size_t>(attributes.number("max_bytes", 1, max_bytes_of_text).value_or(0));
    field.max_items = static_cast<std::size_t>(attributes.number("max_items", 1, max_items).value_or(0));
    const Node* const absent = attributes.take("absent");
    const Node* const minimum = attributes.take("min");
    const Node* const maximum = attributes.take("max");
    attributes.finish();

    if ((plain ? 1 : 0) + (list ? 1 : 0) + (map ? 1 : 0) != 1) {
        diagnostics_.error(field.place, fmt::format("{} must say one of `is`, `list` and `map`", what),
                           "write {is: string}, {list: Item} or {map: Item, by: id}");
        field.type = Type::of(TypeKind::error);
        return;
    }
    if (plain) field.type = read_type(*plain);
    if (list) field.type = Type::list(read_type(*list));
    if (map) field.type = Type::map(Type::of(TypeKind::string), read_type(*map));
    if (field.type.kind == TypeKind::error) return;

    for (const Applies& row : applicability) {
        const Node* const attribute = value.find_key(row.attribute);
        if (!attribute || row.to(field.type)) continue;
        diagnostics_.error(attribute->place(), fmt::format("`{}` is for {}, and {} is {}", row.attribute, row.types,
                                                           what, to_string(field.type)));
    }
    if (absent) read_absence(*absent, field);
    field.minimum = read_bound(minimum, "min", field);
    field.maximum = read_bound(maximum, "max", field);

    const std::size_t index = record.fields.size();
    if (map && !by) {
        diagnostics_.error(field.place, fmt::format("{} must say by which field its entries are told apart", what),
                           "write {map: Item, by: id}");
    } else if (by && !map) {
        diagnostics_.error(by->place(), fmt::format("`by` is for a map, and {} is {}", what, to_string(field.type)));
    } else if (by) {
        late_names_.push_back({Role::map_key, &record, index, *by});
    }
    if (dated_by) late_names_.push_back({Role::dated_by, &record, index, *dated_by});
    if (one_of) late_names_.push_back({Role::one_of, &record, index, *one_of});
}

Type FieldsReader::read_type(const Excerpt& name) {
    if (const auto kind = scalar_kind(name.text)) return Type::of(*kind);
    if (schema_.closed_sets.contains(name.text)) return Type::enumeration(name.text);
    if (const auto record = schema_.records.find(name.text); record != schema_.records.end()) {
        return Type::record_of(*record->second);
    }
    std::vector<std::string> known = scalar_type_names();
    for (const auto& [set, members] : schema_.closed_sets) known.push_back(set);
    for (const auto& [record, type] : schema_.records) known.push_back(record);
    diagnostics_.error(name.place(), fmt::format("there is no type \"{}\"", name.text), suggestion(name.text, known));
    return Type::of(TypeKind::error);
}

void FieldsReader::read_absence(const Node& value, Field& field) {
    const TypeKind kind = field.type.kind;
    if (kind == TypeKind::boolean && value.is_scalar()) {
        const auto said = read_scalar(value, kind, {}, "absent", diagnostics_);
        if (said) field.absent = said->as_bool();
        return;
    }
    const bool empty_list = value.is_list() && value.items.empty();
    const bool empty_map = value.is_map() && value.entries.empty();
    field.absent_empty = (kind == TypeKind::list && empty_list) || (kind == TypeKind::record && empty_map) ||
                         (kind == TypeKind::map && (empty_list || empty_map));
    if (field.absent_empty) return;
    diagnostics_.error(value.place(), fmt::format("\"{}\" cannot read so when it is absent", field.name),
                       "a bool may read as true or false, a list as [], a map or a record as {}");
}

std::optional<std::int64_t> FieldsReader::read_bound(const Node* value, const std::string& attribute,
                                                     const Field& field) {
    if (!value || !has_bounds(field.type.kind)) return std::nullopt;
    if (!value->is_scalar()) {
        diagnostics_.error(value->place(), fmt::format("`{}` must be a single value", attribute));
        return std::nullopt;
    }
    const auto bound = read_scalar(*value, field.type.kind, {}, attribute, diagnostics_);
    return bound ? std::optional(bound->as_int()) : std::nullopt;
}

void FieldsReader::resolve() {
    for (const LateName& late : late_names_) {
        switch (late.role) {
            case Role::dated_by:
                resolve_dated_by(late);
                break;
            case Role::map_key:
                resolve_map_key(late);
                break;
            case Role::one_of:
                resolve_one_of(late);
                break;
        }
    }
}

void FieldsReader::resolve_dated_by(const LateName& late) {
    const int index = late.record->find(late.name.text);
    if (index >= 0 && late.record->fields[static_cast<std::size_t>(index)].happens) {
        late.record->fields[late.field].dated_by = index;
        return;
    }
    std::vector<std::string> known;
    for (const Field& field : late.record->fields) {
        if (field.happens) known.push_back(field.name);
    }
    diagnostics_.error(late.name.place(), fmt::format("\"{}\" is no instant here that happens", late.name.text),
                       suggestion(late.name.text, known));
}

void FieldsReader::resolve_map_key(const LateName& late) {
    Field& field = late.record->fields[late.field];
    const RecordType* const element = field.type.args[1].record;
    const int index = element ? element->find(late.name.text) : -1;
    const Field* const key = index >= 0 ? &element->fields[static_cast<std::size_t>(index)] : nullptr;
    if (!key || key->type.kind != TypeKind::string || !key->required) {
        diagnostics_.error(late.name.place(), fmt::format("\"{}\" must be a text that every {} has", late.name.text,
                                                          to_string(field.type.args[1])));
        return;
    }
    field.key = late.name.text;
}

void FieldsReader::resolve_one_of(const LateName& late) {
    const int index = schema_.facts.find(late.name.text);
    if (index >= 0 && schema_.facts.fields[static_cast<std::size_t>(index)].type.kind == TypeKind::map) {
        late.record->fields[late.field].one_of = late.name.text;
        return;
    }
    std::vector<std::string> known;
    for (const Field& field : schema_.facts.fields) {
        if (field.type.kind == TypeKind::map) known.push_back(field.name);
    }
    diagnostics_.error(late.name.place(), fmt::format("\"{}\" is no map among the facts", late.name.text),
                       suggestion(late.name.text, known));
}

}  // namespace praxe
