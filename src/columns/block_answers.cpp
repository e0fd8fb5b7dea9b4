// Constant answers: of each column the values of all rules, chosen by the number of the rule.
#include "columns/block_answers.hpp"

namespace praxe {

BlockAnswers::BlockAnswers(const BlockProgram& program, const AnswerType& type) : type_(&type) {
    const auto column = [&](int place) -> const MadeType& {
        return type.type.children[static_cast<std::size_t>(place)];
    };
    std::vector<Value> rules, clauses;
    for (const Rule& rule : type.decision->rules) {
        rules.push_back(Value::string(rule.id));
        clauses.push_back(rule.cites.empty() ? Value() : Value::string(rule.cites.front().clause));
    }
    rule_ = given(column(type.rule), std::move(rules));
    clause_ = given(column(type.clause), std::move(clauses));
    const MadeType& outcome = column(type.outcome);
    for (std::size_t field = 0; field < outcome.children.size(); ++field) {
        std::vector<Value> values;
        for (const BlockRule& rule : program.rules) values.push_back(rule.outcome[field]);
        outcome_.push_back(given(outcome.children[field], std::move(values)));
    }
}

BlockAnswers::Given BlockAnswers::given(const MadeType& type, std::vector<Value> values) const {
    MadeColumn column(type);
    for (const Value& value : values) column.append(value);
    Given given;
    if (type.width() > 0 && column.nulls() < values.size()) {
        given.values = column.values();
        if (column.nulls() > 0) {
            for (const Value& value : values) given.there.push_back(value.is_absent() ? 0 : 1);
        }
        given.is_number = type.width() == 1;
        given.is_number &= given.there.empty();
        for (std::size_t i = 0; i < given.values.size(); ++i) given.is_number &= given.values[i] == i;
    } else if (column.nulls() < values.size()) {
        given.made = std::move(values);
    }
    return given;
}

void BlockAnswers::append(std::span<const std::uint8_t> which, const Given& given, MadeColumn& out) {
    if (given.is_number) return out.append_values(which);
    if (!given.values.empty()) return out.append_chosen(which, given.values.data(), given.there);
    if (given.made.empty()) return out.append_nulls(which.size());
    for (const std::uint8_t rule : which) out.append(given.made[rule]);
}

void BlockAnswers::append(std::span<const std::uint8_t> which, AnswerColumns& out) const {
    const auto column = [&](int place) -> MadeColumn& { return out.columns().child(static_cast<std::size_t>(place)); };
    MadeColumn& outcome = column(type_->outcome);
    for (std::size_t field = 0; field < outcome_.size(); ++field) append(which, outcome_[field], outcome.child(field));
    outcome.end_rows(which.size());
    append(which, rule_, column(type_->rule));
    append(which, clause_, column(type_->clause));
    column(type_->error).append_nulls(which.size());
    out.columns().end_rows(which.size());
}

}  // namespace praxe
