// The day's lists as a calendar (RFC 5545), by libical: what is planned for an instant is an event at it, anything else
// one of the whole day. Instants are in UTC, so that no reader needs the zone's rules; whole days are local days.
#include <libical/ical.h>

#include <algorithm>
#include <memory>

#include "check/model.hpp"
#include "cli/agenda_report.hpp"
#include "run/display.hpp"
#include "run/outcome_words.hpp"

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

class AgendaCalendar {
  public:
    AgendaCalendar(const AgendaPage& page, const Ruleset& ruleset, const std::string& language)
        : page_(page),
          ruleset_(ruleset),
          zone_(ruleset.model().zone),
          language_(language),
          words_(ruleset.model(), language) {}

    std::string write() {
        const Component calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
        icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
        icalcomponent_add_property(calendar.get(), icalproperty_new_prodid("-//praxe//agenda//EN"));
        for (const PersonDay& person : page_.people) {
            for (std::size_t i = 0; i < person.items.size(); ++i)
                icalcomponent_add_component(calendar.get(), event(person, i));
        }
        const std::unique_ptr<char, decltype(&icalmemory_free_buffer)> text(
            icalcomponent_as_ical_string_r(calendar.get()), &icalmemory_free_buffer);
        return text.get();
    }

  private:
    /// The day it is moved to, or the one the list is of.
    Day day_of(const PersonDay& person, std::size_t item) const {
        const auto move =
            std::find_if(person.moves.begin(), person.moves.end(), [&](const AgendaMove& m) { return m.item == item; });
        return move == person.moves.end() ? page_.day : move->to;
    }

    icalcomponent* event(const PersonDay& person, std::size_t index) const {
        const AgendaItem& item = person.items[index];
        const Day day = day_of(person, index);
        const bool at_an_instant = item.planned_at && zone_.day_of(*item.planned_at) == day;
        icalcomponent* event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
        const auto add = [&](icalproperty* property) { icalcomponent_add_property(event, property); };
        add(icalproperty_new_uid(uid(person, item).c_str()));
        add(icalproperty_new_dtstamp(utc(page_.latest)));
        add(icalproperty_new_dtstart(at_an_instant ? utc(*item.planned_at) : whole_day(day)));
        add(icalproperty_new_summary(summary(item).c_str()));
        add(icalproperty_new_description(description(person, item).c_str()));
        add(icalproperty_new_categories(words_.word(item.kind).c_str()));
        add(icalproperty_new_transp(at_an_instant ? ICAL_TRANSP_OPAQUE : ICAL_TRANSP_TRANSPARENT));
        return event;
    }

    /// The same for the same item on the same person's list, whatever day it is moved to, so that a calendar that reads
    /// tomorrow's file moves the event instead of adding another.
    std::string uid(const PersonDay& person, const AgendaItem& item) const {
        return escaped(item.id) + "." + escaped(item.client) + "." + escaped(person.person) + "@" +
               escaped(ruleset_.name());
    }

    /// Parts of a UID cannot run into one another.
    static std::string escaped(const std::string& part) {
        std::string out;
        for (const char c : part) {
            const bool separates = c == '.' || c == '@' || c == '%';
            out += separates ? "%" : "";
            out += c;
        }
        return out;
    }

    std::string summary(const AgendaItem& item) const {
        const auto said = item.text.find(language_);
        return item.client + ": " + (said == item.text.end() ? words_.word(item.kind) + " " + item.id : said->second);
    }

    std::string description(const PersonDay& person, const AgendaItem& item) const {
        std::string out = words_.phrase("prazo", "due") + " " + display_instant(item.due_at, zone_, language_);
        if (item.movable_until)
            out += "; " + words_.phrase("pode passar até", "may move until") + " " +
                   display(Value::count(Kind::date, *item.movable_until), zone_, language_);
        out += "\n" + words_.word(item.kind) + " " + item.id + ", " + person.person;
        if (!item.from.empty()) out += " (" + words_.phrase("de", "from") + " " + item.from + ")";
        for (const std::string& clause : item.cite) out += "\n" + clause;
        return out;
    }

    const AgendaPage& page_;
    const Ruleset& ruleset_;
    const Zone& zone_;
    std::string language_;
    OutcomeWords words_;
};

}  // namespace

std::string agenda_calendar(const AgendaPage& page, const Ruleset& ruleset, const std::string& language) {
    return AgendaCalendar(page, ruleset, language).write();
}

}  // namespace praxe
