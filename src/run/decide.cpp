// Decisions: rules under their hit policy, outcomes, exceptions, reasons.
#include <fmt/format.h>

#include <algorithm>

#include "run/display.hpp"
#include "run/moving.hpp"
#include "run/origin.hpp"
#include "run/run.hpp"
#include "run/run_environment.hpp"
#include "value/order.hpp"

namespace praxe {
namespace {

Value error(Error::Code code, std::string message, const Place& place) {
    return Value::error(Error{code, std::move(message), {}, place});
}

/// The element's key, for `item` in reasons.
std::string key_of(const Value& element) {
    if (!element.is(Kind::record)) return {};
    const Record& record = element.as_record();
    if (record.type == nullptr || record.type->key < 0) return {};
    const Value& key = record.at(static_cast<std::size_t>(record.type->key));
    return key.is(Kind::string) ? key.as_string() : std::string();
}

Value apply_operator(std::string_view name, const Value& a, const Value& b, Environment& environment) {
    const Value args[] = {a, b};
    if (auto refused = refuse_steps(environment.functions(), steps_to_read(name, args))) return *std::move(refused);
    if (a.motion() == Motion::still && b.motion() == Motion::still) {
        if (name == "_==_") return Value::boolean(equal(a, b));
        return call_function(name, false, args, environment.functions());
    }
    Expr call;
    call.kind = ExprKind::call;
    call.name = name;
    return call_moving(call, args, environment);
}

}  // namespace

Activation Run::activation_for(const Decision& decision) const {
    Activation activation;
    activation.decision = &decision;
    activation.let.resize(decision.let.size());
    return activation;
}

Activation Run::activation_for(const Decision& decision, const Value& element) const {
    Activation activation = activation_for(decision);
    activation.bound.emplace_back(decision.each->name, element);
    return activation;
}

Value Run::elements(const Decision& decision) {
    return evaluate_in(decision.each->value, nullptr);
}

Value Run::decide_element(const Decision& decision, const Value& element) {
    Activation activation = activation_for(decision, element);
    return element_outcome(decision, activation);
}

Value Run::call(const Decision& decision, Activation& activation) {
    if (decision.each) return each(decision);
    if (decision.pick) return pick(decision, activation);
    return outcome(decision, activation);
}

Value Run::each(const Decision& decision) {
    const Value all = elements(decision);
    if (all.is_error()) return all;
    List outcomes;
    for (const Value& element : all.as_list()) {
        track_.basis.clear();  // no outcome rests on another of the list
        Value one = decide_element(decision, element);
        if (one.is_error()) return one;
        if (!one.is_absent()) outcomes.push_back(std::move(one));
    }
    return Value::list(std::move(outcomes));
}

Value Run::element_outcome(const Decision& decision, Activation& activation) {
    if (decision.where) {
        Value wanted = evaluate_in(*decision.where, &activation);
        if (!wanted.is_true()) return wanted.is_error() ? wanted : Value();
    }
    return outcome(decision, activation);
}

Value Run::pick(const Decision& decision, Activation& activation) {
    const Value all = evaluate_in(decision.pick->value, &activation);
    if (all.is_error()) return all;
    activation.bound.emplace_back(decision.pick->name, Value());
    Value best;
    List best_keys;
    for (const Value& element : all.as_list()) {
        activation.bound.back().second = element;
        std::fill(activation.let.begin(), activation.let.end(), std::nullopt);
        if (decision.where) {
            Value wanted = evaluate_in(*decision.where, &activation);
            if (wanted.is_error()) return wanted;
            if (!wanted.is_true()) continue;
        }
        List keys;
        for (const Expression& key : decision.order) {
            keys.push_back(evaluate_in(key, &activation));
            if (keys.back().is_error()) return keys.back();
        }
        const auto before = [](const Value& a, const Value& b) { return sort_order(a, b) < 0; };
        if (best.is_absent() ||
            std::lexicographical_compare(keys.begin(), keys.end(), best_keys.begin(), best_keys.end(), before)) {
            best = element;
            best_keys = std::move(keys);
        }
    }
    return best.is_absent() ? Value::optional_none() : Value::optional_of(std::move(best));
}

Value Run::required(const Decision& decision, Activation& activation) {
    for (const Expression& expression : decision.require) {
        Value value = evaluate_in(expression, &activation);
        if (value.is_error()) return value;
        if (value.is_false()) {
            return error(Error::Code::other, fmt::format("\"{}\" requires {}", decision.name, expression.text.text),
                         expression.text.place());
        }
    }
    return Value();
}

Value Run::outcome(const Decision& decision, Activation& activation) {
    if (Value failed = required(decision, activation); failed.is_error()) return failed;
    if (!decision.rules.empty()) return by_hit_policy(decision, activation);
    auto record = std::make_shared<Record>();
    record->type = &decision.outcome;
    record->fields.resize(decision.outcome.fields.size());
    if (Value failed = set_outputs(decision.always, activation, *record); failed.is_error()) return failed;
    if (decision.each) record->fields.back() = activation.bound.front().second;
    Reason reason;
    reason.decision = &decision;
    return outcome_of(std::move(record), std::move(reason));
}

/// A whole outcome: its reason is remembered. An error where it has grown too big, or has used up what was left.
Value Run::outcome_of(std::shared_ptr<Record> record, Reason reason) {
    record->count_bytes(reason.decision->shown_fields);
    Value value = charged(budget_, Value::record(record));
    if (value.is_error()) return value;
    reason.basis = track_.basis.outcomes();
    reasons_.emplace(record.get(), std::move(reason));
    kept_.push_back(std::move(record));
    return value;
}

std::optional<ColumnNumbers> Run::column_numbers(const Decision& decision, Activation& activation) {
    const bool kept = readings_ != nullptr || workings_ != nullptr || watched_ != never;
    if (decision.index == nullptr || kept) return std::nullopt;
    Track around = std::exchange(track_, Track{});
    ColumnNumbers of_case;
    bool moves = false;
    const auto columns = decision.index->columns();
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const Value value = evaluate_in(columns[c].expression(), &activation);
        moves = moves || value.motion() != Motion::still;
        const auto number = columns[c].number_of(value);
        of_case.numbers.push_back(number.value_or(0));
        if (!number) of_case.unknown |= TableIndex::Unknown{1} << c;
    }
    const Track looked_at = std::exchange(track_, std::move(around));
    const bool holds_for_ever = !moves && looked_at.horizon == never && looked_at.known_until == never;
    // Of the rules of a first hit, only what the one that applies rests on is kept.
    const bool rests_on_nothing = decision.first_decides() || looked_at.basis.outcomes().empty();
    return holds_for_ever && rests_on_nothing ? std::optional(std::move(of_case)) : std::nullopt;
}

