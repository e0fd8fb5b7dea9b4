// Reads one event.
#include "history/event.hpp"

#include <fmt/format.h>

#include "document/fields.hpp"
#include "facts/record_part.hpp"
#include "facts/scalar.hpp"
#include "facts/schema_fields.hpp"

namespace praxe {
namespace {

class EventReader {
  public:
    EventReader(const Node& document, const EventTypes& types, const Schema& schema, Diagnostics& diagnostics)
        : types_(types), schema_(schema), diagnostics_(diagnostics), fields_(document, "an event", diagnostics) {
        event_.place = document.place();
    }

    Event read() {
        if (const Node* at = fields_.need("at")) read_at(*at);
        if (const auto id = fields_.text("id")) event_.id = id->text;
        if (const auto name = fields_.need_text("type")) read_type(*name);
        const auto subject = fields_.text(types_.subject);
        const Node* const record = fields_.take("record");
        fields_.finish();
        if (event_.type == nullptr) return std::move(event_);
        check_subject(subject);
        check_record(record);
        return std::move(event_);
    }

  private:
    void read_at(const Node& at) {
        if (!at.is_scalar())
            return diagnostics_.error(at.place(), fmt::format("\"at\" must be an instant, not {}", name_of(at.kind)));
        if (const auto instant = read_scalar(at, TypeKind::timestamp, {}, "at", diagnostics_))
            event_.at = instant->as_int();
    }

    void read_type(const Excerpt& name) {
        if (const auto type = types_.types.find(name.text); type != types_.types.end()) {
            event_.type = &type->second;
            return;
        }
        std::vector<std::string> known;
        for (const auto& type : types_.types) known.push_back(type.first);
        diagnostics_.error(name.place(), fmt::format("there is no event of type \"{}\"", shown(name.text)),
                           suggestion(name.text, known));
    }

    void check_subject(const std::optional<Excerpt>& subject) {
        if (subject && event_.type->shared)
            return diagnostics_.error(subject->place(),
                                      fmt::format("\"{}\" is of no one {}", event_.type->name, types_.subject),
                                      "leave it out: what it tells is true of every case");
        if (event_.type->shared) return;
        if (!subject || subject->text.empty())
            return diagnostics_.error(subject ? subject->place() : event_.place,
                                      fmt::format("the event does not say of which {} it is", types_.subject));
        event_.subject = subject->text;
    }

    void check_record(const Node* record) {
        const EventType& type = *event_.type;
        const bool none =
            type.change == EventType::Change::nothing || (type.change == EventType::Change::removes && !type.in_list);
        if (none && record != nullptr)
            return diagnostics_.error(record->place(), fmt::format("\"{}\" tells of no record", type.name));
        if (none) return;
        if (record != nullptr) {
            event_.record = read_record_part(*record, *type.record, schema_, "record", diagnostics_);
        } else {
            auto empty = std::make_shared<Record>();
            empty->type = type.record;
            empty->fields.resize(type.record->fields.size());
            event_.record = std::move(empty);
        }
        if (event_.record == nullptr || type.key < 0) return;
        const auto key = static_cast<std::size_t>(type.key);
        if (event_.record->fields[key].is_absent() && (type.with == nullptr || type.with->fields[key].is_absent()))
            diagnostics_.error(record != nullptr ? record->place() : event_.place,
                               fmt::format("the event does not say which of \"{}\" it tells of", type.path.text),
                               fmt::format("write \"record\": {{\"{}\": …}}", type.record->fields[key].name));
    }

    const EventTypes& types_;
    const Schema& schema_;
    Diagnostics& diagnostics_;
    Fields fields_;
    Event event_;
};

}  // namespace

std::optional<Event> read_event(const SourcePtr& line, const EventTypes& types, const Schema& schema,
                                Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.size();
    const auto document = read_json(line, diagnostics);
    if (!document) return std::nullopt;
    Event event = EventReader(*document, types, schema, diagnostics).read();
    if (diagnostics.size() != errors_before) return std::nullopt;
    return event;
}

}  // namespace praxe
