// Outcomes become records, cells values.
#include "machine/made_value.hpp"

#include "value/type_kind.hpp"

namespace praxe {

Value whole_value(std::int64_t whole, TypeKind type) {
    switch (type) {
        case TypeKind::boolean:
            return Value::boolean(whole != 0);
        case TypeKind::integer:
            return Value::integer(whole);
        case TypeKind::unsigned_integer:
            return Value::unsigned_integer(static_cast<std::uint64_t>(whole));
        case TypeKind::timestamp:
            return Value::timestamp(whole);
        case TypeKind::duration:
            return Value::duration(whole);
        default:
            return Value::count(*kind_of(type), whole);
    }
}

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
    for (std::uint32_t n = 0; n < items.count; ++n)
        list.push_back(items.cells != nullptr ? made_value(program, items.cells[n], shape) : items.values[n]);
    return Value::list(std::move(list));
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
            return *datum.value;
        case TypeKind::record:
            return shape.has_outcomes ? made_record(program, *datum.outcome) : *datum.value;
        case TypeKind::list:
            return made_list(program, *datum.items, *shape.part);
        default:
            return whole_value(datum.whole, shape.kind);
    }
}

}  // namespace praxe
