// The day's lists for a person, as JSON, and as a calendar.
#pragma once

#include <string>
#include <vector>

#include "agenda/agenda.hpp"
#include "cli/report.hpp"

namespace praxe {

/// What the lists are of.
struct AgendaPage {
    Day day;
    std::size_t cases;
    Instant latest;  // of the cases' instants
    std::vector<PersonDay> people;
};

std::string agenda_text(const AgendaPage& page, const Ruleset& ruleset, const ReportStyle& style);
/// One object on one line: `{"for": …, "day": …, "items": […], "load": …, "over": …, "moves": […]}`.
std::string agenda_json(const PersonDay& person, Day day, const Ruleset& ruleset);
/// RFC 5545: an event for each item on the day it is to be done, moved or not; stamped by the cases' instants.
std::string agenda_calendar(const AgendaPage& page, const Ruleset& ruleset, const std::string& language);

}  // namespace praxe
