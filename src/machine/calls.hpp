// What is worked out once: begun, ended, and found again. For the loop and whoever begins it.
#pragma once

#include <algorithm>
#include <utility>

#include "machine/machine.hpp"

namespace praxe {

inline Machine::Call& Machine::push(Call::Of of, const Instruction* back) {
    ++call_;
    call_->of = of;
    call_->back = back;
    return *call_;
}

/// Read in this run already.
inline bool Machine::is_known(const Memo& memo, const Remembered& known) const {
    return known.run == run_ && known.stamp == stamps_[memo.scope];
}

/// At the outer level what was worked out at another instant, and holds at this one too, is not worked out again.
inline bool Machine::renews(const Memo& memo, Remembered& known) {
    if (known.stamp != stamps_[memo.scope] || known.stamp < first_stamp_) return false;
    const bool holds = memo.level == 0 && !memo.moves && known.at < at_ && at_ < known.horizon;
    if (known.at != at_ && !holds) return false;
    known.run = run_;
    rest_on_earlier_runs();
    return true;
}

/// Whoever reads it rests on what it rested on.
inline void Machine::take(const Memo& memo, const Remembered& known) {
    if (memo.tracks) looked_until(known.horizon);
    if (memo.rests) rest_on_all(known);
}

inline void Machine::rest_on_all(const Remembered& known) {
    for (std::uint32_t i = 0; i < known.basis_count; ++i) rest_on(known.basis[i]);
}

inline void Machine::begin(const Memo& memo, Remembered& known, const Instruction* back) {
    Call& call = push(Call::Of::memo, back);
    call.memo = &memo;
    call.known = &known;
    call.stamp = stamps_[memo.scope];
    if (memo.tracks) call.horizon = std::exchange(horizon_, forever);
    if (memo.rests) call.basis_begin = std::exchange(basis_begin_, basis_end_);
    known.stamp = 0;  // what is begun is not known
    charge(memo.steps);
}

/// What the innermost call came to.
inline void Machine::keep(const Memo& memo, Remembered& known, const Call& call) {
    known.stamp = call.stamp;
    known.run = run_;
    known.at = at_;
    if (memo.tracks) known.horizon = horizon_;
    if (!memo.rests) return;
    const std::size_t count = memo.drops_basis ? 0 : basis_end_ - basis_begin_;
    known.basis_count = static_cast<std::uint32_t>(count);
    if (count == 0) return;
    auto* const kept = arena_.room<const MadeOutcome*>(count);
    std::copy_n(&basis_[basis_begin_], count, kept);
    known.basis = kept;
}

/// A decision on its arguments: whoever asks rests on the outcome, not on what lies below.
inline void Machine::begin(const Routine& routine, const Instruction* back) {
    Call& call = push(Call::Of::decision, back);
    call.routine = &routine;
    if (routine.rests) call.basis_begin = std::exchange(basis_begin_, basis_end_);
    if (routine.has_lets) stamps_[routine.scope] = ++serial_;
    charge(routine.steps);
}

/// The outcome for the element in the routine's register.
inline void Machine::begin(const Routine& routine, Decided& decided, const Instruction* back) {
    begin(routine, back);
    call_->of = Call::Of::element;
    call_->decided = &decided;
    call_->stamp = stamps_[program_.level_scopes.front()];
    call_->horizon = std::exchange(horizon_, forever);
    decided.stamp = 0;
}

inline void Machine::keep(Decided& decided, const Call& call) {
    decided.outcome = registers_[call.routine->result];
    decided.stamp = call.stamp;
    decided.run = run_;
    decided.at = at_;
    decided.horizon = horizon_;
}

/// They stand in the order in which they were first met, and are looked for after the last that was. One that stands
/// in the list again is another.
inline Machine::Decided& Machine::find_element(std::uint32_t number, const Datum& element) {
    const std::uint64_t stamp = stamps_[program_.level_scopes.front()];
    DecidedElements& decided = decided_[number];
    if (decided.stamp != stamp) {
        decided.stamp = stamp;
        decided.used = decided.next = decided.met = 0;
    }
    const auto is_it = [&](std::size_t place) {
        const Datum& known = decided.all[place].element;
        return known.whole == element.whole && known.length == element.length &&
               decided.all[place].walk != decided.walk;
    };
    std::size_t place = decided.used;
    if (decided.met < decided.used) {  // otherwise this walk has met all that are known
        place = decided.next;
        if (place >= decided.used || !is_it(place)) {
            for (place = 0; place < decided.used && !is_it(place);) ++place;
        }
    }
    if (place == decided.used) {
        if (++decided.used > decided.all.size()) decided.all.resize(decided.used);
        decided.all[place].element = element;
        decided.all[place].stamp = 0;
    }
    decided.next = place + 1;
    ++decided.met;
    decided.all[place].walk = decided.walk;
    return decided.all[place];
}

/// At the outer level one that holds still is not made again.
inline bool Machine::takes(Decided& known) {
    if (known.stamp != stamps_[program_.level_scopes.front()]) return false;
    if (known.at != at_ && (known.at > at_ || at_ >= known.horizon)) return false;
    if (known.run != run_) {
        known.run = run_;
        rest_on_earlier_runs();
    }
    looked_until(known.horizon);
    return true;
}

/// What the routine gives just before an instant.
inline void Machine::begin_before(const Routine& routine, std::int64_t instant, std::uint32_t level,
                                  const Instruction* back) {
    Call& call = push(Call::Of::before, back);
    call.routine = &routine;
    call.now = std::exchange(now_, instant);
    call.level = std::exchange(level_, level);
    stamps_[program_.level_scopes[level]] = ++serial_;
    charge(routine.steps);
}

/// What stood before the innermost call stands again.
inline const Machine::Call& Machine::leave() {
    const Call& call = *call_--;
    if (call.of == Call::Of::before) {
        level_ = call.level;
        now_ = call.now;
        return call;
    }
    const bool is_memo = call.of == Call::Of::memo;
    if (is_memo ? call.memo->tracks : call.of == Call::Of::element) horizon_ = call.horizon;
    if (is_memo ? call.memo->rests : call.routine->rests) {
        basis_end_ = basis_begin_;
        basis_begin_ = call.basis_begin;
    }
    return call;
}

/// The innermost call has come to its value; whoever asked rests on what it rested on.
[[gnu::always_inline]] inline const Machine::Call& Machine::end() {
    const Call& call = *call_;
    if (call.of == Call::Of::memo) {
        keep(*call.memo, *call.known, call);
        leave();
        take(*call.memo, *call.known);
    } else if (call.of == Call::Of::element) {
        keep(*call.decided, call);
        leave();
        looked_until(call.decided->horizon);
    } else {
        leave();
    }
    return call;
}

/// There is no value: nothing that was begun is known.
inline void Machine::unwind() {
    while (leave().back != nullptr) continue;
}

}  // namespace praxe
