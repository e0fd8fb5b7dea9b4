// The day's lists as JSON.

#include "check/model.hpp"
#include "cli/agenda_report.hpp"
#include "document/json_writer.hpp"

namespace praxe {
namespace {

class AgendaJson {
  public:
    explicit AgendaJson(const Zone& zone) : zone_(zone) {}

    std::string of(const PersonDay& person, Day day) {
        json_.begin_object();
        json_.text("for", person.person);
        json_.text("day", format_date(day));
        json_.objects("items", person.items, [&](const AgendaItem& item) { write(item); });
        json_.number("load", person.items.size());
        json_.number("capacity", person.capacity);
        json_.number("over", person.over);
        json_.objects("moves", person.moves, [&](const AgendaMove& move) { write(person.items[move.item], move.to); });
        json_.boolean("works", person.works);
        json_.boolean("away", person.away);
        json_.text_if_any("hand_over_to", person.hand_over_to);
        json_.end_object();
        return json_.take();
    }

  private:
    void write(const AgendaItem& item) {
        json_.text("id", item.id);
        json_.text("kind", item.kind);
        json_.text("client", item.client);
        if (item.planned_at) json_.text("planned_at", zone_.format(*item.planned_at));
        json_.text("due_at", zone_.format(item.due_at));
        if (item.movable_until) json_.text("movable_until", format_date(*item.movable_until));
        json_.texts("cite", item.cite);
        if (!item.text.empty()) json_.labelled("text", item.text);
        json_.text_if_any("from", item.from);
    }

    void write(const AgendaItem& item, Day to) {
        json_.text("id", item.id);
        json_.text("client", item.client);
        json_.text("to", format_date(to));
    }

    const Zone& zone_;
    JsonWriter json_;
};

}  // namespace

std::string agenda_json(const PersonDay& person, Day day, const Ruleset& ruleset) {
    return AgendaJson(ruleset.model().zone).of(person, day);
}

}  // namespace praxe
