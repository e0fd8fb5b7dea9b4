// Which rows of a table can hold for given values: for each part of each column the set of rows that let it through,
// and the rows that stand in the sets of all columns.
//
// Plain numbers alone: whoever has values makes numbers of them first, in an order that keeps theirs (see
// decision_index.hpp). A column is cut into at most 256 parts, so that memory grows with the rows and not with the
// bounds that they name; where a part lies across a bound, the rows found there are compared with the bounds
// themselves.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace praxe {

/// What a row asks of a column: a number from `first` to `last`, both included; none where `last` is less.
struct RowStretch {
    std::uint32_t row = 0;
    std::int64_t first = 0, last = 0;
    bool holds(std::int64_t number) const { return number >= first && number <= last; }
};
/// Of all rows, in their order; of several for one row one must hold. Rows that are not named take any number.
using ColumnStretches = std::vector<RowStretch>;

class TableIndex {
  public:
    static constexpr std::size_t max_columns = 64;
    using Unknown = std::uint64_t;  // a bit for each column

    /// REQUIRES: at most `max_columns`, and rows below 2³².
    TableIndex(std::size_t rows, const std::vector<ColumnStretches>& columns);

    /// The first row that lets all numbers through; `rows()` where none does. REQUIRES: one for each column.
    std::size_t first(const std::int64_t* numbers) const;
    /// All such rows in their order. A column that is unknown lets every row through.
    class Walk;

    std::size_t rows() const { return rows_; }
    std::size_t columns() const { return columns_.size(); }
    /// Memory of the index.
    std::size_t bytes() const;

  private:
    static constexpr std::size_t words_at_once = 4;
    using Words = std::array<std::uint64_t, words_at_once>;
    using Sets = std::array<const Words*, max_columns + 1>;  // filled as far as they are counted

    struct Column {
        std::vector<std::int64_t> cuts;    // a part begins at each, the first part before all of them
        std::vector<std::uint8_t> direct;  // parts by number, where the cuts lie close together
        std::int64_t origin = 0;           // of `direct`
        std::vector<Words> bits;           // `blocks_` for each part; none where looking at each row is better
    };
    /// A stretch that a row found by its parts is compared with.
    struct Check {
        RowStretch stretch;
        std::uint16_t column = 0;
        bool or_next = false;  // the next one is as good
    };

    void fill(Column& column, const ColumnStretches& stretches);
    void note_checks(const std::vector<std::size_t>& inexact, const std::vector<ColumnStretches>& columns);
    std::size_t find_sets(const std::int64_t* numbers, Unknown unknown, Sets& sets) const;
    static Words met(const Sets& sets, std::size_t count, std::size_t block);
    static std::size_t part_of(const Column& column, std::int64_t number);
    bool passes(std::size_t row, const std::int64_t* numbers, Unknown unknown) const;

    std::size_t rows_ = 0, blocks_ = 0;
    std::vector<Column> columns_;
    std::vector<std::uint16_t> order_;         // columns with bits, those that leave fewest rows first
    std::vector<Words> every_;                 // the set of all rows
    std::vector<std::uint32_t> checks_begin_;  // of each row, and their end; none where the parts say all
    std::vector<Check> checks_;
};

class TableIndex::Walk {
  public:
    /// The index and the numbers must outlive it.
    Walk(const TableIndex& index, const std::int64_t* numbers, Unknown unknown = 0);

    /// The next row; `rows()` after the last.
    std::size_t next();

  private:
    const TableIndex& index_;
    const std::int64_t* numbers_;
    Unknown unknown_;
    Sets sets_;
    std::size_t count_;                 // of the sets
    std::size_t block_ = 0;             // the next one
    std::size_t word_ = words_at_once;  // of `met_`
    Words met_{};
};

}  // namespace praxe
