// From values to registers' contents.
#include "program/fact_cells.hpp"

#include <algorithm>

namespace praxe {
namespace {

/// The place of a member in its set: facts hold the set's own text, by whose address it is found.
Datum member(const std::string& text, const std::vector<std::string>& members) {
    const auto offset = reinterpret_cast<std::uintptr_t>(&text) - reinterpret_cast<std::uintptr_t>(members.data());
    const std::size_t place = offset / sizeof(std::string);
    if (place < members.size()) return Datum::of(static_cast<std::int64_t>(place));
    const auto found = std::find(members.begin(), members.end(), text);
    return found == members.end() ? Datum::error() : Datum::of(static_cast<std::int64_t>(found - members.begin()));
}

bool are_in_order(const Datum* keys, std::size_t count) {
    return std::is_sorted(keys, keys + count, [](const Datum& a, const Datum& b) { return a.text() < b.text(); });
}

}  // namespace

std::optional<std::uint32_t> place_of(const MapCells& map, std::string_view key) {
    constexpr std::uint32_t few = 16;  // are looked through one by one
    const Datum* const end = map.keys + map.count;
    const bool halves = map.in_order && map.count > few;
    const Datum* const found =
        halves ? std::lower_bound(map.keys, end, key, [](const Datum& a, std::string_view b) { return a.text() < b; })
               : std::find_if(map.keys, end, [&](const Datum& known) { return known.text() == key; });
    if (found == end || found->text() != key) return std::nullopt;
    return static_cast<std::uint32_t>(found - map.keys);
}

FactCells* FactCellsMaker::record(const Record& record, const RecordLayout& layout, const Value* value) {
    auto* const cells = arena_.room<FactCells>(1);
    *cells = {&layout, &record, value, arena_.room<Datum>(layout.fields.size())};
    Datum::set_unread(cells->fields, layout.fields.size());
    return cells;
}

FactCells* FactCellsMaker::whole_record(const Record& record, const RecordLayout& layout, const Value* value) {
    FactCells* const cells = this->record(record, layout, value);
    for (std::size_t i = 0; i < layout.fields.size(); ++i) {
        const FieldRead& field = program_.fields[layout.fields[i]];
        const Value& given = record.at(field.field);
        cells->fields[i] = given.is_absent() ? Datum::none() : datum(given, *field.shape, true);
    }
    return cells;
}

Datum FactCellsMaker::datum(const Value& value, const Shape& shape, bool whole) {
    if (value.is_error()) return Datum::error();
    switch (shape.kind) {
        case TypeKind::string: {
            const std::string& text = value.as_string();
            if (!whole) return Datum::of(std::string_view(text));
            char* const copy = arena_.room<char>(text.size());
            std::copy(text.begin(), text.end(), copy);
            return Datum::of(std::string_view(copy, text.size()));
        }
        case TypeKind::enumeration:
            return member(value.as_string(), shape.set->members);
        case TypeKind::real:
            return Datum::of(value.as_double());
        case TypeKind::optional:
            return value.has_value() ? datum(value.as_optional(), *shape.part, whole) : Datum::none();
        case TypeKind::record: {
            const Record& held = value.as_record();
            if (shape.layout == nullptr || held.type != shape.layout->type) return Datum::error();
            const bool all = whole && (hosts_ == Hosts::whole || held.reader == nullptr);
            return Datum::of(static_cast<const FactCells*>(all ? whole_record(held, *shape.layout, &value)
                                                               : record(held, *shape.layout, &value)));
        }
        case TypeKind::list:
            return list(value, shape, whole);
        case TypeKind::map:
            return map(value, shape, whole);
        default:
            return value.nanos_below() != 0 ? Datum::error() : Datum::of(value.as_int());
    }
}

Datum FactCellsMaker::list(const Value& value, const Shape& shape, bool whole) {
    const List& list = value.as_list();
    auto* const items = arena_.make<Items>(1);
    auto* const cells = arena_.room<Datum>(list.size());
    for (const Value& item : list) {
        const Datum made = datum(item, *shape.part, whole);
        if (made.is_error()) return made;
        cells[items->count++] = made;
    }
    items->source = &value;
    items->cells = cells;
    items->written_bytes = value.written_bytes();
    return Datum::of(static_cast<const Items*>(items));
}

Datum FactCellsMaker::map(const Value& value, const Shape& shape, bool whole) {
    const auto& entries = value.as_map().entries;
    auto* const map = arena_.make<MapCells>(1);
    auto* const keys = arena_.room<Datum>(entries.size());
    auto* const values = arena_.room<Datum>(entries.size());
    for (const auto& [key, item] : entries) {
        keys[map->count] = datum(key, *shape.key, whole);
        values[map->count] = datum(item, *shape.part, whole);
        if (keys[map->count].is_error() || values[map->count].is_error()) return Datum::error();
        ++map->count;
    }
    map->value = &value;
    map->written_bytes = value.written_bytes();
    map->keys = keys;
    map->values = values;
    map->in_order = shape.key->kind == TypeKind::string && are_in_order(keys, map->count);
    return Datum::of(static_cast<const MapCells*>(map));
}

CaseCells::CaseCells(const Program& program, const Record& facts)
    : facts_(FactCellsMaker(program, arena_).whole_record(facts, *program.facts, nullptr)) {
    const int at = facts.type->find("at");
    if (at < 0) return;
    const Value& instant = facts.at(static_cast<std::size_t>(at));
    if (instant.is(Kind::timestamp)) at_ = instant.as_int();
}

}  // namespace praxe
