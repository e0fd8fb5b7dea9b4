// A decision table, written as text, as lists or in a CSV file → located rules, one a row.
#include <fmt/format.h>

#include <iterator>
#include <set>
#include <utility>

#include "document/csv.hpp"
#include "document/rules.hpp"
#include "document/table_rows.hpp"

namespace praxe {
namespace {

using Row = TableRow;

constexpr std::size_t max_parts = 3;
constexpr std::size_t texts_part = 2;

/// The bytes [begin, end) without white space at both ends, cut out once.
Excerpt trimmed(const Excerpt& text, std::size_t begin, std::size_t end) {
    const auto is_blank = [&](std::size_t i) {
        return std::string_view(" \t\r\n").find(text.text[i]) != std::string_view::npos;
    };
    while (begin < end && is_blank(begin)) ++begin;
    while (end > begin && is_blank(end - 1)) --end;
    return text.part(begin, end);
}

}  // namespace

TableRow split_row(const Excerpt& line) {
    Row row(1);
    std::size_t begin = 0;
    char quote = 0;
    for (std::size_t i = 0; i <= line.text.size(); ++i) {
        const char c = i < line.text.size() ? line.text[i] : '|';
        if (quote != 0) {
            if (c == quote) quote = 0;
            if (i < line.text.size()) continue;
        } else if ((c == '"' || c == '\'') && row.size() <= texts_part) {
            quote = c;
        }
        if (c != '|') continue;
        row.back().push_back(trimmed(line, begin, i));
        begin = i + 1;
        if (i + 1 < line.text.size() && line.text[i + 1] == '|') {
            row.emplace_back();
            begin = ++i + 1;
        }
    }
    return row;
}

namespace {

std::vector<Excerpt> split_lines(const Excerpt& text) {
    std::vector<Excerpt> lines;
    std::size_t begin = 0;
    while (begin <= text.text.size()) {
        std::size_t end = text.text.find('\n', begin);
        if (end == std::string::npos) end = text.text.size();
        Excerpt line = trimmed(text, begin, end);
        if (!line.text.empty()) lines.push_back(std::move(line));
        begin = end + 1;
    }
    return lines;
}

bool says_nothing(const Excerpt& cell) {
    return cell.text.empty() || cell.text == "-";
}

std::vector<RawCite> read_cites(const Excerpt& cell) {
    std::vector<RawCite> cites;
    std::size_t begin = 0;
    while (begin <= cell.text.size()) {
        std::size_t end = cell.text.find(',', begin);
        if (end == std::string::npos) end = cell.text.size();
        Excerpt clause = trimmed(cell, begin, end);
        if (!clause.text.empty()) cites.push_back({std::move(clause), std::nullopt});
        begin = end + 1;
    }
    return cites;
}

RawRule read_row(const Row& header, Row row) {
    RawRule rule;
    rule.cells.reserve(header[0].size());
    for (std::size_t i = 0; i < header[0].size(); ++i) {
        const Excerpt& column = header[0][i];
        Excerpt& cell = row[0][i];
        if (column.text == "id") {
            rule.id = std::move(cell);
        } else if (says_nothing(cell) || column.text.empty()) {
            continue;
        } else if (column.text == "cite") {
            rule.cites = read_cites(cell);
        } else {
            rule.cells.push_back({column, std::move(cell)});
        }
    }
    if (header.size() > 1) {
        for (std::size_t i = 0; i < header[1].size(); ++i) {
            if (!says_nothing(row[1][i])) rule.then.push_back({header[1][i], std::move(row[1][i])});
        }
    }
    if (header.size() > 2) {
        for (std::size_t i = 0; i < header[2].size(); ++i) {
            if (!says_nothing(row[2][i])) rule.say.languages.emplace(header[2][i].text, std::move(row[2][i]));
        }
    }
    return rule;
}

}  // namespace

bool same_shape(const TableRow& a, const TableRow& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i].size() != b[i].size()) return false;
    }
    return true;
}

namespace {

std::string shape_of(const Row& row) {
    std::string shape;
    for (const auto& part : row) shape += fmt::format("{}{}", shape.empty() ? "" : " || ", part.size());
    return shape;
}

/// Every column has a name of its own in its part, and texts are in the languages there are.
void check_columns(const Row& header, Diagnostics& diagnostics) {
    for (std::size_t part = 0; part < header.size(); ++part) {
        std::set<std::string> names;
        for (const Excerpt& column : header[part]) {
            if (column.text.empty()) {
                diagnostics.error(column.place(), "a column of a table needs a name");
            } else if (!names.insert(column.text).second) {
                diagnostics.error(column.place(), fmt::format("the column \"{}\" stands twice", column.text));
            } else if (part == texts_part && column.text != "pt" && column.text != "en") {
                diagnostics.error(column.place(), fmt::format("\"{}\" is not a language of texts", column.text),
                                  "texts are in pt and en");
            }
        }
    }
}

/// False, and reported, if no row could be read under this header.
bool check_header(const Row& header, const Place& place, Diagnostics& diagnostics) {
    if (header[0].empty() || header[0][0].text != "id") {
        diagnostics.error(header[0].empty() ? place : header[0][0].place(), "a table's first column must be \"id\"",
                          "the first row names the columns");
        return false;
    }
    if (header.size() > max_parts) {
        diagnostics.error(place, "a table has at most three parts: conditions || outputs || texts");
        return false;
    }
    check_columns(header, diagnostics);
    return true;
}

/// REQUIRES: the header is well.
void add_row(const Row& header, Row row, const Place& place, std::vector<RawRule>& rules, Diagnostics& diagnostics,
             std::string hint = {}) {
    if (!same_shape(header, row)) {
        diagnostics.error(
            place, fmt::format("this row has {} cells where the table has {} columns", shape_of(row), shape_of(header)),
            std::move(hint));
        return;
    }
    RawRule rule = read_row(header, std::move(row));
    rule.place = place;
    if (rule.id.text.empty()) diagnostics.error(place, "a row needs an id");
    rules.push_back(std::move(rule));
}

/// Rows whose cells stand one after another, between single commas: a cell of the header that begins with `||` is the
/// first of the next part.
class CommaTable {
  public:
    CommaTable(std::size_t rows, Diagnostics& diagnostics) : diagnostics_(diagnostics) { rules_.reserve(rows); }

