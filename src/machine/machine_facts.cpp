// Facts as the program reads them: what has not happened reads as absent.
#include <algorithm>

#include "facts/host_value.hpp"
#include "machine/machine.hpp"
#include "run/assumptions.hpp"

namespace praxe {
namespace {

bool has_since(const Value& value) {
    return value.is(Kind::record) && value.as_record().type != nullptr && value.as_record().type->since >= 0;
}

bool has_dated_items(const Value& value) {
    if (value.is(Kind::list)) return !value.as_list().empty() && has_since(value.as_list().front());
    if (!value.is(Kind::map)) return false;
    const auto& entries = value.as_map().entries;
    return !entries.empty() && has_since(entries.front().second);
}

}  // namespace

Datum Machine::datum_of(const Value& value, const Shape& shape) {
    switch (shape.kind) {
        case TypeKind::string:
            return Datum::of(std::string_view(value.as_string()));
        case TypeKind::enumeration:
            return member(value, shape);
        case TypeKind::real:
            return Datum::of(value.as_double());
        case TypeKind::optional:
            return value.has_value() ? datum_of(value.as_optional(), *shape.part) : Datum::none();
        case TypeKind::record:
        case TypeKind::map:
            return Datum::of(&value);
        case TypeKind::list: {
            const List& list = value.as_list();
            auto* const items = arena_.make<Items>(1);
            items->values = list.data();
            items->source = &value;
            items->count = static_cast<std::uint32_t>(list.size());
            items->written_bytes = value.written_bytes();
            return Datum::of(static_cast<const Items*>(items));
        }
        default:
            return value.nanos_below() != 0 ? give_up() : Datum::of(value.as_int());
    }
}

/// True if it has not happened; says until when that holds.
bool Machine::lies_ahead(std::int64_t instant) {
    if (instant < now_ || (instant == now_ && level_ == 0)) return false;
    if (level_ == 0) track_.horizon = std::min(track_.horizon, instant);
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

Datum Machine::read_slowly(const Record& record, const FieldRead& field, ReadMode mode) {
    if (record.type != field.record) return give_up();
    const Value& value = record.at(field.field);
    if (record.reader != nullptr && (value.is_error() || is_broken(record, field, value))) return give_up();
    if (value.is_absent()) return by_mode(field.absent, mode);
    if (field.plain) return by_mode(datum_of(value, *field.shape), mode);
    return by_mode(read_dated(record, field, value), mode);
}

bool Machine::breaks_assumption(const Record& record) const {
    const std::shared_ptr<const Record> borrowed(std::shared_ptr<const void>(), &record);  // owns nothing
    return broken_assumption(model_, borrowed).is_error();
}

/// What a text's reader would have refused: a host's object is looked at as it is read.
bool Machine::is_broken(const Record& record, const FieldRead& field, const Value& value) {
    if (model_.assumptions.contains(record.type)) {
        Assumed& assumed = assumed_[&record];
        if (assumed.of_case != case_) assumed = {case_, breaks_assumption(record)};
        if (assumed.broken) return true;
    }
    return unknown_reference(*model_.schema, *facts_, record, record.type->fields[field.field], value).is_error();
}

/// Of a field that is given.
Datum Machine::read_dated(const Record& record, const FieldRead& field, const Value& value) {
    const Field& declared = record.type->fields[field.field];
    if (declared.happens && lies_ahead(value.as_int())) return field.absent;
    if (declared.dated_by >= 0) {
        const Value& dated = record.at(static_cast<std::size_t>(declared.dated_by));
        if (dated.is_error()) return give_up();
        if (!dated.is_absent() && lies_ahead(dated.as_int())) return field.absent;
    }
    if (has_since(value) && !is_there(value)) return field.absent;
    return has_dated_items(value) ? present_items(record, field, value) : datum_of(value, *field.shape);
}

/// Of a record that exists since an instant.
bool Machine::is_there(const Value& item) {
    const Record& record = item.as_record();
    const Value& since = record.at(static_cast<std::size_t>(record.type->since));
    if (since.is_absent() || since.is_error()) give_up();
    return !gave_up_ && !lies_ahead(since.as_int());
}

Datum Machine::present_items(const Record& record, const FieldRead& field, const Value& all) {
    const std::uint64_t stamp = stamps_[program_.level_scopes[level_]];
    const auto holds = [&](const PresentItems& known) {
        return known.at == at_ || (level_ == 0 && known.at < at_ && at_ < known.track.horizon);
    };
    const auto recall = [&](const PresentItems& known) {
        track_.horizon = std::min(track_.horizon, known.track.horizon);
        return known.datum;
    };
    const auto found = std::find_if(present_.begin(), present_.end(), [&](const PresentItems& known) {
        return known.record == &record && known.field == field.field && known.level == level_ && known.stamp == stamp;
    });
    if (found != present_.end() && holds(*found)) return recall(*found);

    const Track around = std::exchange(track_, Track{});
    Datum datum;
    if (all.is(Kind::list)) {
        const List& list = all.as_list();
        charge(list.size());
        auto* const cells = arena_.room<Datum>(list.size());
        auto* const items = arena_.make<Items>(1);
        items->cells = cells;
        items->written_bytes = all.written_bytes();
        for (const Value& item : list) {
            if (is_there(item)) cells[items->count++] = Datum::of(&item);
        }
        datum = Datum::of(static_cast<const Items*>(items));
    } else {
        const auto& entries = all.as_map().entries;
        charge(entries.size());
        Map present;
        for (const auto& [key, item] : entries) {
            if (is_there(item)) present.entries.emplace_back(key, item);
        }
        if (present.entries.size() == entries.size()) {
            datum = Datum::of(&all);
        } else {
            present.index();
            made_values_.push_back(Value::map(std::move(present)));
            datum = Datum::of(static_cast<const Value*>(&made_values_.back()));
        }
    }
    if (gave_up_) return Datum::none();
    const PresentItems now{&record, field.field, stamp, level_, at_, track_, datum};
    track_ = around;
    if (found != present_.end()) {
        *found = now;
    } else {
        present_.push_back(now);
    }
    return recall(now);
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
    track_.horizon = std::min(track_.horizon, flip);
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
