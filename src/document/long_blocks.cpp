// Finds them by their lines alone.
#include "document/long_blocks.hpp"

#include <algorithm>

namespace praxe {
namespace {

constexpr int min_lines = 64;  // shorter ones are not worth it
constexpr std::string_view header_end = ": |";

/// The line that begins at `at`, without its break.
std::string_view line_at(std::string_view text, std::size_t at) {
    return text.substr(at, text.find('\n', at) - at);
}

std::size_t spaces_before(std::string_view line) {
    return std::min(line.find_first_not_of(' '), line.size());
}

bool is_empty(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

std::vector<LeftOut> long_blocks(std::string_view text, std::uint32_t begin) {
    std::vector<LeftOut> blocks;
    for (std::size_t at = begin; at < text.size();) {
        const std::string_view header = line_at(text, at);
        const std::size_t first = at + header.size() + 1;
        at = first;
        if (!header.ends_with(header_end) || first >= text.size()) continue;
        const std::string_view line = line_at(text, first);
        const std::size_t indentation = spaces_before(line);
        if (is_empty(line) || line.ends_with('\r') || indentation <= spaces_before(header)) continue;
        const std::size_t second = first + line.size() + 1;
        std::size_t end = second;
        int lines = 0;
        for (; end < text.size(); ++lines) {
            const std::string_view next = line_at(text, end);
            const bool is_whole = end + next.size() < text.size();
            if (!is_whole || spaces_before(next) < indentation || is_empty(next) || next.ends_with('\r')) break;
            end += next.size() + 1;
        }
        if (lines < min_lines) continue;
        blocks.push_back({static_cast<std::uint32_t>(first - 2), static_cast<std::uint32_t>(second),
                          static_cast<std::uint32_t>(end), static_cast<std::uint32_t>(indentation)});
        at = end;
    }
    return blocks;
}

std::string without(std::string_view text, std::uint32_t begin, const std::vector<LeftOut>& blocks) {
    std::string rest;
    for (const LeftOut& block : blocks) {
        rest += text.substr(begin, block.begin - begin);
        begin = block.end;
    }
    return rest += text.substr(begin);
}

std::uint32_t place_in_whole(std::uint32_t at, std::uint32_t begin, const std::vector<LeftOut>& blocks) {
    at += begin;
    for (const LeftOut& block : blocks) {
        if (at < block.begin) break;
        at += block.end - block.begin;
    }
    return at;
}

std::string completed(std::string_view text, const LeftOut& block, std::string_view read) {
    const std::size_t first = block.header + 2 + block.indentation;
    const std::string_view line = text.substr(first, block.begin - first);
    if (!read.starts_with(line)) return {};
    std::string whole(line);
    whole.reserve(read.size() + block.end - block.begin);
    for (std::size_t at = block.begin; at < block.end;) {
        const std::size_t end = text.find('\n', at) + 1;
        whole += text.substr(at + block.indentation, end - at - block.indentation);
        at = end;
    }
    return whole += read.substr(line.size());
}

}  // namespace praxe