    /// The first is the header.
    void add(std::vector<Excerpt> cells, const Place& place) {
        if (std::exchange(is_first_, false)) {
            cut(cells);
            header_ = in_parts(std::move(cells));
            is_well_ = check_header(header_, place, diagnostics_);
        } else if (is_well_) {
            const bool is_long = cells.size() > width_;
            add_row(header_, in_parts(std::move(cells)), place, rules_, diagnostics_,
                    is_long ? "put a cell that holds a comma in quotes" : "write \"-\" in a cell that says nothing");
        }
    }
    std::vector<RawRule> rules(const Place& table) {
        if (is_first_) diagnostics_.error(table, "a table needs a line of column names");
        return std::move(rules_);
    }

  private:
    void cut(std::vector<Excerpt>& header) {
        width_ = header.size();
        for (Excerpt& cell : header) {
            if (cell.text.starts_with("||")) {
                sizes_.push_back(0);
                cell = cell.part(2, cell.text.size()).trimmed();
            }
            ++sizes_.back();
        }
    }
    /// What is too much stands in the last part.
    Row in_parts(std::vector<Excerpt> cells) const {
        Row row;
        row.reserve(sizes_.size());
        auto next = std::make_move_iterator(cells.begin());
        const auto end = std::make_move_iterator(cells.end());
        for (std::size_t part = 0; part < sizes_.size(); ++part) {
            const auto left = end - next;
            const auto size =
                part + 1 == sizes_.size() ? left : std::min(left, static_cast<std::ptrdiff_t>(sizes_[part]));
            row.emplace_back(next, next + size);
            next += size;
        }
        return row;
    }

    Diagnostics& diagnostics_;
    std::vector<std::size_t> sizes_ = {0};  // of the header's parts
    std::size_t width_ = 0;                 // of all of them
    Row header_;
    bool is_first_ = true;
    bool is_well_ = false;
    std::vector<RawRule> rules_;
};

/// Nothing, and reported, where one is no single value.
std::optional<std::vector<Excerpt>> cells_of(const Node& row, Diagnostics& diagnostics) {
    if (!row.is_list()) {
        diagnostics.error(row.place(),
                          fmt::format("a row of a table must be a list of cells, not {}", name_of(row.kind)),
                          "write - [id, cite, …]");
        return std::nullopt;
    }
    std::vector<Excerpt> cells;
    cells.reserve(row.items.size());
    bool is_whole = true;
    for (const Node& cell : row.items) {
        if (cell.is_scalar()) {
            cells.push_back(cell.text.trimmed());
            continue;
        }
        diagnostics.error(cell.place(),
                          fmt::format("a cell of a table must be a single value, not {}", name_of(cell.kind)),
                          R"(put the whole cell in quotes: "a, b", "[1..5]")");
        is_whole = false;
    }
    return is_whole ? std::optional(std::move(cells)) : std::nullopt;
}

}  // namespace

std::vector<RawRule> read_table(const Excerpt& text, Diagnostics& diagnostics) {
    std::vector<RawRule> rules;
    const std::vector<Excerpt> lines = split_lines(text);
    if (lines.empty()) {
        diagnostics.error(text.place(), "a table needs a line of column names");
        return rules;
    }
    const Row header = split_row(lines[0]);
    if (!check_header(header, lines[0].place(), diagnostics)) return rules;
    rules.reserve(lines.size());
    for (std::size_t i = 1; i < lines.size(); ++i)
        add_row(header, split_row(lines[i]), lines[i].place(), rules, diagnostics);
    return rules;
}

std::vector<RawRule> read_csv_table(const SourcePtr& source, Diagnostics& diagnostics) {
    auto lines = read_csv(source, diagnostics);
    if (!lines) return {};
    CommaTable table(lines->size(), diagnostics);
    for (CsvLine& line : *lines) table.add(std::move(line.cells), line.place);
    return table.rules({source, {0, 0}});
}

std::vector<RawRule> read_list_table(const Node& list, Diagnostics& diagnostics) {
    CommaTable table(list.items.size(), diagnostics);
    for (const Node& row : list.items) {
        auto cells = cells_of(row, diagnostics);
        if (cells) {
            table.add(*std::move(cells), row.place());
        } else if (&row == &list.items.front()) {
            return {};  // a header that cannot be read
        }
    }
    return table.rules(list.place());
}

}  // namespace praxe
