// Days of the proleptic Gregorian calendar: civil dates, weekdays, months, Easter.
#include "value/time.hpp"

#include <algorithm>
#include <chrono>

namespace praxe {
namespace {

namespace chrono = std::chrono;

chrono::year_month_day to_chrono(const CivilDate& date) {
    return chrono::year(static_cast<int>(date.year)) / date.month / date.day;
}

chrono::year_month_day to_chrono(Day day) {
    return chrono::year_month_day(chrono::sys_days(chrono::days(day)));
}

Day from_chrono(const chrono::sys_days& day) {
    return static_cast<Day>(day.time_since_epoch().count());
}

}  // namespace

Day day_from_civil(const CivilDate& date) {
    return from_chrono(chrono::sys_days(to_chrono(date)));
}

CivilDate civil_from_day(Day day) {
    const auto date = to_chrono(day);
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
            static_cast<int>(static_cast<unsigned>(date.day()))};
}

bool valid_date(const CivilDate& date) {
    if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1) return false;
    return to_chrono(date).ok();
}

int weekday(Day day) {
    return static_cast<int>(chrono::weekday(chrono::sys_days(chrono::days(day))).c_encoding());
}

Day add_months(Day day, std::int64_t months) {
    // From any day of 0001…9999 this many months lead out of those years: more need not be told apart.
    constexpr std::int64_t far = 120'000;
    const auto date = to_chrono(day);
    const auto month =
        chrono::year_month(date.year(), date.month()) + chrono::months(static_cast<int>(std::clamp(months, -far, far)));
    const auto same_number = month / date.day();
    const auto first_after = (month + chrono::months(1)) / 1;
    return from_chrono(chrono::sys_days(same_number.ok() ? same_number : first_after));
}

Day easter(std::int64_t year) {
    const std::int64_t year_of_moon_cycle = year % 19;
    const std::int64_t century = year / 100;
    const std::int64_t dropped_leap_days = century - century / 4;
    const std::int64_t moon_correction = (8 * century + 13) / 25;
    // Days from 21 March to the full moon of the church's tables, 18 April at the latest.
    std::int64_t full_moon = (19 * year_of_moon_cycle + dropped_leap_days - moon_correction + 15) % 30;
    if (full_moon == 29 || (full_moon == 28 && year_of_moon_cycle > 10)) --full_moon;
    const Day moon_day = day_from_civil({year, 3, 21}) + static_cast<Day>(full_moon);
    return moon_day + 7 - weekday(moon_day);  // the Sunday after it
}

}  // namespace praxe
