// Look-ups in a ruleset's program, and its conditions as text.
#include "check/model.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace praxe {

const Decision* Model::find(std::string_view name) const {
    const auto found = globals.find(name);
    if (found == globals.end()) return nullptr;
    if (found->second.kind == Global::Kind::decision) return decisions[found->second.index].get();
    // One that bears a fact's name stands in no expression.
    const auto same_name = [&](const auto& decision) { return decision->name == name; };
    const auto question = std::find_if(decisions.begin(), decisions.end(), same_name);
    return question == decisions.end() ? nullptr : question->get();
}

const Decision* Model::decision_of(const RecordType& type) const {
    return type.is_outcome ? find(type.name) : nullptr;
}

std::size_t Model::shown_fields(const RecordType& type) const {
    const Decision* decision = decision_of(type);
    return decision == nullptr ? type.fields.size() : decision->shown_fields;
}

std::vector<std::string> Model::decision_names() const {
    std::vector<std::string> names;
    for (const auto& decision : decisions) names.push_back(decision->name);
    return names;
}

namespace {

std::string to_source(const Cell& cell) {
    const std::string column = to_source(*cell.column->root);
    switch (cell.form) {
        case Cell::Form::yes:
            return column;
        case Cell::Form::no:
            return fmt::format("!({})", column);
        case Cell::Form::compare:
            return fmt::format("{} {} {}", column, cell.comparison.substr(1, cell.comparison.size() - 2),
                               to_source(*cell.values.front().root));
        case Cell::Form::range:
            return fmt::format("{} in {}{}..{}{}", column, cell.comparison == "_>=_" ? '[' : '(',
                               to_source(*cell.values.front().root), to_source(*cell.values.back().root),
                               cell.upper_comparison == "_<=_" ? ']' : ')');
        case Cell::Form::one_of:
            break;
    }
    std::string values;
    for (const Expression& value : cell.values)
        values += fmt::format("{}{}", values.empty() ? "" : ", ", to_source(*value.root));
    return cell.values.size() == 1 ? fmt::format("{} == {}", column, values)
                                   : fmt::format("{} in [{}]", column, values);
}

}  // namespace

std::string to_source(const Condition& condition) {
    switch (condition.form) {
        case Condition::Form::when:
            return to_source(*condition.parts.front().root);
        case Condition::Form::unless:
            return fmt::format("unless {}", to_source(*condition.parts.front().root));
        case Condition::Form::require:
            return fmt::format("require {}", to_source(*condition.parts.front().root));
        case Condition::Form::cell:
            return to_source(*condition.cell);
        case Condition::Form::any:
            break;
    }
    std::string parts;
    for (const Expression& part : condition.parts)
        parts += fmt::format("{}{}", parts.empty() ? "any of: " : "; ", to_source(*part.root));
    return parts;
}

}  // namespace praxe
