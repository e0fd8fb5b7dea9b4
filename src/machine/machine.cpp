// The loop over instructions, and what is worked out once.
#include "machine/machine.hpp"

#include <algorithm>

#include "value/charges.hpp"

namespace praxe {
namespace {

Datum boolean(bool v) {
    return Datum::of(std::int64_t{v});
}

/// Error beside anything is an error; nothing is not met where two are joined.
Datum::State worse(const Datum& a, const Datum& b) {
    return a.state > b.state ? a.state : b.state;
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
      decided_(program.routines.size()) {
    for (const Constant& constant : program.constants) registers_[constant.into] = constant.datum;
    for (const FunctionCall& call : program.calls) {
        natives_.push_back(native_call(call));
        lent_texts_.resize(std::max(lent_texts_.size(), call.args.size()));
    }
}

void Machine::begin_case(const std::shared_ptr<const Record>& facts, const EvaluationLimits& limits) {
    facts_ = facts;
    facts_value_ = Value::record(facts);
    limits_ = limits;
    arena_.clear();
    made_values_.clear();
    present_.clear();
    basis_.clear();
    basis_begin_ = 0;
    level_ = 0;
    ++serial_;
    std::fill(stamps_.begin(), stamps_.end(), serial_);
    assumed_.clear();
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
    const Datum value = recall(memo);
    track = track_;
    return value;
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
    if (bytes_ > limits_.max_made_bytes) give_up();
}

Datum Machine::recall(std::uint32_t number) {
    const Memo& memo = program_.memos[number];
    Remembered& known = memos_[number];
    const Routine& routine = program_.routines[memo.routine];
    const std::uint64_t stamp = stamps_[memo.scope];
    // At the outer level what holds at this instant too is not worked out again.
    const bool fresh =
        known.stamp == stamp &&
        (known.at == at_ || (memo.level == 0 && !memo.moves && known.at < at_ && at_ < known.track.horizon));
    if (!fresh) {
        const Track around = std::exchange(track_, Track{});
        const std::size_t begin = std::exchange(basis_begin_, basis_.size());
        const std::uint64_t steps = steps_;
        const std::uint64_t bytes = bytes_;
        execute(routine.code);
        known.stamp = gave_up_ ? 0 : stamp;  // what was begun is not known
        known.at = at_;
        known.track = track_;
        known.steps = steps_ - steps;
        known.bytes = bytes_ - bytes;
        known.run = run_;
        const std::size_t count = memo.drops_basis ? 0 : basis_.size() - basis_begin_;
        known.basis_count = static_cast<std::uint32_t>(count);
        if (count > 0) {
            auto* const kept = arena_.make<const MadeOutcome*>(count);
            std::copy_n(basis_.begin() + static_cast<std::ptrdiff_t>(basis_begin_), count, kept);
            known.basis = kept;
        }
        basis_.resize(basis_begin_);
        basis_begin_ = begin;
        track_ = around;
    } else if (known.run != run_) {  // the reference would work it out in this run
        known.run = run_;
        charge(known.steps);
        charge_bytes(known.bytes);
    }
    track_.horizon = std::min(track_.horizon, known.track.horizon);
    track_.known_until = std::min(track_.known_until, known.track.known_until);
    for (std::uint32_t i = 0; i < known.basis_count; ++i) rest_on(known.basis[i]);
    return registers_[routine.result];
}

/// A decision on its arguments: whoever asks rests on the outcome, not on what lies below.
Datum Machine::ask(std::uint32_t number) {
    const Routine& routine = program_.routines[number];
    const std::size_t begin = std::exchange(basis_begin_, basis_.size());
    execute(routine.code);
    basis_.resize(basis_begin_);
    basis_begin_ = begin;
    return registers_[routine.result];
}

/// The outcome for the element in the routine's register; at the outer level one that holds still is not made again.
Datum Machine::ask_element(std::uint32_t number) {
    const Routine& routine = program_.routines[number];
    const auto make = [&] {
        const std::size_t begin = std::exchange(basis_begin_, basis_.size());
        execute(routine.code);
        basis_.resize(basis_begin_);
        basis_begin_ = begin;
        return registers_[routine.result];
    };
    if (level_ > 0) return make();
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
        const Datum outcome = make();
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
    if (!instant.is_ok()) return Datum::error();
    if (instant.whole > now_) {
        if (level_ == 0) track_.horizon = std::min(track_.horizon, instant.whole);
        return Datum::error();
    }
    const std::int64_t now = std::exchange(now_, instant.whole);
    const std::uint32_t level = std::exchange(level_, i.e);
    const auto scope = program_.level_scopes[i.e];
    stamps_[scope] = ++serial_;
    const Routine& routine = program_.routines[i.d];
    execute(routine.code);
    level_ = level;
    now_ = now;
    return registers_[routine.result];
}

void Machine::execute(std::uint32_t pc) {
    Datum* const r = registers_.data();
    const Instruction* const code = program_.code.data();
    while (!gave_up_) {
        const Instruction& i = code[pc++];
        switch (i.op) {
            case Op::move:
                r[i.a] = r[i.b];
                break;
            case Op::none:
                r[i.a] = Datum::none();
                break;
            case Op::fail:
                r[i.a] = Datum::error();
                break;
            case Op::now:
                r[i.a] = Datum::of(now_);
                break;
            case Op::fact:
                r[i.a] = read(Datum::of(&facts_value_), program_.fields[i.d], static_cast<ReadMode>(i.c));
                break;
            case Op::load:
                r[i.a] = read(r[i.b], program_.fields[i.d], static_cast<ReadMode>(i.c));
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
                r[i.a] = r[i.b].is_ok() ? Datum::of(std::int64_t{r[i.b].items->count}) : Datum::error();
                break;
            case Op::map_size:
                r[i.a] = r[i.b].is_ok() ? Datum::of(static_cast<std::int64_t>(r[i.b].value->as_map().entries.size()))
                                        : Datum::error();
                break;
            case Op::value:
                r[i.a] = r[i.b].is_ok() ? r[i.b] : Datum::error();
                break;
            case Op::has_value:
                r[i.a] = r[i.b].is_error() ? Datum::error() : boolean(r[i.b].is_ok());
                break;
            case Op::compare: {
                Datum verdict = boolean(compares(r[i.b].whole, static_cast<Comparison>(i.d), r[i.c].whole));
                verdict.state = worse(r[i.b], r[i.c]);
                r[i.a] = verdict;
                break;
            }
            case Op::compare_text: {
                const Datum& a = r[i.b];
                const Datum& b = r[i.c];
                if (!a.is_ok() || !b.is_ok()) {
                    r[i.a] = Datum::error();
                    break;
                }
                if (a.length + b.length >= bytes_read_in_a_step)
                    charge((a.length + b.length) / bytes_read_in_a_step + 1);
                r[i.a] = boolean((a.text() == b.text()) == (static_cast<Comparison>(i.d) == Comparison::equal));
                break;
            }
            case Op::reaches:
                r[i.a] = compare_moving(i);
                break;
            case Op::so_far: {
                const Datum moving = r[i.b];
                if (moving.is_ok()) reaches(moving, Moving::day, moving.whole + 1);
                r[i.a] = moving;
                break;
            }
            case Op::member_of_text: {
                const auto& members = program_.shapes[i.d]->set->members;
                if (!r[i.b].is_ok()) {
                    r[i.a] = r[i.b];
                    break;
                }
                const auto found = std::find(members.begin(), members.end(), r[i.b].text());
                r[i.a] = found == members.end() ? Datum::error()
                                                : Datum::of(static_cast<std::int64_t>(found - members.begin()));
                break;
            }
            case Op::text_of_member: {
                const auto& members = program_.shapes[i.d]->set->members;
                r[i.a] = r[i.b].is_ok() ? Datum::of(std::string_view(members[static_cast<std::size_t>(r[i.b].whole)]))
                                        : r[i.b];
                break;
            }
            case Op::both:
            case Op::either: {
                // What decides makes up for an error on the other side.
                const bool decisive = i.op == Op::either;
                const Datum a = r[i.b];
                const Datum b = r[i.c];
                const auto decides = [&](const Datum& of) { return of.is_ok() && (of.whole != 0) == decisive; };
                r[i.a] = decides(a) || decides(b)       ? boolean(decisive)
                         : a.is_error() || b.is_error() ? Datum::error()
                                                        : boolean(!decisive);
                break;
            }
            case Op::negate:
                r[i.a] = r[i.b].is_ok() ? boolean(r[i.b].whole == 0) : Datum::error();
                break;
            case Op::or_error:
                if (r[i.b].is_error()) r[i.a] = Datum::error();
                break;
            case Op::jump:
                pc = i.d;
                break;
            case Op::jump_if_false:
                if (r[i.b].is_false()) pc = i.d;
                break;
            case Op::jump_if_true:
                if (r[i.b].is_true()) pc = i.d;
                break;
            case Op::jump_unless_true:
                if (!r[i.b].is_true()) pc = i.d;
                break;
            case Op::jump_if_error:
                if (r[i.b].is_error()) pc = i.d;
                break;
            case Op::jump_if_ok:
                if (r[i.b].is_ok()) pc = i.d;
                break;
            case Op::jump_unless_ok:
                if (!r[i.b].is_ok()) pc = i.d;
                break;
            case Op::add:
            case Op::subtract: {
                Datum sum;
                const bool overflow = i.op == Op::add ? __builtin_add_overflow(r[i.b].whole, r[i.c].whole, &sum.whole)
                                                      : __builtin_sub_overflow(r[i.b].whole, r[i.c].whole, &sum.whole);
                sum.state = overflow ? Datum::State::error : worse(r[i.b], r[i.c]);
                r[i.a] = sum;
                break;
            }
            case Op::add_moving:
            case Op::take_moving: {
                const std::int64_t by = r[i.c].whole;
                Datum sum;
                // As the reference shifts: the value and its distance to the instant of decision stay numbers.
                const bool overflow = i.op == Op::add_moving ? __builtin_add_overflow(r[i.b].whole, by, &sum.whole)
                                                             : by == std::numeric_limits<std::int64_t>::min() ||
                                                                   __builtin_sub_overflow(r[i.b].whole, by, &sum.whole);
                if (overflow) give_up();
                const bool beyond = i.d == 1 && (sum.whole < min_day || sum.whole > max_day);
                sum.state = beyond ? Datum::State::error : worse(r[i.b], r[i.c]);
                r[i.a] = sum;
                break;
            }
            case Op::moving_date:
                r[i.a] = r[i.b].is_ok() ? Datum::of(day_of(r[i.b].whole)) : Datum::error();
                break;
            case Op::days_to: {
                if (!r[i.b].is_ok() || !r[i.c].is_ok()) {
                    r[i.a] = Datum::error();
                    break;
                }
                const std::int64_t to = (i.d & 2u) != 0 ? day_of(r[i.c].whole) : r[i.c].whole;
                const std::int64_t from = (i.d & 1u) != 0 ? day_of(r[i.b].whole) : r[i.b].whole;
                r[i.a] = Datum::of(to - from);
                break;
            }
            case Op::sum: {
                if (!r[i.b].is_ok()) {
                    r[i.a] = Datum::error();
                    break;
                }
                const Items& items = *r[i.b].items;
                charge(items.written_bytes / bytes_read_in_a_step + items.count + 1);
                Datum sum = Datum::of(std::int64_t{0});
                for (std::uint32_t n = 0; n < items.count; ++n) {
                    const std::int64_t more = items.cells != nullptr ? items.cells[n].whole : items.values[n].as_int();
                    if (__builtin_add_overflow(sum.whole, more, &sum.whole)) sum.state = Datum::State::error;
                }
                r[i.a] = sum;
                break;
            }
            case Op::call:
                r[i.a] = call(i);
                break;
            case Op::loop: {
                const Datum& range = r[i.b];
                if (!range.is_ok()) {
                    pc = i.d;
                    break;
                }
                charge(i.e == 1 ? range.value->as_map().entries.size() : range.items->count);
                r[i.a] = Datum::of(std::int64_t{0});
                break;
            }
            case Op::next: {
                const Items& items = *r[i.b].items;
                const auto place = static_cast<std::uint32_t>(r[i.a].whole);
                if (place >= items.count) {
                    pc = i.d;
                    break;
                }
                ++r[i.a].whole;
                r[i.c] =
                    items.cells != nullptr ? items.cells[place] : datum_of(items.values[place], *program_.shapes[i.e]);
                break;
            }
            case Op::next_entry: {
                const auto& entries = r[i.b].value->as_map().entries;
                const auto place = static_cast<std::size_t>(r[i.a].whole);
                if (place >= entries.size()) {
                    pc = i.d;
                    break;
                }
                ++r[i.a].whole;
                r[i.c] = datum_of(entries[place].first, *program_.shapes[i.e]);
                break;
            }
            case Op::make:
                making_[i.d].clear();
                break;
            case Op::put:
                making_[i.d].push_back(r[i.b]);
                break;
            case Op::made:
                r[i.a] = make_list(i.d, *program_.shapes[i.e]);
                break;
            case Op::sort:
                sort(i);
                break;
            case Op::recall: {
                const Datum value = recall(i.d);
                r[i.a] = value;
                break;
            }
            case Op::ask: {
                const Datum value = i.e == 1 ? ask_element(i.d) : ask(i.d);
                r[i.a] = value;
                break;
            }
            case Op::before: {
                const Datum value = before(i);
                r[i.a] = value;
                break;
            }
            case Op::give:
                return;
            case Op::steps:
                charge(i.d);
                break;
            case Op::activate:
                stamps_[i.d] = ++serial_;
                break;
            case Op::clear_basis:
                basis_.resize(basis_begin_);
                break;
            case Op::outcome:
                r[i.a] = new_outcome(i);
                break;
            case Op::set:
                const_cast<MadeOutcome*>(r[i.a].outcome)->fields[i.d] = r[i.b];
                break;
            case Op::replace: {
                const MadeOutcome& general = *r[i.b].outcome;
                auto* const made = arena_.make<MadeOutcome>(1);
                *made = general;
                made->fields = arena_.make<Datum>(general.field_count);
                std::copy_n(general.fields, general.field_count, made->fields);
                for (const std::uint32_t field : program_.lists[i.d]) made->fields[field] = Datum::none();
                r[i.a] = Datum::of(static_cast<const MadeOutcome*>(made));
                break;
            }
            case Op::cite: {
                auto* const made = const_cast<MadeOutcome*>(r[i.a].outcome);
                (i.e == 1 ? made->exception_cites : made->cites) |= 1u << i.d;
                break;
            }
            case Op::fire:
                fire(i);
                break;
            case Op::without_self: {
                const auto begin = basis_.begin() + static_cast<std::ptrdiff_t>(basis_begin_);
                basis_.erase(std::remove(begin, basis_.end(), r[i.a].outcome), basis_.end());
                break;
            }
            case Op::choose: {
                const auto& outcomes = making_[i.d];
                r[i.a] = *std::min_element(outcomes.begin(), outcomes.end(), [&](const Datum& a, const Datum& b) {
                    return a.outcome->fields[i.e].whole < b.outcome->fields[i.e].whole;
                });
                break;
            }
            case Op::agree: {
                const auto& outcomes = making_[i.d];
                r[i.a] = outcomes.front();
                for (const Datum& other : outcomes) {
                    Shape outcome;
                    outcome.kind = TypeKind::record;
                    outcome.has_outcomes = true;
                    charge((outcomes.front().outcome->written_bytes + other.outcome->written_bytes) /
                               bytes_read_in_a_step +
                           1);
                    if (!same_shown(outcomes.front(), other, outcome)) r[i.a] = Datum::error();
                }
                break;
            }
            case Op::less_keys: {
                bool less_so_far = false;
                for (std::uint32_t n = 0; n < i.e; ++n) {
                    const Shape& shape = *program_.shapes[program_.lists[i.d][n]];
                    less_so_far = less(r[i.b + n], r[i.c + n], shape);
                    if (less_so_far || less(r[i.c + n], r[i.b + n], shape)) break;
                }
                r[i.a] = boolean(less_so_far);
                break;
            }
        }
    }
}

}  // namespace praxe
