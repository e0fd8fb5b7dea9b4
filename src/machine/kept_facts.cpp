// What a field of a kept record holds cannot change: where it may not be what it is, its cell says so from the start.
#include "machine/kept_facts.hpp"

#include <algorithm>
#include <memory>
#include <string>

#include "run/assumptions.hpp"

namespace praxe {
namespace {

bool is_key(const MapCells& map, std::string_view text) {
    return map.value->as_map().find(Value::string(std::string(text))) != nullptr;
}

bool breaks_assumption(const Model& model, const Record& record) {
    const std::shared_ptr<const Record> borrowed(std::shared_ptr<const void>(), &record);  // owns nothing
    return broken_assumption(model, borrowed).is_error();
}

}  // namespace

void KeptFacts::clear() {
    facts_.clear();
    arena_.clear();
}

void KeptFacts::lay_out(const Record& facts, std::span<const std::size_t> fields) {
    clear();
    const RecordLayout& layout = *program_.facts;
    if (layout.assumes) return;
    FactCellsMaker maker(program_, arena_, FactCellsMaker::Hosts::whole);
    for (std::uint32_t place = 0; place < layout.fields.size(); ++place) {
        const FieldRead& field = program_.fields[layout.fields[place]];
        if (field.known_in >= 0 || std::ranges::find(fields, field.field) == fields.end()) continue;
        const Value& value = facts.at(field.field);
        facts_.push_back({place, value.is_absent() ? Datum::none() : maker.datum(value, *field.shape, true)});
    }
    const auto is_looked_at = [&](const Fact& fact) {
        return look_at(fact.datum, *program_.fields[layout.fields[fact.place]].shape);
    };
    if (!std::ranges::all_of(facts_, is_looked_at)) clear();
}

/// False where it depends on what is not kept.
bool KeptFacts::look_at(const Datum& datum, const Shape& shape) {
    if (!datum.is_ok()) return true;
    const auto all_of = [&](const Datum* parts, std::size_t count) {
        return std::all_of(parts, parts + count, [&](const Datum& part) { return look_at(part, *shape.part); });
    };
    switch (shape.kind) {
        case TypeKind::record:
            return look_at(*datum.facts);
        case TypeKind::optional:
            return look_at(datum, *shape.part);
        case TypeKind::list:
            return all_of(datum.items->cells, datum.items->count);
        case TypeKind::map:
            return all_of(datum.map->values, datum.map->count);
        default:
            return true;
    }
}

bool KeptFacts::look_at(const FactCells& record) {
    const RecordLayout& layout = *record.layout;
    const bool is_broken = layout.assumes && breaks_assumption(model_, *record.record);
    for (std::size_t place = 0; place < layout.fields.size(); ++place) {
        const FieldRead& field = program_.fields[layout.fields[place]];
        Datum& cell = record.fields[place];
        if (is_broken) {
            cell = Datum::error();
        } else if (field.known_in >= 0 && cell.is_ok()) {
            const Fact* const known = find(field.known_in);
            if (known == nullptr) return false;
            if (!known->datum.is_ok() || !is_key(*known->datum.map, cell.text())) cell = Datum::error();
        } else if (!look_at(cell, *field.shape)) {
            return false;
        }
    }
    return true;
}

const KeptFacts::Fact* KeptFacts::find(int place) const {
    const auto found =
        std::ranges::find_if(facts_, [&](const Fact& fact) { return static_cast<int>(fact.place) == place; });
    return found == facts_.end() ? nullptr : &*found;
}

}  // namespace praxe
