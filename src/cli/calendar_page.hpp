// A calendar as a page: a month or a year for a person, as JSON, or for another calendar program.
#pragma once

#include <string>
#include <vector>

#include "value/calendar.hpp"

namespace praxe {

struct CalendarPage {
    const Calendar* calendar;
    std::int64_t year;
    int month = 0;         // 0: the whole year
    std::string language;  // pt or en
    bool colour = false;

    Day first() const;
    Day last() const;
};

/// Grids of days with those off marked, how many business days, and the names of the days off with their rules.
std::string page_text(const CalendarPage& page);
/// `{"calendar", "title", "from", "until", "business_days", "months", "days_off"}`, on one line.
std::string page_json(const CalendarPage& page);
/// The days off as all-day events (RFC 5545).
std::string page_ical(const CalendarPage& page);

}  // namespace praxe
