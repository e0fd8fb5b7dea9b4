// A first-hit table by hand: for each column and each stretch of values between two bounds, a bit for every row that
// lets it through. A look-up takes one set of bits for each column, and the first row that stands in all of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace by_hand {

/// What a row asks of a column: any value from `from` to `until`, it excluded.
struct Range {
    std::int64_t from = std::numeric_limits<std::int64_t>::min();
    std::int64_t until = std::numeric_limits<std::int64_t>::max();
    bool holds(std::int64_t value) const { return value >= from && value < until; }
};
using TableRow = std::vector<Range>;

/// The first row that holds, from the first one on; their number if none does.
std::size_t scan(const std::vector<TableRow>& rows, const std::int64_t* values);

class TableIndex {
  public:
    explicit TableIndex(const std::vector<TableRow>& rows);
    /// The same as `scan`.
    std::size_t find(const std::int64_t* values) const;
    std::size_t bytes() const;

  private:
    struct Column {
        std::vector<std::int64_t> bounds;   // a stretch begins at each; the first at the least of all values
        std::vector<std::uint32_t> direct;  // stretches by value, where all bounds lie close together
        std::int64_t first = 0;             // of `direct`
        std::vector<std::uint64_t> bits;    // `words_` for each stretch
    };
    const std::uint64_t* bits_of(const Column& column, std::int64_t value) const;

    std::size_t rows_ = 0, words_ = 0;
    std::vector<Column> columns_;
};

}  // namespace by_hand
