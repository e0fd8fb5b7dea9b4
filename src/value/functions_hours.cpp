// Business hours: opening time of a team, counted on its calendar.
//
// A term of business hours runs while the team is there. It ends at the first instant up to which so much opening time
// has passed: where that is a closing time, then, and not at the next opening. A term of none ends where it starts.
#include <array>

#include "value/business_clock.hpp"
#include "value/day_context.hpp"
#include "value/function_rows.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

constexpr std::int64_t micros_per_hour = 3'600'000'000;

/// A team's name, a calendar's, and absences as pairs of a first and a last day.
constexpr std::string_view hours_clock_names[] = {"",
                                                  ", string",
                                                  ", string, string",
                                                  ", list(list(date))",
                                                  ", string, list(list(date))",
                                                  ", string, string, list(list(date))"};
constexpr std::string_view team_names[] = {"", ", string", ", string, string"};

Value hours_of_number(const Context&, Args a) {
    std::int64_t micros;
    if (!__builtin_mul_overflow(a[0].as_int(), micros_per_hour, &micros))
        return Value::count(Kind::business_hours, micros);
    return Value::error(Error::Code::range, fmt::format("{} is out of the range of business_hours", to_text(a[0])));
}
Value hours_of_text(const Context&, Args a) {
    const auto span = parse_duration(a[0].as_string());
    if (span && span->nanos_below == 0) return Value::count(Kind::business_hours, span->micros);
    return Value::error(Error::Code::conversion,
                        fmt::format("{} is no length of business hours (as in 1h30m)", to_text(a[0])));
}

Value hours_between(const Context& context, Args a) {
    const auto [clock, error] = find_hours_clock(context, a.subspan(2));
    if (!clock) return error;
    const auto start = clock->reading_at(a[0].as_int());
    const auto end = clock->reading_at(a[1].as_int());
    return start && end ? Value::count(Kind::business_hours, *end - *start) : unknown_days(clock->calendar());
}

Value term_end_in_hours(const Context& context, Args a) {
    if (a[1].as_int() < 0) return Value::error(Error::Code::range, "a term cannot be negative: " + to_text(a[1]));
    const auto [clock, error] = find_hours_clock(context, a.subspan(2));
    if (!clock) return error;
    const auto start = clock->reading_at(a[0].as_int());
    if (start && a[1].as_int() == 0) return a[0];
    std::int64_t last;
    if (!start || __builtin_add_overflow(*start, a[1].as_int(), &last)) return unknown_days(clock->calendar());
    const auto end = clock->first_at(last);
    return end ? Value::timestamp(*end) : unknown_days(clock->calendar());
}

Value is_open(const Context& context, Args a) {
    const HoursFound found = find_hours(context, a.subspan(1));
    if (found.hours == nullptr) return found.error;
    const auto is = found.hours->is_open(a[0].as_int());
    return is ? Value::boolean(*is) : unknown_days(*found.calendar);
}

/// The end of business of a day: the last closing on it, or its end where the team stays over midnight.
Value closes_at(const Context& context, Args a) {
    const HoursFound found = find_hours(context, a.subspan(1));
    if (found.hours == nullptr) return found.error;
    const Day day = static_cast<Day>(a[0].as_int());
    const Value start = start_of(context, day);
    const Value end = start_of(context, day + 1);
    if (start.is_error() || end.is_error()) return start.is_error() ? start : end;
    const auto before = found.hours->open_until(start.as_int());
    const auto until = found.hours->open_until(end.as_int());
    if (!before || !until) return unknown_days(*found.calendar);
    if (*until > *before) return Value::timestamp(*found.hours->reached(*until));
    return Value::error(Error::Code::other, fmt::format("nobody is there on {}", format_date(day)));
}

Value needs_now(const Context&, Args) {
    return Value::error(Error::Code::other, "there is no instant of decision here to count business hours to");
}

}  // namespace

FunctionRows hours_rows() {
    FunctionRows rows = {
        {"business_hours", "(int) -> business_hours", hours_of_number, "so many hours of opening time"},
        {"business_hours", "(string) -> business_hours", hours_of_text, "opening time, as in 1h30m"},
    };
    for (const std::string_view named : hours_clock_names) {
        rows.push_back({"term_end", fmt::format("(timestamp, business_hours{}) -> timestamp", named), term_end_in_hours,
                        "the first instant up to which so much opening time has passed"});
        rows.push_back({"business_hours_between", fmt::format("(timestamp, timestamp{}) -> business_hours", named),
                        hours_between, "opening time from the first instant to the second, negative backwards"});
        rows.push_back({"business_hours_since", fmt::format("(timestamp{}) -> business_hours", named), needs_now,
                        "opening time from it to the instant of decision"});
    }
    for (const std::string_view named : team_names) {
        rows.push_back(
            {"is_open", fmt::format("(timestamp{}) -> bool", named), is_open, "true while the team is there"});
        rows.push_back({"closes_at", fmt::format("(date{}) -> timestamp", named), closes_at,
                        "the end of business of the day: the last closing on it"});
    }
    return rows;
}

}  // namespace praxe
