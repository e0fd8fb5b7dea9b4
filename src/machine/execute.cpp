// The loop over instructions: each goes to the next by itself.
#include <array>
#include <limits>

#include "machine/calls.hpp"

namespace praxe {
namespace {

Datum boolean(bool v) {
    return Datum::of(std::int64_t{v});
}

}  // namespace

/// A field that is there at all times, where it is not read at a glance.
Datum Machine::read(const FactCells& facts, const FieldRead& field, ReadMode mode) {
    Datum& cell = facts.fields[field.place];
    const bool is_of_host = cell.state == Datum::State::unread && facts.record == nullptr;
    if (is_of_host && field.known_in < 0 && !facts.layout->assumes) {  // there is nothing to look at but the field
        const Datum found = hosts_.read(static_cast<const HostCells&>(facts), field);
        cell = found;
        if (found.is_ok() && mode != ReadMode::has) return found;
    }
    if (cell.state >= Datum::State::error) ask_host(facts, field);
    if (cell.is_error()) return Datum::none();  // it gave up
    if (cell.is_none()) return field.absent.is_none() ? of_nothing(mode) : by_mode(field.absent, mode);
    return mode == ReadMode::has ? boolean(true) : cell;
}

// What cannot fail goes on at once; what may have failed is followed by a look at whether the machine gave up.
#define PRAXE_GO                                                                            \
    do {                                                                                    \
        if constexpr (counts_instructions) ++executed_[static_cast<std::size_t>(i - code)]; \
        goto* operations[static_cast<std::size_t>(i->op)];                                  \
    } while (false)
#define PRAXE_NEXT \
    do {           \
        ++i;       \
        PRAXE_GO;  \
    } while (false)
#define PRAXE_NEXT_IF_OK          \
    do {                          \
        if (gave_up_) goto none_; \
        PRAXE_NEXT;               \
    } while (false)
#define PRAXE_JUMP_IF(condition)               \
    do {                                       \
        i = (condition) ? code + i->d : i + 1; \
        PRAXE_GO;                              \
    } while (false)

void Machine::execute(std::uint32_t place) {
    static constexpr std::array operations = {
#define PRAXE_OPERATION(name, kind) &&name,  // NOLINT(bugprone-macro-parentheses): a label
#include "program/operations.def"
#undef PRAXE_OPERATION
    };
    Datum* const r = registers_.data();
    const Instruction* const code = program_.code.data();
    const FieldRead* const fields = program_.fields.data();
    const Memo* const memos = program_.memos.data();
    Remembered* const remembered = memos_.data();
    const Datum* const of_case = cells_->fields;
    const Instruction* i = code + place;
    if (gave_up_) goto none_;
    PRAXE_GO;

move:
    r[i->a] = r[i->b];
    PRAXE_NEXT;
none:
    r[i->a] = Datum::none();
    PRAXE_NEXT;
fail:
    give_up();
    goto none_;
now:
    r[i->a] = Datum::of(now_);
    PRAXE_NEXT;

fact: {
    const Datum& cell = of_case[i->e];
    const auto mode = static_cast<ReadMode>(i->c);
    if (cell.is_ok() && mode != ReadMode::has) {
        r[i->a] = cell;
        PRAXE_NEXT;
    }
    r[i->a] = read(*cells_, fields[i->d], mode);
    PRAXE_NEXT_IF_OK;
}
load: {
    const Datum& of = r[i->b];
    const auto mode = static_cast<ReadMode>(i->c);
    if (of.is_ok()) {
        const Datum& cell = of.facts->fields[i->e];
        if (cell.is_ok() && mode != ReadMode::has) {
            r[i->a] = cell;
            PRAXE_NEXT;
        }
        r[i->a] = read(*of.facts, fields[i->d], mode);
    } else {
        r[i->a] = of_nothing(mode);
    }
    PRAXE_NEXT_IF_OK;
}
dated_load: {
    const auto mode = static_cast<ReadMode>(i->c);
    r[i->a] = r[i->b].is_ok() ? read_dated(*r[i->b].facts, fields[i->d], mode) : of_nothing(mode);
    PRAXE_NEXT_IF_OK;
}
part: {
    const auto mode = static_cast<ReadMode>(i->c);
    const Datum& of = r[i->b];
    if (of.is_ok()) {
        rest_on(of.outcome);
        r[i->a] = by_mode(of.outcome->fields[i->d], mode);
    } else {
        r[i->a] = of_nothing(mode);
    }
    PRAXE_NEXT_IF_OK;
}
at_index:
entry:
in_map:
in_list:
    r[i->a] = find(*i);
    PRAXE_NEXT_IF_OK;
size:
    r[i->a] = Datum::of(std::int64_t{r[i->b].items->count});
    PRAXE_NEXT;
map_size:
    r[i->a] = Datum::of(std::int64_t{r[i->b].map->count});
    PRAXE_NEXT;
value:
    r[i->a] = r[i->b].is_ok() ? r[i->b] : give_up();
    if (i->e == 1 && r[i->a].is_ok()) charge_made(bytes_of(r[i->a], *program_.shapes[i->d]), false);
    PRAXE_NEXT_IF_OK;
has_value:
    r[i->a] = boolean(r[i->b].is_ok());
    PRAXE_NEXT;

equal:
    r[i->a] = boolean(r[i->b].whole == r[i->c].whole);
    PRAXE_NEXT;
differs:
    r[i->a] = boolean(r[i->b].whole != r[i->c].whole);
    PRAXE_NEXT;
less:
    r[i->a] = boolean(r[i->b].whole < r[i->c].whole);
    PRAXE_NEXT;
at_most:
    r[i->a] = boolean(r[i->b].whole <= r[i->c].whole);
    PRAXE_NEXT;
same_text:
    r[i->a] = boolean(same_text(r[i->b], r[i->c]));
    PRAXE_NEXT_IF_OK;
other_text:
    r[i->a] = boolean(!same_text(r[i->b], r[i->c]));
    PRAXE_NEXT_IF_OK;
reaches:
    r[i->a] = compare_moving(*i);
    PRAXE_NEXT_IF_OK;
so_far: {
    const Datum moving = r[i->b];
    reaches(moving, Moving::day, moving.whole + 1);
    r[i->a] = moving;
    PRAXE_NEXT_IF_OK;
}
in_set:
    r[i->a] = Datum::of(r[i->c].whole >> r[i->b].whole & 1);
    PRAXE_NEXT;
text_of_member:
    r[i->a] = text_of_member(r[i->b], *program_.shapes[i->d]);
    PRAXE_NEXT;
negate:
    r[i->a] = boolean(r[i->b].whole == 0);
    PRAXE_NEXT;

jump:
    PRAXE_JUMP_IF(true);
jump_if_false:
    PRAXE_JUMP_IF(r[i->b].whole == 0);
jump_if_true:
    PRAXE_JUMP_IF(r[i->b].whole != 0);
jump_if_ok:
    PRAXE_JUMP_IF(r[i->b].is_ok());
jump_unless_ok:
    PRAXE_JUMP_IF(!r[i->b].is_ok());
jump_if_equal:
    PRAXE_JUMP_IF(r[i->b].whole == r[i->c].whole);
jump_if_differs:
    PRAXE_JUMP_IF(r[i->b].whole != r[i->c].whole);
jump_if_less:
    PRAXE_JUMP_IF(r[i->b].whole < r[i->c].whole);
jump_if_at_most:
    PRAXE_JUMP_IF(r[i->b].whole <= r[i->c].whole);
jump_if_same_text: {
    const bool same = same_text(r[i->b], r[i->c]);
    if (gave_up_) goto none_;
    PRAXE_JUMP_IF(same);
}
jump_if_other_text: {
    const bool same = same_text(r[i->b], r[i->c]);
    if (gave_up_) goto none_;
    PRAXE_JUMP_IF(!same);
}
jump_if_in_set:
    PRAXE_JUMP_IF((r[i->c].whole >> r[i->b].whole & 1) != 0);
jump_unless_in_set:
    PRAXE_JUMP_IF((r[i->c].whole >> r[i->b].whole & 1) == 0);

jump_among:
    i = code + program_.lists[i->d][static_cast<std::size_t>(r[i->b].whole)];
    PRAXE_GO;

add: {
    Datum sum;
    if (__builtin_add_overflow(r[i->b].whole, r[i->c].whole, &sum.whole)) give_up();
    r[i->a] = sum;
    PRAXE_NEXT_IF_OK;
}
subtract: {
    Datum difference;
    if (__builtin_sub_overflow(r[i->b].whole, r[i->c].whole, &difference.whole)) give_up();
    r[i->a] = difference;
    PRAXE_NEXT_IF_OK;
}
add_moving:
take_moving:
    r[i->a] = move_by(*i);
    PRAXE_NEXT_IF_OK;
moving_date:
    r[i->a] = Datum::of(day_of(r[i->b].whole));
    PRAXE_NEXT;
days_to: {
    const std::int64_t to = (i->d & 2u) != 0 ? day_of(r[i->c].whole) : r[i->c].whole;
    const std::int64_t from = (i->d & 1u) != 0 ? day_of(r[i->b].whole) : r[i->b].whole;
    r[i->a] = Datum::of(to - from);
    PRAXE_NEXT;
}
sum:
    r[i->a] = sum(*r[i->b].items);
    PRAXE_NEXT_IF_OK;
term_end:
    r[i->a] = term_end(*i);
    PRAXE_NEXT_IF_OK;
call:
    r[i->a] = call(*i);
    PRAXE_NEXT_IF_OK;
trim:
    r[i->a] = trim(r[i->b]);
    PRAXE_NEXT_IF_OK;

loop: {
    Datum rest;  // where the next is, and how many there are
    if (i->e == 1) {
        rest.cells = r[i->b].map->keys;
        rest.length = r[i->b].map->count;
    } else {
        rest.cells = r[i->b].items->cells;
        rest.length = r[i->b].items->count;
    }
    r[i->a] = rest;
    charge(rest.length * std::uint64_t{i->d});
    PRAXE_NEXT_IF_OK;
}
next: {
    Datum& rest = r[i->a];
    if (rest.length == 0) PRAXE_JUMP_IF(true);
    r[i->c] = *rest.cells++;
    --rest.length;
    PRAXE_NEXT;
}
make:
    making_[i->d].clear();
    PRAXE_NEXT;
put:
    making_[i->d].push_back(r[i->b]);
    PRAXE_NEXT;
made:
    r[i->a] = make_list(i->d, *program_.shapes[i->e]);
    PRAXE_NEXT_IF_OK;
sort:
    sort(*i);
    PRAXE_NEXT_IF_OK;

recall: {
    const Memo& memo = memos[i->d];
    Remembered& known = remembered[i->d];
    if (is_known(memo, known) || renews(memo, known)) {
        take(memo, known);
        PRAXE_NEXT_IF_OK;
    }
    begin(memo, known, i);
    i = code + memo.code;
    goto go_if_ok;
}
ask: {
    const Routine& routine = program_.routines[i->d];
    if (i->e == 1 && level_ == 0) {
        Decided& known = find_element(i->d, r[routine.arguments.front()]);
        if (takes(known)) {
            r[i->a] = known.outcome;
            PRAXE_NEXT_IF_OK;
        }
        begin(routine, known, i);
    } else {
        begin(routine, i);
    }
    i = code + routine.code;
    goto go_if_ok;
}
elements:
    decided_[i->d].begin_walk(0);
    PRAXE_NEXT;
before: {
    const Datum instant = r[i->b];
    if (!instant.is_ok() || instant.whole > now_) goto fail;
    const Routine& routine = program_.routines[i->d];
    begin_before(routine, instant.whole, i->e, i);
    i = code + routine.code;
    goto go_if_ok;
}
give: {
    const Call& call = end();
    if (call.back == nullptr) return;
    i = call.back;
    if (call.of != Call::Of::memo) r[i->a] = r[call.routine->result];
    if (call.of == Call::Of::decision) {
        const Routine& gave = *call.routine;
        charge_bytes(std::uint64_t{gave.given_bytes} * (gave.gives_list ? r[i->a].items->count : 1));
    }
    PRAXE_NEXT_IF_OK;
}

activate:
    stamps_[i->d] = ++serial_;
    PRAXE_NEXT;
clear_basis:
    basis_end_ = basis_begin_;
    PRAXE_NEXT;
conclude:
    r[i->a] = conclude(*i);
    if (gave_up_) goto none_;
    if (i->c == 1) goto give;
    PRAXE_NEXT;
outcome:
    r[i->a] = outcome(*i);
    PRAXE_NEXT;
set:
    const_cast<MadeOutcome*>(r[i->a].outcome)->fields[i->d] = r[i->b];
    PRAXE_NEXT;
replace:
    r[i->a] = replaced(*i);
    PRAXE_NEXT;
cite: {
    auto* const made = const_cast<MadeOutcome*>(r[i->a].outcome);
    (i->e == 1 ? made->exception_cites : made->cites) |= 1u << i->d;
    PRAXE_NEXT;
}
fire:
    fire(const_cast<MadeOutcome&>(*r[i->a].outcome), program_.firings[i->d]);
    PRAXE_NEXT_IF_OK;
without_self:
    leave_out_of_basis(r[i->a].outcome);
    PRAXE_NEXT;
choose:
    r[i->a] = chosen(*i);
    PRAXE_NEXT;
agree:
    r[i->a] = agreed(*i);
    PRAXE_NEXT_IF_OK;
less_keys:
    r[i->a] = boolean(less_keys(*i));
    PRAXE_NEXT;

find_rows:
    find_rows(*i);
    PRAXE_NEXT_IF_OK;
next_row:
    i = next_row(*i);
    goto go_if_ok;
row_outcome:
    i = row_outcome(*i);
    PRAXE_GO;
fire_row:
    fire_row(*i);
    PRAXE_NEXT_IF_OK;

go_if_ok:
    if (gave_up_) goto none_;
    PRAXE_GO;
none_:
    unwind();
}

}  // namespace praxe
