// Decisions whose rules are found by an index: one piece of code for all rules whose outcomes are known at load, and
// code of their own for the conditions that the index leaves and for outcomes that are to be worked out.
#include <algorithm>
#include <utility>

#include "check/constants.hpp"
#include "program/lowering.hpp"
#include "table/decision_index.hpp"
#include "value/budget.hpp"
#include "value/charges.hpp"
#include "value/type_kind.hpp"

namespace praxe {
namespace {

constexpr std::size_t most_cites = 32;         // of one rule, each with a bit of its own
constexpr std::uint32_t steps_of_a_part = 2;   // of an expression, at most
constexpr std::uint32_t steps_of_a_value = 2;  // to compare with it

bool is_number(TypeKind kind) {
    return kind == TypeKind::real || is_whole(kind);
}

bool is_text(TypeKind kind) {
    return kind == TypeKind::string || kind == TypeKind::enumeration;
}

std::uint32_t steps_to_read_text(const Value& value) {
    return has_parts(value) ? static_cast<std::uint32_t>(2 * value.written_bytes() / bytes_read_in_a_step) : 0;
}

RowTable::Column::Form form_of(TypeKind kind) {
    using Form = RowTable::Column::Form;
    if (kind == TypeKind::string) return Form::text;
    if (kind == TypeKind::real) return Form::real;
    return kind == TypeKind::unsigned_integer ? Form::unsigned_whole : Form::whole;
}

/// A bit each, where all are cited always.
std::optional<std::uint32_t> cited(const Rule& rule) {
    const auto is_always = [](const Cite& cite) { return !cite.when; };
    if (rule.cites.size() > most_cites || !std::all_of(rule.cites.begin(), rule.cites.end(), is_always))
        return std::nullopt;
    return static_cast<std::uint32_t>((std::uint64_t{1} << rule.cites.size()) - 1);
}

}  // namespace

std::size_t RowTable::bytes() const {
    return sizeof(RowTable) + columns.size() * sizeof(Column) + own_code.size() * sizeof(OwnCode) +
           fields.size() * sizeof(Datum) + cites.size() * sizeof(std::uint32_t);
}

Lowering::Operand Lowering::by_index(const Decision& decision, Frame& frame) {
    if (decision.collects()) return collected_found(decision, frame);
    Search search = begin_search(decision, frame, std::nullopt);
    if (!refused_.empty()) return search.outcome;
    if (decision.first_decides()) return first_found(decision, frame, search);
    return decision.hit == HitPolicy::unique ? one_found(decision, frame, search) : all_found(decision, frame, search);
}

/// The columns' values, and the rows as far as they are known. `list`: which collects.
Lowering::Search Lowering::begin_search(const Decision& decision, Frame& frame, std::optional<std::uint32_t> list) {
    Search search;
    search.table = static_cast<std::uint32_t>(program_.tables.size());
    search.row = fresh();
    search.outcome = {fresh(), shape_of(Type::record_of(decision.outcome))};
    program_.tables.emplace_back();
    table_units_.push_back(unit_);
    RowTable table;
    table.decision = &decision;
    table.number = number_of(decision);
    table.routine = routine(decision.name + ": columns", &decision);
    const std::uint32_t made = firing(decision, &decision.rules.front(), nullptr);
    table.firing = std::exchange(program_.firings[made], {});
    table.firing.rule = nullptr;
    program_.firings.pop_back();
    fill(table.routine, [&] {
        for (const DecisionIndex::Column& column : decision.index->columns())
            table.columns.push_back(table_column(column.expression(), frame));
        return Register{0};
    });
    if (const auto found = refused_routines_.find(table.routine); found != refused_routines_.end())
        refuse(found->second);
    if (program_.routines[table.routine].rests) refuse("a table whose columns rest on outcomes");
    emit({.op = Op::find_rows, .d = search.table});
    program_.tables[search.table] = std::move(table);
    if (refused_.empty()) own_code(decision, frame, search, list);
    return search;
}

RowTable::Column Lowering::table_column(const Expression& expression, Frame& frame) {
    const Operand value = lower(expression, frame);
    if (value.moving != Moving::none) refuse("a column that moves");
    return {own(value), form_of(value.shape->kind)};
}

/// What stands in front of the search and is jumped to from there.
void Lowering::own_code(const Decision& decision, Frame& frame, Search& search, std::optional<std::uint32_t> list) {
    const std::size_t around = emit_jump(Op::jump);
    const std::uint32_t steps = std::exchange(steps_, 0);
    std::uint32_t most_steps = 0;
    RowTable table = std::move(program_.tables[search.table]);  // others may be begun meanwhile
    table.fields.assign(decision.rules.size() * decision.outcome.fields.size(), Datum::none());
    table.cites.assign(decision.rules.size(), 0);
    unit_->reuses = true;
    for (std::size_t i = 0; i < decision.rules.size() && refused_.empty(); ++i) {
        const Rule& rule = decision.rules[i];
        RowTable::OwnCode own{static_cast<std::uint32_t>(i), 0, 0};
        steps_ = steps_of_cells(rule, table);
        const auto left = rule.each ? std::span<const DecisionIndex::Left>() : decision.index->left_of(i);
        forget_after(around);
        landed_ = here();
        if (!left.empty()) own.conditions = here();
        for (const DecisionIndex::Left& one : left) {
            if (unless_holds(rule.conditions[one.condition], frame, search.does_not) == false)
                search.does_not.push_back(emit_jump(Op::jump));
        }
        if (!left.empty()) search.applies.push_back(emit_jump(Op::jump));
        if (!fill_row(decision, i, table)) {
            forget_after(around);  // whoever comes there may not come from the conditions
            landed_ = own.outcome = here();
            if (rule.each) {
                collect_rule(decision, rule, frame, *list);
                search.does_not.push_back(emit_jump(Op::jump));  // it is collected already
            } else {
                fire(decision, &rule, frame, search.outcome.at);
                search.made.push_back(emit_jump(Op::jump));
            }
        }
        if (own.conditions != 0 || own.outcome != 0) table.own_code.push_back(own);
        most_steps = std::max(most_steps, steps_);
        let_go();
    }
    unit_->reuses = false;
    table.steps = most_steps;
    steps_ = steps;
    if (table.own_code.empty()) {
        unit_->code.pop_back();
    } else {
        land(around);
    }
    program_.tables[search.table] = std::move(table);
}

/// False where the row's outcome is to be worked out.
bool Lowering::fill_row(const Decision& decision, std::size_t rule, RowTable& table) {
    const Rule& of = decision.rules[rule];
    const auto cites = cited(of);
    if (of.each || !of.exceptions.empty() || !cites) return false;
    Datum* const fields = table.fields.data() + rule * decision.outcome.fields.size();
    for (const Output& output : of.outputs) {
        const auto known = known_output(output, decision);
        if (!known) return false;
        fields[output.field] = *known;
        steps_ += constant_steps(*output.value.root);
    }
    table.cites[rule] = *cites;
    return true;
}

/// What the field always is, as its shape has it; no register is taken for it.
std::optional<Datum> Lowering::known_output(const Output& output, const Decision& decision) {
    const Expr& e = *output.value.root;
    const Shape* shape = shape_of(decision.outcome.fields[output.field].type);
    if (shape->kind == TypeKind::optional) shape = shape->part;
    if (!is_number(shape->kind) && (!is_text(shape->kind) || e.kind == ExprKind::call)) return std::nullopt;
    const auto value = praxe::constant(e, model_);
    if (!value) return std::nullopt;
    if (shape->kind != TypeKind::string) return datum_of(*value, *shape);
    const auto [known, is_new] = known_outputs_.try_emplace(value->as_string());
    if (is_new) known->second = datum_of(*value, *shape);
    return known->second;
}

/// To look whether the cells of a rule hold, at most, beside their columns.
std::uint32_t Lowering::steps_of_cells(const Rule& rule, RowTable& table) {
    std::uint32_t steps = 0, texts = 0;
    for (const Condition& condition : rule.conditions) {
        if (condition.cell == nullptr) continue;
        const bool compares_texts = is_text(condition.cell->column->root->type.kind);
        for (const Expression& value : condition.cell->values) {
            steps += steps_of_a_value + constant_steps(*value.root);
            texts += compares_texts ? 1 : 0;
        }
    }
    table.texts = std::max(table.texts, texts);
    return steps;
}

/// At most, of what is known at load. What it makes on the way counts towards the limits of every evaluation.
std::uint32_t Lowering::constant_steps(const Expr& e) {
    std::uint32_t steps = steps_of_a_part;
    if (e.kind == ExprKind::literal) return steps + steps_to_read_text(e.value);
    if (e.slot.kind == Slot::Kind::parameter) return steps + steps_to_read_text(model_.parameters[e.slot.index].value);
    for (const ExprPtr& arg : e.args) steps += constant_steps(*arg);
    if (e.kind != ExprKind::call || is_number(e.type.kind)) return steps;
    const auto value = praxe::constant(e, model_);
    if (!value || !has_parts(*value)) return steps;
    count_constant(value->written_bytes() * sizeof(Value));
    return steps + steps_to_read_text(*value);
}

/// The place of the instruction, to which those rows lead that do not apply.
std::size_t Lowering::next_row(Search& search, bool forgets_basis) {
    const std::size_t next = emit(
        {.op = Op::next_row, .a = search.row, .c = static_cast<Register>(forgets_basis ? 1 : 0), .e = search.table});
    for (const std::size_t jump : search.does_not) unit_->code[jump].d = static_cast<std::uint32_t>(next);
    landed_ = here();
    return next;
}

/// The outcome of the row that was found.
void Lowering::row_outcome(const Decision& decision, Frame& frame, Search& search) {
    emit({.op = Op::row_outcome,
          .a = search.outcome.at,
          .b = search.row,
          .c = decision.each ? frame.bound.front().at : Register{0},
          .d = search.table,
          .e = decision.each ? 1u : 0u});
    landed_ = here();
    Blank known{&decision, program_.tables[search.table].number,
                std::vector<Datum>(decision.outcome.fields.size(), Datum::none())};
    const std::uint32_t steps = std::exchange(steps_, 0);
    always(decision, frame, search.outcome.at, &known);
    RowTable& table = program_.tables[search.table];
    table.steps += std::exchange(steps_, steps);
    for (std::size_t i = 0; i < table.fields.size(); ++i) {
        const Datum& field = known.fields[i % known.fields.size()];
        if (field.is_ok()) table.fields[i] = field;
    }
    emit({.op = Op::fire_row, .a = search.outcome.at, .b = search.row, .d = search.table});
    land(search.made);
}

Lowering::Operand Lowering::first_found(const Decision& decision, Frame& frame, Search& search) {
    const std::size_t next = next_row(search, true);
    land(search.applies);
    row_outcome(decision, frame, search);
    const std::size_t done = emit_jump(Op::jump);
    land(next);
    emit({.op = Op::fail});
    land(done);
    return search.outcome;
}

Lowering::Operand Lowering::one_found(const Decision& decision, Frame& frame, Search& search) {
    const Register taken = fresh();
    emit({.op = Op::none, .a = taken});
    const std::size_t next = next_row(search, false);
    land(search.applies);
    Labels failed = {emit_jump(Op::jump_if_ok, taken)};
    emit({.op = Op::move, .a = taken, .b = search.row});
    jump_to(static_cast<std::uint32_t>(next));
    land(next);
    failed.push_back(emit_jump(Op::jump_unless_ok, taken));
    search.row = taken;  // a later row that does not apply may have been looked at
    row_outcome(decision, frame, search);
    const std::size_t done = emit_jump(Op::jump);
    land(failed);
    emit({.op = Op::fail});
    land(done);
    return search.outcome;
}

/// Conditions of all rows are looked at before an outcome is made.
Lowering::Operand Lowering::all_found(const Decision& decision, Frame& frame, Search& search) {
    const std::uint32_t rows = next_list();
    const std::uint32_t outcomes = next_list();
    const std::uint32_t number = index_of(shape_of(Type::of(TypeKind::integer)));
    const Register found = fresh(), count = fresh();
    emit({.op = Op::make, .d = rows});
    const std::size_t next = next_row(search, false);
    land(search.applies);
    emit({.op = Op::put, .b = search.row, .d = rows});
    jump_to(static_cast<std::uint32_t>(next));
    land(next);
    emit({.op = Op::made, .a = found, .d = rows, .e = number});
    emit({.op = Op::size, .a = count, .b = found});
    const std::size_t none = emit_jump(Op::jump_if_false, count);
    emit({.op = Op::make, .d = outcomes});
    const Walk walk = begin_walk({found, shape_of(Type::list(Type::of(TypeKind::integer)))}, search.row);
    row_outcome(decision, frame, search);
    emit({.op = Op::put, .b = search.outcome.at, .d = outcomes});
    end_walk(walk, {});
    land(walk.next);
    const bool any = decision.hit == HitPolicy::any;
    emit({.op = any ? Op::agree : Op::choose,
          .a = search.outcome.at,
          .d = outcomes,
          .e = any ? 0u : static_cast<std::uint32_t>(decision.priority)});
    const std::size_t done = emit_jump(Op::jump);
    land(none);
    emit({.op = Op::fail});
    land(done);
    return search.outcome;
}

Lowering::Operand Lowering::collected_found(const Decision& decision, Frame& frame) {
    const Shape* const shape = shape_of(Type::list(Type::record_of(decision.outcome)));
    const Operand into{fresh(), shape};
    const std::uint32_t list = next_list();
    emit({.op = Op::make, .d = list});
    Search search = begin_search(decision, frame, list);
    if (!refused_.empty()) return into;
    const std::size_t next = next_row(search, true);
    land(search.applies);
    ++walks_;
    row_outcome(decision, frame, search);
    --walks_;
    emit({.op = Op::put, .b = search.outcome.at, .d = list});
    jump_to(static_cast<std::uint32_t>(next));
    land(next);
    emit({.op = Op::made, .a = into.at, .d = list, .e = index_of(shape->part)});
    return into;
}

}  // namespace praxe
