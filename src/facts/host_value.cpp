// Values of hosts against the vocabulary.
#include "facts/host_value.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "facts/host_memory.hpp"
#include "facts/objections.hpp"
#include "facts/scalar.hpp"
#include "value/time.hpp"
#include "value/utf8.hpp"

namespace praxe {
namespace {

Value refused(const std::optional<Objection>& objection, const FactName& what) {
    if (!objection) return Value();
    const std::string remedy = objection->hint.empty() ? std::string() : fmt::format("; {}", objection->hint);
    return Value::error(Error{Error::Code::range, objection->message + remedy, what.text(), {}});
}

/// Counted units are plain integers to a host.
Value in_its_unit(Value raw, TypeKind type) {
    switch (type) {
        case TypeKind::business_days:
            return Value::count(Kind::business_days, raw.as_int());
        case TypeKind::calendar_days:
            return Value::count(Kind::calendar_days, raw.as_int());
        case TypeKind::months:
            return Value::count(Kind::months, raw.as_int());
        case TypeKind::years:
            return Value::count(Kind::years, raw.as_int());
        default:
            return raw;
    }
}

/// What no text could have said.
std::optional<Objection> beyond_its_type(const Value& value, const FactName& what) {
    const auto outside = [&](std::int64_t least, std::int64_t most) {
        return value.as_int() < least || value.as_int() > most;
    };
    if (value.is(Kind::timestamp) && outside(min_instant, max_instant)) {
        return Objection{fmt::format("\"{}\" is outside of the years 0001 to 9999", what.text()), {}};
    }
    if (value.is(Kind::date) && outside(min_day, max_day)) {
        return Objection{fmt::format("\"{}\" is no date of the years 0001 to 9999", what.text()), {}};
    }
    if (value.is(Kind::string) && !valid_utf8(value.as_string())) {
        return Objection{fmt::format("\"{}\" is not UTF-8", what.text()), {}};
    }
    return std::nullopt;
}

/// The texts by which records are told apart, in order; an error where two are alike.
Value in_order_of_key(const List& items, std::size_t key, const FactName& list, HostMemory::Keys& keys) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Value& id = items[i].as_record().at(key);
        if (id.is_error()) return id;
        if (id.is(Kind::string)) keys.emplace_back(id.as_string(), static_cast<std::uint32_t>(i));
    }
    std::sort(keys.begin(), keys.end());
    const auto twice =
        std::adjacent_find(keys.begin(), keys.end(), [&](const auto& a, const auto& b) { return a.first == b.first; });
    if (twice == keys.end()) return Value();
    const Record& again = items[twice[1].second].as_record();
    return Value::error(Error{Error::Code::range,
                              fmt::format("two of \"{}\" have the {} \"{}\"", list.text(), again.type->fields[key].name,
                                          shown(twice[1].first)),
                              again.path,
                              {}});
}

Value to_map(const List& items, std::size_t key, const HostMemory::Keys& keys, HostMemory* memory) {
    const auto map = memory != nullptr ? memory->map() : std::make_shared<Map>();
    for (const auto& [id, place] : keys) map->entries.emplace_back(items[place].as_record().at(key), items[place]);
    map->index();
    return shared_value(map);
}

Value settled_list(const Value& raw, const Field& field, const Schema& schema, const FactName& what, bool members,
                   HostMemory* memory) {
    const List& items = raw.as_list();
    if (items.empty() && field.absent_empty) return Value();  // a host's list cannot be left out
    if (Value error = refused(too_many_items(field, what, items.size()), what); error.is_error()) return error;
    const bool keyed = field.type.kind == TypeKind::map;
    const Type& element = field.type.args[keyed ? 1 : 0];
    for (std::size_t i = 0; i < items.size(); ++i) {
        const FactName item{what.record, what.field, i};
        if (items[i].is_error()) return items[i];
        if (items[i].is_absent()) {
            return Value::error(Error{Error::Code::range, fmt::format("\"{}\" is null", item.text()), item.text(), {}});
        }
        if (element.kind == TypeKind::string) {
            Value error = refused(too_long(field, item, items[i].as_string().size()), item);
            if (error.is_error()) return error;
        }
        if (element.kind != TypeKind::enumeration || members) continue;
        Value error = refused(not_a_member(schema, element, item, items[i].as_string()), item);
        if (error.is_error()) return error;
    }
    const int key = key_of_items(field, element);
    if (key < 0) return raw;
    HostMemory::Keys own;
    HostMemory::Keys& keys = memory != nullptr ? memory->keys() : own;
    if (Value wrong = in_order_of_key(items, static_cast<std::size_t>(key), what, keys); wrong.is_error()) return wrong;
    return keyed ? to_map(items, static_cast<std::size_t>(key), keys, memory) : raw;
}

}  // namespace

std::shared_ptr<const Record> host_record(const FieldReader& reader, const RecordType& type, const void* object,
                                          std::string path) {
    auto record = std::make_shared<Record>();
    record->type = &type;
    record->fields.resize(type.fields.size());
    record->path = std::move(path);
    record->reader = &reader;
    record->object = object;
    record->unread.assign(type.fields.size(), true);
    return record;
}

Value settled(Value raw, const Field& field, const Schema& schema, const Record& record, bool members) {
    if (raw.is_absent() || raw.is_error()) return raw;
    const FactName what{record.path, field.name};
    switch (field.type.kind) {
        case TypeKind::list:
        case TypeKind::map:
            return settled_list(raw, field, schema, what, members, HostMemory::of(record));
        case TypeKind::enumeration: {
            if (members) return raw;
            Value error = refused(not_a_member(schema, field.type, what, raw.as_string()), what);
            return error.is_error() ? error : raw;
        }
        case TypeKind::record:
        case TypeKind::boolean:
        case TypeKind::real:
            return raw;
        default: {
            Value value = in_its_unit(std::move(raw), field.type.kind);
            if (Value error = refused(beyond_its_type(value, what), what); error.is_error()) return error;
            Value error = refused(out_of_bounds(field, what, value, std::nullopt), what);
            return error.is_error() ? error : value;
        }
    }
}

Value unknown_reference(const Schema& schema, const Record& facts, const Record& record, const Field& field,
                        const Value& value) {
    if (!field.checked || !value.is(Kind::string)) return Value();
    const Value& known = facts.at(static_cast<std::size_t>(schema.facts.find(field.one_of)));
    if (known.is_error()) return known;
    return refused(not_a_key(field, known, value.as_string()), {record.path, field.name});
}

}  // namespace praxe