RuleWalk Run::rules_of(const Decision& decision, Activation& activation) {
    auto of_case = column_numbers(decision, activation);
    return of_case ? RuleWalk(decision, *std::move(of_case)) : RuleWalk(decision);
}

Value Run::all_that_apply(const Decision& decision, Activation& activation, std::vector<const Rule*>& applying) {
    Value first_error;
    RuleWalk rules = rules_of(decision, activation);
    while (const Rule* rule = rules.next()) {
        const Value verdict = applies(rule->conditions, activation);
        if (verdict.is_error() && !first_error.is_error()) first_error = verdict;
        if (verdict.is_true()) applying.push_back(rule);
    }
    return first_error;
}

Value Run::collected(const Decision& decision, Activation& activation) {
    List outcomes;
    RuleWalk rules = rules_of(decision, activation);
    while (const Rule* rule = rules.next()) {
        if (Value failed = collect_rule(decision, *rule, activation, outcomes); failed.is_error()) return failed;
    }
    return Value::list(std::move(outcomes));
}

/// The outcomes of one rule, in the order of its elements where it is made for each.
Value Run::collect_rule(const Decision& decision, const Rule& rule, Activation& activation, List& outcomes) {
    if (!rule.each) return collect_one(decision, rule, activation, outcomes);
    const Value all = evaluate_in(rule.each->value, &activation);
    if (all.is_error()) return all;
    activation.bound.emplace_back(rule.each->name, Value());
    Value failed;
    for (const Value& element : all.as_list()) {
        activation.bound.back().second = element;
        failed = collect_one(decision, rule, activation, outcomes);
        if (failed.is_error()) break;
    }
    activation.bound.pop_back();
    return failed;
}

Value Run::collect_one(const Decision& decision, const Rule& rule, Activation& activation, List& outcomes) {
    track_.basis.clear();  // no outcome rests on another of the list
    const Value verdict = applies(rule.conditions, activation);
    if (!verdict.is_true()) return verdict.is_error() ? verdict : Value();
    Value outcome = fire(decision, rule, activation);
    if (outcome.is_error()) return outcome;
    outcomes.push_back(std::move(outcome));
    return Value();
}

