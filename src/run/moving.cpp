// Arithmetic with the instant of decision, and its comparisons by inversion.
#include "run/moving.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "run/clock_parts.hpp"
#include "value/business_clock.hpp"
#include "value/day_context.hpp"

namespace praxe {
namespace {

constexpr std::string_view since_ending = "_since";

bool is_business_count(std::string_view function) {
    return function == "business_days_between" || function == "business_hours_between";
}

/// The clock that a moving count is read from, as much ahead of the instant of decision as it is read.
struct MovingClock {
    BusinessClock clock;
    const Zone* zone;
    Instant ahead = 0;
    std::int64_t days_ahead = 0;  // of a clock of days

    /// The instant of decision at which the clock stands at an instant, or at the start of a day.
    Instant when(Instant there) const { return days_ahead == 0 ? there - ahead : when_day(zone->day_of(there)); }
    Instant when_day(Day there) const {
        const std::int64_t day = std::clamp<std::int64_t>(there - days_ahead, min_day - 1, max_day + 1);
        return zone->start_of_day(static_cast<Day>(day)) - ahead;
    }
    /// The instant of decision at which so much is read; nothing beyond the last known day.
    std::optional<Instant> first_at(std::int64_t reading) const {
        if (days_ahead == 0) {
            const auto there = clock.first_at(reading);
            return there ? std::optional(when(*there)) : std::nullopt;
        }
        const auto day = clock.day_of(reading);
        return day ? std::optional(when_day(*day)) : std::nullopt;
    }
};

const MovingClock& clock_of(const Value& moving) {
    return *static_cast<const MovingClock*>(moving.motion_clock().get());
}

/// How much later than the instant of decision a moving date, or a count of days up to it, is read.
Instant ahead_of(const Value& date) {
    const auto* const ahead = static_cast<const Instant*>(date.motion_clock().get());
    return ahead == nullptr ? 0 : *ahead;
}

Value no_sense(const Expr& call) {
    return Value::error(Error::Code::no_such_overload,
                        fmt::format("the instant of decision can only be compared, not given to \"{}\"", call.name));
}

const FunctionContext& context(Environment& environment) {
    return environment.functions();
}

/// The instant of decision at which a day begins for what is read so much ahead; nothing if that never comes.
std::optional<Instant> start_of(const Zone& zone, std::int64_t day, Instant ahead) {
    if (day > max_day) return std::nullopt;
    Instant start = zone.start_of_day(static_cast<Day>(std::max<std::int64_t>(day, min_day)));
    if (__builtin_sub_overflow(start, ahead, &start)) return std::nullopt;
    return start;
}

/// The first instant at which the moving value is at least `threshold`; nothing if that never comes.
std::optional<Instant> first_at_least(const Value& moving, std::int64_t threshold, Environment& environment) {
    std::int64_t less = 0;
    switch (moving.motion()) {
        case Motion::still:
        case Motion::part:
            return std::nullopt;
        case Motion::instant:
            if (__builtin_sub_overflow(threshold, moving.motion_base(), &less)) return std::nullopt;
            return less;
        case Motion::day:
            if (__builtin_sub_overflow(threshold, moving.motion_base(), &less)) return std::nullopt;
            return start_of(*context(environment).zone, less, ahead_of(moving));
        case Motion::business:
            if (__builtin_sub_overflow(threshold, moving.motion_base(), &less)) return std::nullopt;
            // Beyond the last known day there is no count: what was found holds until then.
            return clock_of(moving).first_at(less);
    }
    return std::nullopt;
}

/// v >= threshold; tells the environment until when that holds.
bool reaches(const Value& moving, std::optional<std::int64_t> threshold, Environment& environment) {
    if (!threshold) return false;
    if (moving.as_int() >= *threshold) return true;
    if (const auto flip = first_at_least(moving, *threshold, environment)) environment.holds_until(*flip);
    return false;
}

std::optional<std::int64_t> next(std::int64_t value) {
    std::int64_t more = 0;
    if (__builtin_add_overflow(value, 1, &more)) return std::nullopt;
    return more;
}

Value compare(std::string_view op, const Value& moving, const Value& still, Environment& environment) {
    const auto above = next(still.as_int());
    // A still value between two microseconds is reached with the later one.
    const std::optional<std::int64_t> at = still.nanos_below() > 0 ? above : std::optional(still.as_int());
    const auto reached = [&](std::optional<std::int64_t> threshold) { return reaches(moving, threshold, environment); };
    if (op == "_>=_") return Value::boolean(reached(at));
    if (op == "_<_") return Value::boolean(!reached(at));
    if (op == "_>_") return Value::boolean(reached(above));
    if (op == "_<=_") return Value::boolean(!reached(above));
    const bool same = reached(at) && !reached(above) && still.nanos_below() == 0;
    return Value::boolean(op == "_==_" ? same : !same);
}

struct Comparison {
    std::string_view name, mirrored;
};
constexpr Comparison comparisons[] = {{"_>=_", "_<=_"}, {"_<=_", "_>=_"}, {"_>_", "_<_"},
                                      {"_<_", "_>_"},   {"_==_", "_==_"}, {"_!=_", "_!=_"}};

const Comparison* find_comparison(std::string_view name) {
    const auto* found = std::find_if(std::begin(comparisons), std::end(comparisons),
                                     [&](const Comparison& c) { return c.name == name; });
    return found == std::end(comparisons) ? nullptr : found;
}

/// The moving value with `by` added to it.
Value shifted(const Value& moving, std::int64_t by, Kind kind) {
    std::int64_t value = 0;
    std::int64_t base = 0;
    if (__builtin_add_overflow(moving.as_int(), by, &value) ||
        __builtin_add_overflow(moving.motion_base(), by, &base)) {
        return Value::error(Error::Code::range, "out of range");
    }
    if (kind == Kind::date && (value < min_day || value > max_day))
        return Value::error(Error::Code::range, "out of the range of dates");
    Value result = kind == Kind::timestamp  ? Value::timestamp(value)
                   : kind == Kind::duration ? Value::duration(value)
                                            : Value::count(kind, value);
    return result.moving(moving.motion(), base, moving.motion_clock());
}

bool is_count(const Value& value) {
    return value.is(Kind::calendar_days) || value.is(Kind::business_days) || value.is(Kind::business_hours);
}

Value add(const Expr& call, const Value& moving, const Value& still) {
    const bool fits = (moving.is(Kind::timestamp) && still.is(Kind::duration)) ||
                      (moving.is(Kind::duration) && still.is(Kind::duration)) ||
                      (moving.is(Kind::date) && still.is(Kind::calendar_days)) ||
                      (is_count(moving) && still.kind() == moving.kind());
    return fits ? shifted(moving, still.as_int(), moving.kind()) : no_sense(call);
}

Value subtract(const Expr& call, const Value& moving, const Value& still) {
    if (moving.is(Kind::timestamp) && still.is(Kind::timestamp))
        return shifted(moving, -still.as_int(), Kind::duration);
    if (moving.is(Kind::date) && still.is(Kind::date)) return shifted(moving, -still.as_int(), Kind::calendar_days);
    if (still.as_int() == std::numeric_limits<std::int64_t>::min())
        return Value::error(Error::Code::range, "out of range");
    const bool fits = (moving.is(Kind::timestamp) && still.is(Kind::duration)) ||
                      (moving.is(Kind::duration) && still.is(Kind::duration)) ||
                      (moving.is(Kind::date) && still.is(Kind::calendar_days)) ||
                      (is_count(moving) && still.kind() == moving.kind());
    return fits ? shifted(moving, -still.as_int(), moving.kind()) : no_sense(call);
}

Day day_of(const Value& value, const Zone& zone) {
    return value.is(Kind::date) ? static_cast<Day>(value.as_int()) : zone.day_of(value.as_int());
}

/// The local date of a moving instant.
Value date_of(const Value& moving, const Zone& zone) {
    const Instant ahead = moving.motion_base();
    return Value::count(Kind::date, zone.day_of(moving.as_int()))
        .moving(Motion::day, 0, ahead == 0 ? nullptr : std::make_shared<const Instant>(ahead));
}

Value days_between(const Value& from, const Value& moving, const Zone& zone) {
    const Value date = moving.is(Kind::date) ? moving : date_of(moving, zone);
    const Day origin = day_of(from, zone);
    return shifted(date, -static_cast<std::int64_t>(origin), Kind::calendar_days);
}

/// A count of business days or hours from `from` up to a moving instant or date.
Value business_count(const Expr& call, const Value& from, const Value& moving, std::span<const Value> named,
                     Environment& environment) {
    const FunctionContext& functions = context(environment);
    const bool hours = call.name.starts_with("business_hours");
    auto [clock, error] = hours ? find_hours_clock(functions, named) : find_day_clock(functions, named);
    if (!clock) return error;
    const bool of_days = moving.is(Kind::date);
    const auto reading = [&](const Value& at) {
        return at.is(Kind::date) ? clock->reading_of(static_cast<Day>(at.as_int())) : clock->reading_at(at.as_int());
    };
    const auto moved = std::make_shared<const MovingClock>(MovingClock{
        *clock, functions.zone, of_days ? ahead_of(moving) : moving.motion_base(), of_days ? moving.motion_base() : 0});
    const auto start = reading(from);
    const auto now = reading(moving);
    const Instant known_from = moved->when(clock->known_from());
    if (!now &&
        (of_days ? moving.as_int() < clock->calendar().rules().known_from : moving.as_int() < clock->known_from()))
        environment.holds_until(known_from);
    if (!start || !now) return unknown_days(clock->calendar());
    environment.known_until(moved->when(clock->known_until()));
    return Value::count(clock->unit(), *now - *start).moving(Motion::business, -*start, moved);
}

/// What was found holds until then, from when on nothing may be known.
void hold(Instant until, bool is_end_of_known, Environment& environment) {
    if (is_end_of_known) {
        environment.known_until(until);
    } else {
        environment.holds_until(until);
    }
}

/// Whether the team is there at a moving instant.
Value is_open(const Value& moving, std::span<const Value> named, Environment& environment) {
    const HoursFound found = find_hours(context(environment), named);
    if (found.hours == nullptr) return found.error;
    const Instant at = moving.as_int();
    const auto is = found.hours->is_open(at);
    const Instant flip = is ? found.hours->next_change(at) : found.hours->known_from();
    if (flip > at) hold(flip - moving.motion_base(), flip == found.hours->known_until(), environment);
    return is ? Value::boolean(*is) : unknown_days(*found.calendar);
}

/// Whether a moving date is a business day: until the first day of which that is not true.
Value is_business_day(const Value& moving, std::span<const Value> named, Environment& environment) {
    const auto [clock, error] = find_day_clock(context(environment), named);
    if (!clock) return error;
    const CalendarRules& rules = clock->calendar().rules();
    const auto today = static_cast<Day>(moving.as_int());
    const auto is = clock->is_business_day(today);
    Day flip = is ? today + 1 : rules.known_from;
    while (is && clock->is_business_day(flip) == is) ++flip;
    const Zone& zone = *context(environment).zone;
    const auto then = flip > today ? start_of(zone, flip - moving.motion_base(), ahead_of(moving)) : std::nullopt;
    if (then) hold(*then, flip > rules.known_until, environment);
    return is ? Value::boolean(*is) : unknown_days(clock->calendar());
}

/// A count or date as it stands, until it is one more.
Value so_far(const Expr& call, const Value& moving, Environment& environment) {
    if (!is_count(moving) && !moving.is(Kind::date)) return no_sense(call);
    reaches(moving, next(moving.as_int()), environment);
    return Value::count(moving.kind(), moving.as_int());
}

/// `days_since(x)` and the like: from x to the instant of decision.
Value since(const Expr& call, std::span<const Value> args, Environment& environment) {
    const auto at = environment.variable("at");
    if (!at || !at->is(Kind::timestamp)) return Value::error(Error::Code::missing_fact, "\"at\" is not given");
    if (at->motion() == Motion::still) {
        std::vector<Value> still(args.begin(), args.end());
        still.insert(still.begin() + 1, *at);
        const std::string_view counted = std::string_view(call.name).substr(0, call.name.size() - since_ending.size());
        return call_function(fmt::format("{}_between", counted), false, still, context(environment));
    }
    return call.name == "days_since" ? days_between(args[0], *at, *context(environment).zone)
                                     : business_count(call, args[0], *at, args.subspan(1), environment);
}

bool all_still(std::span<const Value> args) {
    return std::ranges::all_of(args, [](const Value& v) { return v.motion() == Motion::still; });
}

}  // namespace

Value moving_instant(Instant now) {
    return Value::timestamp(now).moving(Motion::instant, 0);
}

Value call_moving(const Expr& call, std::span<const Value> args, Environment& environment) {
    if (counts_to_now(call.name)) return all_still(args) ? since(call, args, environment) : no_sense(call);
    if (is_business_count(call.name) && args.size() >= 2) {
        const bool fits = args[1].motion() != Motion::still && all_still(args.first(1)) && all_still(args.subspan(2));
        return fits ? business_count(call, args[0], args[1], args.subspan(2), environment) : no_sense(call);
    }
    if (args.size() == 2) {
        const bool first_moves = args[0].motion() != Motion::still;
        const bool second_moves = args[1].motion() != Motion::still;
        if (const Comparison* comparison = find_comparison(call.name)) {
            if (first_moves && second_moves) return no_sense(call);
            if (args[0].kind() != args[1].kind()) return no_sense(call);
            return first_moves ? compare(comparison->name, args[0], args[1], environment)
                               : compare(comparison->mirrored, args[1], args[0], environment);
        }
        if (args[first_moves ? 1 : 0].nanos_below() != 0)
            return Value::error(Error::Code::range, "the instant of decision is counted in whole microseconds");
        if (call.name == "_+_" && first_moves != second_moves)
            return first_moves ? add(call, args[0], args[1]) : add(call, args[1], args[0]);
        if (call.name == "_-_" && first_moves && !second_moves) return subtract(call, args[0], args[1]);
        if (!first_moves && call.name == "days_between")
            return days_between(args[0], args[1], *context(environment).zone);
    }
    if (call.name == "so_far" && args.size() == 1) return so_far(call, args[0], environment);
    if (call.name == "date" && args.size() == 1 && args[0].is(Kind::timestamp))
        return date_of(args[0], *context(environment).zone);
    if (call.name == "is_open" && all_still(args.subspan(1))) return is_open(args[0], args.subspan(1), environment);
    if (call.name == "is_business_day" && all_still(args.subspan(1)))
        return is_business_day(args[0], args.subspan(1), environment);
    if (reads_part(call, args)) return moving_part(call, args, context(environment));
    return no_sense(call);
}

}  // namespace praxe
