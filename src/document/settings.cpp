// What holds for a whole ruleset: its own file says it, or the files that it names, which must then agree.
#include "document/settings.hpp"

#include <fmt/format.h>

#include "document/rule_shapes.hpp"

namespace praxe {
namespace {

std::string line_of(const Place& place) {
    return fmt::format("{}:{}", place.source->name(), place.source->position(place.span.begin).line);
}

/// Takes `from` where nothing is said yet. What is said was either the file's own word, which is the last one, or it
/// came from another file that is named before.
template <typename Said, typename Meaning>
void inherit_one(std::string_view key, std::optional<Said>& own, std::optional<Said>& from, const SourcePtr& own_source,
                 const Meaning& meaning, Diagnostics& diagnostics) {
    if (!from) return;
    if (!own) {
        own = std::move(from);
    } else if (own->source != own_source && meaning(*own) != meaning(*from)) {
        diagnostics.error(from->place(), fmt::format("\"{}\" says otherwise at {}", key, line_of(own->place())),
                          fmt::format("write {}: … in {}, which names both files", key, own_source->name()));
    }
}

std::string text_of(const Excerpt& text) {
    return text.text;
}
std::string file_of(const Excerpt& name) {
    return beside(name.source->name(), name.text);
}
/// Calendars made in place are each their own.
std::string calendar_of(const Node& calendar) {
    return calendar.is_scalar() ? calendar.text.text : line_of(calendar.place());
}

}  // namespace

Settings read_settings(Fields& fields, Diagnostics& diagnostics) {
    Settings settings;
    settings.source = fields.source();
    settings.name = fields.need_text("ruleset");
    settings.title = read_text(fields, "title", diagnostics);
    settings.vocabulary = fields.text("vocabulary");
    settings.zone = fields.text("zone");
    settings.currency = fields.text("currency");
    if (const Node* calendar = fields.take("calendar")) settings.calendar = *calendar;
    if (const Node* effective = fields.take("effective")) {
        Fields dates(*effective, "\"effective\"", diagnostics);
        settings.effective_from = dates.text("from");
        settings.effective_until = dates.text("until");
        dates.finish();
    }
    return settings;
}

void inherit(Settings& own, Settings from, Inherited as, Diagnostics& diagnostics) {
    inherit_one("vocabulary", own.vocabulary, from.vocabulary, own.source, file_of, diagnostics);
    inherit_one("zone", own.zone, from.zone, own.source, text_of, diagnostics);
    inherit_one("currency", own.currency, from.currency, own.source, text_of, diagnostics);
    inherit_one("calendar", own.calendar, from.calendar, own.source, calendar_of, diagnostics);
    const bool dated = own.effective_from || own.effective_until;
    if (as == Inherited::part) {
        const auto& date = from.effective_from ? from.effective_from : from.effective_until;
        if (date && !dated) {
            diagnostics.error(date->place(), "a part is in force as long as the whole ruleset is",
                              fmt::format("write effective: … in {}", own.source->name()));
        }
        return;
    }
    if (own.title.languages.empty()) own.title = std::move(from.title);
    if (dated) return;
    own.effective_from = std::move(from.effective_from);
    own.effective_until = std::move(from.effective_until);
}

}  // namespace praxe
