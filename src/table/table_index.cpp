// Built in time that grows with rows and parts; sets are met some words at a time, the most selective ones first.
#include "table/table_index.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

namespace praxe {
namespace {

constexpr std::size_t max_parts = 256;         // of a column: their numbers fit a byte
constexpr std::uint64_t max_direct = 1 << 12;  // numbers looked up without a search
constexpr std::size_t rows_worth_a_set = 16;   // a set is kept where one row in so many asks for something
constexpr std::size_t few_rows = 256;          // so few rows cost nothing
constexpr std::size_t word_bits = 64;
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();

std::size_t rows_named(const ColumnStretches& stretches) {
    std::size_t named = 0;
    for (std::size_t i = 0; i < stretches.size(); ++i) named += i == 0 || stretches[i].row != stretches[i - 1].row;
    return named;
}

/// Where the stretches begin and end, each once.
std::vector<std::int64_t> bounds_of(const ColumnStretches& stretches) {
    std::vector<std::int64_t> bounds;
    for (const RowStretch& stretch : stretches) {
        if (stretch.first > stretch.last) continue;
        if (stretch.first != least) bounds.push_back(stretch.first);
        if (stretch.last != greatest) bounds.push_back(stretch.last + 1);
    }
    std::sort(bounds.begin(), bounds.end());
    bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
    return bounds;
}

/// As many of them as there may be, evenly among the others.
std::vector<std::int64_t> some_of(const std::vector<std::int64_t>& bounds) {
    constexpr std::size_t count = max_parts - 1;
    if (bounds.size() <= count) return bounds;
    std::vector<std::int64_t> some;
    for (std::size_t i = 0; i < count; ++i) some.push_back(bounds[i * bounds.size() / count]);
    return some;
}

std::uint64_t distance(std::int64_t from, std::int64_t to) {
    return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
}

std::size_t search(const std::vector<std::int64_t>& cuts, std::int64_t number) {
    std::size_t part = 0;
    std::size_t length = cuts.size() + 1;
    while (length > 1) {  // without a branch to mispredict
        const std::size_t half = length / 2;
        part += cuts[part + half - 1] <= number ? half : 0;
        length -= half;
    }
    return part;
}

}  // namespace

TableIndex::TableIndex(std::size_t rows, const std::vector<ColumnStretches>& columns)
    : rows_(rows),
      blocks_((rows + words_at_once * word_bits - 1) / (words_at_once * word_bits)),
      columns_(columns.size()),
      every_(blocks_) {
    for (std::size_t row = 0; row < rows_; ++row)
        every_[row / word_bits / words_at_once][row / word_bits % words_at_once] |= std::uint64_t{1}
                                                                                    << (row % word_bits);
    std::vector<std::size_t> inexact;
    std::vector<std::size_t> set_bits(columns.size());  // of a part, on the average, times the rows
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (columns[c].empty()) continue;
        const std::vector<std::int64_t> bounds = bounds_of(columns[c]);
        Column& column = columns_[c];
        if (rows_ > few_rows && rows_named(columns[c]) * rows_worth_a_set < rows_) {
            inexact.push_back(c);
            continue;
        }
        column.cuts = some_of(bounds);
        if (column.cuts.size() < bounds.size()) inexact.push_back(c);
        fill(column, columns[c]);
        for (const Words& words : column.bits) {
            for (const std::uint64_t word : words) set_bits[c] += static_cast<std::size_t>(std::popcount(word));
        }
        set_bits[c] /= column.cuts.size() + 1;
        order_.push_back(static_cast<std::uint16_t>(c));
    }
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::uint16_t a, std::uint16_t b) { return set_bits[a] < set_bits[b]; });
    if (!inexact.empty()) note_checks(inexact, columns);
}

void TableIndex::fill(Column& column, const ColumnStretches& stretches) {
    if (!column.cuts.empty() && distance(column.cuts.front(), column.cuts.back()) <= max_direct) {
        column.origin = column.cuts.front() - 1;
        for (std::int64_t n = column.origin; n <= column.cuts.back(); ++n)
            column.direct.push_back(static_cast<std::uint8_t>(search(column.cuts, n)));
    }
    std::vector<Words> any = every_;
    for (const RowStretch& stretch : stretches)
        any[stretch.row / word_bits / words_at_once][stretch.row / word_bits % words_at_once] &=
            ~(std::uint64_t{1} << (stretch.row % word_bits));
    for (std::size_t part = 0; part <= column.cuts.size(); ++part)
        column.bits.insert(column.bits.end(), any.begin(), any.end());
    for (const RowStretch& stretch : stretches) {
        if (stretch.first > stretch.last) continue;
        const std::size_t last = part_of(column, stretch.last);
        const std::size_t word = stretch.row / word_bits;
        for (std::size_t part = part_of(column, stretch.first); part <= last; ++part)
            column.bits[part * blocks_ + word / words_at_once][word % words_at_once] |= std::uint64_t{1}
                                                                                        << (stretch.row % word_bits);
    }
}