Value Run::by_hit_policy(const Decision& decision, Activation& activation) {
    const auto none = [&] {
        return error(Error::Code::no_rule, fmt::format("no rule of \"{}\" applies", decision.name), decision.place);
    };
    if (decision.first_decides()) {
        RuleWalk rules = rules_of(decision, activation);
        while (const Rule* rule = rules.next()) {
            // What a rule that does not apply looked at bounds the answer in time, but the answer does not rest on it.
            auto basis = std::exchange(track_.basis, {});
            Value verdict = applies(rule->conditions, activation);
            if (verdict.is_error()) return verdict;
            if (verdict.is_true()) return fire(decision, *rule, activation);
            track_.basis = std::move(basis);
        }
        return none();
    }
    if (decision.collects()) return collected(decision, activation);
    std::vector<const Rule*> applying;
    if (Value failed = all_that_apply(decision, activation, applying); failed.is_error()) return failed;
    if (decision.hit == HitPolicy::unique && applying.size() > 1) {
        return error(Error::Code::conflict,
                     fmt::format("\"{}\" and \"{}\" of \"{}\" both apply, and its hit policy is unique",
                                 applying[0]->id, applying[1]->id, decision.name),
                     applying[1]->place);
    }
    List outcomes;
    for (const Rule* rule : applying) {
        outcomes.push_back(fire(decision, *rule, activation));
        if (outcomes.back().is_error()) return outcomes.back();
    }
    if (outcomes.empty()) return none();
    if (decision.hit == HitPolicy::any) {
        for (std::size_t i = 1; i < outcomes.size(); ++i) {
            const Value both[] = {outcomes[0], outcomes[i]};
            if (auto refused = refuse_steps(functions_, steps_to_read("_==_", both))) return *std::move(refused);
            if (equal(both[0], both[1])) continue;
            return error(
                Error::Code::conflict,
                fmt::format("\"{}\" and \"{}\" of \"{}\" both apply with different outcomes, and its hit policy is any",
                            applying[0]->id, applying[i]->id, decision.name),
                applying[i]->place);
        }
    }
    if (decision.hit == HitPolicy::priority) {
        const auto field = static_cast<std::size_t>(decision.priority);
        const auto& members = model_.schema->closed_sets.find(decision.outcome.fields[field].type.name)->second.members;
        const auto rank = [&](const Value& outcome) {
            return std::find(members.begin(), members.end(), outcome.as_record().fields[field].as_string()) -
                   members.begin();
        };
        return *std::min_element(outcomes.begin(), outcomes.end(),
                                 [&](const Value& a, const Value& b) { return rank(a) < rank(b); });
    }
    return outcomes.front();
}

Value Run::applies(const std::vector<Condition>& conditions, Activation& activation) {
    Value first_error;
    for (const Condition& condition : conditions) {
        Value verdict = holds(condition, activation);
        if (verdict.is_false()) return verdict;
        if (verdict.is_error() && !first_error.is_error()) first_error = std::move(verdict);
    }
    return first_error.is_error() ? first_error : Value::boolean(true);
}

Value Run::holds(const Condition& condition, Activation& activation) {
    switch (condition.form) {
        case Condition::Form::when:
            return evaluate_in(condition.parts.front(), &activation);
        case Condition::Form::unless: {
            Value value = evaluate_in(condition.parts.front(), &activation);
            return value.is_error() ? value : Value::boolean(!value.as_bool());
        }
        case Condition::Form::require: {
            Value value = evaluate_in(condition.parts.front(), &activation);
            return value.is_error() ? value : Value::boolean(true);
        }
        case Condition::Form::any: {
            Value first_error;
            for (const Expression& part : condition.parts) {
                Value value = evaluate_in(part, &activation);
                if (value.is_true()) return value;
                if (value.is_error() && !first_error.is_error()) first_error = std::move(value);
            }
            return first_error.is_error() ? first_error : Value::boolean(false);
        }
        case Condition::Form::cell:
            return cell_holds(condition, activation);
    }
    return Value();
}

Value Run::cell_holds(const Condition& condition, Activation& activation) {
    const Condition* const around = std::exchange(cell_at_work_, &condition);
    Value verdict = cell_holds(*condition.cell, activation);
    cell_at_work_ = around;
    return verdict;
}

Value Run::cell_holds(const Cell& cell, Activation& activation) {
    const Value column = evaluate_in(*cell.column, &activation);
    if (column.is_error()) return column;
    if (cell.form == Cell::Form::yes) return column;
    if (cell.form == Cell::Form::no) return Value::boolean(!column.as_bool());
    RunEnvironment environment(*this, &activation);
    environment.source = cell.column->text.source;
    const auto compare = [&](const std::string& operation, const Expression& with) {
        const Value value = evaluate_in(with, &activation);
        if (value.is_error()) return value;
        const Value compared[] = {column, value};
        environment.at_work = {cell.column->root.get(), compared};
        return apply_operator(operation, column, value, environment);
    };
    if (cell.form == Cell::Form::range) {
        Value verdict = compare(cell.comparison, cell.values.front());
        return verdict.is_true() ? compare(cell.upper_comparison, cell.values.back()) : verdict;
    }
    for (const Expression& value : cell.values) {
        Value verdict = compare(cell.form == Cell::Form::compare ? cell.comparison : "_==_", value);
        if (!verdict.is_false()) return verdict;
    }
    return Value::boolean(false);
}

