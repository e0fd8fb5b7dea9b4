// Looking for a text in a text, in time proportional to the two together whatever they hold.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace praxe {

/// For each beginning of `part`: how long the longest of its own beginnings is that it also ends with.
inline std::vector<std::size_t> borders(std::string_view part) {
    std::vector<std::size_t> border(part.size(), 0);
    for (std::size_t i = 1, matched = 0; i < part.size(); ++i) {
        while (matched > 0 && part[i] != part[matched]) matched = border[matched - 1];
        if (part[i] == part[matched]) ++matched;
        border[i] = matched;
    }
    return border;
}

/// Where `part` first stands in `text` from `begin` on, in bytes; npos if nowhere.
inline std::size_t find_text(std::string_view text, std::string_view part, std::size_t begin = 0) {
    constexpr std::size_t short_part_bytes = 32;  // the plain search takes at most so many times the text
    if (part.size() <= short_part_bytes || begin > text.size()) return text.find(part, begin);
    const std::vector<std::size_t> border = borders(part);
    for (std::size_t i = begin, matched = 0; i < text.size(); ++i) {  // Knuth, Morris and Pratt
        while (matched > 0 && text[i] != part[matched]) matched = border[matched - 1];
        if (text[i] == part[matched]) ++matched;
        if (matched == part.size()) return i + 1 - matched;
    }
    return std::string_view::npos;
}

/// Where `part` last begins in `text` at `begin` or before, in bytes; npos if nowhere.
inline std::size_t find_last_text(std::string_view text, std::string_view part,
                                  std::size_t begin = std::string_view::npos) {
    if (part.size() > text.size()) return std::string_view::npos;
    text = text.substr(0, std::min(begin, text.size() - part.size()) + part.size());
    const std::string backwards(text.rbegin(), text.rend());
    const std::string part_backwards(part.rbegin(), part.rend());
    const std::size_t found = find_text(backwards, part_backwards);
    return found == std::string_view::npos ? found : text.size() - found - part.size();
}

}  // namespace praxe
