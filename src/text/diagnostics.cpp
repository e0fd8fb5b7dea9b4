// Diagnostics as text: place, message, the source line with a caret, hint.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <praxe/diagnostics.hpp>

#include "text/columns.hpp"

namespace praxe {
namespace {

constexpr std::size_t max_shown_columns = 160;

bool continues_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// White space of the same width as `text`, tabs kept, so that a caret below stands in the right column.
std::string blank_like(std::string_view text) {
    std::string blank;
    while (!text.empty()) {
        const std::size_t tab = std::min(text.find('\t'), text.size());
        blank.append(columns_of(text.substr(0, tab)), ' ');
        if (tab < text.size()) blank += '\t';
        text.remove_prefix(std::min(tab + 1, text.size()));
    }
    return blank;
}

/// The part of a long line that is shown: a window of whole characters around the culprit.
std::pair<std::size_t, std::size_t> window(std::string_view line, std::size_t column) {
    if (line.size() <= max_shown_columns) return {0, line.size()};
    std::size_t begin = column > max_shown_columns / 2 ? column - max_shown_columns / 2 : 0;
    std::size_t end = std::min(line.size(), begin + max_shown_columns);
    while (begin < line.size() && continues_character(line[begin])) ++begin;
    while (end < line.size() && continues_character(line[end])) --end;
    return {begin, end};
}

std::string excerpt_with_caret(const Source& source, Span span) {
    const std::string_view line = source.line_at(span.begin);
    const std::size_t column = std::min<std::size_t>(source.position(span.begin).column - 1, line.size());
    const auto [begin, end] = window(line, column);
    const std::size_t marked_end = std::clamp<std::size_t>(column + (span.end > span.begin ? span.end - span.begin : 1),
                                                           column, std::max(end, column));
    const std::size_t width = std::max<std::size_t>(1, columns_of(line.substr(column, marked_end - column)));
    const std::string lead = begin > 0 ? "…" : "";
    const std::string tail = end < line.size() ? "…" : "";
    return fmt::format("    {}{}{}\n    {}{}^{}\n", lead, line.substr(begin, end - begin), tail, begin > 0 ? " " : "",
                       blank_like(line.substr(begin, column - begin)), std::string(width - 1, '~'));
}

}  // namespace

std::string to_string(const Diagnostic& diagnostic) {
    const char* severity = diagnostic.severity == Severity::error ? "error" : "warning";
    std::string out;
    if (diagnostic.place) {
        const auto [line, column] = diagnostic.place.source->position(diagnostic.place.span.begin);
        out = fmt::format("{}:{}:{}: {}: {}\n", diagnostic.place.source->name(), line, column, severity,
                          diagnostic.message);
        out += excerpt_with_caret(*diagnostic.place.source, diagnostic.place.span);
    } else {
        out = fmt::format("{}: {}\n", severity, diagnostic.message);
    }
    if (!diagnostic.hint.empty()) out += fmt::format("    hint: {}\n", diagnostic.hint);
    return out;
}

void Diagnostics::error(Place place, std::string message, std::string hint) {
    list_.push_back({Severity::error, std::move(place), std::move(message), std::move(hint)});
}

std::vector<Diagnostic> Diagnostics::sorted() const {
    std::map<const Source*, std::size_t> order;
    for (const auto& d : list_) order.emplace(d.place.source.get(), order.size());
    std::vector<Diagnostic> list = list_;
    std::stable_sort(list.begin(), list.end(), [&](const Diagnostic& a, const Diagnostic& b) {
        const auto key = [&](const Diagnostic& d) {
            return std::pair(order.at(d.place.source.get()), d.place.span.begin);
        };
        return key(a) < key(b);
    });
    const auto same = [](const Diagnostic& a, const Diagnostic& b) {
        return a.place.source == b.place.source && a.place.span.begin == b.place.span.begin && a.message == b.message;
    };
    std::vector<Diagnostic> once;
    for (Diagnostic& d : list) {
        const auto met = [&](const Diagnostic& other) { return same(other, d); };
        // Those of one place stand together.
        const auto first = std::find_if(once.rbegin(), once.rend(), [&](const Diagnostic& other) {
            return other.place.source != d.place.source || other.place.span.begin != d.place.span.begin;
        });
        if (std::none_of(once.rbegin(), first, met)) once.push_back(std::move(d));
    }
    return once;
}

std::string Diagnostics::to_string() const {
    std::string out;
    for (const auto& d : sorted()) out += praxe::to_string(d);
    return out;
}

}  // namespace praxe
