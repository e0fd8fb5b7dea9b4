// A fact of a block program in the columns of one array: its numbers, and the rows in which it is there.
#pragma once

#include <optional>
#include <vector>

#include "columns/bits.hpp"
#include "columns/block_program.hpp"
#include "columns/column_view.hpp"

namespace praxe {

/// Numbers of a block of rows, as wide as they lie in their column. There are values for whole words of rows.
struct BlockNumbers {
    Layout layout = Layout::int64;  // int8, int16, int32 or int64
    const void* values = nullptr;
    // The same made narrower, if they were: beyond the narrow type's ends they are its ends, so that each compares with
    // what lies between these as it did.
    Layout narrow = Layout::nothing;
    const void* narrow_values = nullptr;
    bool is_constant = false;  // `constant` in all rows
    std::int64_t constant = 0;
    const Mask* absent = nullptr;  // the rows without one; null: none
};

class FactColumn {
  public:
    FactColumn(const BlockFact& fact, const ColumnView& cases);

    /// Reads a block's rows. `at` are the instants judged, for what happens; null if the fact is none of that.
    void load(std::int64_t first, std::size_t rows, const BlockNumbers* at);

    BlockNumbers numbers() const;
    /// Rows that hold what their column may not hold: whoever decides them alone says what is wrong.
    const Mask* wrong() const { return has_wrong_ ? &wrong_ : nullptr; }
    const Mask* absent() const { return has_absent_ ? &absent_ : nullptr; }
    /// Rows in which a record around it is absent.
    const Mask* outside() const { return has_outside_ ? &outside_ : nullptr; }
    const Mask& flags() const { return flags_; }  // of a bool, where it is there
    const Field& field() const { return *fact_->field; }

  private:
    void load_presence(std::int64_t first, std::size_t rows);
    void load_numbers(std::int64_t place, std::size_t rows);
    std::optional<std::int64_t> number_of(std::int64_t row) const;
    void convert(std::int64_t place, std::size_t rows);
    bool convert_indices(std::int64_t place, std::size_t rows);
    void say_wrong(const Mask& rows);
    bool are_narrow(std::size_t rows) const;
    void check_range(std::size_t rows);
    void leave_out_what_lies_ahead(const BlockNumbers& at, std::size_t rows);
    void make_narrow(std::size_t rows);
    void find_range();
    void find_narrow();
    void find_members();
    void make_short();
    std::optional<std::int64_t> place_of(std::optional<std::string_view> text) const;
    std::optional<std::int64_t> member_of(std::int64_t index) const;

    // Of the block at work.
    Mask wrong_{}, absent_{}, outside_{}, flags_{};
    alignas(16) std::array<std::uint8_t, block_rows * sizeof(std::int32_t)> narrowed_;
    const void* values_ = nullptr;
    std::vector<std::int64_t> converted_;
    std::vector<std::uint8_t> padded_;

    const BlockFact* fact_;
    std::vector<const ColumnView*> views_;  // of the records around it, then its own; cut short where it has none
    std::vector<std::int64_t> members_;     // of a dictionary: the member of each index, or -1
    std::vector<std::int8_t> short_;        // the same in a byte each, for indices up to 255 at least; if all have room
    std::int64_t least_ = 0, most_ = 0;     // that it may be
    Layout layout_ = Layout::int64;
    Layout narrow_ = Layout::nothing;
    bool is_bounded_ = false;
    bool has_column_ = false;
    bool in_place_ = false;  // the column's own values are its numbers
    bool has_wrong_ = false, has_absent_ = false, has_outside_ = false;
};

/// Compares numbers of a block; false in rows where one of them is absent. Of rows beyond the block nothing is said.
template <typename Compare>
void compare_numbers(const BlockNumbers& a, const BlockNumbers& b, std::size_t rows, Mask& out);
/// Keeps the rows in which the comparison holds, or does not. REQUIRES: neither number is absent anywhere.
template <typename Compare>
void keep_compared(const BlockNumbers& a, const BlockNumbers& b, std::size_t rows, bool holds, Mask& kept);
/// The same two for a number that may be one of the members. REQUIRES: members.size() <= max_members
void find_members(const BlockNumbers& a, std::span<const std::int64_t> members, std::size_t rows, Mask& out);
void keep_members(const BlockNumbers& a, std::span<const std::int64_t> members, std::size_t rows, bool holds,
                  Mask& kept);

}  // namespace praxe
