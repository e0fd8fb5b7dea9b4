// How a bound struct's members are read without Values: what the vocabulary asks of each is looked up once.
#include <algorithm>
#include <limits>

#include "bind/bound_types.hpp"
#include "facts/objections.hpp"
#include "value/time.hpp"
#include "value/type_kind.hpp"

namespace praxe {
namespace {

using As = HostField::As;

/// Enumerators further apart than that have no table.
constexpr std::int64_t most_enumerators = 1024;

/// Of a list its items.
const Type& element_of(const Type& type) {
    const bool is_list = type.kind == TypeKind::list || type.kind == TypeKind::map;
    return is_list ? type.args.back() : type;
}

As kind_of(const Type& type, const HostType& bound) {
    switch (type.kind) {
        case TypeKind::string:
            return As::text;
        case TypeKind::enumeration:
            return bound.kind == HostType::Kind::enumerator ? As::member : As::member_text;
        case TypeKind::real:
            return As::real;
        case TypeKind::record:
            return As::record;
        default:
            return is_whole(type.kind) ? As::whole : As::value;
    }
}

/// The least and the most of whole numbers. What stands in a list has no bounds but those of its type.
void set_bounds(HostField& made, const Field& field, TypeKind kind) {
    made.least = std::numeric_limits<std::int64_t>::min();
    made.most = std::numeric_limits<std::int64_t>::max();
    if (made.has_items) return;
    if (kind == TypeKind::timestamp) {
        made.least = min_instant;
        made.most = max_instant;
    }
    if (kind == TypeKind::date) {
        made.least = min_day;
        made.most = max_day;
    }
    if (kind == TypeKind::boolean) return;
    if (field.minimum) made.least = std::max(made.least, *field.minimum);
    if (field.maximum) made.most = std::min(made.most, *field.maximum);
}

/// A table from the first enumerator that has a name to the last; false where they are too far apart.
bool set_members(HostField& made, const std::vector<std::pair<std::int64_t, std::string>>& names) {
    if (names.empty()) return true;
    const auto [first, last] = std::minmax_element(names.begin(), names.end());
    std::int64_t apart = 0;
    if (__builtin_sub_overflow(last->first, first->first, &apart) || apart >= most_enumerators) return false;
    made.first_enumerator = first->first;
    made.member_of.assign(static_cast<std::size_t>(apart) + 1, -1);
    for (const auto& [number, name] : names) {
        std::int32_t& member = made.member_of[static_cast<std::size_t>(number - made.first_enumerator)];
        const auto& members = made.set->members;
        const auto found = std::find(members.begin(), members.end(), name);
        if (member < 0) member = static_cast<std::int32_t>(found - members.begin());
    }
    return true;
}

/// A field whose list or map is told apart by other than texts, or by such as only a Value tells.
bool has_plain_key(const HostField& made, const BoundRecord& held) {
    if (made.key < 0) return !made.is_map;
    const auto key = static_cast<std::size_t>(made.key);
    if (held.type->fields[key].type.kind != TypeKind::string || held.bound_as[key] < 0) return false;
    return static_cast<bool>(held.fields[static_cast<std::size_t>(held.bound_as[key])].look);
}

HostField host_field(const BoundTypes& types, const BoundField& bound, const Field& field) {
    HostField made;
    made.as = As::value;
    made.is_map = field.type.kind == TypeKind::map;
    made.has_items = made.is_map || field.type.kind == TypeKind::list;
    const Type& type = element_of(field.type);
    const HostType& held = made.has_items ? *bound.type.element : bound.type;
    if (!bound.look) return made;
    set_bounds(made, field, type.kind);
    made.most_bytes = field.max_bytes > 0 ? field.max_bytes : default_max_bytes;
    made.most_items = field.max_items > 0 ? field.max_items : default_max_items;
    made.empty_is_absent = field.absent_empty;
    const As as = kind_of(type, held);
    if (as == As::member || as == As::member_text) {
        made.set = &types.model->schema->closed_sets.find(type.name)->second;
        if (as == As::member && !set_members(made, types.members.find(held.type)->second)) return made;
    }
    if (as == As::record) {
        const BoundRecord& record = types.records.find(held.type)->second;
        made.held = &record;
        if (made.has_items) made.key = key_of_items(field, type);
        if (made.has_items && !has_plain_key(made, record)) return made;
    } else if (made.is_map) {
        return made;
    }
    made.as = as;
    made.look = bound.look;
    return made;
}

}  // namespace

void make_host_fields(const BoundTypes& types, BoundRecord& record) {
    record.by_field.resize(record.type->fields.size());
    for (const BoundField& bound : record.fields)
        record.by_field[bound.field] = host_field(types, bound, record.type->fields[bound.field]);
}

}  // namespace praxe
