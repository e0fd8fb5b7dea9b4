// Business days on a calendar, and when a term ends.
//
// A term leaves out the day it starts on and includes the day it ends on: it ends with the first instant of the local
// day after its last one. In months and years the last day is the one of the same number, or the first of the month
// after where that is missing (Brazilian Civil Code, art. 132). A term in elapsed time ends so much later.
#include <limits>
#include <optional>

#include "value/business_clock.hpp"
#include "value/day_context.hpp"
#include "value/function_rows.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

/// A calendar's name, and absences as pairs of a first and a last day.
constexpr std::string_view day_clock_names[] = {"", ", string", ", list(list(date))", ", string, list(list(date))"};

/// The calendar's name where the arguments go on after the first `n`.
const Value* name_after(Args args, std::size_t n) {
    return args.size() > n ? &args[n] : nullptr;
}

Value known_day(std::optional<Day> day, const Calendar& calendar) {
    return day ? date_value(*day) : unknown_days(calendar);
}

Value is_business_day(const Context& context, Args a) {
    const auto [clock, error] = find_day_clock(context, a.subspan(1));
    if (!clock) return error;
    const auto is = clock->is_business_day(static_cast<Day>(a[0].as_int()));
    return is ? Value::boolean(*is) : unknown_days(clock->calendar());
}

template <Adjust convention>
Value adjusted(const Context& context, Args a) {
    return with_calendar(context, name_after(a, 1), [&](const Calendar& calendar) {
        return known_day(calendar.adjust(static_cast<Day>(a[0].as_int()), convention), calendar);
    });
}

Value add_business_days(const Context& context, Args a) {
    return with_calendar(context, nullptr, [&](const Calendar& calendar) {
        return known_day(calendar.add(static_cast<Day>(a[0].as_int()), a[1].as_int()), calendar);
    });
}
Value take_business_days(const Context& context, Args a) {
    if (a[1].as_int() == std::numeric_limits<std::int64_t>::min()) return out_of_range(a[0], "-", a[1], "date");
    const Value backwards[] = {a[0], Value::count(Kind::business_days, -a[1].as_int())};
    return add_business_days(context, backwards);
}

Value count_between(const Context& context, const Value& from, const Value& to, const Value* calendar_name, Ends ends) {
    return with_day(context, from, [&](Day a) {
        return with_day(context, to, [&](Day b) {
            return with_calendar(context, calendar_name, [&](const Calendar& calendar) {
                const auto count = calendar.between(a, b, ends);
                return count ? Value::count(Kind::business_days, *count) : unknown_days(calendar);
            });
        });
    });
}

Value business_days_between(const Context& context, Args a) {
    const auto [clock, error] = find_day_clock(context, a.subspan(2));
    if (!clock) return error;
    return with_day(context, a[0], [&](Day from) {
        return with_day(context, a[1], [&](Day to) {
            const auto start = clock->reading_of(from);
            const auto end = clock->reading_of(to);
            return start && end ? Value::count(Kind::business_days, *end - *start) : unknown_days(clock->calendar());
        });
    });
}

std::optional<Ends> ends_named(std::string_view name) {
    if (name == "start") return Ends::start_only;
    if (name == "end") return Ends::end_only;
    if (name == "both") return Ends::both;
    return std::nullopt;
}
Value count_business_days(const Context& context, Args a) {
    const auto ends = ends_named(a[2].as_string());
    if (ends) return count_between(context, a[0], a[1], name_after(a, 3), *ends);
    return Value::error(Error::Code::conversion,
                        fmt::format("{} does not say which end counts: \"start\", \"end\" or \"both\"", to_text(a[2])));
}

Value needs_now(const Context&, Args) {
    return Value::error(Error::Code::other, "there is no instant of decision here to count business days to");
}

// Ends of terms.

Value negative_term(const Value& length) {
    return Value::error(Error::Code::range, "a term cannot be negative: " + to_text(length));
}

/// The end of the term whose last day is `last`, one of `length` from `start`.
Value end_after(const Context& context, std::optional<Day> last, const Value& start, const Value& length) {
    const auto next = last ? day_after(*last, 1) : std::nullopt;
    return next ? start_of(context, *next) : out_of_range(start, "+", length, "date");
}

template <std::optional<Day> last_day(Day start, const Value& length)>
Value term_end(const Context& context, Args a) {
    if (a[1].as_int() < 0) return negative_term(a[1]);
    return with_day(context, a[0], [&](Day start) { return end_after(context, last_day(start, a[1]), a[0], a[1]); });
}

