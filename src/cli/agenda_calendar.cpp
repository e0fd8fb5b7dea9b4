// The day's lists as a calendar: what is planned for an instant is an event at it, anything else one of the whole day.
#include <algorithm>

#include "check/model.hpp"
#include "cli/agenda_report.hpp"
#include "cli/icalendar.hpp"
#include "run/display.hpp"
#include "run/outcome_words.hpp"

namespace praxe {
namespace {

class AgendaCalendar {
  public:
    AgendaCalendar(const AgendaPage& page, const Ruleset& ruleset, const std::string& language)
        : page_(page),
          ruleset_(ruleset),
          zone_(ruleset.model().zone),
          language_(language),
          words_(ruleset.model(), language) {}

    std::string write() {
        std::vector<CalendarEvent> events;
        for (const PersonDay& person : page_.people) {
            for (std::size_t i = 0; i < person.items.size(); ++i) events.push_back(event(person, i));
        }
        return icalendar("agenda", events);
    }

  private:
    /// The day it is moved to, or the one the list is of.
    Day day_of(const PersonDay& person, std::size_t item) const {
        const auto move =
            std::find_if(person.moves.begin(), person.moves.end(), [&](const AgendaMove& m) { return m.item == item; });
        return move == person.moves.end() ? page_.day : move->to;
    }

    CalendarEvent event(const PersonDay& person, std::size_t index) const {
        const AgendaItem& item = person.items[index];
        CalendarEvent event{.uid = uid(person, item),
                            .stamp = page_.latest,
                            .when = WholeDay{day_of(person, index)},
                            .summary = summary(item),
                            .description = description(person, item),
                            .category = words_.word(item.kind)};
        if (item.planned_at && zone_.day_of(*item.planned_at) == day_of(person, index)) event.when = *item.planned_at;
        return event;
    }

    /// The same for the same item on the same person's list, whatever day it is moved to.
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
