// Cells → stretches of numbers, for as many columns as can be covered.
#include "table/decision_index.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>

#include "check/constants.hpp"
#include "table/time_use.hpp"
#include "value/type_kind.hpp"

namespace praxe {
namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();

struct Stretch {
    std::int64_t first = least, last = greatest;
};
constexpr Stretch nothing{greatest, least};
using Stretches = std::vector<Stretch>;

/// The kind of the values that a column of that type has; nothing where these are no numbers and no texts.
std::optional<Kind> column_kind(const Type& type) {
    const bool has_number = is_whole(type.kind) || type.kind == TypeKind::real || type.kind == TypeKind::string ||
                            type.kind == TypeKind::enumeration;
    return has_number ? kind_of(type.kind) : std::nullopt;
}

/// Neighbours stay neighbours; the two zeros are one.
std::int64_t number_of_real(double value) {
    const auto bits = std::bit_cast<std::int64_t>(value == 0 ? 0.0 : value);
    return bits >= 0 ? bits : least - bits;
}

Stretch common(const Stretch& a, const Stretch& b) {
    return {std::max(a.first, b.first), std::min(a.last, b.last)};
}

/// The numbers that compare so with this one.
Stretches compared(std::string_view comparison, std::int64_t number) {
    const Stretch below = number == least ? nothing : Stretch{least, number - 1};
    const Stretch above = number == greatest ? nothing : Stretch{number + 1, greatest};
    if (comparison == "_<_") return {below};
    if (comparison == "_>_") return {above};
    if (comparison == "_<=_") return {{least, number}};
    if (comparison == "_>=_") return {{number, greatest}};
    if (comparison == "_!=_") return {below, above};
    return {{number, number}};
}

Stretches stretches_of(const Cell& cell, const std::vector<std::int64_t>& numbers) {
    switch (cell.form) {
        case Cell::Form::yes:
            return {{1, 1}};
        case Cell::Form::no:
            return {{0, 0}};
        case Cell::Form::compare:
            return compared(cell.comparison, numbers.front());
        case Cell::Form::range:
            return {common(compared(cell.comparison, numbers.front()).front(),
                           compared(cell.upper_comparison, numbers.back()).front())};
        case Cell::Form::one_of:
            break;
    }
    Stretches all;
    for (const std::int64_t number : numbers) all.push_back({number, number});
    return all;
}

/// Texts are told apart, and not put in order.
bool is_by_order(const Cell& cell) {
    return cell.form == Cell::Form::range || (cell.form == Cell::Form::compare && cell.comparison != "_!=_");
}

bool is_word(const Cell& cell) {
    return cell.form == Cell::Form::yes || cell.form == Cell::Form::no;
}

}  // namespace

std::int64_t DecisionIndex::Column::number_of(std::string_view text) const {
    const auto found = texts_.find(text);
    return found == texts_.end() ? -1 : found->second;
}

std::optional<std::int64_t> DecisionIndex::Column::number_of(double value) {
    return std::isnan(value) ? std::nullopt : std::optional(number_of_real(value));
}

std::int64_t DecisionIndex::Column::number_of(std::uint64_t value) {
    return static_cast<std::int64_t>(value ^ (std::uint64_t{1} << 63));
}

std::optional<std::int64_t> DecisionIndex::Column::number_of(const Value& value) const {
    if (!value.is(kind_)) return std::nullopt;
    if (kind_ == Kind::string) return number_of(std::string_view(value.as_string()));
    if (kind_ == Kind::unsigned_integer) return number_of(value.as_uint());
    if (kind_ == Kind::real) return number_of(value.as_double());
    const bool has_nanos = kind_ == Kind::timestamp || kind_ == Kind::duration;
    if (has_nanos && value.nanos_below() != 0) return std::nullopt;
    return value.as_int();
}

/// Reads the cells of one decision.
class DecisionIndexer {
  public:
    DecisionIndexer(const Decision& decision, const Model& model) : decision_(decision), model_(model), uses_(model) {}

