// Outcomes become records, cells values.
#include "machine/made_value.hpp"

#include "program/host_cells.hpp"
#include "value/type_kind.hpp"

namespace praxe {

namespace {

Value made_record(const Program& program, const MadeOutcome& outcome) {
    const Decision& decision = *outcome.decision;
    const auto& shapes = program.outcomes[outcome.number];
    auto record = std::make_shared<Record>();
    record->type = &decision.outcome;
    record->fields.reserve(outcome.field_count);
    for (std::size_t n = 0; n < outcome.field_count; ++n)
        record->fields.push_back(made_value(program, outcome.fields[n], *shapes[n]));
    record->count_bytes(decision.shown_fields);
    return Value::record(std::move(record));
}

Value made_list(const Program& program, const Items& items, const Shape& shape) {
    if (items.source != nullptr) return *items.source;
    List list;
    list.reserve(items.count);
    for (std::uint32_t n = 0; n < items.count; ++n) list.push_back(made_value(program, items.cells[n], shape));
    return Value::list(std::move(list));
}

Value made_map(const Program& program, const MapCells& map, const Shape& shape) {
    Map made;
    for (std::uint32_t n = 0; n < map.count; ++n)
        made.entries.emplace_back(made_value(program, map.keys[n], *shape.key),
                                  made_value(program, map.values[n], *shape.part));
    made.index();
    return Value::map(std::move(made));
}

}  // namespace

Value made_value(const Program& program, const Datum& datum, const Shape& shape) {
    if (shape.kind == TypeKind::optional)
        return datum.is_ok() ? Value::optional_of(made_value(program, datum, *shape.part)) : Value::optional_none();
    if (!datum.is_ok()) return {};
    switch (shape.kind) {
        case TypeKind::string:
            return Value::string(std::string(datum.text()));
        case TypeKind::enumeration:
            return Value::string(shape.set->members[static_cast<std::size_t>(datum.whole)]);
        case TypeKind::real:
            return Value::real(datum.real);
        case TypeKind::map:
            return datum.map->value != nullptr ? *datum.map->value : made_map(program, *datum.map, shape);
        case TypeKind::record:
            return shape.has_outcomes ? made_record(program, *datum.outcome) : value_of(*datum.facts);
        case TypeKind::list:
            return made_list(program, *datum.items, *shape.part);
        default:
            return whole_value(datum.whole, shape.kind);
    }
}

}  // namespace praxe
