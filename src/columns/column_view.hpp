// An array of facts as it lies in memory, read row by row: a row of a struct is a record whose fields are read when
// they are asked for.
#pragma once

#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "columns/column.hpp"

namespace praxe {

class ColumnView final : public FieldReader {
  public:
    /// What does not fit the column's schema goes to `diagnostics`; then nothing may be read. The column, the schema
    /// and the array must outlive the view, which must not be moved while records read it.
    ColumnView(const Column& column, const Schema& schema, const ArrowArray& array, Diagnostics& diagnostics);

    /// REQUIRES: it is of a struct, and has that row.
    std::shared_ptr<const Record> record(std::int64_t row, std::string path) const;
    Value read(const Record& record, std::size_t field) const override;

    // For who reads whole columns.
    const Column& column() const { return *column_; }
    const ArrowArray& array() const { return *array_; }
    std::int64_t length() const { return array_->length; }
    std::int64_t offset() const { return array_->offset; }
    /// The bits that say which values are there, by place in the buffer; null: all.
    const std::uint8_t* validity() const { return validity_; }
    const void* values() const { return values_; }
    const ColumnView* child_of_field(std::size_t field) const;
    const ColumnView& texts() const { return children_.front(); }  // REQUIRES: it is of a dictionary
    /// REQUIRES: it is of texts; nothing where they are not there, or their offsets are wrong.
    std::optional<std::string_view> text(std::int64_t row) const;
    /// REQUIRES: it is of numbers; nothing where it is none that a fact could be.
    std::optional<std::int64_t> number_at(std::int64_t row) const;
    std::int64_t index_at(std::int64_t row) const;  // REQUIRES: it is of a dictionary
    double real_at(std::int64_t row) const;         // REQUIRES: it is of doubles

  private:
    struct Scaled {
        std::int64_t number;
        const char* why;
    };
    Scaled scaled(std::int64_t row) const;
    struct Name;  // of the value that is read, for messages and paths

    bool fits(Diagnostics& diagnostics) const;
    void add_children(const Schema& schema, Diagnostics& diagnostics);
    bool is_there(std::int64_t row) const;
    Value value(std::int64_t row, const Name& name) const;
    Value number(std::int64_t row, const Name& name) const;
    std::optional<std::string_view> viewed_text(std::int64_t place) const;
    Value text_value(std::int64_t row, const Name& name) const;
    Value items(std::int64_t row, const Name& name) const;

    const Column* column_;
    const Schema* schema_;
    const ArrowArray* array_;
    const std::uint8_t* validity_ = nullptr;
    const void* values_ = nullptr;  // of texts and lists: their offsets
    std::vector<ColumnView> children_;
};

/// The integer at a place in a buffer of that layout. REQUIRES: `layout` is one of integers but uint64.
std::int64_t integer_at(Layout layout, const void* values, std::int64_t place);

}  // namespace praxe
