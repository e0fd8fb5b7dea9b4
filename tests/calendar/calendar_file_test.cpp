// Calendar files: what they may say, and the exact words for what is wrong with them.
#include "document/calendar_file.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace praxe {
namespace {

using Texts = std::map<std::string, std::string>;  // file name without ending → text

/// What all files of a folder come to.
struct Folder {
    CalendarRulesByName calendars;
    Diagnostics diagnostics;

    explicit Folder(const Texts& texts, const CalendarLimits& limits = {}) {
        std::map<std::string, Node, std::less<>> documents;
        for (const auto& [name, text] : texts) {
            if (auto node = read_yaml(std::make_shared<Source>(name + ".yaml", text), diagnostics)) {
                documents.emplace(name, *std::move(node));
            }
        }
        calendars = read_calendar_files(documents, diagnostics, limits);
    }

    const CalendarRules& operator[](const std::string& name) const { return calendars.at(name).value(); }
};

const Texts base{{"base", R"(calendar: base
known: {from: 2020-01-01, until: 2029-12-31}
week_off: [saturday, sunday]
days_off:
  - {name: Natal, date: 12-25}
  - {name: Carnaval, easter: -48}
  - {name: Carnaval, easter: -47}
)"}};

Texts with_base(const std::string& name, const std::string& text) {
    Texts texts = base;
    texts.emplace(name, text);
    return texts;
}

TEST(CalendarFile, SaysAllThereIsToSay) {
    const Folder folder(Texts{{"full", R"(calendar: full
title: {pt: Tudo, en: All of it}
source: a law
known: {from: 2020-01-01, until: 2029-12-31}
week_off: [friday, saturday]
days_off:
  - {name: every year, date: 02-29}
  - {name: some years, date: 11-20, from: 2024, until: 2026}
  - {name: by Easter, easter: 60}
  - {name: once, only: 2024-01-25}
)"}});
    ASSERT_TRUE(folder.diagnostics.empty()) << folder.diagnostics.to_string();
    const CalendarRules& rules = folder["full"];
    EXPECT_EQ(rules.name, "full");
    EXPECT_EQ(rules.title, (std::map<std::string, std::string>{{"pt", "Tudo"}, {"en", "All of it"}}));
    EXPECT_EQ(rules.source, "a law");
    EXPECT_EQ(format_date(rules.known_from), "2020-01-01");
    EXPECT_EQ(format_date(rules.known_until), "2029-12-31");
    EXPECT_EQ(rules.week_off, (std::vector<int>{5, 6}));
    ASSERT_EQ(rules.days_off.size(), 4U);
    EXPECT_EQ(rules.days_off[0].month, 2);
    EXPECT_EQ(rules.days_off[0].day, 29);
    EXPECT_EQ(rules.days_off[1].from, 2024);
    EXPECT_EQ(rules.days_off[1].until, 2026);
    EXPECT_EQ(rules.days_off[2].easter_offset, 60);
    EXPECT_EQ(rules.days_off[3].only, parse_date("2024-01-25"));
}

TEST(CalendarFile, LiesOverAnother) {
    const Folder folder(with_base("over", R"(calendar: over
over: base
drop: [Carnaval]
known: {from: 2024-01-01, until: 2024-12-31}
week_off: [sunday]
days_off: [{name: ours, date: 01-25}]
)"));
    ASSERT_TRUE(folder.diagnostics.empty()) << folder.diagnostics.to_string();
    const CalendarRules& rules = folder["over"];
    EXPECT_EQ(rules.name, "over");
    EXPECT_EQ(rules.week_off, (std::vector<int>{0}));
    EXPECT_EQ(format_date(rules.known_from), "2024-01-01");
    ASSERT_EQ(rules.days_off.size(), 2U);
    EXPECT_EQ(rules.days_off[0].name, "Natal");
    EXPECT_EQ(rules.days_off[1].name, "ours");
    EXPECT_EQ(folder["base"].days_off.size(), 3U);
}

TEST(CalendarFile, LiesOverOneThatIsReadLater) {
    const Folder folder(Texts{{"a", "calendar: a\nover: b\n"},
                              {"b", "calendar: b\nover: c\n"},
                              {"c", "calendar: c\nknown: {from: 2020-01-01, until: 2029-12-31}\nweek_off: []\n"}});
    ASSERT_TRUE(folder.diagnostics.empty()) << folder.diagnostics.to_string();
    EXPECT_EQ(format_date(folder["a"].known_until), "2029-12-31");
}

TEST(CalendarFile, ServesTheCalendarOfARuleset) {
    const Folder folder(base);
    Diagnostics diagnostics;
    const auto read = [&](const std::string& text) {
        const auto node = read_yaml(std::make_shared<Source>("sales.yaml", text), diagnostics);
        return node ? read_calendar_rules(*node->find("calendar"), folder.calendars, diagnostics) : std::nullopt;
    };
    const auto named = read("calendar: base\n");
    ASSERT_TRUE(named) << diagnostics.to_string();
    EXPECT_EQ(named->name, "base");
    EXPECT_EQ(named->days_off.size(), 3U);
    const auto laid_over = read("calendar: {over: base, add: [{date: 01-25, name: ours}]}\n");
    ASSERT_TRUE(laid_over) << diagnostics.to_string();
    EXPECT_EQ(laid_over->name, "");
    EXPECT_EQ(laid_over->days_off.size(), 4U);
    EXPECT_FALSE(read("calendar: bsae\n"));
    EXPECT_EQ(diagnostics.to_string(), R"(sales.yaml:1:11: error: no calendar is named "bsae"
    calendar: bsae
              ^~~~
    hint: did you mean "base"?
)");
}

struct Bad {
    const char* what;
    const char* text;  // of the file x, in a folder with the file base
    const char* errors;
};

const Bad bad_files[] = {
    {"a list", "- calendar: x\n", R"(x.yaml:1:1: error: a calendar must be a map of fields, not a list
    - calendar: x
    ^~~~~~~~~~~~~
)"},
    {"a name only", "base\n", R"(x.yaml:1:1: error: a calendar must be a map of fields, not a single value
    base
    ^~~~
)"},
    {"nothing but its name", "calendar: x\n", R"(x.yaml:1:1: error: a calendar needs "known"
    calendar: x
    ^~~~~~~~~~~
x.yaml:1:1: error: a calendar needs "week_off"
    calendar: x
    ^~~~~~~~~~~
)"},
    {"another name", "calendar: y\nover: base\n", R"(x.yaml:1:11: error: the calendar "y" is in a file named "x"
    calendar: y
              ^
    hint: a calendar has the name of its file
)"},
    {"no name", "over: base\n", R"(x.yaml:1:1: error: a calendar file needs "calendar"
    over: base
    ^~~~~~~~~~
    hint: calendar: x
)"},
    {"a misspelt field", "calendar: x\nover: base\nweekoff: [sunday]\n",
     R"(x.yaml:3:1: error: a calendar has no field "weekoff"
    weekoff: [sunday]
    ^~~~~~~
    hint: did you mean "week_off"?
)"},
    {"an unknown calendar underneath", "calendar: x\nover: bsae\n", R"(x.yaml:2:7: error: no calendar is named "bsae"
    over: bsae
          ^~~~
    hint: did you mean "base"?
)"},
    {"itself underneath", "calendar: x\nover: x\n", R"(x.yaml:2:7: error: a calendar cannot be laid over itself: x → x
    over: x
          ^
)"},
    {"known days without an end", "calendar: x\nknown: {from: 2020-01-01}\nweek_off: []\n",
     R"(x.yaml:2:8: error: "known" needs "until"
    known: {from: 2020-01-01}
           ^~~~~~~~~~~~~~~~~~
)"},
    {"a known day that is no date", "calendar: x\nknown: {from: 2020-01-01, until: 2020-02-30}\nweek_off: []\n",
     R"(x.yaml:2:34: error: "2020-02-30" is not a date
    known: {from: 2020-01-01, until: 2020-02-30}
                                     ^~~~~~~~~~
    hint: dates are YYYY-MM-DD
)"},
    {"known days turned round", "calendar: x\nknown: {from: 2020-01-02, until: 2020-01-01}\nweek_off: []\n",
     R"(x.yaml:2:8: error: the known days end before they begin
    known: {from: 2020-01-02, until: 2020-01-01}
           ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
)"},
    {"more known days than underneath", "calendar: x\nover: base\nknown: {from: 2020-01-01, until: 2030-01-01}\n",
     R"(x.yaml:3:8: error: "base" knows only 2020-01-01 until 2029-12-31
    known: {from: 2020-01-01, until: 2030-01-01}
           ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
)"},
    {"days of the week", "calendar: x\nover: base\nweek_off: [saterday, sunday, sunday]\n",
     R"(x.yaml:3:12: error: "saterday" is not a day of the week
    week_off: [saterday, sunday, sunday]
               ^~~~~~~~
    hint: did you mean "saturday"?
x.yaml:3:30: error: sunday is named twice
    week_off: [saterday, sunday, sunday]
                                 ^~~~~~
)"},
    {"a drop without anything underneath",
     "calendar: x\nknown: {from: 2020-01-01, until: 2029-12-31}\nweek_off: []\ndrop: [Natal]\n",
     R"(x.yaml:4:1: error: there is no calendar underneath to drop days off from
    drop: [Natal]
    ^~~~
    hint: "over" names one
)"},
    {"a drop of what is not there", "calendar: x\nover: base\ndrop: [Nata]\n",
     R"(x.yaml:3:8: error: "base" has no day off named "Nata"
    drop: [Nata]
           ^~~~
    hint: did you mean "Natal"?
)"},
    {"day and month turned round", "calendar: x\nover: base\ndays_off:\n  - {name: a, date: 25-12}\n",
     R"(x.yaml:4:21: error: "25-12" is not a day of the year
      - {name: a, date: 25-12}
                        ^~~~~
    hint: days of the year are MM-DD: did you mean 12-25?
)"},
    {"no such day of the year", "calendar: x\nover: base\ndays_off:\n  - {name: a, date: 02-30}\n",
     R"(x.yaml:4:21: error: "02-30" is not a day of the year
      - {name: a, date: 02-30}
                        ^~~~~
    hint: days of the year are MM-DD
)"},
    {"no day at all", "calendar: x\nover: base\ndays_off:\n  - {name: a}\n",
     R"(x.yaml:4:5: error: a day off needs exactly one of "date", "easter", "weekday" and "only"
      - {name: a}
        ^~~~~~~~~
)"},
    {"two kinds of day", "calendar: x\nover: base\ndays_off:\n  - {name: a, date: 01-01, easter: 2}\n",
     R"(x.yaml:4:5: error: a day off needs exactly one of "date", "easter", "weekday" and "only"
      - {name: a, date: 01-01, easter: 2}
        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
)"},
    {"no name of a day off", "calendar: x\nover: base\ndays_off:\n  - {date: 01-01}\n",
     R"(x.yaml:4:5: error: a day off needs "name"
      - {date: 01-01}
        ^~~~~~~~~~~~~
)"},
    {"a misspelt field of a day off", "calendar: x\nover: base\ndays_off:\n  - {name: a, date: 01-01, untill: 2024}\n",
     R"(x.yaml:4:28: error: a day off has no field "untill"
      - {name: a, date: 01-01, untill: 2024}
                               ^~~~~~
    hint: did you mean "until"?
)"},
    {"too far from Easter", "calendar: x\nover: base\ndays_off:\n  - {name: a, easter: 367}\n",
     R"(x.yaml:4:23: error: "easter" must be a whole number from -366 to 366, not "367"
      - {name: a, easter: 367}
                          ^~~
)"},
    {"years turned round", "calendar: x\nover: base\ndays_off:\n  - {name: a, date: 01-01, from: 2025, until: 2024}\n",
     R"(x.yaml:4:47: error: 2024 is before 2025
      - {name: a, date: 01-01, from: 2025, until: 2024}
                                                  ^~~~
)"},
    {"years of a single date", "calendar: x\nover: base\ndays_off:\n  - {name: a, only: 2024-01-25, from: 2024}\n",
     R"(x.yaml:4:5: error: "from" and "until" are for a day off of every year, not for "only"
      - {name: a, only: 2024-01-25, from: 2024}
        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
)"},
    {"a single date that is not known", "calendar: x\nover: base\ndays_off:\n  - {name: a, only: 2030-01-25}\n",
     R"(x.yaml:4:21: error: 2030-01-25 is outside of the known days (2020-01-01 until 2029-12-31)
      - {name: a, only: 2030-01-25}
                        ^~~~~~~~~~
)"},
    {"everything at once", "calendar: x\nover: bsae\nweek_off: [sun]\ndays_off:\n  - {name: a, date: 1-1}\n",
     R"(x.yaml:2:7: error: no calendar is named "bsae"
    over: bsae
          ^~~~
    hint: did you mean "base"?
x.yaml:3:12: error: "sun" is not a day of the week
    week_off: [sun]
               ^~~
    hint: known are: sunday, monday, tuesday, wednesday, thursday, friday, saturday
x.yaml:5:21: error: "1-1" is not a day of the year
      - {name: a, date: 1-1}
                        ^~~
    hint: days of the year are MM-DD
)"},
};

TEST(CalendarFile, SaysWhatIsWrong) {
    for (const Bad& bad : bad_files) {
        const Folder folder(with_base("x", bad.text));
        EXPECT_EQ(folder.diagnostics.to_string(), bad.errors) << bad.what;
        EXPECT_FALSE(folder.calendars.at("x")) << bad.what;
        EXPECT_TRUE(folder.calendars.at("base")) << bad.what;
    }
}

TEST(CalendarFile, ReportsACycleOnceWithItsPath) {
    const Folder folder(Texts{{"a", "calendar: a\nover: b\n"},
                              {"b", "calendar: b\nover: c\n"},
                              {"c", "calendar: c\nover: a\n"},
                              {"d", "calendar: d\nover: a\n"}});
    EXPECT_EQ(folder.diagnostics.to_string(), R"(c.yaml:2:7: error: a calendar cannot be laid over itself: a → b → c → a
    over: a
          ^
)");
    for (const auto& [name, rules] : folder.calendars) EXPECT_FALSE(rules) << name;
}

TEST(CalendarFile, WhatIsWrongUnderneathIsReportedOnce) {
    const Folder folder(
        Texts{{"a", "calendar: a\nover: c\ndrop: [x]\n"},
              {"b", "calendar: b\nover: c\n"},
              {"c", "calendar: c\nknown: {from: 2020-01-01, until: 2029-12-31}\nweek_off: [sunndy]\n"}});
    EXPECT_EQ(folder.diagnostics.to_string(), R"(c.yaml:3:12: error: "sunndy" is not a day of the week
    week_off: [sunndy]
               ^~~~~~
    hint: did you mean "sunday"?
)");
}

TEST(CalendarFile, Limits) {
    const std::string days = "calendar: x\nknown: {from: 2020-01-01, until: 2020-01-10}\nweek_off: []\n";
    const auto errors = [](const std::string& text, const CalendarLimits& limits) {
        return Folder(Texts{{"x", text}}, limits).diagnostics.to_string();
    };
    EXPECT_EQ(errors(days, {.max_known_days = 10}), "");
    EXPECT_EQ(errors(days, {.max_known_days = 9}), R"(x.yaml:2:8: error: a calendar can know 9 days at most, not 10
    known: {from: 2020-01-01, until: 2020-01-10}
           ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
)");
    const std::string two = days + "days_off: [{name: a, date: 01-01}, {name: b, date: 01-02}]\n";
    EXPECT_EQ(errors(two, {.max_days_off = 2}), "");
    EXPECT_EQ(errors(two, {.max_days_off = 1}), R"(x.yaml:1:1: error: a calendar can have 1 days off at most, not 2
    calendar: x
    ^~~~~~~~~~~
)");
    const std::string teams = days + "hours:\n  a: [{weekdays: monday, open: []}, {date: 01-02, open: []}]\n  b: []\n";
    EXPECT_EQ(errors(teams, {.max_teams = 2, .max_hours_rules = 2}), "");
    EXPECT_EQ(errors(teams, {.max_teams = 1}),
              R"(x.yaml:5:3: error: a calendar can have the hours of 1 teams at most, not 2
      a: [{weekdays: monday, open: []}, {date: 01-02, open: []}]
      ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
)");
    EXPECT_EQ(errors(teams, {.max_hours_rules = 1}),
              R"(x.yaml:5:6: error: a team can have 1 rules of hours at most, not 2
      a: [{weekdays: monday, open: []}, {date: 01-02, open: []}]
         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
)");
}

TEST(CalendarFile, IsLaidOverSeveral) {
    const std::string a =
        "calendar: a\nknown: {from: 2024-01-01, until: 2024-12-31}\nweek_off: sunday\n"
        "days_off: [{name: x, date: 05-01}]\n";
    const std::string b =
        "calendar: b\nover: a\nknown: {from: 2024-02-01, until: 2024-12-31}\nweek_off: saturday\n"
        "add: [{name: y, date: 05-02}]\n";
    const Folder folder(
        Texts{{"a", a}, {"b", b}, {"c", "calendar: c\nover: [a, b]\ndrop: y\nadd: [{name: z, date: 05-03}]\n"}});
    ASSERT_EQ(folder.diagnostics.to_string(), "");
    const CalendarRules& rules = folder["c"];
    EXPECT_EQ(rules.week_off, (std::vector<int>{0, 6}));
    EXPECT_EQ(format_date(rules.known_from), "2024-02-01");
    ASSERT_EQ(rules.days_off.size(), 2u) << "what both have once, what is dropped not at all";
    EXPECT_EQ(rules.days_off[0].calendar, "a");
    EXPECT_EQ(rules.days_off[1].calendar, "c");
}

}  // namespace
}  // namespace praxe
