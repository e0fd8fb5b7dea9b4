// Cells of decision tables → conditions over their columns: `yes`, `no`, `>= 3`, `[1..5)`, or values separated by
// commas.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "check/building.hpp"
#include "check/constants.hpp"

namespace praxe {
namespace {

struct Comparison {
    std::string_view sign;
    std::string_view function;
};
constexpr std::array comparisons{
    Comparison{">=", "_>=_"}, Comparison{"<=", "_<=_"}, Comparison{"!=", "_!=_"},
    Comparison{">", "_>_"},   Comparison{"<", "_<_"},
};

const Comparison* comparison_at_start(std::string_view text) {
    for (const Comparison& row : comparisons) {
        if (text.starts_with(row.sign)) return &row;
    }
    return nullptr;
}

/// How many brackets are open after each character of a text; nothing for what stands within quotes.
std::vector<std::optional<int>> depths_of(std::string_view text) {
    std::vector<std::optional<int>> depths(text.size());
    int depth = 0;
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0) {
            if (c == quote) quote = 0;
            continue;
        }
        if (c == '"' || c == '\'') {
            quote = c;
            continue;
        }
        if (c == '(' || c == '[' || c == '{') ++depth;
        if (c == ')' || c == ']' || c == '}') --depth;
        depths[i] = depth;
    }
    return depths;
}

/// The values between commas that stand outside brackets and quotes.
std::vector<Excerpt> split_values(const Excerpt& cell) {
    const auto depths = depths_of(cell.text);
    std::vector<Excerpt> values;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < cell.text.size(); ++i) {
        if (cell.text[i] != ',' || depths[i] != 0) continue;
        values.push_back(cell.part(begin, i).trimmed());
        begin = i + 1;
    }
    values.push_back(cell.part(begin, cell.text.size()).trimmed());
    return values;
}

void build_comparison(const Comparison& row, const Excerpt& text, Cell& cell, const Building& building) {
    cell.form = Cell::Form::compare;
    cell.comparison = row.function;
    const std::vector<Excerpt> values = split_values(text.part(row.sign.size(), text.text.size()));
    building.parse_all({values.front()}, cell.values);
    if (values.size() == 1) return;
    building.diagnostics.error(values[1].place(), fmt::format("`{}` compares with one value", row.sign),
                               "list values without a sign: a, b");
}

/// Where the two dots of a range stand: within the one pair of brackets that the cell is; npos if it is none.
std::size_t dots_of_range(std::string_view text) {
    const bool in_brackets =
        text.size() > 1 && (text.front() == '[' || text.front() == '(') && (text.back() == ']' || text.back() == ')');
    if (!in_brackets) return std::string_view::npos;
    const auto depths = depths_of(text);
    std::size_t dots = std::string_view::npos;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (depths[i] == 0) return std::string_view::npos;
        if (depths[i] == 1 && dots == std::string_view::npos && text.substr(i).starts_with("..")) dots = i;
    }
    return dots;
}

/// `[1..5)`: a square bracket takes its limit in, a round one leaves it out.
void build_range(const Excerpt& text, std::size_t dots, Cell& cell, const Building& building) {
    cell.form = Cell::Form::range;
    cell.comparison = text.text.front() == '[' ? "_>=_" : "_>_";
    cell.upper_comparison = text.text.back() == ']' ? "_<=_" : "_<_";
    building.parse_all({text.part(1, dots).trimmed(), text.part(dots + 2, text.text.size() - 1).trimmed()},
                       cell.values);
}

}  // namespace

std::size_t CellBuilder::Hash::operator()(const Written& written) const {
    return std::hash<std::string_view>()(written.text) +
           31 * (std::hash<const Source*>()(written.source) + written.column);
}

std::optional<Condition> CellBuilder::build(const RawAssignment& raw) {
    const Excerpt& text = raw.value;
    const Written written{raw.name.source.get(), raw.name.base, text.text};
    const Cell* cell = nullptr;
    if (const auto known = cells_.find(written); known != cells_.end() && text.offsets.empty()) {
        cell = known->second;
    } else {
        const Expression* const column = this->column(raw.name);
        if (column == nullptr) return std::nullopt;
        const std::size_t errors = building_.diagnostics.size();
        cell = this->cell(*column, text);
        const bool is_whole = building_.diagnostics.size() == errors && text.offsets.empty();
        const auto is_constant = [&](const Expression& value) { return this->is_constant(*value.root); };
        if (is_whole && std::ranges::all_of(cell->values, is_constant)) cells_.emplace(written, cell);
    }
    Condition condition;
    condition.form = Condition::Form::cell;
    condition.place = text.place();
    condition.cell = cell;
    return condition;
}

const Expression* CellBuilder::column(const Excerpt& name) {
    const Written written{name.source.get(), name.base, {}};
    if (const auto known = columns_.find(written); known != columns_.end()) return known->second;
    auto parsed = building_.parse(name);
    if (!parsed) return nullptr;
    const Expression* const column = &decision_.columns.emplace_back(*std::move(parsed));
    columns_.emplace(written, column);
    return column;
}

const Cell* CellBuilder::cell(const Expression& column, const Excerpt& text) {
    Cell& cell = decision_.cells.emplace_back();
    cell.column = &column;
    cell.place = text.place();
    if (const Comparison* row = comparison_at_start(text.text)) {
        build_comparison(*row, text, cell, building_);
    } else if (const std::size_t dots = dots_of_range(text.text); dots != std::string::npos) {
        build_range(text, dots, cell, building_);
    } else {
        if (text.text == "yes") cell.form = Cell::Form::yes;
        if (text.text == "no") cell.form = Cell::Form::no;
        building_.parse_all(split_values(text), cell.values);
    }
    return &cell;
}

/// A bare name that means nothing else is a member of the column's closed set.
bool CellBuilder::is_constant(const Expr& value) const {
    const bool is_bare =
        value.kind == ExprKind::ident && !own_.contains(value.name) && !building_.model.globals.contains(value.name);
    return is_bare || constant(value, building_.model);
}

}  // namespace praxe
