// Rows compared as boxes of atoms: what one takes in, what two have in common, and whether a third always goes before.
#include "check/specificity.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

#include "check/cell_atoms.hpp"
#include "check/constants.hpp"
#include "facts/schema_fields.hpp"

namespace praxe {
namespace {

using Box = std::vector<Atoms>;  // one set for each column

/// Pieces into which the search for ties may cut what rows of one table have in common; beyond it the table is refused.
constexpr std::size_t max_pieces = 200'000;

bool is_empty(const Box& box) {
    return std::any_of(box.begin(), box.end(), [](const Atoms& atoms) { return atoms.empty(); });
}

bool meet(const Box& a, const Box& b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!meet(a[i], b[i])) return false;
    }
    return true;
}

Box common(const Box& a, const Box& b) {
    Box out;
    for (std::size_t i = 0; i < a.size(); ++i) out.push_back(common(a[i], b[i]));
    return out;
}

struct Row {
    std::size_t rule = 0;
    std::vector<bool> says;  // of each column, whether its cell says something
    Box box;
    std::size_t size = 0;  // atoms of all cells together: fewer in what is more specific
};

class Specificity {
  public:
    Specificity(const Model& model, Decision& decision, Diagnostics& diagnostics)
        : model_(model), decision_(decision), diagnostics_(diagnostics) {}

    void settle() {
        if (!cells_are_known()) return;
        make_rows();
        if (!find_precedence()) return;
        std::stable_sort(rows_.begin(), rows_.end(), [&](const Row& a, const Row& b) { return goes_first(a, b); });
        for (std::size_t later = 1; later < rows_.size() && pieces_ <= max_pieces; ++later) report_tie(later);
        put_in_order();
    }

  private:
    struct Column {
        std::string text;
        Type type;
        std::vector<Value> named;
    };

    // ---- reading the cells

    std::size_t column_of(const Cell& cell) {
        const std::string& text = cell.column->text.text;
        const auto found =
            std::find_if(columns_.begin(), columns_.end(), [&](const Column& column) { return column.text == text; });
        if (found != columns_.end()) return static_cast<std::size_t>(found - columns_.begin());
        Type type = cell.column->root->type;
        type.moving = false;
        columns_.push_back({text, std::move(type), {}});
        return columns_.size() - 1;
    }

    /// The values that a cell names; nothing, and reported, where one is known only with a case.
    std::optional<std::vector<Value>> values_of(const Cell& cell) {
        std::vector<Value> values;
        if (cell.form == Cell::Form::yes || cell.form == Cell::Form::no) return values;
        for (const Expression& expression : cell.values) {
            auto value = constant(*expression.root, model_);
            if (!value) {
                diagnostics_.error(expression.place(*expression.root),
                                   "this cell is known only when a case is, and most_specific is settled before",
                                   "cells of such a table hold literals and parameters");
                return std::nullopt;
            }
            values.push_back(*std::move(value));
        }
        return values;
    }

    bool cells_are_known() {
        bool known = true;
        for (const Rule& rule : decision_.rules) {
            for (const Condition& condition : rule.conditions) {
                if (!condition.cell) {
                    diagnostics_.error(condition.place,
                                       fmt::format("\"{}\" has a condition that is no cell of the table", rule.id),
                                       "most_specific goes by the cells: make it a column");
                    known = false;
                    continue;
                }
                const std::size_t column = column_of(*condition.cell);
                const auto values = values_of(*condition.cell);
                known = known && values;
                if (!values) continue;
                columns_[column].named.insert(columns_[column].named.end(), values->begin(), values->end());
                values_.emplace(&condition, *values);
            }
        }
        return known;
    }

    void make_rows() {
        for (const Column& column : columns_) atoms_.emplace_back(column.type, column.named, *model_.schema);
        for (std::size_t i = 0; i < decision_.rules.size(); ++i) {
            Row row{i, std::vector<bool>(columns_.size()), {}, 0};
            for (const ColumnAtoms& column : atoms_) row.box.push_back(column.all());
            for (const Condition& condition : decision_.rules[i].conditions) {
                const std::size_t column = column_of(*condition.cell);
                row.says[column] = true;
                row.box[column] = atoms_[column].of(*condition.cell, values_.at(&condition));
            }
            for (const Atoms& atoms : row.box) row.size += count(atoms);
            rows_.push_back(std::move(row));
        }
    }

    bool find_precedence() {
        std::vector<std::string> known;
        for (const Column& column : columns_) known.push_back(column.text);
        for (const Excerpt& named : decision_.precedence) {
            const auto found = std::find(known.begin(), known.end(), named.text);
            if (found == known.end()) {
                diagnostics_.error(named.place(), fmt::format("no row says anything in a column \"{}\"", named.text),
                                   suggestion(named.text, known));
                return false;
            }
            precedence_.push_back(static_cast<std::size_t>(found - known.begin()));
        }
        return true;
    }

    // ---- comparing rows

