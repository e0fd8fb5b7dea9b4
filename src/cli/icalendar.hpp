// Events as a calendar for other programs (RFC 5545).
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "value/time.hpp"

namespace praxe {

/// What lasts for a whole local day; written as a date, so that no reader needs the zone's rules.
struct WholeDay {
    Day day;
};

struct CalendarEvent {
    std::string uid;  // the same for the same event in every file, so that a reader moves it instead of adding another
    Instant stamp;    // as of when it is told; written in UTC, to the second
    std::variant<Instant, WholeDay> when;
    std::string summary, description;
    std::string category;  // may be empty
};

/// `product` says what of praxe wrote it. An event at an instant keeps its time busy, one of a whole day does not.
std::string icalendar(std::string_view product, const std::vector<CalendarEvent>& events);

}  // namespace praxe
