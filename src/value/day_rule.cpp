// Rules of days → the day of a year.
#include "value/day_rule.hpp"

namespace praxe {
namespace {

std::optional<Day> nth_weekday_of(const NthWeekday& nth, std::int64_t year, int month) {
    const Day first = day_from_civil({year, month, 1});
    const Day after = month == 12 ? day_from_civil({year + 1, 1, 1}) : day_from_civil({year, month + 1, 1});
    const auto days_until = [](int from, int to) { return (to - from + 7) % 7; };
    const Day day = nth.nth > 0 ? first + days_until(weekday(first), nth.weekday) + (nth.nth - 1) * 7
                                : after - 1 - days_until(nth.weekday, weekday(after - 1)) + (nth.nth + 1) * 7;
    return day >= first && day < after ? std::optional(day) : std::nullopt;
}

std::optional<Day> unmoved(const DayRule& rule, std::int64_t year) {
    if (rule.only) return civil_from_day(*rule.only).year == year ? rule.only : std::nullopt;
    if (rule.from.value_or(year) > year || rule.until.value_or(year) < year) return std::nullopt;
    if (rule.easter_offset) return easter(year) + *rule.easter_offset;
    if (rule.nth_weekday) return nth_weekday_of(*rule.nth_weekday, year, rule.month);
    const CivilDate date{year, rule.month, rule.day};
    return valid_date(date) ? std::optional(day_from_civil(date)) : std::nullopt;
}

}  // namespace

std::optional<Day> day_in_year(const DayRule& rule, std::int64_t year) {
    const auto day = unmoved(rule, year);
    return day ? std::optional(*day + rule.moved[static_cast<std::size_t>(weekday(*day))]) : std::nullopt;
}

}  // namespace praxe