    std::shared_ptr<const DecisionIndex> index() {
        if (decision_.rules.size() < min_indexed_rules) return nullptr;
        std::size_t restricted = 0;
        for (std::size_t i = 0; i < decision_.rules.size(); ++i) restricted += read(static_cast<std::uint32_t>(i));
        if (restricted < min_indexed_rules) return nullptr;
        std::vector<DecisionIndex::Column> columns;
        std::vector<ColumnStretches> asked;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            if (asked_[c].empty()) continue;
            columns.push_back(std::move(columns_[c]));
            asked.push_back(std::move(asked_[c]));
        }
        return std::shared_ptr<const DecisionIndex>(
            new DecisionIndex(std::move(columns), TableIndex(decision_.rules.size(), asked), std::move(left_)));
    }

  private:
    /// True if a cell of the rule is covered.
    bool read(std::uint32_t rule) {
        if (decision_.rules[rule].each) return false;  // its conditions are about each of the elements
        bool restricted = false, may_tell = false;
        const auto& conditions = decision_.rules[rule].conditions;
        for (std::size_t i = 0; i < conditions.size(); ++i) {
            const Condition& condition = conditions[i];
            if (condition.cell != nullptr && !may_tell && cover(rule, *condition.cell)) {
                restricted = true;
                continue;
            }
            left_.push_back({rule, static_cast<std::uint32_t>(i)});
            may_tell = may_tell || use_of(condition) != TimeUse::none;
        }
        return restricted;
    }

    bool cover(std::uint32_t rule, const Cell& cell) {
        const auto found = column_of(cell);
        if (!found) return false;
        ColumnStretches& asked = asked_[*found];
        if (!asked.empty() && asked.back().row == rule) return false;  // it has a cell of this column already
        const auto [known, is_new] = stretches_.try_emplace(&cell);
        if (is_new) known->second = known_stretches(columns_[*found], cell);
        for (const Stretch& stretch : known->second) asked.push_back({rule, stretch.first, stretch.last});
        return !known->second.empty();
    }

    /// Empty if the cell cannot be covered.
    Stretches known_stretches(DecisionIndex::Column& column, const Cell& cell) {
        if (column.kind() == Kind::string && is_by_order(cell)) return {};
        std::vector<std::int64_t> numbers;
        for (std::size_t i = 0; i < cell.values.size() && !is_word(cell); ++i) {
            const auto value = constant(*cell.values[i].root, model_);
            const auto number = value ? known_number(column, *value) : std::nullopt;
            if (!number) return {};
            numbers.push_back(*number);
        }
        return stretches_of(cell, numbers);
    }

    /// A text that the column has not had yet is given the next number.
    static std::optional<std::int64_t> known_number(DecisionIndex::Column& column, const Value& value) {
        if (value.is(Kind::string) && column.kind() == Kind::string)
            column.texts_.try_emplace(value.as_string(), static_cast<std::int64_t>(column.texts_.size()));
        return column.number_of(value);
    }

    /// Nothing for a column that cannot be covered.
    std::optional<std::size_t> column_of(const Cell& cell) {
        const auto [same, is_first] = of_expression_.try_emplace(cell.column);
        if (is_first) same->second = column_by_text(cell);
        return same->second;
    }

    std::optional<std::size_t> column_by_text(const Cell& cell) {
        const auto [known, is_new] = known_.try_emplace(cell.column->text.text);
        if (!is_new) return known->second;
        const Type& type = cell.column->root->type;
        const auto kind = column_kind(type);
        if (!kind || columns_.size() == TableIndex::max_columns) return std::nullopt;
        if (uses_.of(*cell.column->root, decision_) == TimeUse::own) return std::nullopt;
        known->second = columns_.size();
        columns_.emplace_back(*cell.column, *kind);
        asked_.emplace_back();
        if (type.kind == TypeKind::enumeration) {
            for (const std::string& member : model_.schema->closed_sets.find(type.name)->second.members)
                known_number(columns_.back(), Value::string(member));
        }
        return known->second;
    }

    TimeUse use_of(const Condition& condition) {
        TimeUse use = TimeUse::none;
        for (const Expression& part : condition.parts) use = std::max(use, uses_.of(*part.root, decision_));
        if (!condition.cell) return use;
        use = std::max(use, uses_.of(*condition.cell->column->root, decision_));
        if (is_word(*condition.cell)) return use;
        for (const Expression& value : condition.cell->values) use = std::max(use, uses_.of(*value.root, decision_));
        return use;
    }

    const Decision& decision_;
    const Model& model_;
    TimeUses uses_;
    std::map<std::string, std::optional<std::size_t>> known_;  // columns by their text
    std::unordered_map<const Expression*, std::optional<std::size_t>> of_expression_;
    std::unordered_map<const Cell*, Stretches> stretches_;
    std::vector<DecisionIndex::Column> columns_;
    std::vector<ColumnStretches> asked_;
    std::vector<DecisionIndex::Left> left_;
};

DecisionIndex::DecisionIndex(std::vector<Column> columns, TableIndex rows, std::vector<Left> left)
    : columns_(std::move(columns)), rows_(std::move(rows)), left_(std::move(left)) {}

std::shared_ptr<const DecisionIndex> DecisionIndex::of(const Decision& decision, const Model& model) {
    return DecisionIndexer(decision, model).index();
}

std::span<const DecisionIndex::Left> DecisionIndex::left_of(std::size_t rule) const {
    const auto earlier = [](const Left& left, std::size_t rule) { return left.rule < rule; };
    const auto begin = std::lower_bound(left_.begin(), left_.end(), rule, earlier);
    return {begin, std::lower_bound(begin, left_.end(), rule + 1, earlier)};
}

std::size_t DecisionIndex::bytes() const {
    std::size_t bytes = sizeof(DecisionIndex) + rows_.bytes() + left_.size() * sizeof(Left);
    for (const Column& column : columns_) {
        bytes += sizeof(Column) + column.texts_.bucket_count() * sizeof(void*);
        for (const auto& [text, number] : column.texts_)
            bytes += sizeof(std::string) + sizeof(number) + 2 * sizeof(void*) + text.size();
    }
    return bytes;
}

void index_tables(Model& model) {
    for (const auto& decision : model.decisions) decision->index = DecisionIndex::of(*decision, model);
}

}  // namespace praxe