Value Run::set_outputs(const std::vector<Output>& outputs, Activation& activation, Record& record) {
    for (const Output& output : outputs) {
        Value value = evaluate_in(output.value, &activation);
        if (value.is_error()) return value;
        if (value.is(Kind::optional) && record.type->fields[output.field].type.kind != TypeKind::optional) {
            value = value.has_value() ? value.as_optional() : Value();
        }
        record.fields[output.field] = std::move(value);
    }
    return Value();
}

/// What every rule gives, which may be made of what this one gives.
Value Run::set_always(const Decision& decision, Activation& activation, const std::shared_ptr<Record>& record) {
    if (decision.always.empty()) return Value();
    activation.bound.emplace_back("this", Value::record(record));
    Value failed = set_outputs(decision.always, activation, *record);
    activation.bound.pop_back();
    for (const Output& output : decision.always) {
        Value& value = record->fields[output.field];
        value = apart_from(*record, std::move(value));
    }
    track_.basis.remove(record);  // an outcome does not rest on itself
    return failed;
}

Value Run::cite(const std::vector<Cite>& cites, Activation& activation, std::vector<std::string>& out) {
    for (const Cite& cite : cites) {
        if (cite.when) {
            const Value wanted = evaluate_in(*cite.when, &activation);
            if (wanted.is_error()) return wanted;
            if (!wanted.is_true()) continue;
        }
        if (std::find(out.begin(), out.end(), cite.clause) == out.end()) out.push_back(cite.clause);
    }
    return Value();
}

Languages Run::say(const Texts& texts, Activation& activation) {
    Languages out;
    const Track around = track_;  // texts bound nothing in time
    for (const auto& [language, text] : texts) {
        std::string& said = out[language];
        for (const Template::Piece& piece : text.pieces) {
            said += piece.text;
            if (!piece.hole) continue;
            const Value value = evaluate_in(*piece.hole, &activation);
            // A text can be very long, and each outcome has its own: where no more can be made, the outcome is an
            // error.
            if (budget_.spend_bytes(value.written_bytes()))
                said += display(value, model_.zone, language, model_.currency);
        }
    }
    track_ = around;
    return out;
}

Value Run::fire(const Decision& decision, const Rule& rule, Activation& activation) {
    auto record = std::make_shared<Record>();
    record->type = &decision.outcome;
    record->fields.resize(decision.outcome.fields.size());
    if (decision.each) record->fields.back() = activation.bound.front().second;
    if (Value failed = set_outputs(rule.outputs, activation, *record); failed.is_error()) return failed;
    if (Value failed = set_always(decision, activation, record); failed.is_error()) return failed;

    Reason reason;
    reason.decision = &decision;
    reason.rule = &rule;
    if (decision.each) reason.item = key_of(activation.bound.front().second);
    if (Value failed = cite(rule.cites, activation, reason.cites); failed.is_error()) return failed;

    for (const Rule& exception : rule.exceptions) {
        activation.bound.emplace_back("general", Value::record(record));
        Value verdict = applies(exception.conditions, activation);
        if (verdict.is_true()) {
            auto replaced = std::make_shared<Record>(*record);
            for (const Output& output : rule.outputs) replaced->fields[output.field] = Value();
            Value failed = set_outputs(exception.outputs, activation, *replaced);
            if (failed.is_error()) return failed;
            failed = set_always(decision, activation, replaced);
            if (failed.is_error()) return failed;
            failed = cite(exception.cites, activation, reason.cites);
            if (failed.is_error()) return failed;
            reason.exception = &exception;
            record = std::move(replaced);
        }
        if (texts_ && reason.exception != nullptr) reason.say = say(exception.say, activation);
        activation.bound.pop_back();
        if (verdict.is_error()) return verdict;
        if (reason.exception != nullptr) break;
    }
    if (texts_ && reason.say.empty()) reason.say = say(rule.say, activation);
    if (decision.collects()) reason.item = key_of(Value::record(record));
    for (std::size_t i = 0; i < decision.shown_fields; ++i) rest_on_parts(record->fields[i]);
    return outcome_of(std::move(record), std::move(reason));
}

Run::Failure Run::first_failure(const Rule& rule, Activation& activation) {
    Failure failure;
    for (const Condition& condition : rule.conditions) {
        std::vector<Reading> readings;
        readings_ = &readings;
        Value verdict = holds(condition, activation);
        readings_ = nullptr;
        if (verdict.is_true()) continue;
        if (failure.condition != nullptr && !verdict.is_false())
            continue;  // the first error stands unless something is false
        failure = {&condition, std::move(verdict), std::move(readings)};
        if (failure.value.is_false()) break;
    }
    return failure;
}

}  // namespace praxe