std::optional<Day> last_calendar_day(Day start, const Value& days) {
    return day_after(start, days.as_int());
}
std::optional<Day> last_month_day(Day start, const Value& months_or_years) {
    return months_after(start, months_or_years);
}

/// The n-th business day after a day, which is not counted; for n = 0 the day itself, day off or not.
std::optional<Day> nth_day_after(const BusinessClock& clock, Day start, std::int64_t n) {
    const auto reading = clock.reading_of(start);
    std::int64_t last;
    if (!reading || __builtin_add_overflow(*reading, n, &last)) return std::nullopt;
    return n == 0 ? std::optional(start) : clock.day_of(last);
}

Value term_end_in_business_days(const Context& context, Args a) {
    if (a[1].as_int() < 0) return negative_term(a[1]);
    const auto [clock, error] = find_day_clock(context, a.subspan(2));
    if (!clock) return error;
    return with_day(context, a[0], [&](Day start) {
        const auto last = nth_day_after(*clock, start, a[1].as_int());
        return last ? end_after(context, last, a[0], a[1]) : unknown_days(clock->calendar());
    });
}

Value term_end_in_elapsed_time(const Context& context, Args a) {
    if (a[1].as_int() < 0) return negative_term(a[1]);
    return call_function("_+_", false, a, context);
}

void add_term_rows(FunctionRows& rows) {
    constexpr std::string_view doc =
        "when a term ends: its first day is not counted, its last is, and the end is the first instant after that day";
    for (const std::string_view start : {"date", "timestamp"}) {
        const auto row = [&](const std::string& length, Implementation call) {
            rows.push_back({"term_end", fmt::format("({}, {}) -> timestamp", start, length), call, doc});
        };
        for (const std::string_view named : day_clock_names)
            row(fmt::format("business_days{}", named), term_end_in_business_days);
        row("calendar_days", term_end<last_calendar_day>);
        row("months", term_end<last_month_day>);
        row("years", term_end<last_month_day>);
    }
    rows.push_back({"term_end", "(timestamp, duration) -> timestamp", term_end_in_elapsed_time, "so much later"});
}

/// The row, and the same with the name of another calendar as a last argument.
void add_with_calendar(FunctionRows& rows, std::string_view name, std::string_view params, std::string_view result,
                       Implementation call, std::string_view doc) {
    rows.push_back({name, fmt::format("({}) -> {}", params, result), call, doc});
    rows.push_back({name, fmt::format("({}, string) -> {}", params, result), call, doc});
}

/// The row, and the same with what a clock of business days is named by as last arguments.
void add_with_clock(FunctionRows& rows, std::string_view name, std::string_view params, std::string_view result,
                    Implementation call, std::string_view doc) {
    for (const std::string_view named : day_clock_names)
        rows.push_back({name, fmt::format("({}{}) -> {}", params, named, result), call, doc});
}

void add_between_rows(FunctionRows& rows) {
    for (const std::string_view from : {"date", "timestamp"}) {
        add_with_clock(rows, "business_days_since", from, "business_days", needs_now,
                       "business days after its day up to the day of the instant of decision");
        for (const std::string_view to : {"date", "timestamp"}) {
            const std::string both = fmt::format("{}, {}", from, to);
            add_with_clock(rows, "business_days_between", both, "business_days", business_days_between,
                           "business days after the first day up to the second, negative backwards");
            add_with_calendar(rows, "count_business_days", both + ", string", "business_days", count_business_days,
                              "business days between two days, counting \"start\", \"end\" or \"both\"");
        }
    }
}

}  // namespace

FunctionRows term_rows() {
    FunctionRows rows = {
        {"_+_", "(date, business_days) -> date", add_business_days, "the n-th business day after it"},
        {"_-_", "(date, business_days) -> date", take_business_days, "the n-th business day before it"},
    };
    add_with_clock(rows, "is_business_day", "date", "bool", is_business_day, "true on a business day");
    add_with_calendar(rows, "following", "date", "date", adjusted<Adjust::following>,
                      "the day itself if it is a business day, or the next one");
    add_with_calendar(rows, "preceding", "date", "date", adjusted<Adjust::preceding>,
                      "the day itself if it is a business day, or the one before");
    add_with_calendar(rows, "modified_following", "date", "date", adjusted<Adjust::modified_following>,
                      "following, unless that falls in another month: then preceding");
    add_with_calendar(rows, "modified_preceding", "date", "date", adjusted<Adjust::modified_preceding>,
                      "preceding, unless that falls in another month: then following");
    add_between_rows(rows);
    add_term_rows(rows);
    return rows;
}

}  // namespace praxe
