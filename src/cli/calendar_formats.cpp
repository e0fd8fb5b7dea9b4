// A calendar's month or year for other programs: JSON, iCalendar.
#include <fmt/format.h>

#include "cli/calendar_page.hpp"
#include "cli/calendar_words.hpp"
#include "cli/icalendar.hpp"
#include "document/json_writer.hpp"

namespace praxe {
namespace {

void count_field(JsonWriter& json, const Calendar& calendar, Day first, Day last) {
    json.key("business_days");
    const auto count = calendar.between(first, last, Ends::both);
    if (count) {
        json.number(*count);
    } else {
        json.null();
    }
}

void months_field(JsonWriter& json, const CalendarPage& page) {
    json.key("months");
    json.begin_list();
    for (int month = page.month == 0 ? 1 : page.month; month <= (page.month == 0 ? 12 : page.month); ++month) {
        const CalendarPage one{page.calendar, page.year, month, page.language};
        json.begin_object();
        json.text("month", fmt::format("{:04}-{:02}", page.year, month));
        count_field(json, *page.calendar, one.first(), one.last());
        json.end_object();
    }
    json.end_list();
}

void days_off_field(JsonWriter& json, const CalendarPage& page) {
    json.key("days_off");
    json.begin_list();
    for (Day day = page.first(); day <= page.last(); ++day) {
        for (const DayOffRule* rule : page.calendar->rules_of(day)) {
            json.begin_object();
            json.text("date", format_date(day));
            json.text("name", rule->name);
            json.text("rule", rule_words(*rule, day, page.language));
            if (!rule->law.empty()) json.text("law", rule->law);
            json.text("calendar", rule->calendar);
            json.end_object();
        }
    }
    json.end_list();
}

}  // namespace

std::string page_json(const CalendarPage& page) {
    JsonWriter json;
    json.begin_object();
    json.text("calendar", page.calendar->name());
    if (const auto title = page.calendar->rules().title.find(page.language);
        title != page.calendar->rules().title.end())
        json.text("title", title->second);
    json.text("from", format_date(page.first()));
    json.text("until", format_date(page.last()));
    count_field(json, *page.calendar, page.first(), page.last());
    months_field(json, page);
    days_off_field(json, page);
    json.end_object();
    return json.take() + "\n";
}

std::string page_ical(const CalendarPage& page) {
    std::vector<CalendarEvent> events;
    for (Day day = page.first(); day <= page.last(); ++day) {
        const auto rules = page.calendar->rules_of(day);
        for (std::size_t i = 0; i < rules.size(); ++i) {
            const std::string words = rule_words(*rules[i], day, page.language);
            events.push_back({.uid = fmt::format("{}-{}@{}", format_date(day), i, page.calendar->name()),
                              // The same calendar gives the same text: the event is as old as its day.
                              .stamp = Zone::utc().start_of_day(day),
                              .when = WholeDay{day},
                              .summary = rules[i]->name,
                              .description = rules[i]->law.empty() ? words : words + " · " + rules[i]->law,
                              .category = {}});
        }
    }
    return icalendar("calendar", events);
}

}  // namespace praxe
