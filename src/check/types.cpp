// The types of a whole ruleset.
#include "check/types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "check/cell_atoms.hpp"
#include "check/checker.hpp"
#include "check/constants.hpp"
#include "check/indicator.hpp"
#include "facts/schema_fields.hpp"
#include "value/order.hpp"

namespace praxe {
namespace {

const Type boolean_type = Type::of(TypeKind::boolean);

class RulesetChecker {
  public:
    RulesetChecker(Model& model, Diagnostics& diagnostics) : model_(model), diagnostics_(diagnostics) {
        global_.schema = model.schema.get();
        global_.calendars = &model.calendars;
        for (const Field& fact : model.schema->facts.fields) {
            Type type = fact.type;
            if (fact.name == "at") type.moving = true;
            global_.variables.emplace(fact.name, std::move(type));
        }
        for (std::size_t i = 0; i < model.parameters.size(); ++i) {
            const Parameter& parameter = model.parameters[i];
            if (has_its_name(parameter.name, Kind::parameter, i))
                global_.variables.emplace(parameter.name, parameter.type);
        }
        name_ahead();
    }

    void check(const std::vector<std::size_t>& order) {
        for (const std::size_t index : order) {
            if (index < model_.define.size()) {
                check_definition(index);
            } else if (const std::size_t decision = index - model_.define.size(); decision < model_.decisions.size()) {
                check_decision(decision);
            } else {
                check_indicator(*model_.indicators[decision - model_.decisions.size()]);
            }
        }
        for (auto& decision : model_.decisions) check_needs(*decision);
        for (auto& indicator : model_.indicators) check_needs(indicator->looks_at);
    }

  private:
    using Kind = Model::Global::Kind;

    /// False for what has the name of something else (reported): uses of the name mean that.
    bool has_its_name(const std::string& name, Kind kind, std::size_t index) const {
        const auto found = model_.globals.find(name);
        return found != model_.globals.end() && found->second.kind == kind && found->second.index == index;
    }

    /// The order puts what is used first, but in a cycle, which was reported: what is used there is not unknown too.
    void name_ahead() {
        for (std::size_t i = 0; i < model_.define.size(); ++i) publish_definition(i, Type::of(TypeKind::error));
        for (std::size_t i = 0; i < model_.decisions.size(); ++i) publish(i);
    }

    Scope scope_in(const Scope& parent) const {
        Scope scope;
        scope.parent = &parent;
        scope.schema = global_.schema;
        scope.calendars = global_.calendars;
        return scope;
    }

    void check_needs(Decision& decision) {
        for (Need& need : decision.needs) {
            if (need.when) check_condition(*need.when, global_);
        }
    }

    Type check_any(Expression& expression, const Scope& scope) {
        if (expression.root == nullptr) return Type::of(TypeKind::error);  // its text was wrong
        return praxe::check(expression, scope, nullptr, diagnostics_);
    }

    void check_condition(Expression& expression, const Scope& scope) {
        praxe::check(expression, scope, &boolean_type, diagnostics_);
    }

    /// A value that leaves the expression: it may not grow with the instant of decision.
    Type check_still(Expression& expression, const Scope& scope, const Type* expected) {
        if (expression.root == nullptr) return Type::of(TypeKind::error);
        Type type = praxe::check(expression, scope, expected, diagnostics_);
        if (type.moving) {
            diagnostics_.error(expression.place(*expression.root), "the instant of decision can only be compared",
                               "an outcome that names it would change at every instant");
            type.moving = false;
        }
        return type;
    }

    void check_definition(std::size_t index) {
        Binding& definition = model_.define[index];
        definition.type = check_any(definition.value, global_);
        publish_definition(index, definition.type);
    }

    void publish_definition(std::size_t index, const Type& type) {
        const std::string& name = model_.define[index].name;
        if (has_its_name(name, Kind::definition, index)) global_.variables.insert_or_assign(name, type);
    }

    /// The element type of a list; an error where it is none.
    Type element_of(Expression& list, const Scope& scope) {
        const Type type = check_still(list, scope, nullptr);
        if (type.kind == TypeKind::list) return type.args.front();
        if (type.kind != TypeKind::error) {
            diagnostics_.error(list.place(*list.root), fmt::format("a list is needed here, not {}", to_string(type)));
        }
        return Type::of(TypeKind::error);
    }

