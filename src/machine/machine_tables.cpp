// Tables that have an index: what their columns hold, the rows that it lets through, and outcomes known at load.
#include <algorithm>

#include "machine/calls.hpp"
#include "table/decision_index.hpp"
#include "value/charges.hpp"

namespace praxe {
namespace {

/// Nothing for what the index has no number for.
std::optional<std::int64_t> number_of(const Datum& value, RowTable::Column::Form form,
                                      const DecisionIndex::Column& column) {
    using Form = RowTable::Column::Form;
    if (!value.is_ok()) return std::nullopt;
    switch (form) {
        case Form::whole:
            return value.whole;
        case Form::unsigned_whole:
            return DecisionIndex::Column::number_of(static_cast<std::uint64_t>(value.whole));
        case Form::real:
            return DecisionIndex::Column::number_of(value.real);
        case Form::text:
            return column.number_of(value.text());
    }
    return std::nullopt;
}

}  // namespace

void Machine::find_rows(const Instruction& i) {
    const RowTable& table = program_.tables[i.d];
    const Routine& routine = program_.routines[table.routine];
    RowSearch& search = searches_[i.d];
    const std::int64_t around = std::exchange(horizon_, forever);
    const std::uint64_t steps = steps_;
    begin(routine, nullptr);
    execute(routine.code);
    // Where the columns' values do not hold for ever, the reference looks at every rule.
    if (std::exchange(horizon_, around) != forever) give_up();
    if (gave_up_) return;
    const std::uint64_t taken = steps_ - steps;
    std::uint64_t longest = 0;  // of texts
    const DecisionIndex& index = *table.decision->index;
    std::int64_t* const numbers = search.numbers.data();
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const auto [at, form] = table.columns[c];
        const Datum& value = registers_[at];
        if (form == RowTable::Column::Form::whole && value.is_ok()) {
            numbers[c] = value.whole;
            continue;
        }
        const auto number = number_of(value, form, index.columns()[c]);
        if (!number) {
            give_up();
            return;
        }
        numbers[c] = *number;
        if (form == RowTable::Column::Form::text) longest = std::max<std::uint64_t>(longest, value.length);
    }
    search.steps = taken + table.steps + table.texts * (longest / bytes_read_in_a_step);
    search.rows.emplace(index.rows(), numbers);
}

const Instruction* Machine::next_row(const Instruction& i) {
    const RowTable& table = program_.tables[i.e];
    RowSearch& search = searches_[i.e];
    if (i.c == 1) basis_end_ = basis_begin_;
    const std::size_t row = search.rows->next();
    if (row == table.cites.size()) return program_.code.data() + i.d;
    charge(search.steps);
    registers_[i.a] = Datum::of(static_cast<std::int64_t>(row));
    const RowTable::OwnCode* const own = table.own_code_of(static_cast<std::uint32_t>(row));
    return own == nullptr || own->conditions == 0 ? &i + 1 : program_.code.data() + own->conditions;
}

const Instruction* Machine::row_outcome(const Instruction& i) {
    const RowTable& table = program_.tables[i.d];
    const auto row = static_cast<std::uint32_t>(registers_[i.b].whole);
    const RowTable::OwnCode* const own = table.own_code_of(row);
    if (own != nullptr && own->outcome != 0) return program_.code.data() + own->outcome;
    auto* const made = arena_.make<MadeOutcome>(1);
    made->decision = table.decision;
    made->number = table.number;
    made->field_count = static_cast<std::uint32_t>(table.decision->outcome.fields.size());
    made->fields = arena_.room<Datum>(made->field_count);
    std::copy_n(table.fields.data() + std::size_t{row} * made->field_count, made->field_count, made->fields);
    if (i.e == 1) made->fields[made->field_count - 1] = made->element = registers_[i.c];
    registers_[i.a] = Datum::of(static_cast<const MadeOutcome*>(made));
    return &i + 1;
}

void Machine::fire_row(const Instruction& i) {
    const RowTable& table = program_.tables[i.d];
    auto* const made = const_cast<MadeOutcome*>(registers_[i.a].outcome);
    const auto row = static_cast<std::size_t>(registers_[i.b].whole);
    fire(*made, table.firing);
    made->told = nullptr;
    made->rule = &table.decision->rules[row];
    made->cites = table.cites[row];
}

}  // namespace praxe
