// Changes of an overlay in the words of its author.
#include "document/overlay_changes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace praxe {
namespace {

std::string joined(const std::vector<Excerpt>& texts) {
    std::string out;
    for (const Excerpt& text : texts) out += (out.empty() ? "" : ", ") + written(text.text);
    return out;
}

std::string joined(const std::vector<RawAssignment>& assignments) {
    std::string out;
    for (const RawAssignment& one : assignments)
        out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", one.name.text, written(one.value.text));
    return out;
}

std::string joined(const std::vector<RawCite>& cites) {
    std::string out;
    for (const RawCite& cite : cites) {
        out += (out.empty() ? "" : ", ") + cite.clause.text;
        if (cite.when) out += fmt::format(" where {}", written(cite.when->text));
    }
    return out;
}

std::string said_in(const RawText& text) {
    std::string out;
    for (const auto& [language, said] : text.languages)
        out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", language, written(said.text));
    return out;
}

}  // namespace

void OverlayChanges::added(What what, std::string name, std::string after, const Place& place, std::string anchor) {
    add({what, How::added, std::move(name), {}, std::move(after), std::move(anchor), place});
}

void OverlayChanges::changed(What what, std::string name, std::string before, std::string after, const Place& place) {
    add({what, How::changed, std::move(name), std::move(before), std::move(after), {}, place});
}

void OverlayChanges::dropped(What what, std::string name, std::string before, const Place& place) {
    add({what, How::dropped, std::move(name), std::move(before), {}, {}, place});
}

void OverlayChanges::add(OverlayChange change) {
    if (begun_) changes_.push_back(std::move(change));
}

std::string written(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t';
        if (!blank) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::string written(const std::optional<Excerpt>& text) {
    return text ? written(text->text) : std::string();
}

std::string written(const std::optional<Node>& calendar) {
    if (!calendar) return {};
    if (calendar->is_scalar()) return calendar->text.text;
    const Node* const over = calendar->find("over");
    if (over == nullptr) return "its own";
    std::string names = over->text.text;
    for (const Node& one : over->items) names += (names.empty() ? "" : ", ") + one.text.text;
    return fmt::format("its own, over {}", names);
}

RuleParts parts_of(const RawRule& rule) {
    return {{{"cite", joined(rule.cites)},
             {"when", joined(rule.when)},
             {"where", joined(rule.cells)},
             {"unless", joined(rule.unless)},
             {"any", joined(rule.any)},
             {"require", joined(rule.require)},
             {"then", joined(rule.then)},
             {"say", said_in(rule.say)}}};
}

std::string written(const RuleParts& parts, const RuleParts* but) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto& [key, text] = parts[i];
        if (text.empty() || (but != nullptr && (*but)[i].second == text)) continue;
        out += fmt::format("{}{} {}", out.empty() ? "" : "; ", key, text);
    }
    return out;
}

void sort_by_place(std::vector<OverlayChange>& changes) {
    std::vector<const Source*> sources;
    for (const OverlayChange& change : changes) {
        const Source* const source = change.place.source.get();
        if (std::ranges::find(sources, source) == sources.end()) sources.push_back(source);
    }
    std::ranges::stable_sort(changes, {}, [&](const OverlayChange& change) {
        return std::pair(std::ranges::find(sources, change.place.source.get()), change.place.span.begin);
    });
}

}  // namespace praxe
