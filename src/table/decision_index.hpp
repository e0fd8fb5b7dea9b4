// The index of a decision's rules, made when a ruleset is loaded: which columns of its table it covers, and the number
// that a value of such a column is to it.
//
// A column is covered where all that its cells name is known at load, and its value does not move with the instant of
// decision. All other conditions are left to whoever walks over the rows that the index lets through; `left_of` says
// which they are.
//
// A row that the index leaves out does not apply, whatever else its conditions are, errors included: `false` makes up
// for them. Nor would looking at it have told until when anything holds, or which outcomes it rests on, as long as its
// columns' values do not: conditions that could stand after those that the index covers.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "check/model.hpp"
#include "table/table_index.hpp"

namespace praxe {

/// Fewer rules than this are looked at one after another.
inline constexpr std::size_t min_indexed_rules = 8;

class DecisionIndex {
  public:
    class Column {
      public:
        Column(const Expression& expression, Kind kind) : expression_(&expression), kind_(kind) {}

        /// What the column is, as one of its cells has it.
        const Expression& expression() const { return *expression_; }
        Kind kind() const { return kind_; }
        /// A value's number: of closed sets the place among the members, of other texts one that only this column
        /// knows, of numbers one in their order. Nothing for values of another kind, a NaN, parts of a microsecond.
        std::optional<std::int64_t> number_of(const Value& value) const;
        /// REQUIRES: a column of texts. −1 for those that no cell names.
        std::int64_t number_of(std::string_view text) const;
        /// The same of a column of doubles, and of unsigned numbers.
        static std::optional<std::int64_t> number_of(double value);
        static std::int64_t number_of(std::uint64_t value);

      private:
        friend class DecisionIndex;
        friend class DecisionIndexer;
        struct Hash : std::hash<std::string_view> {
            using is_transparent = void;
        };

        const Expression* expression_;
        Kind kind_;
        std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> texts_;
    };

    /// Null where there are too few rules, or no column that could be covered. REQUIRES: types are checked, slots
    /// found, and the rules in their order; they stay where they are.
    static std::shared_ptr<const DecisionIndex> of(const Decision& decision, const Model& model);

    std::span<const Column> columns() const { return columns_; }
    const TableIndex& rows() const { return rows_; }
    /// A condition of a rule that is not a cell of a covered column.
    struct Left {
        std::uint32_t rule = 0, condition = 0;  // their places
    };
    /// All of a rule, in their order. REQUIRES: the rule is not made for each element of a list; of those all are.
    std::span<const Left> left_of(std::size_t rule) const;
    /// Memory of all of it, about.
    std::size_t bytes() const;

  private:
    friend class DecisionIndexer;
    DecisionIndex(std::vector<Column> columns, TableIndex rows, std::vector<Left> left);

    std::vector<Column> columns_;
    TableIndex rows_;
    std::vector<Left> left_;  // of the rules in their order
};

/// Makes those of all decisions.
void index_tables(Model& model);

}  // namespace praxe
