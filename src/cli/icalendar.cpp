// Events as a calendar (RFC 5545), by libical.
#include "cli/icalendar.hpp"

#include <libical/ical.h>

#include <memory>

namespace praxe {
namespace {

constexpr Instant one_second = 1'000'000;

struct Freed {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, Freed>;

icaltimetype utc(Instant at) {
    const Instant seconds = at / one_second - (at % one_second < 0 ? 1 : 0);
    return icaltime_from_timet_with_zone(static_cast<time_t>(seconds), 0, icaltimezone_get_utc_timezone());
}

icaltimetype whole_day(Day day) {
    const CivilDate date = civil_from_day(day);
    icaltimetype time = icaltime_null_date();
    time.year = static_cast<int>(date.year);
    time.month = date.month;
    time.day = date.day;
    return time;
}

icalcomponent* component_of(const CalendarEvent& event) {
    icalcomponent* component = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    const auto add = [&](icalproperty* property) { icalcomponent_add_property(component, property); };
    const auto* day = std::get_if<WholeDay>(&event.when);
    add(icalproperty_new_uid(event.uid.c_str()));
    add(icalproperty_new_dtstamp(utc(event.stamp)));
    add(icalproperty_new_dtstart(day != nullptr ? whole_day(day->day) : utc(std::get<Instant>(event.when))));
    add(icalproperty_new_summary(event.summary.c_str()));
    add(icalproperty_new_description(event.description.c_str()));
    if (!event.category.empty()) add(icalproperty_new_categories(event.category.c_str()));
    add(icalproperty_new_transp(day != nullptr ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
    return component;
}

}  // namespace

std::string icalendar(std::string_view product, const std::vector<CalendarEvent>& events) {
    const Component calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
    icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
    const std::string by = "-//praxe//" + std::string(product) + "//EN";
    icalcomponent_add_property(calendar.get(), icalproperty_new_prodid(by.c_str()));
    for (const CalendarEvent& event : events) icalcomponent_add_component(calendar.get(), component_of(event));
    const std::unique_ptr<char, decltype(&icalmemory_free_buffer)> text(icalcomponent_as_ical_string_r(calendar.get()),
                                                                        &icalmemory_free_buffer);
    return text.get();
}

}  // namespace praxe
