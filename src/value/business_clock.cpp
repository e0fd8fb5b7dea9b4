// Readings of business clocks, less absences; finding the clock that a call names.
#include "value/business_clock.hpp"

#include <algorithm>

#include "value/day_context.hpp"
#include "value/function_rows.hpp"

namespace praxe {

// Absences.

Absences::Absences(std::vector<Span> spans) {
    std::ranges::sort(spans);
    for (const auto& [from, until] : spans) {
        if (until <= from) continue;
        if (spans_.empty() || from > spans_.back().second) {
            spans_.emplace_back(from, until);
        } else {
            spans_.back().second = std::max(spans_.back().second, until);
        }
    }
}

std::int64_t Absences::less(std::int64_t reading) const {
    std::int64_t taken = 0;
    for (const auto& [from, until] : spans_) {
        if (reading <= from) break;
        taken += std::min(reading, until) - from;
    }
    return reading - taken;
}

std::int64_t Absences::with(std::int64_t rest) const {
    std::int64_t reading = rest;
    for (const auto& [from, until] : spans_) {
        if (reading <= from) break;
        if (__builtin_add_overflow(reading, until - from, &reading)) return std::numeric_limits<std::int64_t>::max();
    }
    return reading;
}

// The clock.

void BusinessClock::leave_out(std::span<const std::pair<Day, Day>> days) {
    std::vector<Absences::Span> spans;
    for (const auto& [first, last] : days) spans.push_back(readings_of(first, last));
    absences_ = Absences(std::move(spans));
}

Absences::Span BusinessClock::readings_of(Day first, Day last) const {
    const CalendarRules& rules = calendar_->rules();
    const Day from = std::max(first, rules.known_from);
    const Day until = std::min(last, rules.known_until);
    if (from > until) return {};
    const auto after = [&](Day day) {
        if (hours_ != nullptr) return *hours_->open_until(zone_->start_of_day(day + 1));
        return day < rules.known_from ? 0 : *calendar_->count_up_to(day);
    };
    return {after(from - 1), after(until)};
}

Instant BusinessClock::known_until() const {
    // Of hours, what was opened until the last known day ends can be read at that end.
    return zone_->start_of_day(calendar_->rules().known_until + 1) + (hours_ != nullptr ? 1 : 0);
}

std::optional<std::int64_t> BusinessClock::reading_of(Day day) const {
    const auto reading = calendar_->count_up_to(day);
    return reading ? std::optional(absences_.less(*reading)) : std::nullopt;
}

std::optional<bool> BusinessClock::is_business_day(Day day) const {
    const auto reading = reading_of(day);
    if (!reading) return std::nullopt;
    return *reading > (day == calendar_->rules().known_from ? 0 : *reading_of(day - 1));
}

std::optional<std::int64_t> BusinessClock::reading_at(Instant at) const {
    if (hours_ == nullptr) return reading_of(zone_->day_of(at));
    const auto reading = hours_->open_until(at);
    return reading ? std::optional(absences_.less(*reading)) : std::nullopt;
}

std::optional<Day> BusinessClock::day_of(std::int64_t reading) const {
    return calendar_->nth_business_day(absences_.with(reading));
}

std::optional<Instant> BusinessClock::first_at(std::int64_t reading) const {
    if (reading <= 0) return known_from();
    if (hours_ != nullptr) return hours_->reached(absences_.with(reading));
    const auto day = day_of(reading);
    return day ? std::optional(zone_->start_of_day(*day)) : std::nullopt;
}

// What a call names.

namespace {

/// The last arguments of a call, told apart.
struct Named {
    std::vector<const Value*> names;
    const Value* absences = nullptr;
};

Named told_apart(std::span<const Value> args) {
    Named named;
    for (const Value& arg : args) {
        if (arg.is(Kind::list)) {
            named.absences = &arg;
        } else {
            named.names.push_back(&arg);
        }
    }
    return named;
}

Value no_absence(const Value& span) {
    return Value::error(Error::Code::conversion,
                        fmt::format("an absence is a first and a last day, not {}", to_text(span)));
}

/// Takes the absences off the clock; the error of the first that is none.
Value leave_out(const Value* absences, BusinessClock& clock) {
    if (absences == nullptr) return Value();
    std::vector<std::pair<Day, Day>> days;
    for (const Value& span : absences->as_list()) {
        if (!span.is(Kind::list) || span.as_list().size() != 2) return no_absence(span);
        const Value& first = span.as_list()[0];
        const Value& last = span.as_list()[1];
        if (!first.is(Kind::date) || !last.is(Kind::date)) return no_absence(span);
        if (last.as_int() < first.as_int()) {
            return Value::error(Error::Code::range, fmt::format("an absence ends before it begins: {}", to_text(span)));
        }
        days.emplace_back(static_cast<Day>(first.as_int()), static_cast<Day>(last.as_int()));
    }
    clock.leave_out(days);
    return Value();
}

ClockFound less_absences(BusinessClock clock, const Value* absences) {
    Value error = leave_out(absences, clock);
    return error.is_error() ? ClockFound{std::nullopt, std::move(error)} : ClockFound{std::move(clock), Value()};
}

}  // namespace

ClockFound find_day_clock(const FunctionContext& context, std::span<const Value> named) {
    const Named last = told_apart(named);
    const Calendar* found = nullptr;
    Value error = with_calendar(context, last.names.empty() ? nullptr : last.names[0], [&](const Calendar& calendar) {
        found = &calendar;
        return Value();
    });
    if (found == nullptr) return {std::nullopt, std::move(error)};
    return less_absences(BusinessClock(*found, context.zone), last.absences);
}

HoursFound find_hours(const FunctionContext& context, std::span<const Value> named) {
    const Named last = told_apart(named);
    HoursFound found;
    found.error =
        with_calendar(context, last.names.size() < 2 ? nullptr : last.names[1], [&](const Calendar& calendar) {
            found.calendar = &calendar;
            return Value();
        });
    if (found.calendar == nullptr) return found;
    const std::string team = last.names.empty() ? std::string() : last.names[0]->as_string();
    found.hours = found.calendar->hours(team);
    if (found.hours == nullptr) {
        const std::string whose = team.empty() ? std::string() : fmt::format(" of \"{}\"", team);
        found.error = Value::error(Error::Code::other, fmt::format("the calendar \"{}\" has no opening hours{}",
                                                                   found.calendar->name(), whose));
    }
    return found;
}

ClockFound find_hours_clock(const FunctionContext& context, std::span<const Value> named) {
    HoursFound found = find_hours(context, named);
    if (found.hours == nullptr) return {std::nullopt, std::move(found.error)};
    if (context.zone == nullptr) return {std::nullopt, no_zone()};
    return less_absences(BusinessClock(*found.calendar, *found.hours, context.zone), told_apart(named).absences);
}

}  // namespace praxe
