// Decisions and definitions: what one takes by itself, and what one moment takes with all that it remembers.
#include "plan/cost.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plan/reckoning.hpp"
#include "table/decision_index.hpp"
#include "value/charges.hpp"

namespace praxe {
namespace {

/// `Client.appointments`: the record that has the field, in the author's words.
MissingBound missing_bound(const Model& model, const Field& field) {
    const auto has = [&](const RecordType& type) {
        return std::any_of(type.fields.begin(), type.fields.end(), [&](const Field& f) { return &f == &field; });
    };
    std::string name = field.name;
    for (const auto& [type_name, type] : model.schema->records) {
        if (has(*type)) name = type_name + "." + field.name;
    }
    const bool holds_items = field.type.kind == TypeKind::list || field.type.kind == TypeKind::map;
    return {name, holds_items && field.max_items == 0 ? "max_items" : "max_bytes", field.place};
}

std::optional<std::uint64_t> known(Bound bound) {
    return bound.missing == nullptr ? std::optional(bound.most) : std::nullopt;
}

Cost cost_of(const Model& model, const Decision& decision, const Reckoned& asked) {
    Cost cost;
    cost.decision = decision.name;
    cost.place = decision.place;
    cost.steps = known(asked.steps);
    if (asked.steps.missing != nullptr) cost.missing = missing_bound(model, *asked.steps.missing);
    for (const Reckoned::Part& part : asked.parts) {
        const Expression* costliest = part.costliest;
        cost.parts.push_back({part.name, known(part.steps),
                              costliest == nullptr ? std::string() : to_source(*costliest->root),
                              costliest == nullptr ? decision.place : costliest->place(*costliest->root)});
    }
    const auto more = [](const Cost::Part& a, const Cost::Part& b) {
        if (!a.steps || !b.steps) return !a.steps && b.steps;
        return *a.steps > *b.steps;
    };
    std::stable_sort(cost.parts.begin(), cost.parts.end(), more);
    if (const auto& index = decision.index; index != nullptr)
        cost.index = {index->rows().rows(), index->columns().size(), index->bytes()};
    return cost;
}

}  // namespace

std::vector<Cost> costs_of(const Model& model) {
    Reckoning reckoning(model);
    std::vector<Cost> costs;
    for (const auto& decision : model.decisions) {
        if (!decision->has_arguments()) costs.push_back(cost_of(model, *decision, reckoning.asked(*decision)));
    }
    return costs;
}

void check_costs(const std::vector<Cost>& costs, const RulesetLimits& limits, Diagnostics& diagnostics) {
    for (const Cost& cost : costs) {
        if (!cost.steps || *cost.steps <= limits.max_declared_steps) continue;
        const Cost::Part& most = cost.parts.front();
        diagnostics.error(cost.place,
                          fmt::format("\"{}\" can take {} steps at its worst; {} are the most", cost.decision,
                                      *cost.steps, limits.max_declared_steps),
                          fmt::format("\"{}\" can take {}, most of them in {}; less of a list (max_items), or a "
                                      "definition for what is the same in every round, makes it less",
                                      most.name, *most.steps, most.costliest));
        return;  // what builds on it is too much as well
    }
}

}  // namespace praxe
