// One rule: whether it applies, and the outcome that it and its exceptions make.
#include <algorithm>
#include <utility>

#include "program/lowering.hpp"
#include "value/type_kind.hpp"

namespace praxe {
namespace {

constexpr std::size_t most_cites = 32;       // of one rule, each with a bit of its own
constexpr std::uint64_t scalar_bytes = 8;    // as written out, of a number
constexpr std::uint64_t unknown_length = 0;  // of a text, a list, a record

/// How many bytes a value of the shape has at most, written out.
std::uint64_t longest(const Shape& shape) {
    if (shape.kind == TypeKind::real || is_whole(shape.kind)) return scalar_bytes;
    if (shape.kind != TypeKind::enumeration) return unknown_length;
    std::size_t length = 0;
    for (const std::string& member : shape.set->members) length = std::max(length, member.size());
    return scalar_bytes + length;
}

/// Whether an outcome in the making is read: `this`, `general`.
bool reads_outcome(const Expr& e) {
    return e.slot.kind == Slot::Kind::outcome ||
           std::any_of(e.args.begin(), e.args.end(), [](const auto& part) { return reads_outcome(*part); });
}

/// Whether what all rules give is made of what is there of the outcome.
bool reads_itself(const Decision& decision) {
    return std::ranges::any_of(decision.always, [](const Output& of) { return reads_outcome(*of.value.root); });
}

/// Whether the outcome is there, and looked at, before it is whole.
bool is_made_in_steps(const Decision& decision, const Rule* rule) {
    const auto depends = [](const Cite& cite) { return cite.when.has_value(); };
    const bool of_rule = rule != nullptr && (!rule->exceptions.empty() || std::ranges::any_of(rule->cites, depends));
    return of_rule || reads_itself(decision);
}

}  // namespace

std::uint32_t Lowering::number_of(const Decision& decision) {
    const auto index =
        static_cast<std::uint32_t>(std::find_if(model_.decisions.begin(), model_.decisions.end(),
                                                [&](const auto& known) { return known.get() == &decision; }) -
                                   model_.decisions.begin());
    auto& shapes = program_.outcomes[index];
    if (shapes.empty()) {
        for (const Field& field : decision.outcome.fields) shapes.push_back(shape_of(field.type));
    }
    return index;
}

std::uint32_t Lowering::new_blank(const Decision& decision) {
    const std::uint32_t number = number_of(decision);
    const auto blank = static_cast<std::uint32_t>(program_.blanks.size());
    program_.blanks.push_back({&decision, number, std::vector<Datum>(decision.outcome.fields.size(), Datum::none())});
    return blank;
}

/// An outcome, or what makes one whole, with the element of a decision made per item.
void Lowering::emit_outcome(Op op, const Decision& decision, const Frame& frame, Register into, std::uint32_t number) {
    emit({.op = op,
          .a = into,
          .b = decision.each ? frame.bound.front().at : Register{0},
          .d = number,
          .e = decision.each ? 1u : 0u});
}

/// What is known at load is in the blank already, where there is one; the rest is for `give` to keep.
void Lowering::outputs(const std::vector<Output>& outputs, const Decision& decision, Frame& frame, Blank* blank,
                       const std::function<void(std::uint32_t, Register)>& give) {
    for (const Output& output : outputs) {
        const Field& field = decision.outcome.fields[output.field];
        const bool may_unwrap = field.type.kind != TypeKind::optional;
        const bool unwraps = may_unwrap && output.value.root->type.kind == TypeKind::optional;
        const Operand value =
            lower_as(output.value, frame, shape_of(unwraps ? Type::optional(field.type) : field.type));
        if (value.known != nullptr && blank != nullptr) {
            blank->fields[output.field] = *value.known;
        } else {
            give(static_cast<std::uint32_t>(output.field), value.at);
        }
    }
}

/// Into an outcome that is there.
void Lowering::set(const std::vector<Output>& outputs, const Decision& decision, Frame& frame, Register record,
                   Blank* blank) {
    this->outputs(outputs, decision, frame, blank, [&](std::uint32_t field, Register value) {
        emit({.op = Op::set, .a = record, .b = value, .d = field});
    });
}

void Lowering::always(const Decision& decision, Frame& frame, Register record, Blank* blank) {
    if (decision.always.empty()) return;
    const auto around = std::exchange(frame.made, Operand{record, shape_of(Type::record_of(decision.outcome))});
    const std::size_t begin = unit_->code.size();
    set(decision.always, decision, frame, record, reads_itself(decision) ? nullptr : blank);
    frame.made = around;
    if (may_rest(begin)) emit({.op = Op::without_self, .a = record});
}

/// Those that are always cited, a bit each; the others are where their condition holds.
std::uint32_t Lowering::cites(const std::vector<Cite>& cites, bool of_exception, Frame& frame, Register record) {
    if (cites.size() > most_cites) {
        refuse("a rule that cites too many clauses");
        return 0;
    }
    std::uint32_t always = 0;
    for (std::size_t i = 0; i < cites.size(); ++i) {
        if (!cites[i].when) {
            always |= 1u << i;
            continue;
        }
        Labels left_out;
        jump(*cites[i].when, frame, false, left_out);
        emit({.op = Op::cite, .a = record, .d = static_cast<std::uint32_t>(i), .e = of_exception ? 1u : 0u});
        land(left_out);
    }
    return always;
}

std::uint32_t Lowering::firing(const Decision& decision, const Rule* rule, const Rule* exception) {
    Firing firing;
    firing.rule = rule;
    firing.exception = exception;
    firing.written_bytes = scalar_bytes;
    firing.told.decision = decision.name;
    if (rule != nullptr) firing.told.rule = rule->id;
    if (exception != nullptr) firing.told.exception = exception->id;
    for (std::size_t i = 0; i < decision.shown_fields; ++i) {
        const Shape& shape = *shape_of(decision.outcome.fields[i].type);
        const bool may_be_absent = shape.kind == TypeKind::optional;
        const std::uint64_t bytes = longest(may_be_absent ? *shape.part : shape);
        firing.written_bytes += bytes + (may_be_absent ? scalar_bytes : 0);
        if (bytes == unknown_length) firing.long_fields.push_back(static_cast<std::uint32_t>(i));
        if (rule != nullptr && shape.has_outcomes) firing.outcome_fields.push_back(static_cast<std::uint32_t>(i));
    }
    program_.firings.push_back(std::move(firing));
    return static_cast<std::uint32_t>(program_.firings.size() - 1);
}

/// An outcome that nobody looks at before it is whole: made at once.
void Lowering::conclude(const Decision& decision, const Rule* rule, Frame& frame, Register into) {
    const std::uint32_t blank = new_blank(decision);
    Blank made = program_.blanks[blank];
    std::vector<std::pair<std::uint32_t, Register>> fields;
    const auto keep = [&](std::uint32_t field, Register value) { fields.emplace_back(field, value); };
    if (rule != nullptr) outputs(rule->outputs, decision, frame, &made, keep);
    outputs(decision.always, decision, frame, &made, keep);
    program_.blanks[blank] = std::move(made);
    const std::uint32_t fired = firing(decision, rule, nullptr);
    Firing& firing = program_.firings[fired];
    firing.blank = blank;
    firing.fields = std::move(fields);
    if (rule != nullptr) firing.cites = cites(rule->cites, false, frame, into);
    emit_outcome(Op::conclude, decision, frame, into, fired);
}

/// The outcome of a rule that applies; of a decision without rules where there is none.
void Lowering::fire(const Decision& decision, const Rule* applies, Frame& frame, Register into) {
    if (!is_made_in_steps(decision, applies)) return conclude(decision, applies, frame, into);
    const std::uint32_t blank = new_blank(decision);
    emit_outcome(Op::outcome, decision, frame, into, blank);
    Blank made = program_.blanks[blank];
    if (applies != nullptr) set(applies->outputs, decision, frame, into, &made);
    always(decision, frame, into, &made);
    program_.blanks[blank] = std::move(made);
    if (applies == nullptr) {
        emit({.op = Op::fire, .a = into, .d = firing(decision, nullptr, nullptr)});
        return;
    }
    const Rule& rule = *applies;
    const std::uint32_t cited = cites(rule.cites, false, frame, into);
    Labels done;
    for (const Rule& exception : rule.exceptions) {
        const auto around = std::exchange(frame.made, Operand{into, shape_of(Type::record_of(decision.outcome))});
        Labels not_met;
        conditions(exception.conditions, frame, not_met);
        const Register replaced = fresh();
        const auto list = static_cast<std::uint32_t>(program_.lists.size());
        program_.lists.emplace_back();
        for (const Output& output : rule.outputs)
            program_.lists.back().push_back(static_cast<std::uint32_t>(output.field));
        emit({.op = Op::replace, .a = replaced, .b = into, .d = list});
        set(exception.outputs, decision, frame, replaced, nullptr);
        always(decision, frame, replaced, nullptr);
        const std::uint32_t exception_cited = cites(exception.cites, true, frame, replaced);
        const std::uint32_t fired = firing(decision, &rule, &exception);
        program_.firings[fired].cites = cited;
        program_.firings[fired].exception_cites = exception_cited;
        emit({.op = Op::fire, .a = replaced, .d = fired});
        emit({.op = Op::move, .a = into, .b = replaced});
        done.push_back(emit_jump(Op::jump));
        land(not_met);
        frame.made = around;
    }
    const std::uint32_t fired = firing(decision, &rule, nullptr);
    program_.firings[fired].cites = cited;
    emit({.op = Op::fire, .a = into, .d = fired});
    land(done);
}

void Lowering::conditions(const std::vector<Condition>& conditions, Frame& frame, Labels& not_met) {
    for (const Condition& condition : conditions) {
        if (unless_holds(condition, frame, not_met) == false) not_met.push_back(emit_jump(Op::jump));
        if (!refused_.empty()) return;
    }
}

/// Jumps where the condition does not hold; where that is known nothing is emitted.
std::optional<bool> Lowering::unless_holds(const Condition& condition, Frame& frame, Labels& not_met) {
    switch (condition.form) {
        case Condition::Form::when:
            return branch(condition.parts.front(), frame, false, not_met);
        case Condition::Form::unless: {
            const std::optional<bool> known = branch(condition.parts.front(), frame, true, not_met);
            return known ? std::optional(!*known) : std::nullopt;
        }
        case Condition::Form::require:
            lower(condition.parts.front(), frame);
            return std::nullopt;
        case Condition::Form::any: {
            Labels found;
            for (const Expression& part : condition.parts) {
                const bool is_last = &part == &condition.parts.back();
                if (is_last) {
                    jump(part, frame, false, not_met);
                } else {
                    jump(part, frame, true, found);
                }
            }
            land(found);
            return std::nullopt;
        }
        case Condition::Form::cell:
            return unless_cell_holds(*condition.cell, frame, not_met);
    }
    refuse("an unknown form of condition");
    return std::nullopt;
}

std::optional<bool> Lowering::unless_cell_holds(const Cell& cell, Frame& frame, Labels& not_met) {
    if (cell.form == Cell::Form::yes) return branch(*cell.column, frame, false, not_met);
    if (cell.form == Cell::Form::no) {
        const std::optional<bool> known = branch(*cell.column, frame, true, not_met);
        return known ? std::optional(!*known) : std::nullopt;
    }
    const Operand column = lower(*cell.column, frame);
    if (!refused_.empty()) return std::nullopt;
    const auto compared_with = [&](std::string_view name, const Expression& with) -> Test {
        const Operand value = lower_as(with, frame, column.shape);
        const Comparison* const comparison = comparison_named(name);
        const TypeKind kind = column.shape->kind;
        const bool equality = *comparison == Comparison::equal || *comparison == Comparison::differs;
        const bool by_place = kind == TypeKind::string || kind == TypeKind::enumeration;
        const bool simple = equality || (!by_place && kind != TypeKind::unsigned_integer);
        if (refused_.empty() && simple && (by_place || is_whole(kind))) return compared(column, value, *comparison);
        refuse("a cell over " + to_string(column.shape->type));
        return {};
    };
    const auto must_hold = [&](const Test& test) { jump_if(branch(test, false, not_met), false, not_met); };
    switch (cell.form) {
        case Cell::Form::yes:
        case Cell::Form::no:
            break;
        case Cell::Form::range:
            must_hold(compared_with(cell.comparison, cell.values.front()));
            must_hold(compared_with(cell.upper_comparison, cell.values.back()));
            break;
        case Cell::Form::compare:
            must_hold(compared_with(cell.comparison, cell.values.front()));
            break;
        case Cell::Form::one_of: {
            std::vector<const Datum*> members;
            for (const Expression& value : cell.values) members.push_back(lower_as(value, frame, column.shape).known);
            if (const auto test = in_set(column, members)) {
                must_hold(*test);
                break;
            }
            Labels found;
            for (const Expression& value : cell.values) {
                const Test test = compared_with("_==_", value);
                if (&value == &cell.values.back()) {
                    must_hold(test);
                } else {
                    jump_if(branch(test, true, found), true, found);
                }
            }
            land(found);
            break;
        }
    }
    return std::nullopt;
}

}  // namespace praxe
