// Calendars as authors write them: a file, or a few lines inside a ruleset, laid over other calendars.
//
//   calendar: br_bank                 # the name, of a file (it is the file's name too)
//   title: {pt: …, en: …}             # optional
//   source: …                         # optional: where the rules come from
//   over: br_national                 # optional: start from this calendar, or of [several] together: what is off in
//   one drop: [Natal]                     # only with `over`: its days off that do not hold here, by name known: {from:
//   2000-01-01, until: 2079-12-31}       # with `over`: optional, and no wider than there week_off: [saturday, sunday]
//   # with `over`: optional, in place of its own days_off:                         # `add` is another word for it
//     - {name: Natal, date: 12-25}                     # every year, on MM-DD
//     - {name: Carnaval, easter: -48}                  # days from Easter Sunday
//     - {name: Consciência Negra, date: 11-20, from: 2024, until: 2030}       # first and last year in force
//     - {name: Luto, only: 2024-01-25}                 # one single date
//     - {name: Thanksgiving, weekday: thursday, nth: 4, month: 11}            # nth: -1 is the month's last
//     - {name: Christmas, date: 12-25, moved: {saturday: -1, sunday: 1}}      # by the day it falls on, so many days
//     - {name: Natal, date: 12-25, law: Lei 662/1949}  # optional: what made it
//   hours:                            # optional: opening hours, of a team each; a list: of whoever names no team
//     support:
//       - {weekdays: [monday, friday], open: [08:00-12:00, 13:00-18:00]}      # the last that names a day holds
//       - {name: Véspera, date: 12-24, open: 08:00-12:00}                     # before all weekdays; days off too
#pragma once

#include <map>
#include <optional>
#include <string>

#include "document/node.hpp"
#include "value/calendar.hpp"

namespace praxe {

/// Bounds on one calendar.
struct CalendarLimits {
    std::int64_t max_known_days = 146'097;  // 400 years
    std::size_t max_days_off = 1'000;       // rules, those of the calendars underneath included
    std::size_t max_teams = 24;             // with opening hours, those of the calendars underneath included
    std::size_t max_hours_rules = 400;      // of one team
};

/// Calendars by name. Without rules: the calendar is there, but what is wrong with it was already reported.
using CalendarRulesByName = std::map<std::string, std::optional<CalendarRules>, std::less<>>;

/// Reads one calendar: a map as above (the name may be missing, and is then empty), or the bare name of one of
/// `others`. `over` is looked up in `others`. Everything wrong goes to `diagnostics`, and then nothing is returned.
std::optional<CalendarRules> read_calendar_rules(const Node& calendar, const CalendarRulesByName& others,
                                                 Diagnostics& diagnostics, const CalendarLimits& limits = {});

/// Reads the calendar files of one folder, by the names of the files without their ending, each after the one it is
/// laid over. Everything wrong goes to `diagnostics` once, cycles too.
CalendarRulesByName read_calendar_files(const std::map<std::string, Node, std::less<>>& documents,
                                        Diagnostics& diagnostics, const CalendarLimits& limits = {});

}  // namespace praxe
