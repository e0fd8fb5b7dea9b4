// What an indicator may measure, and whether what it says fits together.
#include "check/indicator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace praxe {
namespace {

constexpr std::array counts{TypeKind::integer,       TypeKind::money,          TypeKind::duration,
                            TypeKind::business_days, TypeKind::business_hours, TypeKind::calendar_days,
                            TypeKind::months,        TypeKind::years};
constexpr std::array points{TypeKind::percent, TypeKind::date, TypeKind::timestamp};
constexpr std::array groups{TypeKind::error,  TypeKind::boolean, TypeKind::integer,
                            TypeKind::string, TypeKind::date,    TypeKind::enumeration};

template <typename Kinds>
bool holds(const Kinds& kinds, TypeKind kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

void check_bound(const std::optional<GoalBound>& bound, const Indicator& indicator, const Model& model,
                 Diagnostics& diagnostics) {
    if (!bound) return;
    const Parameter& parameter = model.parameters[bound->parameter];
    if (parameter.type.kind == TypeKind::error || parameter.type == indicator.value) return;
    diagnostics.error(bound->place, fmt::format("\"{}\" is {}, and \"{}\" measures {}", parameter.name,
                                                to_string(parameter.type), indicator.name, to_string(indicator.value)));
}

void check_fact(const Indicator& indicator, const Model& model, Diagnostics& diagnostics) {
    if (indicator.fact.empty()) return;
    const Type* const type = fact_type(*model.schema, indicator.fact);
    if (type == nullptr) {
        diagnostics.error(indicator.fact_place, fmt::format("there is no fact \"{}\"", indicator.fact),
                          "name it as in a case, with points: RECORD.FIELD");
        return;
    }
    const Type& one = type->kind == TypeKind::list ? type->args.front() : *type;
    if (one == indicator.value) return;
    diagnostics.error(indicator.fact_place, fmt::format("\"{}\" is {}, and \"{}\" measures {}", indicator.fact,
                                                        to_string(*type), indicator.name, to_string(indicator.value)));
}

}  // namespace

bool can_be_summed(TypeKind kind) {
    return holds(counts, kind);
}

bool can_be_ranked(TypeKind kind) {
    return holds(counts, kind) || holds(points, kind);
}

bool can_be_a_group(TypeKind kind) {
    return holds(groups, kind);
}

const Type* fact_type(const Schema& schema, std::string_view path) {
    const RecordType* record = &schema.facts;
    while (record != nullptr) {
        const std::string_view name = path.substr(0, path.find('.'));
        const int field = record->find(name);
        if (field < 0) return nullptr;
        const Type& type = record->fields[static_cast<std::size_t>(field)].type;
        if (name.size() == path.size()) return &type;
        path.remove_prefix(name.size() + 1);
        record = type.kind == TypeKind::record ? type.record : nullptr;
    }
    return nullptr;
}

void check_indicator_shape(const Indicator& indicator, const Model& model, Diagnostics& diagnostics) {
    if (indicator.value.kind == TypeKind::error) return;
    if (indicator.decimals > 0 && indicator.value.kind != TypeKind::integer) {
        diagnostics.error(indicator.place, fmt::format("\"decimals\" are of an int, and \"{}\" measures {}",
                                                       indicator.name, to_string(indicator.value)));
    }
    check_bound(indicator.at_least, indicator, model, diagnostics);
    check_bound(indicator.at_most, indicator, model, diagnostics);
    check_fact(indicator, model, diagnostics);
}

}  // namespace praxe
