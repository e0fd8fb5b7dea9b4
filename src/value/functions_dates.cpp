// Dates, and counts of business days, calendar days, months and years: units that never mix.
#include <array>

#include "value/day_context.hpp"
#include "value/function_rows.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

// Counts: sums and differences of one unit, whole multiples.

Value sum(const Value& a, const Value& b) {
    std::int64_t n;
    const bool overflow = __builtin_add_overflow(a.as_int(), b.as_int(), &n);
    return overflow ? out_of_range(a, "+", b, author_type_name(a)) : Value::count(a.kind(), n);
}
Value difference(const Value& a, const Value& b) {
    std::int64_t n;
    const bool overflow = __builtin_sub_overflow(a.as_int(), b.as_int(), &n);
    return overflow ? out_of_range(a, "-", b, author_type_name(a)) : Value::count(a.kind(), n);
}
Value product(const Value& times, const Value& count) {
    std::int64_t n;
    const bool overflow = __builtin_mul_overflow(times.as_int(), count.as_int(), &n);
    return overflow ? out_of_range(times, "*", count, author_type_name(count)) : Value::count(count.kind(), n);
}

Value add_counts(const Context&, Args a) {
    return sum(a[0], a[1]);
}
Value subtract_counts(const Context&, Args a) {
    return difference(a[0], a[1]);
}
Value times_count(const Context&, Args a) {
    return product(a[0], a[1]);
}
Value count_times(const Context&, Args a) {
    return product(a[1], a[0]);
}
Value negate_count(const Context&, Args a) {
    return difference(Value::count(a[0].kind(), 0), a[0]);
}
template <Kind unit>
Value count_of(const Context&, Args a) {
    return Value::count(unit, a[0].as_int());
}

// Dates.

Value date_from_text(const Context&, Args a) {
    const auto day = parse_date(a[0].as_string());
    if (day) return date_value(*day);
    return Value::error(Error::Code::conversion, to_text(a[0]) + " is not a date (as in 2024-05-02)");
}
Value date_from_parts(const Context&, Args a) {
    const std::int64_t year = a[0].as_int(), month = a[1].as_int(), day = a[2].as_int();
    const auto within = [](std::int64_t n, std::int64_t most) { return n >= 1 && n <= most; };
    if (within(year, 9999) && within(month, 12) && within(day, 31)) {
        const CivilDate date{year, static_cast<int>(month), static_cast<int>(day)};
        if (valid_date(date)) return date_value(day_from_civil(date));
    }
    return Value::error(Error::Code::range, fmt::format("there is no date {}-{:02}-{:02}", year, month, day));
}
Value date_of_instant(const Context& context, Args a) {
    return with_day(context, a[0], date_value);
}
Value start_of_day(const Context& context, Args a) {
    return start_of(context, static_cast<Day>(a[0].as_int()));
}

Value add_days(const Context&, Args a) {
    return date_or(day_after(a[0].as_int(), a[1].as_int()), a[0], "+", a[1]);
}
Value take_days(const Context&, Args a) {
    return date_or(day_before(a[0].as_int(), a[1].as_int()), a[0], "-", a[1]);
}
Value days_apart(const Context&, Args a) {
    return Value::count(Kind::calendar_days, a[0].as_int() - a[1].as_int());
}
Value add_months_to_date(const Context&, Args a) {
    return date_or(months_after(a[0].as_int(), a[1]), a[0], "+", a[1]);
}

Value days_between(const Context& context, Args a) {
    return with_day(context, a[0], [&](Day from) {
        return with_day(context, a[1],
                        [&](Day to) { return Value::count(Kind::calendar_days, std::int64_t{to} - from); });
    });
}

/// Of a moving value src/run/moving.cpp says until when.
Value as_it_is(const Context&, Args a) {
    return a[0];
}

Value needs_now(const Context&, Args) {
    return Value::error(Error::Code::other, "there is no instant of decision here to count days to");
}

void add_count_rows(FunctionRows& rows) {
    constexpr std::array<std::string_view, 5> units = {"business_days", "business_hours", "calendar_days", "months",
                                                       "years"};
    for (const std::string_view unit : units) {
        const std::string two = fmt::format("({0}, {0}) -> {0}", unit);
        rows.push_back({"_+_", two, add_counts, "both together"});
        rows.push_back({"_-_", two, subtract_counts, "the difference"});
        rows.push_back({"_*_", fmt::format("(int, {0}) -> {0}", unit), times_count, "so many times as many"});
        rows.push_back({"_*_", fmt::format("({0}, int) -> {0}", unit), count_times, "so many times as many"});
        rows.push_back({"-_", fmt::format("({0}) -> {0}", unit), negate_count, "as many backwards"});
    }
}

}  // namespace

FunctionRows date_rows() {
    FunctionRows rows = {
        {"business_days", "(int) -> business_days", count_of<Kind::business_days>, "so many business days"},
        {"calendar_days", "(int) -> calendar_days", count_of<Kind::calendar_days>, "so many calendar days"},
        {"months", "(int) -> months", count_of<Kind::months>, "so many months"},
        {"years", "(int) -> years", count_of<Kind::years>, "so many years"},
        {"so_far", "(business_days) -> business_days", as_it_is, "a count up to now, as it stands at the instant"},
        {"so_far", "(calendar_days) -> calendar_days", as_it_is, "a count up to now, as it stands at the instant"},
        {"so_far", "(date) -> date", as_it_is, "the date of now, as it stands at the instant"},
        {"date", "(string) -> date", date_from_text, "a date read from YYYY-MM-DD"},
        {"date", "(int, int, int) -> date", date_from_parts, "the date of that year, month and day"},
        {"date", "(timestamp) -> date", date_of_instant, "the local day in the ruleset's zone"},
        {"start_of_day", "(date) -> timestamp", start_of_day,
         "the first instant of the local day in the ruleset's zone"},
        {"_+_", "(date, calendar_days) -> date", add_days, "so many days later"},
        {"_+_", "(date, months) -> date", add_months_to_date,
         "the day of the same number so many months later; the first of the next month where it is missing"},
        {"_+_", "(date, years) -> date", add_months_to_date,
         "the same day so many years later; 1 March where there is no 29 February"},
        {"_-_", "(date, calendar_days) -> date", take_days, "so many days earlier"},
        {"_-_", "(date, date) -> calendar_days", days_apart, "days from the right to the left"},
        {"days_since", "(date) -> calendar_days", needs_now, "days from it to the instant of decision"},
        {"days_since", "(timestamp) -> calendar_days", needs_now, "local days from it to the instant of decision"},
    };
    for (const std::string_view from : {"date", "timestamp"}) {
        for (const std::string_view to : {"date", "timestamp"}) {
            rows.push_back({"days_between", fmt::format("({}, {}) -> calendar_days", from, to), days_between,
                            "days from the local day of the first to that of the second"});
        }
    }
    add_count_rows(rows);
    return rows;
}

}  // namespace praxe