    /// Arguments, elements and names of its own: what its expressions may use.
    Scope check_frame(Decision& decision) {
        Scope scope = scope_in(global_);
        for (const auto& [name, type] : decision.params) scope.variables.insert_or_assign(name, type);
        if (decision.each) {
            decision.each->type = element_of(decision.each->value, global_);
            scope.variables.insert_or_assign(decision.each->name, decision.each->type);
        }
        if (decision.pick) {
            decision.pick->type = element_of(decision.pick->value, scope);
            scope.variables.insert_or_assign(decision.pick->name, decision.pick->type);
            if (decision.pick->type.kind != TypeKind::error) decision.type = Type::optional(decision.pick->type);
        }
        for (Binding& let : decision.let) {
            let.type = check_any(let.value, scope);
            scope.variables.insert_or_assign(let.name, let.type);
        }
        if (decision.where) check_condition(*decision.where, scope);
        return scope;
    }

    void check_decision(std::size_t index) {
        Decision& decision = *model_.decisions[index];
        Scope scope = check_frame(decision);
        if (decision.each) decision.outcome.fields.back().type = decision.each->type;
        for (Expression& key : decision.order) check_order_key(key, scope);
        for (Expression& expression : decision.require) check_any(expression, scope);
        Scope with_outcome = scope_in(scope);
        if (!decision.rules.empty()) with_outcome.variables.emplace("this", Type::record_of(decision.outcome));
        check_outputs(decision.always, decision, with_outcome);
        for (Expression& column : decision.columns) check_any(column, scope);
        for (Cell& cell : decision.cells) check_cell(cell, scope);
        for (Rule& rule : decision.rules) check_rule(rule, decision, scope);
        publish(index);
    }

    void publish(std::size_t index) {
        const Decision& decision = *model_.decisions[index];
        if (!has_its_name(decision.name, Kind::decision, index)) return;
        if (decision.has_arguments()) {
            global_.callables.insert_or_assign(decision.name, Callable{decision.params, decision.type});
        } else {
            global_.variables.insert_or_assign(decision.name, decision.type);
        }
    }

    /// Numbers, texts, times, amounts and counts have an order; members of closed sets have none.
    static bool has_order(const Type& type) {
        const auto rows = functions_named("_<_");
        return type.kind == TypeKind::error || std::any_of(rows.begin(), rows.end(), [&](const Overload& row) {
                   return row.params[0] == type && row.params[1] == type;
               });
    }

    static std::string described(const Type& type) {
        return type.kind == TypeKind::enumeration ? "a closed set" : to_string(type);
    }

    void check_order_key(Expression& key, const Scope& scope) {
        const Type type = check_still(key, scope, nullptr);
        if (!has_order(type))
            diagnostics_.error(key.place(*key.root), fmt::format("{} has no order to pick by", described(type)));
    }

    void check_rule(Rule& rule, Decision& decision, const Scope& around) {
        Scope scope = scope_in(around);
        if (rule.each) {
            rule.each->type = element_of(rule.each->value, around);
            scope.variables.insert_or_assign(rule.each->name, rule.each->type);
        }
        for (Condition& condition : rule.conditions) {
            for (Expression& part : condition.parts) {
                condition.form == Condition::Form::require ? static_cast<void>(check_any(part, scope))
                                                           : check_condition(part, scope);
            }
        }
        check_outputs(rule.outputs, decision, scope);
        for (Cite& cite : rule.cites) {
            if (cite.when) check_condition(*cite.when, scope);
        }
        for (auto& [language, text] : rule.say) {
            for (Template::Piece& piece : text.pieces) {
                if (piece.hole) check_still(*piece.hole, scope, nullptr);
            }
        }
        if (rule.exceptions.empty()) return;
        Scope with_general = scope_in(scope);
        with_general.variables.emplace("general", Type::record_of(decision.outcome));
        for (Rule& exception : rule.exceptions) check_rule(exception, decision, with_general);
    }

    void check_cell(Cell& cell, const Scope& scope) {
        Type column = cell.column->root->type;
        if (column.kind == TypeKind::error) return;
        column.moving = false;
        const bool word = cell.form == Cell::Form::yes || cell.form == Cell::Form::no;
        if (word && column.kind == TypeKind::boolean) return;
        if (word && column.kind != TypeKind::enumeration) {
            diagnostics_.error(cell.place,
                               fmt::format("yes and no are for a column of bool, not {}", to_string(column)));
            return;
        }
        if (word) cell.form = Cell::Form::one_of;  // the closed set may have such a member
        const bool by_order =
            cell.form == Cell::Form::range || (cell.form == Cell::Form::compare && cell.comparison != "_!=_");
        if (by_order && !has_order(column)) {
            diagnostics_.error(cell.place, fmt::format("{} has no order to compare by", described(column)),
                               "list the values instead: a, b");
            return;
        }
        for (Expression& value : cell.values) check_cell_value(value, column, scope);
        if (cell.form == Cell::Form::range) check_range(cell);
    }

