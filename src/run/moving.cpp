// Arithmetic with the instant of decision, and its comparisons by inversion.
#include "run/moving.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace praxe {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;

/// `business_day` values pack the day they are counted from and a number added to the count.
struct BusinessBase {
    Day origin;
    std::int32_t added;
};
std::int64_t pack(BusinessBase base) {
    return (static_cast<std::int64_t>(base.origin) << 32) | static_cast<std::uint32_t>(base.added);
}
BusinessBase unpack(std::int64_t base) {
    return {static_cast<Day>(base >> 32), static_cast<std::int32_t>(base & 0xFFFF'FFFF)};
}

Value no_sense(const Expr& call) {
    return Value::error(Error::Code::no_such_overload,
                        fmt::format("the instant of decision can only be compared, not given to \"{}\"", call.name));
}

const FunctionContext& context(Environment& environment) {
    return environment.functions();
}

std::optional<Instant> start_of(const Zone& zone, std::int64_t day) {
    if (day > max_day) return std::nullopt;
    return zone.start_of_day(static_cast<Day>(std::max<std::int64_t>(day, min_day)));
}

/// The first instant at which the moving value is at least `threshold`; nothing if that never comes.
std::optional<Instant> first_at_least(const Value& moving, std::int64_t threshold, Environment& environment) {
    std::int64_t less = 0;
    switch (moving.motion()) {
        case Motion::still:
            return std::nullopt;
        case Motion::instant:
            if (__builtin_sub_overflow(threshold, moving.motion_base(), &less)) return std::nullopt;
            return less;
        case Motion::day:
            if (__builtin_sub_overflow(threshold, moving.motion_base(), &less)) return std::nullopt;
            return start_of(*context(environment).zone, less);
        case Motion::business_day: {
            const auto [origin, added] = unpack(moving.motion_base());
            const Calendar& calendar = *context(environment).calendar;
            if (__builtin_sub_overflow(threshold, added, &less)) return std::nullopt;
            if (less == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
            // Counted backwards, the origin itself counts if it is a business day.
            const auto day =
                calendar.add(origin, less > 0 || calendar.is_business_day(origin) == true ? less : less - 1);
            // Beyond the last known day the count itself is unknown: what was found holds until then.
            return start_of(*context(environment).zone,
                            day ? *day : static_cast<std::int64_t>(calendar.rules().known_until) + 1);
        }
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
    if (moving.motion() == Motion::business_day) {
        const auto [origin, added] = unpack(moving.motion_base());
        std::int32_t sum = 0;
        if (__builtin_add_overflow(added, by, &sum)) return Value::error(Error::Code::range, "out of range");
        base = pack({origin, sum});
    }
    Value result = kind == Kind::timestamp  ? Value::timestamp(value)
                   : kind == Kind::duration ? Value::duration(value)
                                            : Value::count(kind, value);
    return result.moving(moving.motion(), base);
}

bool is_count(const Value& value) {
    return value.is(Kind::calendar_days) || value.is(Kind::business_days);
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

/// The local date of a moving instant: of `at` itself a moving date, of an instant beside it one that holds until
/// midnight.
Value date_of(const Value& moving, Environment& environment) {
    const Zone& zone = *context(environment).zone;
    const Day day = zone.day_of(moving.as_int());
    const Value date = Value::count(Kind::date, day);
    if (moving.motion_base() == 0) return date.moving(Motion::day, 0);
    if (const auto midnight = start_of(zone, static_cast<std::int64_t>(day) + 1))
        environment.holds_until(*midnight - moving.motion_base());
    return date;
}

Value days_between(const Value& from, const Value& moving, Environment& environment) {
    const Value date = moving.is(Kind::date) ? moving : date_of(moving, environment);
    const Day origin = day_of(from, *context(environment).zone);
    if (date.motion() == Motion::still) return Value::count(Kind::calendar_days, date.as_int() - origin);
    return shifted(date, -static_cast<std::int64_t>(origin), Kind::calendar_days);
}

/// The instant from which on a moving date is at least `day`.
std::optional<Instant> reached(const Value& date, std::int64_t day, Environment& environment) {
    if (date.motion() == Motion::still) return std::nullopt;
    return start_of(*context(environment).zone, day - date.motion_base());
}

/// What was made of a moving date holds until the date is `day`.
void hold_until_day(const Value& date, std::int64_t day, Environment& environment) {
    if (const auto start = reached(date, day, environment)) environment.holds_until(*start);
}

void know_until_day(const Value& date, std::int64_t day, Environment& environment) {
    if (const auto start = reached(date, day, environment)) environment.known_until(*start);
}

Value business_days_between(const Expr& call, const Value& from, const Value& moving, Environment& environment) {
    const Zone& zone = *context(environment).zone;
    const Calendar* calendar = context(environment).calendar;
    if (calendar == nullptr) return Value::error(Error::Code::other, fmt::format("\"{}\" needs a calendar", call.name));
    const Value date = moving.is(Kind::date) ? moving : date_of(moving, environment);
    const auto day = static_cast<Day>(date.as_int());
    const bool is_today = date.motion() != Motion::still && date.motion_base() == 0;
    if (date.motion() != Motion::still && !is_today) hold_until_day(date, std::int64_t{day} + 1, environment);
    const auto count = calendar->between(day_of(from, zone), day, Ends::end_only);
    if (!count) {
        if (day < calendar->rules().known_from) hold_until_day(date, calendar->rules().known_from, environment);
        return Value::error(Error::Code::range, fmt::format("the calendar \"{}\" knows no days before {} or after {}",
                                                            calendar->name(), format_date(calendar->rules().known_from),
                                                            format_date(calendar->rules().known_until)));
    }
    const Value result = Value::count(Kind::business_days, *count);
    know_until_day(date, std::int64_t{calendar->rules().known_until} + 1, environment);
    if (!is_today) return result;
    return result.moving(Motion::business_day, pack({day_of(from, zone), 0}));
}

/// Parts of a clock that step: how long each part holds, in seconds of local time.
struct Step {
    std::string_view name;
    std::int64_t seconds;
};
constexpr Step steps[] = {{"getMinutes", 60},       {"getHours", 3600},      {"getDate", 86400},
                          {"getDayOfMonth", 86400}, {"getDayOfWeek", 86400}, {"getDayOfYear", 86400},
                          {"getMonth", 86400},      {"getFullYear", 86400}};

/// The first instant after `now` at which the zone's offset is another, before `limit`.
Instant offset_changes(const Zone& zone, Instant now, Instant limit) {
    const int offset = zone.civil(now).offset_seconds;
    if (zone.civil(limit - 1).offset_seconds == offset) return limit;
    Instant same = now;
    Instant other = limit - 1;
    while (other - same > 1) {
        const Instant middle = same + (other - same) / 2;
        (zone.civil(middle).offset_seconds == offset ? same : other) = middle;
    }
    return other;
}

Value step_of(const Expr& call, const Step& step, std::span<const Value> args, Environment& environment) {
    const Value& moving = args[0];
    std::vector<Value> still(args.begin(), args.end());
    still[0] = Value::timestamp(moving.as_int());
    const Value result = call_function(call.name, call.receiver, still, context(environment));
    if (result.is_error()) return result;
    const auto zone = args.size() > 1 ? Zone::find(args[1].as_string()) : std::optional(Zone::utc());
    const Instant now = moving.as_int();
    const Instant local = now + zone->civil(now).offset_seconds * micros_per_second;
    const Instant width = step.seconds * micros_per_second;
    const Instant boundary = now + width - ((local % width) + width) % width;
    environment.holds_until(offset_changes(*zone, now, boundary) - moving.motion_base());
    return result;
}

/// `days_since(x)`: days from x to the instant of decision.
Value since(const Expr& call, const Value& from, Environment& environment) {
    const auto at = environment.variable("at");
    if (!at || !at->is(Kind::timestamp)) return Value::error(Error::Code::missing_fact, "\"at\" is not given");
    const bool business = call.name == "business_days_since";
    if (at->motion() == Motion::still) {
        return call_function(business ? "business_days_between" : "days_between", false, std::vector{from, *at},
                             context(environment));
    }
    return business ? business_days_between(call, from, *at, environment) : days_between(from, *at, environment);
}

}  // namespace

Value moving_instant(Instant now) {
    return Value::timestamp(now).moving(Motion::instant, 0);
}

Value call_moving(const Expr& call, std::span<const Value> args, Environment& environment) {
    if (call.name == "days_since" || call.name == "business_days_since") {
        return args.size() == 1 && args[0].motion() == Motion::still ? since(call, args[0], environment)
                                                                     : no_sense(call);
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
        if (!first_moves && call.name == "days_between") return days_between(args[0], args[1], environment);
        if (!first_moves && call.name == "business_days_between")
            return business_days_between(call, args[0], args[1], environment);
    }
    if (call.name == "date" && args.size() == 1 && args[0].is(Kind::timestamp)) return date_of(args[0], environment);
    for (const Step& step : steps) {
        if (call.name == step.name && args[0].is(Kind::timestamp) && args[0].motion() == Motion::instant)
            return step_of(call, step, args, environment);
    }
    return no_sense(call);
}

}  // namespace praxe
