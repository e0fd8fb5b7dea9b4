// Timestamps and durations: conversions, arithmetic, and their parts in a time zone.
#include "value/function_rows.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;
__extension__ using Nanos = __int128;  // an instant of CEL's in nanoseconds takes 69 bits

constexpr std::int64_t nanos_per_second = 1'000'000'000;
constexpr std::int64_t nanos_per_milli = 1'000'000;
constexpr Nanos first_instant = Nanos(min_instant) * 1000;
constexpr Nanos last_instant = Nanos(max_instant) * 1000 + 999;
/// A duration is shorter than from the first second of year 1 to the last one of year 9999.
constexpr Nanos duration_bound = Nanos(315'537'897'599) * nanos_per_second;

Nanos nanos_of(const Value& v) {
    return Nanos(v.as_int()) * 1000 + v.nanos_below();
}

struct Split {
    std::int64_t micros;
    int nanos_below;
};
/// REQUIRES: the microseconds fit in 64 bits.
Split split(Nanos n) {
    const Nanos below = (n % 1000 + 1000) % 1000;
    return {static_cast<std::int64_t>((n - below) / 1000), static_cast<int>(below)};
}

bool is_instant(Nanos n) {
    return n >= first_instant && n <= last_instant;
}
bool is_duration(Nanos n) {
    return n > -duration_bound && n < duration_bound;
}
Value instant(Nanos n) {
    const Split s = split(n);
    return Value::timestamp(s.micros, s.nanos_below);
}
Value span_of(Nanos n) {
    const Split s = split(n);
    return Value::duration(s.micros, s.nanos_below);
}

Value instant_or(Nanos n, const Value& a, std::string_view op, const Value& b) {
    return is_instant(n) ? instant(n) : out_of_range(a, op, b, "timestamp");
}
Value duration_or(Nanos n, const Value& a, std::string_view op, const Value& b) {
    return is_duration(n) ? span_of(n) : out_of_range(a, op, b, "duration");
}

Value add_to_instant(const Context&, Args a) {
    return instant_or(nanos_of(a[0]) + nanos_of(a[1]), a[0], "+", a[1]);
}
Value add_durations(const Context&, Args a) {
    return duration_or(nanos_of(a[0]) + nanos_of(a[1]), a[0], "+", a[1]);
}
Value multiply_duration(const Context&, Args a) {
    const bool first = a[0].is(Kind::duration);
    Nanos product = 0;
    const bool overflow =
        __builtin_mul_overflow(nanos_of(a[first ? 0 : 1]), Nanos(a[first ? 1 : 0].as_int()), &product);
    return overflow ? out_of_range(a[0], "*", a[1], "duration") : duration_or(product, a[0], "*", a[1]);
}
Value take_from_instant(const Context&, Args a) {
    return instant_or(nanos_of(a[0]) - nanos_of(a[1]), a[0], "-", a[1]);
}
Value between_instants(const Context&, Args a) {
    return duration_or(nanos_of(a[0]) - nanos_of(a[1]), a[0], "-", a[1]);
}
Value negative(const Context&, Args a) {
    return span_of(-nanos_of(a[0]));
}

Value unreadable(const Value& text, std::string_view what, std::string_view form) {
    return Value::error(Error::Code::conversion, fmt::format("{} is not a {} ({})", to_text(text), what, form));
}

Value instant_from_text(const Context&, Args a) {
    const auto parsed = parse_instant(a[0].as_string());
    return parsed ? Value::timestamp(parsed->micros, parsed->nanos_below)
                  : unreadable(a[0], "timestamp", "as in 2024-05-02T10:00:00-03:00");
}
Value instant_from_seconds(const Context&, Args a) {
    const Nanos n = Nanos(a[0].as_int()) * nanos_per_second;
    if (is_instant(n)) return instant(n);
    return Value::error(Error::Code::range, to_text(a[0]) + " seconds since 1970 are out of the range of timestamp");
}
Value duration_from_text(const Context&, Args a) {
    const auto parsed = parse_duration(a[0].as_string());
    if (!parsed) return unreadable(a[0], "duration", "as in 1h30m");
    const Value value = Value::duration(parsed->micros, parsed->nanos_below);
    if (is_duration(nanos_of(value))) return value;
    return Value::error(Error::Code::range, to_text(a[0]) + " is out of the range of duration");
}
Value same(const Context&, Args a) {
    return a[0];
}

// Parts of a timestamp: in UTC, or in the zone that a second argument names.

int full_year(const CivilTime& t) {
    return static_cast<int>(t.date.year);
}
int month_from_0(const CivilTime& t) {
    return t.date.month - 1;
}
int day_from_1(const CivilTime& t) {
    return t.date.day;
}
int day_from_0(const CivilTime& t) {
    return t.date.day - 1;
}
int day_of_week(const CivilTime& t) {
    return weekday(day_from_civil(t.date));
}
int day_of_year(const CivilTime& t) {
    return day_from_civil(t.date) - day_from_civil({t.date.year, 1, 1});
}
int hour(const CivilTime& t) {
    return t.hour;
}
int minute(const CivilTime& t) {
    return t.minute;
}
int second(const CivilTime& t) {
    return t.second;
}
int millis(const CivilTime& t) {
    return t.micros / 1000;
}

template <int (*part)(const CivilTime&)>
Value part_in_utc(const Context&, Args a) {
    return Value::integer(part(Zone::utc().civil(a[0].as_int())));
}
template <int (*part)(const CivilTime&)>
Value part_in_zone(const Context&, Args a) {
    const auto zone = Zone::find(a[1].as_string());
    if (!zone) return Value::error(Error::Code::conversion, to_text(a[1]) + " is not a time zone");
    return Value::integer(part(zone->civil(a[0].as_int())));
}

/// Whole units of a duration, towards zero.
template <std::int64_t seconds>
Value whole(const Context&, Args a) {
    return Value::integer(static_cast<std::int64_t>(nanos_of(a[0]) / (Nanos(seconds) * nanos_per_second)));
}
Value millis_of_second(const Context&, Args a) {
    return Value::integer(static_cast<std::int64_t>(nanos_of(a[0]) % nanos_per_second / nanos_per_milli));
}

constexpr std::string_view in_utc = "timestamp.() -> int";
constexpr std::string_view in_zone = "timestamp.(string) -> int";

template <int (*part)(const CivilTime&)>
void add_part(FunctionRows& rows, std::string_view name, std::string_view doc) {
    rows.push_back({name, std::string(in_utc), part_in_utc<part>, doc});
    rows.push_back({name, std::string(in_zone), part_in_zone<part>, doc});
}

void add_parts(FunctionRows& rows) {
    add_part<full_year>(rows, "getFullYear", "the year, in UTC or the zone named");
    add_part<month_from_0>(rows, "getMonth", "the month, January is 0, in UTC or the zone named");
    add_part<day_from_1>(rows, "getDate", "the day of the month from 1, in UTC or the zone named");
    add_part<day_from_0>(rows, "getDayOfMonth", "the day of the month from 0, in UTC or the zone named");
    add_part<day_of_week>(rows, "getDayOfWeek", "the day of the week, Sunday is 0, in UTC or the zone named");
    add_part<day_of_year>(rows, "getDayOfYear", "the day of the year from 0, in UTC or the zone named");
    add_part<hour>(rows, "getHours", "the hour, in UTC or the zone named");
    add_part<minute>(rows, "getMinutes", "the minute, in UTC or the zone named");
    add_part<second>(rows, "getSeconds", "the second, in UTC or the zone named");
    add_part<millis>(rows, "getMilliseconds", "thousandths of the second, in UTC or the zone named");
}

}  // namespace

