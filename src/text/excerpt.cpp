// Excerpts: from bytes of a decoded text back to bytes of its source.
#include "text/excerpt.hpp"

#include <algorithm>

namespace praxe {

std::uint32_t Excerpt::offset(std::size_t i) const {
    return offsets.empty() ? base + static_cast<std::uint32_t>(i) : offsets[std::min(i, offsets.size() - 1)];
}

Span Excerpt::span(std::size_t begin, std::size_t end) const {
    const std::uint32_t first = offset(begin);
    const std::uint32_t last = end > begin ? offset(end - 1) + 1 : first + 1;
    return {first, std::max(last, first + 1)};
}

Excerpt Excerpt::part(std::size_t begin, std::size_t end) const {
    Excerpt p{text.substr(begin, end - begin), source, offset(begin), {}};
    if (offsets.empty()) return p;
    const auto first = offsets.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = offsets.begin() + static_cast<std::ptrdiff_t>(end) + 1;
    const auto is_gap = [](std::uint32_t a, std::uint32_t b) { return b != a + 1; };
    if (std::adjacent_find(first, last, is_gap) != last) p.offsets.assign(first, last);
    return p;
}

Excerpt Excerpt::trimmed() const {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    std::size_t begin = 0;
    std::size_t end = text.size();
    while (begin < end && blank(text[begin])) ++begin;
    while (end > begin && blank(text[end - 1])) --end;
    return part(begin, end);
}

Excerpt Excerpt::whole(SourcePtr source) {
    std::string text = source->text();
    return Excerpt{std::move(text), std::move(source), 0, {}};
}

}  // namespace praxe
