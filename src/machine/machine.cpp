// The loop over instructions, and what is worked out once.
#include "machine/machine.hpp"

#include <algorithm>

#include "value/charges.hpp"

namespace praxe {
namespace {

Datum boolean(bool v) {
    return Datum::of(std::int64_t{v});
}

}  // namespace

Machine::Machine(const Model& model, const Program& program)
    : model_(model),
      program_(program),
      limits_(decision_limits),
      budget_(limits_),
      functions_{&model.zone, model.calendar.get(), &model.calendars, &budget_, model.patterns.get()},
      registers_(program.registers),
      memos_(program.memos.size()),
      stamps_(program.scopes),
      making_(program.lists_in_making),
      decided_(program.routines.size()),
      executed_(counts_instructions ? program.code.size() : 0) {
    for (const Constant& constant : program.constants) registers_[constant.into] = constant.datum;
    for (const FunctionCall& call : program.calls) {
        natives_.push_back(native_call(call));
        lent_texts_.resize(std::max(lent_texts_.size(), call.args.size()));
    }
}

void Machine::begin_case(const std::shared_ptr<const Record>& facts, const EvaluationLimits& limits) {
    begin_case(limits);
    facts_ = facts;
    cells_ = maker_.record(*facts, *program_.facts, nullptr);
}

void Machine::begin_case(const CaseCells& facts, const EvaluationLimits& limits) {
    begin_case(limits);
    facts_ = nullptr;
    cells_ = &facts.facts();
}

void Machine::begin_case(const HostReader& reader, const void* object, const std::shared_ptr<const Record>& facts,
                         const EvaluationLimits& limits) {
    begin_case(limits);
    facts_ = facts;
    cells_ = hosts_.begin_case(reader, object, facts);
}

void Machine::begin_case(const EvaluationLimits& limits) {
    limits_ = limits;
    most_steps_ = limits.max_steps;
    most_bytes_ = limits.max_made_bytes;
    if (program_.most_constant_bytes > 0) {  // a step may make it again, of half of the bytes
        most_bytes_ /= 2;
        most_steps_ = std::min<std::uint64_t>(most_steps_, most_bytes_ / program_.most_constant_bytes);
    }
    arena_.clear();
    made_values_.clear();
    present_.clear();
    basis_.clear();
    basis_begin_ = 0;
    level_ = 0;
    ++serial_;
    std::fill(stamps_.begin(), stamps_.end(), serial_);
    if (assumed_.size() > kept_assumed) assumed_.clear();
    ++case_;
    gave_up_ = false;
}

void Machine::begin_run(std::int64_t at) {
    at_ = now_ = at;
    ++run_;
    steps_ = bytes_ = 0;
    budget_ = Budget(limits_);
    gave_up_ = false;
    track_ = {};
    basis_.clear();
    basis_begin_ = 0;
}

Datum Machine::value_of(std::uint32_t memo, Track& track) {
    track_ = {};
    recall(program_.memos[memo], memos_[memo]);
    track = track_;
    return gave_up_ ? Datum::none() : registers_[program_.memos[memo].result];
}

Datum Machine::run(std::uint32_t routine, Track& track) {
    track_ = {};
    const Datum value = ask(routine);
    track = track_;
    return value;
}

Datum Machine::run_element(std::uint32_t routine, const Datum& element, std::size_t place, Track& track) {
    track_ = {};
    decided_[routine].next = place;
    registers_[program_.routines[routine].arguments.front()] = element;
    const Datum value = ask_element(routine);
    track = track_;
    return value;
}

void Machine::charge_bytes(std::uint64_t bytes) {
    bytes_ += bytes;
    if (bytes_ > most_bytes_) give_up();
}

/// Works the memo out; whoever reads it rests on what it rested on.
void Machine::work_out(const Memo& memo, Remembered& known) {
    const Track around = std::exchange(track_, Track{});
    const std::size_t begin = std::exchange(basis_begin_, basis_.size());
    const std::uint64_t steps = steps_;
    const std::uint64_t bytes = bytes_;
    const std::uint64_t stamp = stamps_[memo.scope];
    charge(program_.routines[memo.routine].steps);
    if (!gave_up_) execute(memo.code);
    known.stamp = gave_up_ ? 0 : stamp;  // what was begun is not known
    known.at = at_;
    known.track = track_;
    known.steps = steps_ - steps;
    known.bytes = bytes_ - bytes;
    known.run = run_;
    const std::size_t count = memo.drops_basis ? 0 : basis_.size() - basis_begin_;
    known.basis_count = static_cast<std::uint32_t>(count);
    if (count > 0) {
        auto* const kept = arena_.room<const MadeOutcome*>(count);
        std::copy_n(basis_.begin() + static_cast<std::ptrdiff_t>(basis_begin_), count, kept);
        known.basis = kept;
    }
    basis_.resize(basis_begin_);
    basis_begin_ = begin;
    track_ = around;
}

/// What was not read in this run yet: at the outer level what holds at this instant too is not worked out again.
void Machine::renew(const Memo& memo, Remembered& known) {
    const bool holds =
        known.at == at_ || (memo.level == 0 && !memo.moves && known.at < at_ && at_ < known.track.horizon);
    if (known.stamp != stamps_[memo.scope] || !holds) return work_out(memo, known);
    known.run = run_;  // the reference would work it out in this run
    charge(known.steps);
    charge_bytes(known.bytes);
}

inline void Machine::recall(const Memo& memo, Remembered& known) {
    if (known.run != run_ || known.stamp != stamps_[memo.scope]) renew(memo, known);
    track_.horizon = std::min(track_.horizon, known.track.horizon);
    track_.known_until = std::min(track_.known_until, known.track.known_until);
    if (known.basis_count > 0) rest_on_all(known);
}

void Machine::rest_on_all(const Remembered& known) {
    for (std::uint32_t i = 0; i < known.basis_count; ++i) rest_on(known.basis[i]);
}

/// A decision on its arguments: whoever asks rests on the outcome, not on what lies below.
const Datum& Machine::ask(std::uint32_t number) {
    const Routine& routine = program_.routines[number];
    const std::size_t begin = std::exchange(basis_begin_, basis_.size());
    if (routine.has_lets) stamps_[routine.scope] = ++serial_;
    charge(routine.steps);
    if (!gave_up_) execute(routine.code);
    basis_.resize(basis_begin_);
    basis_begin_ = begin;
    return registers_[routine.result];
}

/// The outcome for the element in the routine's register; at the outer level one that holds still is not made again.
Datum Machine::ask_element(std::uint32_t number) {
    const Routine& routine = program_.routines[number];
    if (level_ > 0) return ask(number);
    const Datum element = registers_[routine.arguments.front()];
    const std::uint64_t stamp = stamps_[program_.level_scopes.front()];
    DecidedElements& decided = decided_[number];
    if (decided.stamp != stamp) decided = {std::move(decided.all), stamp, 0, 0};
    const auto is_it = [&](std::size_t place) {
        const Datum& known = decided.all[place].element;
        return known.whole == element.whole && known.length == element.length;
    };
    std::size_t place = decided.next;
    if (place < decided.used && !is_it(place)) {
        place = 0;
        while (place < decided.used && !is_it(place)) ++place;
    } else if (place >= decided.used) {
        place = decided.used > 0 && is_it(0) ? 0 : decided.used;
    }
    if (place == decided.used) ++decided.used;
    if (decided.used > decided.all.size()) decided.all.resize(decided.used);
    decided.next = place + 1;
    const Decided& found = decided.all[place];
    const bool holds =
        found.stamp == stamp && is_it(place) && (found.at == at_ || (found.at < at_ && at_ < found.track.horizon));
    if (!holds) {
        const Track around = std::exchange(track_, Track{});
        const std::uint64_t steps = steps_;
        const std::uint64_t bytes = bytes_;
        const Datum outcome = ask(number);
        decided.all[place] = {element, outcome, gave_up_ ? 0 : stamp, at_,
                              track_,  run_,    steps_ - steps,       bytes_ - bytes};
        track_ = around;
    } else if (found.run != run_) {
        decided.all[place].run = run_;
        charge(found.steps);
        charge_bytes(found.bytes);
    }
    const Decided& known = decided.all[place];
    track_.horizon = std::min(track_.horizon, known.track.horizon);
    track_.known_until = std::min(track_.known_until, known.track.known_until);
    return known.outcome;
}

Datum Machine::before(const Instruction& i) {
    const Datum instant = registers_[i.b];
    if (!instant.is_ok() || instant.whole > now_) return give_up();
    const std::int64_t now = std::exchange(now_, instant.whole);
    const std::uint32_t level = std::exchange(level_, i.e);
    stamps_[program_.level_scopes[i.e]] = ++serial_;
    const Routine& routine = program_.routines[i.d];
    charge(routine.steps);
    if (!gave_up_) execute(routine.code);
    level_ = level;
    now_ = now;
    return registers_[routine.result];
}

inline Datum Machine::read(const FactCells& facts, const FieldRead& field, ReadMode mode) {
    if (facts.layout != field.layout) return give_up();
    const Datum& cell = cell_of(facts, field.place);
    if (cell.is_error()) return Datum::none();  // it gave up
    if (cell.is_none()) return field.absent.is_none() ? of_nothing(mode) : by_mode(field.absent, mode);
    if (field.dated) return read_dated(facts, field, cell, mode);
    return mode == ReadMode::has ? boolean(true) : cell;
}

void Machine::execute(std::uint32_t begin) {
    Datum* const r = registers_.data();
    const Instruction* const code = program_.code.data();
    const FieldRead* const fields = program_.fields.data();
    const Memo* const memos = program_.memos.data();
    Remembered* const remembered = memos_.data();
    const Instruction* next = code + begin;
    for (;;) {
        if constexpr (counts_instructions) ++executed_[static_cast<std::size_t>(next - code)];
        const Instruction& i = *next++;
        if (i.op > Op::less_keys) __builtin_unreachable();
        switch (i.op) {
            // What cannot fail goes on with the next; the rest is followed by a look at whether the machine gave up.
            case Op::move:
                r[i.a] = r[i.b];
                continue;
            case Op::none:
                r[i.a] = Datum::none();
                continue;
            case Op::fail:
                give_up();
                return;
            case Op::now:
                r[i.a] = Datum::of(now_);
                continue;
            case Op::fact:
                r[i.a] = read(*cells_, fields[i.d], static_cast<ReadMode>(i.c));
                break;
            case Op::load:
                if (r[i.b].is_ok()) {
                    r[i.a] = read(*r[i.b].facts, fields[i.d], static_cast<ReadMode>(i.c));
                } else {
                    r[i.a] = of_nothing(static_cast<ReadMode>(i.c));
                }
                break;
            case Op::part:
                r[i.a] = part(r[i.b], i.d, static_cast<ReadMode>(i.c));
                break;
            case Op::at_index:
            case Op::entry:
            case Op::in_map:
            case Op::in_list:
                r[i.a] = find(i);
                break;
            case Op::size:
                r[i.a] = Datum::of(std::int64_t{r[i.b].items->count});
                continue;
            case Op::map_size:
                r[i.a] = Datum::of(std::int64_t{r[i.b].map->count});
                continue;
            case Op::value:
                r[i.a] = r[i.b].is_ok() ? r[i.b] : give_up();
                break;
            case Op::has_value:
                r[i.a] = boolean(r[i.b].is_ok());
                continue;
            case Op::equal:
                r[i.a] = boolean(r[i.b].whole == r[i.c].whole);
                continue;
            case Op::differs:
                r[i.a] = boolean(r[i.b].whole != r[i.c].whole);
                continue;
            case Op::less:
                r[i.a] = boolean(r[i.b].whole < r[i.c].whole);
                continue;
            case Op::at_most:
                r[i.a] = boolean(r[i.b].whole <= r[i.c].whole);
                continue;
            case Op::same_text:
                r[i.a] = boolean(same_text(r[i.b], r[i.c]));
                break;
            case Op::other_text:
                r[i.a] = boolean(!same_text(r[i.b], r[i.c]));
                break;
            case Op::reaches:
                r[i.a] = compare_moving(i);
                break;
            case Op::so_far: {
                const Datum moving = r[i.b];
                reaches(moving, Moving::day, moving.whole + 1);
                r[i.a] = moving;
                break;
            }
            case Op::in_set:
                r[i.a] = Datum::of(r[i.c].whole >> r[i.b].whole & 1);
                continue;
            case Op::member_of_text:
                r[i.a] = member_of_text(r[i.b], *program_.shapes[i.d]);
                break;
            case Op::text_of_member:
                r[i.a] = text_of_member(r[i.b], *program_.shapes[i.d]);
                continue;
            case Op::negate:
                r[i.a] = boolean(r[i.b].whole == 0);
                continue;
            case Op::jump:
                next = code + i.d;
                continue;
            case Op::jump_if_false:
                if (r[i.b].whole == 0) next = code + i.d;
                continue;
            case Op::jump_if_true:
                if (r[i.b].whole != 0) next = code + i.d;
                continue;
            case Op::jump_if_ok:
                if (r[i.b].is_ok()) next = code + i.d;
                continue;
            case Op::jump_unless_ok:
                if (!r[i.b].is_ok()) next = code + i.d;
                continue;
            case Op::jump_if_equal:
                if (r[i.b].whole == r[i.c].whole) next = code + i.d;
                continue;
            case Op::jump_if_differs:
                if (r[i.b].whole != r[i.c].whole) next = code + i.d;
                continue;
            case Op::jump_if_less:
                if (r[i.b].whole < r[i.c].whole) next = code + i.d;
                continue;
            case Op::jump_if_at_most:
                if (r[i.b].whole <= r[i.c].whole) next = code + i.d;
                continue;
            case Op::jump_if_same_text:
                if (same_text(r[i.b], r[i.c])) next = code + i.d;
                break;
            case Op::jump_if_other_text:
                if (!same_text(r[i.b], r[i.c])) next = code + i.d;
                break;
            case Op::jump_if_in_set:
                if ((r[i.c].whole >> r[i.b].whole & 1) != 0) next = code + i.d;
                continue;
            case Op::jump_unless_in_set:
                if ((r[i.c].whole >> r[i.b].whole & 1) == 0) next = code + i.d;
                continue;
            case Op::add: {
                Datum sum;
                if (__builtin_add_overflow(r[i.b].whole, r[i.c].whole, &sum.whole)) give_up();
                r[i.a] = sum;
                break;
            }
            case Op::subtract: {
                Datum difference;
                if (__builtin_sub_overflow(r[i.b].whole, r[i.c].whole, &difference.whole)) give_up();
                r[i.a] = difference;
                break;
            }
            case Op::add_moving:
            case Op::take_moving: {
                // As the reference shifts: the value and its distance to the instant of decision stay numbers.
                const std::int64_t by = r[i.c].whole;
                Datum sum;
                const bool overflow = i.op == Op::add_moving ? __builtin_add_overflow(r[i.b].whole, by, &sum.whole)
                                                             : by == std::numeric_limits<std::int64_t>::min() ||
                                                                   __builtin_sub_overflow(r[i.b].whole, by, &sum.whole);
                const bool beyond = i.d == 1 && (sum.whole < min_day || sum.whole > max_day);
                if (overflow || beyond) give_up();
                r[i.a] = sum;
                break;
            }
            case Op::moving_date:
                r[i.a] = Datum::of(day_of(r[i.b].whole));
                continue;
            case Op::days_to: {
                const std::int64_t to = (i.d & 2u) != 0 ? day_of(r[i.c].whole) : r[i.c].whole;
                const std::int64_t from = (i.d & 1u) != 0 ? day_of(r[i.b].whole) : r[i.b].whole;
                r[i.a] = Datum::of(to - from);
                continue;
            }
            case Op::sum:
                r[i.a] = sum(*r[i.b].items);
                break;
            case Op::term_end:
                r[i.a] = term_end(i);
                break;
            case Op::call:
                r[i.a] = call(i);
                break;
            case Op::trim:
                r[i.a] = trim(r[i.b]);
                break;
            case Op::loop:
                charge((i.e == 1 ? r[i.b].map->count : r[i.b].items->count) * std::uint64_t{i.d});
                r[i.a] = Datum::of(std::int64_t{0});
                break;
            case Op::next: {
                const Items& items = *r[i.b].items;
                const auto place = static_cast<std::uint32_t>(r[i.a].whole);
                if (place >= items.count) {
                    next = code + i.d;
                    continue;
                }
                ++r[i.a].whole;
                r[i.c] = items.cells[place];
                continue;
            }
            case Op::next_entry: {
                const MapCells& map = *r[i.b].map;
                const auto place = static_cast<std::uint32_t>(r[i.a].whole);
                if (place >= map.count) {
                    next = code + i.d;
                    continue;
                }
                ++r[i.a].whole;
                r[i.c] = map.keys[place];
                continue;
            }
            case Op::make:
                making_[i.d].clear();
                continue;
            case Op::put:
                making_[i.d].push_back(r[i.b]);
                continue;
            case Op::made:
                r[i.a] = make_list(i.d, *program_.shapes[i.e]);
                break;
            case Op::sort:
                sort(i);
                break;
            case Op::recall:
                recall(memos[i.d], remembered[i.d]);
                break;
            case Op::ask:
                r[i.a] = i.e == 1 ? ask_element(i.d) : ask(i.d);
                break;
            case Op::before:
                r[i.a] = before(i);
                break;
            case Op::give:
                return;
            case Op::activate:
                stamps_[i.d] = ++serial_;
                continue;
            case Op::clear_basis:
                basis_.resize(basis_begin_);
                continue;
            case Op::outcome:
                r[i.a] = new_outcome(i);
                continue;
            case Op::set:
                const_cast<MadeOutcome*>(r[i.a].outcome)->fields[i.d] = r[i.b];
                continue;
            case Op::replace:
                r[i.a] = replaced(i);
                continue;
            case Op::cite: {
                auto* const made = const_cast<MadeOutcome*>(r[i.a].outcome);
                (i.e == 1 ? made->exception_cites : made->cites) |= 1u << i.d;
                continue;
            }
            case Op::fire:
                fire(i);
                break;
            case Op::without_self:
                leave_out_of_basis(r[i.a].outcome);
                continue;
            case Op::choose:
                r[i.a] = chosen(i);
                continue;
            case Op::agree:
                r[i.a] = agreed(i);
                break;
            case Op::less_keys:
                r[i.a] = boolean(less_keys(i));
                continue;
        }
        if (gave_up_) return;
    }
}

}  // namespace praxe
