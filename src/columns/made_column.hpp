// Columns that are made: values put in row by row, or many rows at once, and given out as Arrow arrays.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "columns/made_type.hpp"

namespace praxe {

/// Bytes that grow at their end, without being filled before they are written.
class Buffer {
  public:
    /// Room for so many bytes more, which hold nothing yet.
    std::uint8_t* grow(std::size_t bytes) {
        if (size_ + bytes > capacity_) reserve(std::max(size_ + bytes, 2 * capacity_));
        size_ += bytes;
        return bytes_.get() + (size_ - bytes);
    }
    template <typename T>
    void push(T value) {
        std::memcpy(grow(sizeof(T)), &value, sizeof(T));
    }
    void append_zeros(std::size_t bytes) {
        if (bytes > 0) std::memset(grow(bytes), 0, bytes);
    }
    void append(std::string_view text) {
        if (!text.empty()) std::memcpy(grow(text.size()), text.data(), text.size());
    }
    void reserve(std::size_t bytes) {
        if (bytes <= capacity_) return;
        auto more = std::make_unique_for_overwrite<std::uint8_t[]>(bytes);
        if (size_ > 0) std::memcpy(more.get(), bytes_.get(), size_);
        bytes_ = std::move(more);
        capacity_ = bytes;
    }
    std::size_t size() const { return size_; }
    std::uint8_t* data() { return bytes_.get(); }
    const std::uint8_t* data() const { return bytes_.get(); }

  private:
    std::unique_ptr<std::uint8_t[]> bytes_;
    std::size_t size_ = 0, capacity_ = 0;
};

/// The values of the rows so far. The type must outlive it.
class MadeColumn {
  public:
    explicit MadeColumn(const MadeType& type);
    MadeColumn(MadeColumn&&) = default;

    /// A value of the type's own; absent: null.
    void append(const Value& value);
    void append_null();
    void append_word(int index);  // of a dictionary; below 0: null
    void append_text(std::string_view text);
    void end_list();  // the items appended to the child since the last one are this row's
    void end_row();   // of a struct: one value was appended to each child
    MadeColumn& child(std::size_t index) { return children_[index]; }
    const MadeType& type() const { return *type_; }
    std::size_t nulls() const { return nulls_; }
    std::vector<std::uint8_t> values() const { return {values_.data(), values_.data() + values_.size()}; }

    /// Row i is value `which[i]` of `values`, which lie one after another in the type's width; null where `there` has 0
    /// for it, if it has anything. REQUIRES: width() > 0
    void append_chosen(std::span<const std::uint8_t> which, const std::uint8_t* values,
                       std::span<const std::uint8_t> there = {});
    /// Rows of the type's own bytes, none of which is null. REQUIRES: width() == 1
    void append_values(std::span<const std::uint8_t> values);
    void append_nulls(std::size_t rows);
    void end_rows(std::size_t rows);
    void reserve(std::size_t rows);

    /// Gives the column out; nothing is left.
    void take(ArrowArray& out);

  private:
    void begin_values();
    void append_bits(bool there, std::size_t rows);
    void append_bits_chosen(std::span<const std::uint8_t> which, std::span<const std::uint8_t> there);
    void repeat_offset(std::size_t rows);
    void append_number(std::int64_t number);

    const MadeType* type_;
    std::size_t rows_ = 0;
    std::size_t nulls_ = 0;
    std::size_t expected_rows_ = 0;
    bool is_bare_;     // there is nothing but nulls so far, and nothing is written
    Buffer validity_;  // empty as long as there are no nulls
    Buffer values_;    // of texts and lists: the offsets
    Buffer texts_;
    std::vector<MadeColumn> children_;
};

}  // namespace praxe
