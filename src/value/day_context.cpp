// Finding the local day, the zone and the calendar that a function of days works under, or saying what is missing.
#include "value/day_context.hpp"

#include "value/function_rows.hpp"

namespace praxe {
namespace {

constexpr Day first_day = -719162;  // 0001-01-01
constexpr Day last_day = 2932896;   // 9999-12-31

std::optional<Day> within_years(std::int64_t day) {
    if (day < first_day || day > last_day) return std::nullopt;
    return static_cast<Day>(day);
}

}  // namespace

Value no_zone() {
    return Value::error(Error::Code::other, "local days need a time zone, and none is given");
}

Value date_or(std::optional<Day> day, const Value& a, std::string_view op, const Value& b) {
    return day ? date_value(*day) : out_of_range(a, op, b, "date");
}

std::optional<Day> day_after(std::int64_t day, std::int64_t days) {
    std::int64_t sum;
    return __builtin_add_overflow(day, days, &sum) ? std::nullopt : within_years(sum);
}
std::optional<Day> day_before(std::int64_t day, std::int64_t days) {
    std::int64_t difference;
    return __builtin_sub_overflow(day, days, &difference) ? std::nullopt : within_years(difference);
}
std::optional<Day> months_after(std::int64_t day, const Value& count) {
    std::int64_t months;
    if (__builtin_mul_overflow(count.as_int(), count.is(Kind::years) ? 12 : 1, &months)) return std::nullopt;
    return within_years(add_months(static_cast<Day>(day), months));
}

Value with_day(const FunctionContext& context, const Value& date_or_timestamp, absl::FunctionRef<Value(Day)> use) {
    if (date_or_timestamp.is(Kind::date)) return use(static_cast<Day>(date_or_timestamp.as_int()));
    return context.zone == nullptr ? no_zone() : use(context.zone->day_of(date_or_timestamp.as_int()));
}

Value start_of(const FunctionContext& context, Day day) {
    if (context.zone == nullptr) return no_zone();
    const Instant start = context.zone->start_of_day(day);
    if (start >= min_instant && start <= max_instant) return Value::timestamp(start);
    return Value::error(Error::Code::range, "the start of " + format_date(day) + " is out of the range of timestamp");
}

Value with_calendar(const FunctionContext& context, const Value* name, absl::FunctionRef<Value(const Calendar&)> use) {
    if (name == nullptr) {
        if (context.calendar != nullptr) return use(*context.calendar);
        return Value::error(Error::Code::other, "business days need a calendar, and none is given");
    }
    const Calendars none;
    const Calendars& known = context.calendars != nullptr ? *context.calendars : none;
    const auto found = known.find(name->as_string());
    if (found != known.end()) return use(*found->second);
    return Value::error(Error::Code::other, "there is no calendar " + to_text(*name));
}

Value unknown_days(const Calendar& calendar) {
    const CalendarRules& rules = calendar.rules();
    return Value::error(Error::Code::range,
                        fmt::format("the calendar \"{}\" knows the days from {} to {}, and others are asked for",
                                    calendar.name(), format_date(rules.known_from), format_date(rules.known_until)));
}

}  // namespace praxe
