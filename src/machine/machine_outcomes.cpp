// Outcomes: begun from what is known of them at load, made whole, and what each rested on.
#include <algorithm>
#include <memory>

#include "machine/machine.hpp"
#include "value/charges.hpp"

namespace praxe {
namespace {

constexpr std::size_t most_in_basis = 4096;  // that are looked through one by one

}  // namespace

/// Of a decision made per item, with the element in register b.
inline MadeOutcome& Machine::new_outcome(const Instruction& i, const Blank& blank) {
    const std::size_t count = blank.fields.size();
    static_assert(alignof(MadeOutcome) == alignof(Datum));
    auto* const made = new (arena_.room<std::byte>(sizeof(MadeOutcome) + count * sizeof(Datum))) MadeOutcome;
    auto* const fields = reinterpret_cast<Datum*>(made + 1);
    std::uninitialized_copy_n(blank.fields.data(), count, fields);
    made->decision = blank.decision;
    made->number = blank.number;
    made->field_count = static_cast<std::uint32_t>(count);
    made->fields = fields;
    if (i.e == 1) fields[count - 1] = made->element = registers_[i.b];
    return *made;
}

Datum Machine::outcome(const Instruction& i) {
    const MadeOutcome& made = new_outcome(i, program_.blanks[i.d]);
    return Datum::of(&made);
}

Datum Machine::conclude(const Instruction& i) {
    const Firing& firing = program_.firings[i.d];
    MadeOutcome& made = new_outcome(i, program_.blanks[firing.blank]);
    const Datum* const registers = registers_.data();
    Datum* const fields = made.fields;
    for (const auto& [field, value] : firing.fields) fields[field] = registers[value];
    fire(made, firing);
    return Datum::of(static_cast<const MadeOutcome*>(&made));
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

/// The outcome is whole: what it rested on is kept with it.
void Machine::fire(MadeOutcome& outcome, const Firing& firing) {
    const auto* const shapes = program_.outcomes[outcome.number].data();
    outcome.written_bytes = firing.written_bytes;
    for (const std::uint32_t n : firing.long_fields) outcome.written_bytes += bytes_of(outcome.fields[n], *shapes[n]);
    for (const std::uint32_t n : firing.outcome_fields) rest_on_parts(outcome.fields[n], *shapes[n]);
    charge_bytes(outcome.field_count * sizeof(Value));
    if (outcome.written_bytes > limits_.max_value_bytes) give_up();
    outcome.told = (outcome.cites | outcome.exception_cites) == 0 ? &firing.told : nullptr;
    outcome.rule = firing.rule;
    outcome.exception = firing.exception;
    outcome.cites |= firing.cites;
    outcome.exception_cites |= firing.exception_cites;
    const std::size_t count = basis_end_ - basis_begin_;
    if (count == 0) return;
    auto* const kept = arena_.room<const MadeOutcome*>(count);
    std::copy_n(&basis_[basis_begin_], count, kept);
    outcome.basis = kept;
    outcome.basis_count = static_cast<std::uint32_t>(count);
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
    const auto first = basis_.begin();
    const auto last = std::remove(first + static_cast<std::ptrdiff_t>(basis_begin_),
                                  first + static_cast<std::ptrdiff_t>(basis_end_), outcome);
    basis_end_ = static_cast<std::size_t>(last - first);
}

void Machine::rest_on_another(const MadeOutcome* outcome) {
    const MadeOutcome* const* const basis = basis_.data();
    for (std::size_t n = basis_end_; n > basis_begin_; --n) {
        if (basis[n - 1] == outcome) return;
    }
    if (basis_end_ - basis_begin_ == most_in_basis) give_up();
    if (basis_end_ == basis_.size()) return rest_on_more(outcome);
    basis_[basis_end_++] = outcome;
}

/// There is no room for it yet.
void Machine::rest_on_more(const MadeOutcome* outcome) {
    basis_.resize(2 * basis_end_ + 64);
    basis_[basis_end_++] = outcome;
}

void Machine::rest_on_parts(const Datum& datum, const Shape& shape) {
    if (!datum.is_ok()) return;
    if (shape.kind == TypeKind::record) rest_on(datum.outcome);
    if (shape.kind != TypeKind::list) return;
    for (std::uint32_t n = 0; n < datum.items->count; ++n) rest_on_parts(datum.items->cells[n], *shape.part);
}

}  // namespace praxe
