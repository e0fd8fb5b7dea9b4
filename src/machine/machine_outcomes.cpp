// Outcomes: begun from what is known of them at load, made whole, and what each rested on.
#include <algorithm>

#include "machine/machine.hpp"
#include "value/charges.hpp"

namespace praxe {
namespace {

constexpr std::size_t most_in_basis = 4096;  // that are looked through one by one

}  // namespace

Datum Machine::new_outcome(const Instruction& i) {
    const Blank& blank = program_.blanks[i.d];
    auto* const made = arena_.make<MadeOutcome>(1);
    made->decision = blank.decision;
    made->number = blank.number;
    made->field_count = static_cast<std::uint32_t>(blank.fields.size());
    made->fields = arena_.room<Datum>(made->field_count);
    std::copy(blank.fields.begin(), blank.fields.end(), made->fields);
    if (i.e == 1) made->fields[made->field_count - 1] = made->element = registers_[i.b];
    return Datum::of(static_cast<const MadeOutcome*>(made));
}

/// What an exception of the same rule begins with.
Datum Machine::replaced(const Instruction& i) {
    const MadeOutcome& general = *registers_[i.b].outcome;
    auto* const made = arena_.make<MadeOutcome>(1);
    *made = general;
    made->fields = arena_.room<Datum>(general.field_count);
    std::copy_n(general.fields, general.field_count, made->fields);
    for (const std::uint32_t field : program_.lists[i.d]) made->fields[field] = Datum::none();
    return Datum::of(static_cast<const MadeOutcome*>(made));
}

void Machine::fire(const Instruction& i) {
    complete(*const_cast<MadeOutcome*>(registers_[i.a].outcome), program_.firings[i.d]);
}

/// The outcome is whole: what it rested on is kept with it.
void Machine::complete(MadeOutcome& outcome, const Firing& firing) {
    MadeOutcome* const made = &outcome;
    const auto& shapes = program_.outcomes[made->number];
    made->written_bytes = firing.written_bytes;
    for (const std::uint32_t n : firing.long_fields) made->written_bytes += bytes_of(made->fields[n], *shapes[n]);
    for (const std::uint32_t n : firing.outcome_fields) rest_on_parts(made->fields[n], *shapes[n]);
    charge_bytes(made->field_count * sizeof(Value));
    if (made->written_bytes > limits_.max_value_bytes) give_up();
    made->rule = firing.rule;
    made->exception = firing.exception;
    made->cites |= firing.cites;
    made->exception_cites |= firing.exception_cites;
    const std::size_t count = basis_.size() - basis_begin_;
    if (count == 0) return;
    auto* const kept = arena_.room<const MadeOutcome*>(count);
    std::copy_n(basis_.begin() + static_cast<std::ptrdiff_t>(basis_begin_), count, kept);
    made->basis = kept;
    made->basis_count = static_cast<std::uint32_t>(count);
}

Datum Machine::part(const Datum& of, std::uint32_t field, ReadMode mode) {
    if (!of.is_ok()) return of_nothing(mode);
    rest_on(of.outcome);
    return by_mode(of.outcome->fields[field], mode);
}

/// The first of the list, with which all others must agree.
Datum Machine::agreed(const Instruction& i) {
    Shape outcome;
    outcome.kind = TypeKind::record;
    outcome.has_outcomes = true;
    const Datum& first = making_[i.d].front();
    for (const Datum& other : making_[i.d]) {
        charge((first.outcome->written_bytes + other.outcome->written_bytes) / bytes_read_in_a_step + 1);
        if (!same_shown(first, other, outcome)) return give_up();
    }
    return first;
}

/// The one of least rank.
Datum Machine::chosen(const Instruction& i) const {
    const auto& outcomes = making_[i.d];
    return *std::min_element(outcomes.begin(), outcomes.end(), [&](const Datum& a, const Datum& b) {
        return a.outcome->fields[i.e].whole < b.outcome->fields[i.e].whole;
    });
}

void Machine::leave_out_of_basis(const MadeOutcome* outcome) {
    const auto first = basis_.begin() + static_cast<std::ptrdiff_t>(basis_begin_);
    basis_.erase(std::remove(first, basis_.end(), outcome), basis_.end());
}

void Machine::rest_on(const MadeOutcome* outcome) {
    const auto begin = basis_.begin() + static_cast<std::ptrdiff_t>(basis_begin_);
    if (std::find(begin, basis_.end(), outcome) != basis_.end()) return;
    basis_.push_back(outcome);
    if (basis_.size() - basis_begin_ > most_in_basis) give_up();
}

void Machine::rest_on_parts(const Datum& datum, const Shape& shape) {
    if (!datum.is_ok()) return;
    if (shape.kind == TypeKind::record) rest_on(datum.outcome);
    if (shape.kind != TypeKind::list) return;
    for (std::uint32_t n = 0; n < datum.items->count; ++n) rest_on_parts(datum.items->cells[n], *shape.part);
}

}  // namespace praxe
