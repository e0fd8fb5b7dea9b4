// Rules that name days of the year, as calendars and opening hours have them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "value/time.hpp"

namespace praxe {

/// The nth of a weekday in a month; counted from its end where `nth` is negative.
struct NthWeekday {
    int nth = 1;      // 1…5, -1…-5
    int weekday = 0;  // 0 Sunday … 6 Saturday
    bool operator==(const NthWeekday&) const = default;
};

/// One rule, as data: a day of each year, or one single day.
struct DayRule {
    int month = 0, day = 0;                      // a fixed date of every year that has it, or
    std::optional<int> easter_offset = {};       // days from Easter Sunday, or
    std::optional<NthWeekday> nth_weekday = {};  // of `month`, or
    std::optional<Day> only = {};                // one single date
    std::array<int, 7> moved = {};               // by the weekday that the day falls on: days by which it is moved
    std::optional<std::int64_t> from = {}, until = {};  // first and last year in force, before it is moved
    bool operator==(const DayRule&) const = default;
};
inline constexpr int max_easter_offset = 366;
inline constexpr int max_moved_days = 30;

/// The day that the rule names in a year, if it does. A single date is named in its own year alone.
std::optional<Day> day_in_year(const DayRule& rule, std::int64_t year);

}  // namespace praxe