void TableIndex::note_checks(const std::vector<std::size_t>& inexact, const std::vector<ColumnStretches>& columns) {
    std::vector<std::size_t> at(columns.size());
    for (std::uint32_t row = 0; row < rows_; ++row) {
        checks_begin_.push_back(static_cast<std::uint32_t>(checks_.size()));
        for (const std::size_t c : inexact) {
            const ColumnStretches& stretches = columns[c];
            for (std::size_t& i = at[c]; i < stretches.size() && stretches[i].row == row; ++i) {
                const bool or_next = i + 1 < stretches.size() && stretches[i + 1].row == row;
                checks_.push_back({stretches[i], static_cast<std::uint16_t>(c), or_next});
            }
        }
    }
    checks_begin_.push_back(static_cast<std::uint32_t>(checks_.size()));
}

std::size_t TableIndex::part_of(const Column& column, std::int64_t number) {
    if (column.direct.empty()) return search(column.cuts, number);
    const std::int64_t last = column.origin + static_cast<std::int64_t>(column.direct.size()) - 1;
    return column.direct[static_cast<std::size_t>(std::clamp(number, column.origin, last) - column.origin)];
}

bool TableIndex::passes(std::size_t row, const std::int64_t* numbers, Unknown unknown) const {
    bool holds = false;
    for (std::size_t i = checks_begin_[row]; i < checks_begin_[row + 1]; ++i) {
        const Check& check = checks_[i];
        holds = holds || check.stretch.holds(numbers[check.column]) || ((unknown >> check.column) & 1) != 0;
        if (check.or_next) continue;
        if (!holds) return false;
        holds = false;
    }
    return true;
}

/// The sets of the columns' parts in which the numbers lie; how many there are.
std::size_t TableIndex::find_sets(const std::int64_t* numbers, Unknown unknown, Sets& sets) const {
    std::size_t count = 0;
    for (const std::uint16_t c : order_) {
        if (((unknown >> c) & 1) != 0) continue;
        const Column& column = columns_[c];
        sets[count++] = column.bits.data() + part_of(column, numbers[c]) * blocks_;
    }
    if (count == 0) sets[count++] = every_.data();
    return count;
}

/// The words of one block in which a row stands in all sets.
TableIndex::Words TableIndex::met(const Sets& sets, std::size_t count, std::size_t block) {
    Words met = sets[0][block];
    for (std::size_t s = 1; s < count; ++s) {
        const Words& other = sets[s][block];
        for (std::size_t w = 0; w < words_at_once; ++w) met[w] &= other[w];
    }
    return met;
}

std::size_t TableIndex::first(const std::int64_t* numbers) const {
    Sets sets;
    const std::size_t count = find_sets(numbers, 0, sets);
    if (rows_ > 0 && rows_ <= word_bits && checks_begin_.empty()) {  // one word says it
        std::uint64_t all = sets[0]->front();
        for (std::size_t s = 1; s < count; ++s) all &= sets[s]->front();
        return all == 0 ? rows_ : static_cast<std::size_t>(std::countr_zero(all));
    }
    for (std::size_t block = 0; block < blocks_; ++block) {
        const Words words = met(sets, count, block);
        if ((words[0] | words[1] | words[2] | words[3]) == 0) continue;
        for (std::size_t w = 0; w < words_at_once; ++w) {
            for (std::uint64_t left = words[w]; left != 0; left &= left - 1) {
                const std::size_t row =
                    (block * words_at_once + w) * word_bits + static_cast<std::size_t>(std::countr_zero(left));
                if (checks_begin_.empty() || passes(row, numbers, 0)) return row;
            }
        }
    }
    return rows_;
}

std::size_t TableIndex::bytes() const {
    std::size_t bytes = every_.size() * sizeof(Words) + order_.size() * sizeof(std::uint16_t) +
                        checks_begin_.size() * sizeof(std::uint32_t) + checks_.size() * sizeof(Check);
    for (const Column& column : columns_)
        bytes += sizeof(Column) + column.cuts.size() * sizeof(std::int64_t) + column.direct.size() +
                 column.bits.size() * sizeof(Words);
    return bytes;
}

TableIndex::Walk::Walk(const TableIndex& index, const std::int64_t* numbers, Unknown unknown)
    : index_(index), numbers_(numbers), unknown_(unknown), count_(index.find_sets(numbers, unknown, sets_)) {}

std::size_t TableIndex::Walk::next() {
    while (true) {
        for (; word_ < words_at_once; ++word_) {
            while (met_[word_] != 0) {
                const std::size_t row = ((block_ - 1) * words_at_once + word_) * word_bits +
                                        static_cast<std::size_t>(std::countr_zero(met_[word_]));
                met_[word_] &= met_[word_] - 1;
                if (index_.checks_begin_.empty() || index_.passes(row, numbers_, unknown_)) return row;
            }
        }
        if (block_ == index_.blocks_) return index_.rows_;
        met_ = met(sets_, count_, block_++);
        word_ = 0;
    }
}

}  // namespace praxe