    /// A range that nothing lies in is a mistake, where its limits are known.
    void check_range(const Cell& cell) {
        if (cell.values.size() != 2) return;  // one of its limits was wrong
        const auto lower = constant(*cell.values[0].root, model_);
        const auto upper = constant(*cell.values[1].root, model_);
        const auto direction = lower && upper ? order(*lower, *upper) : std::nullopt;
        if (!direction) return;
        const bool takes_lower = cell.comparison == "_>=_", takes_upper = cell.upper_comparison == "_<=_";
        if (*direction == 0 && takes_lower && takes_upper) return;
        if (*direction < 0 && (takes_lower || takes_upper || !nothing_between(*lower, *upper))) return;
        diagnostics_.error(cell.place,
                           fmt::format("nothing lies between {} and {} here", to_text(*lower), to_text(*upper)),
                           "write the lower limit first; square brackets take their limit in");
    }

    void check_cell_value(Expression& value, const Type& column, const Scope& scope) {
        if (column.kind == TypeKind::enumeration && value.root->kind == ExprKind::ident) {
            const auto& members = model_.schema->closed_sets.find(column.name)->second.members;
            const std::string& name = value.root->name;
            if (std::find(members.begin(), members.end(), name) != members.end()) {
                value.root->kind = ExprKind::literal;
                value.root->value = Value::string(name);
            } else if (scope.find(name) == nullptr) {
                diagnostics_.error(value.place(*value.root),
                                   fmt::format("\"{}\" is not a member of {}", name, column.name),
                                   suggestion(name, members));
                return;
            }
        }
        check_still(value, scope, &column);
    }

    void check_outputs(std::vector<Output>& outputs, const Decision& decision, const Scope& scope) {
        for (Output& output : outputs) {
            const Field& field = decision.outcome.fields[output.field];
            if (!field.required && gives_optional(output.value, field.type, scope)) continue;
            check_still(output.value, scope, &field.type);
        }
    }

    /// An output that may be left out can be set from an optional value.
    static bool gives_optional(Expression& value, const Type& type, const Scope& scope) {
        Diagnostics unheard;
        const Type found = praxe::check(value, scope, nullptr, unheard);
        return unheard.empty() && !found.moving && found.kind == TypeKind::optional &&
               assignable(found.args.front(), type);
    }

    void check_indicator(Indicator& indicator) {
        const Scope scope = check_frame(indicator.looks_at);
        indicator.value = check_measure(indicator, scope);
        if (indicator.by) {
            indicator.group = check_still(*indicator.by, scope, nullptr);
            if (!can_be_a_group(indicator.group.kind))
                diagnostics_.error(indicator.by->place(*indicator.by->root),
                                   fmt::format("{} cannot be a group", to_string(indicator.group)),
                                   "groups are texts, members, numbers, dates or true and false");
        }
        check_indicator_shape(indicator, model_, diagnostics_);
        if (!indicator.fact.empty() && !measured_facts_.insert(indicator.fact).second)
            diagnostics_.error(indicator.fact_place,
                               fmt::format("another indicator stands for \"{}\" already", indicator.fact));
    }

    /// The type of what is measured.
    Type check_measure(Indicator& indicator, const Scope& scope) {
        if (indicator.of.root == nullptr) return Type::of(TypeKind::error);
        switch (indicator.measure) {
            case Measure::count:
                check_condition(indicator.of, scope);
                return Type::of(TypeKind::integer);
            case Measure::share:
                check_condition(indicator.of, scope);
                return Type::of(TypeKind::percent);
            case Measure::sum:
                return check_amount(indicator.of, scope, can_be_summed, "is not summed up");
            case Measure::ratio: {
                const Type of = check_amount(indicator.of, scope, can_be_summed, "is not summed up");
                if (indicator.to && of.kind != TypeKind::error) check_still(*indicator.to, scope, &of);
                return Type::of(TypeKind::percent);
            }
            case Measure::percentile:
                return check_amount(indicator.of, scope, can_be_ranked, "is not ranked");
        }
        return Type::of(TypeKind::error);
    }

    Type check_amount(Expression& amount, const Scope& scope, bool (*fits)(TypeKind), std::string_view refusal) {
        Type type = check_still(amount, scope, nullptr);
        if (type.kind == TypeKind::error || fits(type.kind)) return type;
        diagnostics_.error(amount.place(*amount.root), fmt::format("{} {} over many cases", described(type), refusal),
                           "measure an int, money, a duration or a count of days");
        return Type::of(TypeKind::error);
    }

    Model& model_;
    Diagnostics& diagnostics_;
    Scope global_;
    std::set<std::string> measured_facts_;
};

}  // namespace

void check_types(Model& model, const std::vector<std::size_t>& order, Diagnostics& diagnostics) {
    RulesetChecker(model, diagnostics).check(order);
}

}  // namespace praxe
