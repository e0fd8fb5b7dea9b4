// A calendar's month or year for other programs: JSON, iCalendar.
#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "cli/calendar_page.hpp"
#include "cli/calendar_words.hpp"
#include "cli/icalendar.hpp"

namespace praxe {
namespace {

using Json = rapidjson::Writer<rapidjson::StringBuffer>;

void field(Json& json, std::string_view key, std::string_view text) {
    json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void count_field(Json& json, const Calendar& calendar, Day first, Day last) {
    json.Key("business_days");
    const auto count = calendar.between(first, last, Ends::both);
    if (count) {
        json.Int64(*count);
    } else {
        json.Null();
    }
}

void months_field(Json& json, const CalendarPage& page) {
    json.Key("months");
    json.StartArray();
    for (int month = page.month == 0 ? 1 : page.month; month <= (page.month == 0 ? 12 : page.month); ++month) {
        const CalendarPage one{page.calendar, page.year, month, page.language};
        json.StartObject();
        field(json, "month", fmt::format("{:04}-{:02}", page.year, month));
        count_field(json, *page.calendar, one.first(), one.last());
        json.EndObject();
    }
    json.EndArray();
}

void days_off_field(Json& json, const CalendarPage& page) {
    json.Key("days_off");
    json.StartArray();
    for (Day day = page.first(); day <= page.last(); ++day) {
        for (const DayOffRule* rule : page.calendar->rules_of(day)) {
            json.StartObject();
            field(json, "date", format_date(day));
            field(json, "name", rule->name);
            field(json, "rule", rule_words(*rule, day, page.language));
            if (!rule->law.empty()) field(json, "law", rule->law);
            field(json, "calendar", rule->calendar);
            json.EndObject();
        }
    }
    json.EndArray();
}

}  // namespace

std::string page_json(const CalendarPage& page) {
    rapidjson::StringBuffer buffer;
    Json json(buffer);
    json.StartObject();
    field(json, "calendar", page.calendar->name());
    if (const auto title = page.calendar->rules().title.find(page.language);
        title != page.calendar->rules().title.end())
        field(json, "title", title->second);
    field(json, "from", format_date(page.first()));
    field(json, "until", format_date(page.last()));
    count_field(json, *page.calendar, page.first(), page.last());
    months_field(json, page);
    days_off_field(json, page);
    json.EndObject();
    return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
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
