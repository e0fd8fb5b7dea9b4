// One rule: whether it applies, and the outcome that it and its exceptions make.
#include <algorithm>
#include <utility>

#include "program/lowering.hpp"

namespace praxe {
namespace {

constexpr std::size_t most_cites = 32;  // of one rule, each with a bit of its own

}  // namespace

Register Lowering::new_outcome(const Decision& decision, Frame& frame) {
    const Register record = fresh();
    const auto index =
        static_cast<std::uint32_t>(std::find_if(model_.decisions.begin(), model_.decisions.end(),
                                                [&](const auto& known) { return known.get() == &decision; }) -
                                   model_.decisions.begin());
    auto& shapes = program_.outcomes[index];
    if (shapes.empty()) {
        for (const Field& field : decision.outcome.fields) shapes.push_back(shape_of(field.type));
    }
    emit({.op = Op::outcome,
          .a = record,
          .b = decision.each ? frame.bound.front().at : Register{0},
          .d = index,
          .e = decision.each ? 1u : 0u});
    return record;
}

void Lowering::outputs(const std::vector<Output>& outputs, const Decision& decision, Frame& frame, Register record,
                       Labels& failed) {
    for (const Output& output : outputs) {
        const Field& field = decision.outcome.fields[output.field];
        const bool may_unwrap = field.type.kind != TypeKind::optional;
        const bool unwraps = may_unwrap && output.value.root->type.kind == TypeKind::optional;
        const Operand value =
            lower_as(output.value, frame, shape_of(unwraps ? Type::optional(field.type) : field.type));
        if (value.known == nullptr) failed.push_back(emit_jump(Op::jump_if_error, value.at));
        emit({.op = Op::set, .a = record, .b = value.at, .d = static_cast<std::uint32_t>(output.field)});
    }
}

void Lowering::always(const Decision& decision, Frame& frame, Register record, Labels& failed) {
    if (decision.always.empty()) return;
    const auto around = std::exchange(frame.made, Operand{record, shape_of(Type::record_of(decision.outcome))});
    outputs(decision.always, decision, frame, record, failed);
    frame.made = around;
    emit({.op = Op::without_self, .a = record});
}

void Lowering::cites(const std::vector<Cite>& cites, bool of_exception, Frame& frame, Register record, Labels& failed) {
    if (cites.size() > most_cites) refuse("a rule that cites too many clauses");
    for (std::size_t i = 0; i < cites.size(); ++i) {
        std::optional<std::size_t> left_out;
        if (cites[i].when) {
            const Operand wanted = lower(*cites[i].when, frame);
            failed.push_back(emit_jump(Op::jump_if_error, wanted.at));
            left_out = emit_jump(Op::jump_if_false, wanted.at);
        }
        emit({.op = Op::cite, .a = record, .d = static_cast<std::uint32_t>(i), .e = of_exception ? 1u : 0u});
        if (left_out) land(*left_out);
    }
}

/// The outcome of a rule that applies.
void Lowering::fire(const Decision& decision, const Rule& rule, Frame& frame, Register into, Labels& failed) {
    const Register record = new_outcome(decision, frame);
    outputs(rule.outputs, decision, frame, record, failed);
    always(decision, frame, record, failed);
    cites(rule.cites, false, frame, record, failed);
    const auto number = static_cast<std::uint32_t>(&rule - decision.rules.data()) + 1;
    Labels done;
    for (std::size_t i = 0; i < rule.exceptions.size(); ++i) {
        const Rule& exception = rule.exceptions[i];
        const auto around = std::exchange(frame.made, Operand{record, shape_of(Type::record_of(decision.outcome))});
        Labels not_met;
        conditions(exception.conditions, frame, not_met, failed);
        const Register replaced = fresh();
        const auto list = static_cast<std::uint32_t>(program_.lists.size());
        program_.lists.emplace_back();
        for (const Output& output : rule.outputs)
            program_.lists.back().push_back(static_cast<std::uint32_t>(output.field));
        emit({.op = Op::replace, .a = replaced, .b = record, .d = list});
        outputs(exception.outputs, decision, frame, replaced, failed);
        always(decision, frame, replaced, failed);
        cites(exception.cites, true, frame, replaced, failed);
        emit({.op = Op::fire, .a = replaced, .d = number, .e = static_cast<std::uint32_t>(i) + 1});
        emit({.op = Op::move, .a = into, .b = replaced});
        done.push_back(emit_jump(Op::jump));
        land(not_met);
        frame.made = around;
    }
    emit({.op = Op::fire, .a = record, .d = number});
    emit({.op = Op::move, .a = into, .b = record});
    land(done);
}

void Lowering::conditions(const std::vector<Condition>& conditions, Frame& frame, Labels& not_met, Labels& failed) {
    std::vector<Operand> seen;
    for (const Condition& condition : conditions) {
        const Operand verdict = holds(condition, frame);
        if (!refused_.empty()) return;
        if (verdict.known != nullptr && verdict.known->is_true()) continue;
        not_met.push_back(emit_jump(Op::jump_if_false, verdict.at));
        seen.push_back(verdict);
    }
    for (const Operand& verdict : seen) failed.push_back(emit_jump(Op::jump_if_error, verdict.at));
}

Lowering::Operand Lowering::holds(const Condition& condition, Frame& frame) {
    switch (condition.form) {
        case Condition::Form::when:
            return lower(condition.parts.front(), frame);
        case Condition::Form::unless: {
            const Operand of = lower(condition.parts.front(), frame);
            if (of.known != nullptr && of.known->is_ok())
                return constant(Value::boolean(of.known->whole == 0), of.shape);
            const Operand into = temporary(Type::of(TypeKind::boolean));
            emit({.op = Op::negate, .a = into.at, .b = of.at});
            return into;
        }
        case Condition::Form::require: {
            const Operand of = lower(condition.parts.front(), frame);
            const Operand into{fresh(), shape_of(Type::of(TypeKind::boolean))};
            emit({.op = Op::move, .a = into.at, .b = constant(Value::boolean(true), into.shape).at});
            emit({.op = Op::or_error, .a = into.at, .b = of.at});
            return into;
        }
        case Condition::Form::any: {
            const Operand into = temporary(Type::of(TypeKind::boolean));
            emit({.op = Op::move, .a = into.at, .b = constant(Value::boolean(false), into.shape).at});
            Labels found;
            for (const Expression& part : condition.parts) {
                const Operand value = lower(part, frame);
                emit({.op = Op::either, .a = into.at, .b = into.at, .c = value.at});
                found.push_back(emit_jump(Op::jump_if_true, into.at));
            }
            land(found);
            return into;
        }
        case Condition::Form::cell:
            return cell_holds(condition, frame);
    }
    return refused("an unknown form of condition");
}

Lowering::Operand Lowering::cell_holds(const Condition& condition, Frame& frame) {
    const Cell& cell = *condition.cell;
    const Operand column = lower(cell.column, frame);
    if (!refused_.empty()) return column;
    const Shape* const boolean = shape_of(Type::of(TypeKind::boolean));
    if (cell.form == Cell::Form::yes) return column;
    if (cell.form == Cell::Form::no) {
        if (column.known != nullptr && column.known->is_ok())
            return constant(Value::boolean(column.known->whole == 0), boolean);
        const Operand into{fresh(), boolean};
        emit({.op = Op::negate, .a = into.at, .b = column.at});
        return into;
    }
    const auto compared_with = [&](Comparison comparison, const Expression& with) {
        const Operand value = lower_as(with, frame, column.shape);
        const TypeKind kind = column.shape->kind;
        const bool by_order = comparison != Comparison::equal && comparison != Comparison::differs;
        const bool simple = kind != TypeKind::real && kind != TypeKind::list && kind != TypeKind::map &&
                            kind != TypeKind::record && kind != TypeKind::optional;
        if (!refused_.empty() || !simple || (kind == TypeKind::string && by_order))
            return refused("a cell over " + to_string(column.shape->type));
        return compared(column, value, comparison, Type::of(TypeKind::boolean));
    };
    const auto named = [](std::string_view name) {
        return name == "_==_"   ? Comparison::equal
               : name == "_!=_" ? Comparison::differs
               : name == "_<_"  ? Comparison::less
               : name == "_<=_" ? Comparison::at_most
               : name == "_>_"  ? Comparison::greater
                                : Comparison::at_least;
    };
    const Operand into{fresh(), boolean};
    Labels done;
    const std::size_t failed = emit_jump(Op::jump_if_error, column.at);
    if (cell.form == Cell::Form::range) {
        emit({.op = Op::move, .a = into.at, .b = compared_with(named(cell.comparison), cell.values.front()).at});
        done.push_back(emit_jump(Op::jump_unless_true, into.at));
        emit({.op = Op::move, .a = into.at, .b = compared_with(named(cell.upper_comparison), cell.values.back()).at});
    } else {
        for (const Expression& value : cell.values) {
            const Comparison comparison = cell.form == Cell::Form::compare ? named(cell.comparison) : Comparison::equal;
            emit({.op = Op::move, .a = into.at, .b = compared_with(comparison, value).at});
            if (&value == &cell.values.back()) break;
            done.push_back(emit_jump(Op::jump_if_true, into.at));
            done.push_back(emit_jump(Op::jump_if_error, into.at));
        }
    }
    done.push_back(emit_jump(Op::jump));
    land(failed);
    emit({.op = Op::fail, .a = into.at});
    land(done);
    return into;
}

}  // namespace praxe
