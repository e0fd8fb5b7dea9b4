// The index of a table against looking at every row, over random rows of many shapes.
#include "table/table_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

namespace praxe {
namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();

struct Shape {
    const char* name;
    std::size_t rows;
    std::int64_t width;  // of the numbers asked for; 0: of all that there are
    int any_in_100;
};

class Random {
  public:
    std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(n)); }
    std::int64_t number(std::int64_t width) {
        if (width > 0) return below(width);
        if (below(8) == 0) return below(2) == 0 ? least : greatest;
        return static_cast<std::int64_t>(engine_());
    }

  private:
    std::mt19937_64 engine_{11};
};

/// One stretch or several, open on one side, empty, or a single number.
void ask(ColumnStretches& column, std::uint32_t row, std::int64_t width, Random& random) {
    const std::int64_t a = random.number(width), b = random.number(width);
    switch (random.below(6)) {
        case 0:
            return column.push_back({row, std::min(a, b), std::max(a, b)});
        case 1:
            return column.push_back({row, a, greatest});
        case 2:
            return column.push_back({row, least, a});
        case 3:
            column.push_back({row, b, b});
            return column.push_back({row, a, a});
        case 4:
            return column.push_back({row, greatest, least});
        default:
            return column.push_back({row, a, a});
    }
}

bool takes(const ColumnStretches& column, std::uint32_t row, std::int64_t number) {
    bool is_asked = false;
    for (const RowStretch& stretch : column) {
        if (stretch.row != row) continue;
        if (stretch.holds(number)) return true;
        is_asked = true;
    }
    return !is_asked;
}

std::vector<std::size_t> rows_by_looking(const std::vector<ColumnStretches>& columns, std::size_t rows,
                                         const std::vector<std::int64_t>& numbers, TableIndex::Unknown unknown) {
    std::vector<std::size_t> found;
    for (std::uint32_t row = 0; row < rows; ++row) {
        bool all = true;
        for (std::size_t c = 0; c < columns.size() && all; ++c)
            all = ((unknown >> c) & 1) != 0 || takes(columns[c], row, numbers[c]);
        if (all) found.push_back(row);
    }
    return found;
}

class TableIndexShape : public testing::TestWithParam<Shape> {};

TEST_P(TableIndexShape, FindsTheRowsThatLookingFinds) {
    const Shape& shape = GetParam();
    Random random;
    std::vector<ColumnStretches> columns(4);
    for (std::uint32_t row = 0; row < shape.rows; ++row) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const int any = c == 3 ? 98 : shape.any_in_100;  // the last asks for hardly anything
            if (random.below(100) >= any) ask(columns[c], row, shape.width, random);
        }
    }
    const TableIndex index(shape.rows, columns);
    std::size_t found = 0;
    for (int i = 0; i < 100; ++i) {
        std::vector<std::int64_t> numbers;
        for (std::size_t c = 0; c < columns.size(); ++c) numbers.push_back(random.number(shape.width));
        const auto unknown = static_cast<TableIndex::Unknown>(random.below(4) == 0 ? random.below(16) : 0);
        const auto expected = rows_by_looking(columns, shape.rows, numbers, unknown);
        std::vector<std::size_t> walked;
        TableIndex::Walk walk(index, numbers.data(), unknown);
        for (std::size_t row = walk.next(); row < shape.rows; row = walk.next()) walked.push_back(row);
        ASSERT_EQ(walked, expected) << shape.name << ", look-up " << i;
        if (unknown == 0) {
            ASSERT_EQ(index.first(numbers.data()), expected.empty() ? shape.rows : expected.front());
        }
        found += expected.size();
    }
    EXPECT_GT(found, 0u) << shape.name;
}

INSTANTIATE_TEST_SUITE_P(Shapes, TableIndexShape,
                         testing::Values(Shape{"few rows", 3, 5, 30}, Shape{"one block", 256, 12, 50},
                                         Shape{"more than a block", 257, 40, 50},
                                         Shape{"more bounds than parts", 900, 100'000, 60},
                                         Shape{"all numbers", 700, 0, 60}, Shape{"no row asks", 40, 9, 100}),
                         [](const auto& info) {
                             std::string name = info.param.name;
                             std::replace(name.begin(), name.end(), ' ', '_');
                             return name;
                         });

TEST(TableIndex, MemoryGrowsWithRowsAndNotWithBounds) {
    const auto bytes_of = [](std::uint32_t rows) {
        Random random;
        std::vector<ColumnStretches> columns(1);
        for (std::uint32_t row = 0; row < rows; ++row) {
            const std::int64_t from = random.below(1'000'000'000);
            columns[0].push_back({row, from, from + random.below(1'000'000)});
        }
        return TableIndex(rows, columns).bytes();
    };
    EXPECT_LT(bytes_of(20'000), 80u * 20'000);
    EXPECT_LT(bytes_of(20'000), 11 * bytes_of(2'000));
}

TEST(TableIndex, OfNoRowsFindsNone) {
    const TableIndex index(0, {});
    EXPECT_EQ(index.first(nullptr), 0u);
}

}  // namespace
}  // namespace praxe
