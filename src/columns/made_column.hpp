// Columns that are made: values put in row by row, or many rows at once, and given out as Arrow schema and array.
#pragma once

#include <cstring>
#include <map>
#include <praxe/columns.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "check/model.hpp"

namespace praxe {

/// What a column of answers is, known before any is made.
struct MadeType {
    enum class Form {
        boolean,
        integer,
        unsigned_integer,
        real,
        date,
        instant,
        duration,
        amount,  // money and percent, in hundredths
        text,
        bytes,
        json,  // a text: a value that no column holds, as answers write it
        word,  // of a dictionary
        list,
        structure
    };
    std::string name;
    Form form = Form::json;
    const Model* model = nullptr;    // of json
    std::vector<std::string> words;  // of a dictionary
    std::map<std::string, int, std::less<>> index;
    std::vector<MadeType> children;  // of a list: one

    static MadeType dictionary(std::string name, std::vector<std::string> words);
    static MadeType list(std::string name, MadeType items);
    int index_of(std::string_view word) const;  // or -1
    /// The bytes of a value, or of a dictionary's index: as few as its words take. 0: not of one width.
    std::size_t width() const;
};

/// The type of a column that holds values of a declared type.
MadeType made_type(std::string name, const Type& type, const Model& model);
void write_schema(const MadeType& type, ArrowSchema& out);

/// Bytes that grow at their end.
class Buffer {
  public:
    template <typename T>
    void push(T value) {
        std::memcpy(grow(sizeof(T)), &value, sizeof(T));
    }
    std::uint8_t* grow(std::size_t bytes) {
        bytes_.resize(bytes_.size() + bytes);
        return bytes_.data() + (bytes_.size() - bytes);
    }
    void append(std::string_view text) { bytes_.insert(bytes_.end(), text.begin(), text.end()); }
    void reserve(std::size_t bytes) { bytes_.reserve(bytes); }
    std::size_t size() const { return bytes_.size(); }
    std::uint8_t* data() { return bytes_.data(); }
    const std::uint8_t* data() const { return bytes_.data(); }

  private:
    std::vector<std::uint8_t> bytes_;
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

    /// Row i is value `which[i]` of `values`, which lie one after another in the type's width; none of them is null.
    /// REQUIRES: width() > 0
    void append_chosen(std::span<const std::uint8_t> which, const std::uint8_t* values);
    void append_nulls(std::size_t rows);
    void end_rows(std::size_t rows);
    void reserve(std::size_t rows);

    /// Gives the column out; nothing is left.
    void take(ArrowArray& out);

  private:
    void append_bits(bool there, std::size_t rows);
    void append_number(std::int64_t number);

    const MadeType* type_;
    std::size_t rows_ = 0;
    std::size_t nulls_ = 0;
    Buffer validity_;  // empty as long as there are no nulls
    Buffer values_;    // of texts and lists: the offsets
    Buffer texts_;
    std::vector<MadeColumn> children_;
};

}  // namespace praxe