FunctionRows time_rows() {
    FunctionRows rows = {
        {"timestamp", "(timestamp) -> timestamp", same, "the instant itself"},
        {"timestamp", "(string) -> timestamp", instant_from_text, "an instant read from RFC 3339"},
        {"timestamp", "(int) -> timestamp", instant_from_seconds, "so many seconds since 1970-01-01T00:00:00Z"},
        {"duration", "(duration) -> duration", same, "the duration itself"},
        {"duration", "(string) -> duration", duration_from_text, "a duration read from text, as 1h30m"},
        {"_+_", "(timestamp, duration) -> timestamp", add_to_instant, "so much later"},
        {"_+_", "(duration, timestamp) -> timestamp", add_to_instant, "so much later"},
        {"_+_", "(duration, duration) -> duration", add_durations, "both together"},
        {"_-_", "(timestamp, duration) -> timestamp", take_from_instant, "so much earlier"},
        {"_-_", "(timestamp, timestamp) -> duration", between_instants, "the time from the right to the left"},
        {"_-_", "(duration, duration) -> duration", between_instants, "the difference"},
        {"_*_", "(int, duration) -> duration", multiply_duration, "so many times as long"},
        {"_*_", "(duration, int) -> duration", multiply_duration, "so many times as long"},
        {"-_", "(duration) -> duration", negative, "the same length backwards"},
        {"getHours", "duration.() -> int", whole<3600>, "whole hours"},
        {"getMinutes", "duration.() -> int", whole<60>, "whole minutes"},
        {"getSeconds", "duration.() -> int", whole<1>, "whole seconds"},
        {"getMilliseconds", "duration.() -> int", millis_of_second, "thousandths left over after whole seconds"},
    };
    add_parts(rows);
    return rows;
}

}  // namespace praxe