    /// Below 0 where `a` says something in an earlier column of those that go first, above 0 where `b` does.
    int by_precedence(const Row& a, const Row& b) const {
        for (const std::size_t column : precedence_) {
            if (a.says[column] != b.says[column]) return a.says[column] ? -1 : 1;
        }
        return 0;
    }

    bool is_more_specific(const Row& a, const Row& b) const {
        if (const int first = by_precedence(a, b); first != 0) return first < 0;
        if (a.size >= b.size) return false;
        for (std::size_t i = 0; i < a.box.size(); ++i) {
            if (!takes_in(b.box[i], a.box[i])) return false;
        }
        return true;
    }

    /// An order in which each row stands behind all that are more specific.
    bool goes_first(const Row& a, const Row& b) const {
        const int first = by_precedence(a, b);
        return first != 0 ? first < 0 : a.size < b.size;
    }

    // ---- ties

    /// The first row before this one with which it ties in some case.
    void report_tie(std::size_t later) {
        const Row& row = rows_[later];
        if (is_empty(row.box)) return;
        for (std::size_t i = 0; i < later; ++i) {
            const Row& other = rows_[i];
            if (!meet(row.box, other.box) || is_more_specific(other, row)) continue;
            Box left = common(row.box, other.box);
            const std::vector<const Row*> before = both_give_way_to(other, row, left, later);
            const bool tied = is_left(left, before, 0);
            if (pieces_ > max_pieces) return report_pieces(row);
            if (tied) return report_tie(other, row, left);
        }
    }

    /// The rows that go before one of the two and may apply with both; those that take in most stand first, for they
    /// leave the fewest pieces.
    std::vector<const Row*> both_give_way_to(const Row& a, const Row& b, const Box& both, std::size_t end) const {
        std::vector<const Row*> found;
        for (std::size_t i = end; i-- > 0;) {
            const Row& row = rows_[i];
            if (&row == &a || !meet(row.box, both)) continue;
            if (is_more_specific(row, a) || is_more_specific(row, b)) found.push_back(&row);
        }
        return found;
    }

    /// Whether something of the box is in none of the rows from the given one on; if so the box is cut down to it, and
    /// otherwise it stands as it was.
    bool is_left(Box& box, const std::vector<const Row*>& rows, std::size_t from) {
        if (++pieces_ > max_pieces) return false;
        while (from < rows.size() && !meet(rows[from]->box, box)) ++from;
        if (from == rows.size()) return true;
        std::vector<std::pair<std::size_t, Atoms>> were;
        for (std::size_t i = 0; i < box.size(); ++i) {
            Atoms outside = without(box[i], rows[from]->box[i]);
            if (outside.empty()) continue;
            were.emplace_back(i, std::exchange(box[i], std::move(outside)));
            if (is_left(box, rows, from + 1)) return true;
            box[i] = common(were.back().second, rows[from]->box[i]);
        }
        for (auto& [column, atoms] : were) box[column] = std::move(atoms);
        return false;
    }

    const Rule& rule(const Row& row) const { return decision_.rules[row.rule]; }

    void report_tie(const Row& a, const Row& b, const Box& both) {
        const auto& [first, second] = std::minmax(a.rule, b.rule);
        std::vector<std::string> where;
        for (std::size_t i = 0; i < both.size(); ++i) {
            if (both[i] != atoms_[i].all()) where.push_back(atoms_[i].described(columns_[i].text, both[i][0].first));
        }
        const std::string all = where.empty() ? "in every case" : fmt::format("where {}", fmt::join(where, ", "));
        diagnostics_.error(decision_.rules[second].place,
                           fmt::format("\"{}\" and \"{}\" both apply {}, and neither is more specific",
                                       decision_.rules[first].id, decision_.rules[second].id, all),
                           a.says == b.says
                               ? "let one of them take in less"
                               : "add a row for both, or say which column goes first: precedence: [COLUMN, …]");
    }

    void report_pieces(const Row& row) {
        diagnostics_.error(rule(row).place,
                           fmt::format("too many rows overlap with \"{}\" to tell whether one is always the most "
                                       "specific",
                                       rule(row).id),
                           "say which column goes first: precedence: [COLUMN, …]");
    }

    void put_in_order() {
        std::vector<Rule> ordered;
        ordered.reserve(rows_.size());
        for (const Row& row : rows_) ordered.push_back(std::move(decision_.rules[row.rule]));
        decision_.rules = std::move(ordered);
    }

    const Model& model_;
    Decision& decision_;
    Diagnostics& diagnostics_;
    std::vector<Column> columns_;
    std::map<const Condition*, std::vector<Value>> values_;
    std::vector<ColumnAtoms> atoms_;
    std::vector<Row> rows_;
    std::vector<std::size_t> precedence_;  // columns, the first to decide first
    std::size_t pieces_ = 0;
};

}  // namespace

void order_by_specificity(Model& model, Diagnostics& diagnostics) {
    for (const auto& decision : model.decisions) {
        if (decision->hit == HitPolicy::most_specific) Specificity(model, *decision, diagnostics).settle();
    }
}

}  // namespace praxe
