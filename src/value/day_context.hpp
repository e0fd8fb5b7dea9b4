// Local days for the functions of dates and terms: in the context's zone, on its calendars, within years 1 to 9999.
#pragma once

#include <absl/functional/function_ref.h>

#include <optional>
#include <string_view>

#include "value/functions.hpp"

namespace praxe {

inline Value date_value(Day day) {
    return Value::count(Kind::date, day);
}
/// The date, or the error that `a op b` is out of range.
Value date_or(std::optional<Day> day, const Value& a, std::string_view op, const Value& b);

// Nothing where the day would be outside of 0001-01-01 … 9999-12-31.
std::optional<Day> day_after(std::int64_t day, std::int64_t days);
std::optional<Day> day_before(std::int64_t day, std::int64_t days);
/// `count` is of months or years.
std::optional<Day> months_after(std::int64_t day, const Value& count);

Value no_zone();
/// `use` of the local day of a date or timestamp; an error where a timestamp meets no zone.
Value with_day(const FunctionContext& context, const Value& date_or_timestamp, absl::FunctionRef<Value(Day)> use);
/// The first instant of the local day; an error without a zone.
Value start_of(const FunctionContext& context, Day day);

/// `use` of the calendar named by `name` (a string), or of the ruleset's own where `name` is null; an error where there
/// is none.
Value with_calendar(const FunctionContext& context, const Value* name, absl::FunctionRef<Value(const Calendar&)> use);
/// The error of a question about days the calendar does not know.
Value unknown_days(const Calendar& calendar);

}  // namespace praxe
