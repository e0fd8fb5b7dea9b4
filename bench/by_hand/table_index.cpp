// Built once in time that grows with rows and stretches; words of bits are combined one after another.
#include "by_hand/table_index.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace by_hand {
namespace {

constexpr std::int64_t most_direct = 1 << 12;  // values looked up without a search
constexpr std::size_t most_columns = 8;
constexpr std::size_t word_bits = 64;

}  // namespace

std::size_t scan(const std::vector<TableRow>& rows, const std::int64_t* values) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        bool all = true;
        for (std::size_t c = 0; all && c < rows[i].size(); ++c) all = rows[i][c].holds(values[c]);
        if (all) return i;
    }
    return rows.size();
}

TableIndex::TableIndex(const std::vector<TableRow>& rows)
    : rows_(rows.size()), words_((rows.size() + word_bits - 1) / word_bits), columns_(rows.front().size()) {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        Column& column = columns_[c];
        column.bounds.push_back(least);
        for (const TableRow& row : rows) {
            column.bounds.push_back(row[c].from);
            if (row[c].until != greatest) column.bounds.push_back(row[c].until);
        }
        std::sort(column.bounds.begin(), column.bounds.end());
        column.bounds.erase(std::unique(column.bounds.begin(), column.bounds.end()), column.bounds.end());
        const auto stretch = [&](std::int64_t value) {
            const auto next = std::upper_bound(column.bounds.begin(), column.bounds.end(), value);
            return static_cast<std::size_t>(next - column.bounds.begin()) - 1;
        };
        column.bits.resize(column.bounds.size() * words_);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const std::size_t end = rows[r][c].until == greatest ? column.bounds.size() : stretch(rows[r][c].until);
            for (std::size_t s = stretch(rows[r][c].from); s < end; ++s)
                column.bits[s * words_ + r / word_bits] |= std::uint64_t{1} << (r % word_bits);
        }
        if (column.bounds.size() < 2 || column.bounds.back() - column.bounds[1] > most_direct) continue;
        column.first = column.bounds[1] - 1;
        for (std::int64_t v = column.first; v <= column.bounds.back(); ++v)
            column.direct.push_back(static_cast<std::uint32_t>(stretch(v)));
    }
}

const std::uint64_t* TableIndex::bits_of(const Column& column, std::int64_t value) const {
    std::size_t stretch = 0;
    if (!column.direct.empty()) {
        const std::int64_t last = column.first + static_cast<std::int64_t>(column.direct.size()) - 1;
        stretch = column.direct[static_cast<std::size_t>(std::clamp(value, column.first, last) - column.first)];
    } else {
        std::size_t length = column.bounds.size();
        while (length > 1) {  // without a branch to mispredict
            const std::size_t half = length / 2;
            stretch += column.bounds[stretch + half] <= value ? half : 0;
            length -= half;
        }
    }
    return column.bits.data() + stretch * words_;
}

std::size_t TableIndex::find(const std::int64_t* values) const {
    std::array<const std::uint64_t*, most_columns> bits{};
    const std::size_t columns = columns_.size();
    for (std::size_t c = 0; c < columns; ++c) bits[c] = bits_of(columns_[c], values[c]);
    for (std::size_t w = 0; w < words_; ++w) {
        std::uint64_t all = bits[0][w];
        for (std::size_t c = 1; c < columns; ++c) all &= bits[c][w];
        if (all != 0) return w * word_bits + static_cast<std::size_t>(std::countr_zero(all));
    }
    return rows_;
}

std::size_t TableIndex::bytes() const {
    std::size_t bytes = 0;
    for (const Column& column : columns_)
        bytes += column.bounds.size() * 8 + column.direct.size() * 4 + column.bits.size() * 8;
    return bytes;
}

}  // namespace by_hand
