// The day's lists as JSON, by RapidJSON's writer.
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "check/model.hpp"
#include "cli/agenda_report.hpp"

namespace praxe {
namespace {

class AgendaJson {
  public:
    explicit AgendaJson(const Zone& zone) : zone_(zone) {}

    std::string of(const PersonDay& person, Day day) {
        json_.StartObject();
        text("for", person.person);
        text("day", format_date(day));
        key("items");
        json_.StartArray();
        for (const AgendaItem& item : person.items) write(item);
        json_.EndArray();
        number("load", person.items.size());
        number("capacity", person.capacity);
        number("over", person.over);
        key("moves");
        json_.StartArray();
        for (const AgendaMove& move : person.moves) write(person.items[move.item], move.to);
        json_.EndArray();
        key("works");
        json_.Bool(person.works);
        key("away");
        json_.Bool(person.away);
        if (!person.hand_over_to.empty()) text("hand_over_to", person.hand_over_to);
        json_.EndObject();
        return buffer_.GetString();
    }

  private:
    void write(const AgendaItem& item) {
        json_.StartObject();
        text("id", item.id);
        text("kind", item.kind);
        text("client", item.client);
        if (item.planned_at) text("planned_at", zone_.format(*item.planned_at));
        text("due_at", zone_.format(item.due_at));
        if (item.movable_until) text("movable_until", format_date(*item.movable_until));
        key("cite");
        json_.StartArray();
        for (const std::string& clause : item.cite) string(clause);
        json_.EndArray();
        if (!item.text.empty()) {
            key("text");
            json_.StartObject();
            for (const auto& [language, said] : item.text) text(language, said);
            json_.EndObject();
        }
        if (!item.from.empty()) text("from", item.from);
        json_.EndObject();
    }

    void write(const AgendaItem& item, Day to) {
        json_.StartObject();
        text("id", item.id);
        text("client", item.client);
        text("to", format_date(to));
        json_.EndObject();
    }

    void key(std::string_view name) { json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }
    void string(std::string_view value) { json_.String(value.data(), static_cast<rapidjson::SizeType>(value.size())); }
    void text(std::string_view name, std::string_view value) {
        key(name);
        string(value);
    }
    void number(std::string_view name, std::size_t value) {
        key(name);
        json_.Uint64(value);
    }

    const Zone& zone_;
    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> json_{buffer_};
};

}  // namespace

std::string agenda_json(const PersonDay& person, Day day, const Ruleset& ruleset) {
    return AgendaJson(ruleset.model().zone).of(person, day);
}

}  // namespace praxe
