// A column of facts as its schema describes it: which Arrow layout holds which field of the vocabulary.
#pragma once

#include <praxe/columns.hpp>
#include <string>
#include <vector>

#include "facts/schema.hpp"

namespace praxe {

/// How a column's values lie in memory.
enum class Layout : std::uint8_t {
    nothing,  // of Arrow's type null: no buffer at all
    boolean,
    int8,
    int16,
    int32,
    int64,
    uint8,
    uint16,
    uint32,
    uint64,
    float32,
    float64,
    text,  // offsets of 32 bits
    large_text,
    text_view,  // of sixteen bytes each, short texts within, others in one of several buffers
    decimal128,
    structure,
    list,  // offsets of 32 bits
    large_list,
};

/// A column, or the items of one, and the field that it fills.
struct Column {
    std::string path;  // of the fact, for messages: `client.appointments`
    Layout layout = Layout::nothing;
    Kind kind = Kind::absent;  // of the values that are made; integers for counted units
    // A number as it lies there, times `times` and divided by `over`, is in the unit of facts.
    std::int64_t times = 1;
    std::int64_t over = 1;
    bool is_dictionary = false;        // of texts: `layout` is that of the indices
    std::vector<Column> children;      // of a struct its fields, in the array's order; of a list its items; of a
                                       // dictionary its texts
    const RecordType* type = nullptr;  // of a struct
    std::vector<int> by_field;         // of that type: the index in `children`, or -1
};

/// The columns of a case; everything that does not fit goes to `diagnostics`.
Column column_of_facts(const Schema& schema, const ArrowSchema& facts, Diagnostics& diagnostics);

/// How many buffers an array of that layout has; of text_view at least as many.
std::int64_t buffers_of(Layout layout);
/// The bytes of one value; 0 where values do not lie in bytes of their own.
std::size_t width_of(Layout layout);

}  // namespace praxe
