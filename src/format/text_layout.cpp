// The inside of scalars: which white space means nothing there.
#include "format/text_layout.hpp"

#include <algorithm>
#include <cctype>

#include "document/table_rows.hpp"
#include "text/columns.hpp"

namespace praxe {
namespace {

constexpr ExpressionLayout one_line = {.breaks = false};
constexpr std::size_t outputs_part = 1;

/// A sign between two letters without space may belong to the name of a member (`on-site`), which would be another one
/// with space around it.
bool may_hold_member(std::string_view text) {
    const auto letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c < 0; };
    constexpr std::string_view signs = "-+*/%:&|=<>?!";
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (i > 0 && i + 1 < text.size() && signs.find(c) != std::string_view::npos && letter(text[i - 1]) &&
                   letter(text[i + 1])) {
            return true;
        }
    }
    return false;
}

/// The spans [begin, end) between `<` and `>`.
std::vector<std::pair<std::size_t, std::size_t>> holes_of(const std::string& text) {
    std::vector<std::pair<std::size_t, std::size_t>> holes;
    for (std::size_t open = text.find('<'); open != std::string::npos; open = text.find('<', open)) {
        const std::size_t close = text.find('>', open);
        if (close == std::string::npos) break;
        holes.emplace_back(open + 1, close);
        open = close;
    }
    return holes;
}

std::vector<SpaceEdit> spaces_in_holes(const std::string& text) {
    std::vector<SpaceEdit> edits;
    for (const auto& [begin, end] : holes_of(text)) {
        const auto inside = expression_spaces(std::string_view(text).substr(begin, end - begin), one_line);
        if (!inside) continue;
        for (const SpaceEdit& edit : *inside) edits.push_back({begin + edit.begin, begin + edit.end, edit.space});
    }
    return edits;
}

enum class CellText { name, output, words };

/// What stands in a column; the header's own cells of conditions are expressions too.
CellText cell_text(std::size_t part, const std::string& column, bool header) {
    if (part == 0) return column == "id" || column == "cite" ? CellText::name : CellText::output;
    if (part == outputs_part) return header ? CellText::name : CellText::output;
    return CellText::words;
}

std::string cell_line(const std::string& text, CellText what) {
    return what == CellText::output && !may_hold_member(text) ? format_expression(text, one_line) : text;
}

std::vector<Excerpt> lines_of(const Excerpt& text) {
    std::vector<Excerpt> lines;
    for (std::size_t begin = 0; begin <= text.text.size();) {
        const std::size_t end = std::min(text.text.find('\n', begin), text.text.size());
        lines.push_back(text.part(begin, end).trimmed());
        begin = end + 1;
    }
    while (!lines.empty() && lines.back().text.empty()) lines.pop_back();
    return lines;
}

/// Cells as they are to be written; no parts for a blank line.
using WrittenRow = std::vector<std::vector<std::string>>;

/// Nothing if rows do not fit the header.
std::optional<std::vector<WrittenRow>> rows_of(const Excerpt& table) {
    std::vector<WrittenRow> rows;
    std::optional<TableRow> header;
    for (const Excerpt& line : lines_of(table)) {
        if (line.text.empty()) {
            rows.emplace_back();
            continue;
        }
        const TableRow row = split_row(line);
        const bool is_header = !header;
        if (is_header) header = row;
        if (!same_shape(*header, row)) return std::nullopt;
        WrittenRow written(row.size());
        for (std::size_t part = 0; part < row.size(); ++part) {
            for (std::size_t i = 0; i < row[part].size(); ++i) {
                const CellText what = cell_text(part, (*header)[part][i].text, is_header);
                written[part].push_back(cell_line(row[part][i].text, what));
            }
        }
        rows.push_back(std::move(written));
    }
    return rows;
}

std::string line_of(const WrittenRow& row, const std::vector<std::vector<std::size_t>>& widths) {
    std::string line;
    for (std::size_t part = 0; part < row.size(); ++part) {
        for (std::size_t i = 0; i < row[part].size(); ++i) {
            line += i > 0 ? " | " : part > 0 ? " || " : "";
            line += row[part][i] + std::string(widths[part][i] - columns_of(row[part][i]), ' ');
        }
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

bool same_cell(const std::string& one, const std::string& other, CellText what) {
    return one == other || (what == CellText::output && !may_hold_member(one) && same_tokens(one, other));
}

bool same_table(const Excerpt& one, const Excerpt& other) {
    const auto filled = [](const Excerpt& text) {
        std::vector<TableRow> rows;
        for (const Excerpt& line : lines_of(text)) {
            if (!line.text.empty()) rows.push_back(split_row(line));
        }
        return rows;
    };
    const std::vector<TableRow> left = filled(one);
    const std::vector<TableRow> right = filled(other);
    if (left.size() != right.size()) return false;
    for (std::size_t r = 0; r < left.size(); ++r) {
        if (!same_shape(left[r], right[r])) return false;
        for (std::size_t part = 0; part < left[r].size(); ++part) {
            for (std::size_t i = 0; i < left[r][part].size(); ++i) {
                const bool named = part < left[0].size() && i < left[0][part].size();
                const CellText what = cell_text(part, named ? left[0][part][i].text : "", r == 0);
                if (!same_cell(left[r][part][i].text, right[r][part][i].text, what)) return false;
            }
        }
    }
    return true;
}

bool same_texts(const std::string& one, const std::string& other) {
    const auto left = holes_of(one);
    const auto right = holes_of(other);
    if (left.size() != right.size()) return false;
    std::size_t a = 0;
    std::size_t b = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (one.substr(a, left[i].first - a) != other.substr(b, right[i].first - b)) return false;
        if (!same_tokens(one.substr(left[i].first, left[i].second - left[i].first),
                         other.substr(right[i].first, right[i].second - right[i].first)))
            return false;
        a = left[i].second;
        b = right[i].second;
    }
    return one.substr(a) == other.substr(b);
}

}  // namespace

std::vector<SpaceEdit> spaces_in_line(const std::string& text, WrittenText what) {
    if (what == WrittenText::texts) return spaces_in_holes(text);
    if (what == WrittenText::table || (what == WrittenText::output && may_hold_member(text))) return {};
    return expression_spaces(text, one_line).value_or(std::vector<SpaceEdit>());
}

std::vector<std::string> table_lines(const Excerpt& table) {
    const auto rows = rows_of(table);
    if (!rows) return {};
    std::vector<std::vector<std::size_t>> widths;
    for (const WrittenRow& row : *rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t part = 0; part < row.size(); ++part) {
            widths[part].resize(row[part].size());
            for (std::size_t i = 0; i < row[part].size(); ++i)
                widths[part][i] = std::max(widths[part][i], columns_of(row[part][i]));
        }
    }
    std::vector<std::string> lines;
    for (const WrittenRow& row : *rows) lines.push_back(line_of(row, widths));
    return lines;
}

bool says_the_same(const Excerpt& one, const Excerpt& other, WrittenText what) {
    if (one.text == other.text) return true;
    switch (what) {
        case WrittenText::expression:
            return same_tokens(one.text, other.text);
        case WrittenText::output:
            return !may_hold_member(one.text) && same_tokens(one.text, other.text);
        case WrittenText::texts:
            return same_texts(one.text, other.text);
        case WrittenText::table:
            return same_table(one, other);
    }
    return false;
}

}  // namespace praxe
