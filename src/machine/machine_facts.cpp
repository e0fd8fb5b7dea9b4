// Facts as the program reads them: what has not happened reads as absent.
#include <algorithm>

#include "machine/machine.hpp"
#include "run/assumptions.hpp"

namespace praxe {

Datum Machine::datum_of(const Value& value, const Shape& shape) {
    const Datum made = maker_.datum(value, shape, false);
    return made.is_error() ? give_up() : made;
}

/// True if it has not happened; says until when that holds.
inline bool Machine::lies_ahead(std::int64_t instant) {
    if (instant < now_ || (instant == now_ && level_ == 0)) return false;
    if (level_ == 0) looked_until(instant);
    return true;
}

/// A part of what is not there.
Datum Machine::of_nothing(ReadMode mode) {
    if (mode == ReadMode::needed) return give_up();
    return mode == ReadMode::has ? Datum::of(std::int64_t{0}) : Datum::none();
}

Datum Machine::by_mode(const Datum& found, ReadMode mode) {
    if (mode == ReadMode::has) return Datum::of(std::int64_t{found.is_ok()});
    return mode == ReadMode::needed && found.is_none() ? give_up() : found;
}

/// A field that is not there as a register has it: it is read now, or it has no value.
void Machine::ask_host(const FactCells& facts, const FieldRead& field) {
    Datum& cell = facts.fields[field.place];
    if (cell.is_error()) {
        give_up();
        return;
    }
    cell = facts.record == nullptr ? hosts_.read(static_cast<const HostCells&>(facts), field) : of_record(facts, field);
    if (cell.state == Datum::State::unread) cell = of_record(facts, field);
    const bool is_looked_at = field.known_in >= 0 || facts.layout->assumes;
    if (is_looked_at && !cell.is_error() && is_broken(facts, field, cell)) cell = Datum::error();
    if (cell.is_error()) give_up();
}

Datum Machine::of_record(const FactCells& facts, const FieldRead& field) {
    const Value& value = record_of(facts).at(field.field);
    return value.is_absent() ? Datum::none() : maker_.datum(value, *field.shape, false);
}

/// Of a field that is given.
inline bool Machine::has_happened(const FactCells& facts, const FieldRead& field, const Datum& cell) {
    if (field.happens && lies_ahead(cell.whole)) return false;
    if (field.dated_by >= 0) {
        const Datum& dated = cell_of(facts, static_cast<std::size_t>(field.dated_by));
        if (dated.is_ok() && lies_ahead(dated.whole)) return false;
    }
    return field.exists != FieldRead::Exists::since || is_there(*cell.facts);
}

Datum Machine::read_dated(const FactCells& facts, const FieldRead& field, ReadMode mode) {
    const Datum& cell = cell_of(facts, field);
    if (cell.is_error()) return Datum::none();  // it gave up
    if (cell.is_none()) return field.absent.is_none() ? of_nothing(mode) : by_mode(field.absent, mode);
    if (!has_happened(facts, field, cell)) return by_mode(field.absent, mode);
    if (field.exists == FieldRead::Exists::items_since) return by_mode(present_items(cell, field), mode);
    return mode == ReadMode::has ? Datum::of(std::int64_t{1}) : cell;
}

bool Machine::breaks_assumption(const Record& record) {
    Assumed& assumed = assumed_[&record];
    if (assumed.of_case == case_) return assumed.broken;
    const std::shared_ptr<const Record> borrowed(std::shared_ptr<const void>(), &record);  // owns nothing
    assumed = {case_, broken_assumption(model_, borrowed).is_error()};
    return assumed.broken;
}

/// What a text's reader would have refused: a host's object is looked at as it is read.
bool Machine::is_broken(const FactCells& facts, const FieldRead& field, const Datum& cell) {
    if (facts.record != nullptr && facts.record->reader == nullptr) return false;  // a text was looked at already
    if (facts.layout->assumes && breaks_assumption(record_of(facts))) return true;
    if (field.known_in < 0 || !cell.is_ok()) return false;
    const Datum& known = cell_of(*cells_, static_cast<std::size_t>(field.known_in));
    return !known.is_ok() || !is_key(*known.map, cell.text());
}

bool Machine::is_key(const MapCells& map, std::string_view text) {
    if (!map.in_order) return map.value->as_map().find(Value::borrowed(reference_.assign(text))) != nullptr;
    return place_of(map, text).has_value();
}

/// Of a record that exists since an instant.
bool Machine::is_there(const FactCells& facts) {
    const Datum& since = cell_of(facts, static_cast<std::size_t>(facts.layout->since));
    if (!since.is_ok()) give_up();
    return !gave_up_ && !lies_ahead(since.whole);
}

/// A list's or map's records that are there.
Datum Machine::present_items(const Datum& cell, const FieldRead& field) {
    const std::uint64_t stamp = stamps_[program_.level_scopes[level_]];
    const auto found = std::find_if(present_.begin(), present_.end(), [&](const PresentItems& known) {
        return known.cell == &cell && known.level == level_ && known.stamp == stamp;
    });
    const bool holds =
        found != present_.end() && (found->at == at_ || (level_ == 0 && found->at < at_ && at_ < found->horizon));
    if (holds) {
        if (std::exchange(found->run, run_) != run_) rest_on_earlier_runs();
        looked_until(found->horizon);
        return found->datum;
    }
    const std::int64_t around = std::exchange(horizon_, forever);
    const Shape& shape = field.shape->kind == TypeKind::optional ? *field.shape->part : *field.shape;
    const Datum datum = shape.kind == TypeKind::map ? present_map(*cell.map, shape) : present_list(*cell.items);
    const PresentItems now{&cell, stamp, level_, at_, horizon_, datum, run_};
    horizon_ = around;
    if (gave_up_) return Datum::none();
    if (found != present_.end()) {
        *found = now;
    } else {
        present_.push_back(now);
    }
    looked_until(now.horizon);
    return datum;
}

Datum Machine::present_list(const Items& all) {
    charge(all.count);
    auto* const cells = arena_.room<Datum>(all.count);
    auto* const items = arena_.make<Items>(1);
    items->cells = cells;
    items->written_bytes = all.written_bytes;
    for (std::uint32_t n = 0; n < all.count; ++n) {
        if (is_there(*all.cells[n].facts)) cells[items->count++] = all.cells[n];
    }
    return Datum::of(static_cast<const Items*>(items));
}

Datum Machine::present_map(const MapCells& all, const Shape& shape) {
    charge(all.count);
    auto* const keys = arena_.room<Datum>(all.count);
    auto* const values = arena_.room<Datum>(all.count);
    auto* const map = arena_.make<MapCells>(1);
    Map present;
    std::uint64_t written_bytes = scalar_bytes;
    for (std::uint32_t n = 0; n < all.count; ++n) {
        if (!is_there(*all.values[n].facts)) continue;
        keys[map->count] = all.keys[n];
        values[map->count++] = all.values[n];
        written_bytes += bytes_of(keys[map->count - 1], *shape.key) + bytes_of(all.values[n], *shape.part);
        if (all.value != nullptr) present.entries.push_back(all.value->as_map().entries[n]);
    }
    if (map->count == all.count) return Datum::of(&all);
    map->keys = keys;
    map->values = values;
    map->in_order = all.in_order;
    map->written_bytes = written_bytes;
    if (all.value != nullptr) {
        present.index();
        made_values_.push_back(Value::map(std::move(present)));
        map->value = &made_values_.back();
    }
    return Datum::of(static_cast<const MapCells*>(map));
}

/// As the reference shifts: the value and its distance to the instant of decision stay numbers.
Datum Machine::move_by(const Instruction& i) {
    const std::int64_t from = registers_[i.b].whole;
    const std::int64_t by = registers_[i.c].whole;
    Datum sum;
    const bool overflow = i.op == Op::add_moving ? __builtin_add_overflow(from, by, &sum.whole)
                                                 : by == std::numeric_limits<std::int64_t>::min() ||
                                                       __builtin_sub_overflow(from, by, &sum.whole);
    const bool beyond = i.d == 1 && (sum.whole < min_day || sum.whole > max_day);
    return overflow || beyond ? give_up() : sum;
}

std::int64_t Machine::day_of(std::int64_t instant) {
    if (instant < day_first_ || instant >= day_last_) {
        const Day day = model_.zone.day_of(instant);
        day_ = day;
        day_first_ = model_.zone.start_of_day(day);
        day_last_ = day < max_day ? model_.zone.start_of_day(day + 1) : instant + 1;
        if (instant < day_first_ || instant >= day_last_) day_last_ = day_first_;  // nothing to be kept
    }
    return day_;
}

/// Whether the moving value has come to the threshold; says when it will.
bool Machine::reaches(const Datum& moving, Moving how, std::int64_t threshold) {
    if (moving.whole >= threshold) return true;
    // It grows as the instant of decision does: by `how`, from a base that stays.
    const bool by_days = how == Moving::day;
    std::int64_t base = 0;
    std::int64_t flip = 0;
    if (__builtin_sub_overflow(moving.whole, by_days ? day_of(at_) : at_, &base)) give_up();
    if (gave_up_ || __builtin_sub_overflow(threshold, base, &flip)) return false;
    if (by_days && flip > max_day) return false;
    if (by_days) flip = model_.zone.start_of_day(static_cast<Day>(std::max<std::int64_t>(flip, min_day)));
    looked_until(flip);
    return false;
}

Datum Machine::compare_moving(const Instruction& i) {
    const Datum moving = registers_[i.b];
    const Datum still = registers_[i.c];
    const auto how = static_cast<Moving>(i.e);
    if (still.whole == forever) return give_up();
    const auto at = [&] { return reaches(moving, how, still.whole); };
    const auto above = [&] { return reaches(moving, how, still.whole + 1); };
    bool verdict = false;
    switch (static_cast<Comparison>(i.d)) {
        case Comparison::at_least:
            verdict = at();
            break;
        case Comparison::less:
            verdict = !at();
            break;
        case Comparison::greater:
            verdict = above();
            break;
        case Comparison::at_most:
            verdict = !above();
            break;
        case Comparison::equal:
            verdict = at() && !above();
            break;
        case Comparison::differs:
            verdict = !at() || above();
            break;
    }
    return Datum::of(std::int64_t{verdict});
}

}  // namespace praxe
