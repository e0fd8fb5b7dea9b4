// Rows of Arrow arrays as records.
#include "columns/column_view.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <limits>
#include <optional>

#include "facts/host_value.hpp"
#include "facts/scalar.hpp"

namespace praxe {
namespace {

template <typename T>
T at(const void* values, std::int64_t place) {
    T value;
    std::memcpy(&value, static_cast<const char*>(values) + place * static_cast<std::int64_t>(sizeof(T)), sizeof(T));
    return value;
}

bool bit(const void* bits, std::int64_t place) {
    return (static_cast<const std::uint8_t*>(bits)[place / 8] >> (place % 8) & 1) != 0;
}

/// A record of a row knows it by its number, counted from 1: no object is null.
const void* object_of(std::int64_t row) {
    return reinterpret_cast<const void*>(static_cast<std::intptr_t>(row + 1));  // NOLINT(performance-no-int-to-ptr)
}
std::int64_t row_of(const Record& record) {
    return static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(record.object)) - 1;
}

Value refused(const std::string& path, std::string_view why) {
    return Value::error(Error{Error::Code::range, fmt::format("\"{}\" {}", path, why), path, {}});
}

Value made(Kind kind, std::int64_t number) {
    if (kind == Kind::integer) return Value::integer(number);
    return kind == Kind::timestamp ? Value::timestamp(number) : Value::count(kind, number);
}

}  // namespace

std::int64_t integer_at(Layout layout, const void* values, std::int64_t place) {
    switch (layout) {
        case Layout::int8:
            return at<std::int8_t>(values, place);
        case Layout::int16:
            return at<std::int16_t>(values, place);
        case Layout::int32:
            return at<std::int32_t>(values, place);
        case Layout::int64:
            return at<std::int64_t>(values, place);
        case Layout::uint8:
            return at<std::uint8_t>(values, place);
        case Layout::uint16:
            return at<std::uint16_t>(values, place);
        case Layout::uint32:
            return at<std::uint32_t>(values, place);
        case Layout::uint64:
        case Layout::nothing:
        case Layout::boolean:
        case Layout::float32:
        case Layout::float64:
        case Layout::text:
        case Layout::large_text:
        case Layout::text_view:
        case Layout::decimal128:
        case Layout::structure:
        case Layout::list:
        case Layout::large_list:
            break;
    }
    return 0;
}

/// Where a value stands: in a field of a record, or in the list that the field is.
struct ColumnView::Name {
    const Record& record;
    const Field& field;
    std::optional<std::size_t> item = {};

    std::string path() const {
        const std::string path = join_path(record.path, field.name);
        return item ? fmt::format("{}[{}]", path, *item) : path;
    }
};

ColumnView::ColumnView(const Column& column, const Schema& schema, const ArrowArray& array, Diagnostics& diagnostics)
    : column_(&column), schema_(&schema), array_(&array) {
    if (!fits(diagnostics)) return;
    const std::int64_t buffers = buffers_of(column.layout);
    if (buffers > 0) validity_ = static_cast<const std::uint8_t*>(array.buffers[0]);
    if (buffers > 1) values_ = array.buffers[1];
    add_children(schema, diagnostics);
}

/// Whether the array is of the column's form. The bytes of its texts cannot be counted: Arrow does not say them.
bool ColumnView::fits(Diagnostics& diagnostics) const {
    const std::string name = column_->path.empty() ? "the array of cases" : fmt::format("\"{}\"", column_->path);
    const auto refuse = [&](std::string_view why) {
        diagnostics.error({}, fmt::format("{} does not fit its schema: {}", name, why));
        return false;
    };
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 64;
    if (array_->release == nullptr) return refuse("it is released");
    if (array_->length < 0 || array_->offset < 0 || array_->length > most || array_->offset > most)
        return refuse("its length or offset is none");
    if (column_->layout == Layout::nothing) return true;
    const std::int64_t buffers = buffers_of(column_->layout);
    const bool has_more = column_->layout == Layout::text_view && array_->n_buffers > buffers;
    if (array_->n_buffers != buffers && !has_more)
        return refuse(fmt::format("it has {} buffers, not {}", array_->n_buffers, buffers));
    const auto children = static_cast<std::int64_t>(column_->is_dictionary ? 0 : column_->children.size());
    if (array_->n_children != children)
        return refuse(fmt::format("it has {} children, not {}", array_->n_children, children));
    if (column_->is_dictionary != (array_->dictionary != nullptr))
        return refuse(column_->is_dictionary ? "it has no dictionary" : "it has a dictionary");
    if (buffers > 1 && array_->length > 0 && array_->buffers[1] == nullptr) return refuse("it has no values");
    return true;
}

void ColumnView::add_children(const Schema& schema, Diagnostics& diagnostics) {
    children_.reserve(column_->children.size());
    for (std::size_t i = 0; i < column_->children.size(); ++i) {
        const Column& child = column_->children[i];
        const ArrowArray& held = column_->is_dictionary ? *array_->dictionary : *array_->children[i];
        children_.emplace_back(child, schema, held, diagnostics);
        if (column_->layout == Layout::structure && held.length < array_->offset + array_->length) {
            diagnostics.error({}, fmt::format("\"{}\" does not fit its schema: it has {} rows, not {}", child.path,
                                              held.length, array_->offset + array_->length));
        }
    }
}

const ColumnView* ColumnView::child_of_field(std::size_t field) const {
    const int child = column_->by_field[field];
    return child < 0 ? nullptr : &children_[static_cast<std::size_t>(child)];
}

bool ColumnView::is_there(std::int64_t row) const {
    if (column_->layout == Layout::nothing) return false;
    return validity_ == nullptr || bit(validity_, array_->offset + row);
}

std::shared_ptr<const Record> ColumnView::record(std::int64_t row, std::string path) const {
    return host_record(*this, *column_->type, object_of(row), std::move(path));
}

Value ColumnView::read(const Record& record, std::size_t field) const {
    const ColumnView* child = child_of_field(field);
    if (child == nullptr) return Value();
    const Field& declared = column_->type->fields[field];
    return settled(child->value(array_->offset + row_of(record), {record, declared}), declared, *schema_, record,
                   false);
}

Value ColumnView::value(std::int64_t row, const Name& name) const {
    if (!is_there(row)) return Value();
    switch (column_->kind) {
        case Kind::boolean:
            return Value::boolean(bit(values_, array_->offset + row));
        case Kind::real:
            return Value::real(real_at(row));
        case Kind::string:
            return text_value(row, name);
        case Kind::record:
            return Value::record(record(row, name.path()));
        case Kind::list:
            return items(row, name);
        default:  // the numbers
            return number(row, name);
    }
}

/// A number in the unit of facts, or why there is none.
ColumnView::Scaled ColumnView::scaled(std::int64_t row) const {
    const std::int64_t place = array_->offset + row;
    std::int64_t raw = 0;
    if (column_->layout == Layout::uint64) {
        const auto wide = at<std::uint64_t>(values_, place);
        if (wide > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return {0, "is too large a number"};
        raw = static_cast<std::int64_t>(wide);
    } else if (column_->layout == Layout::decimal128) {  // in two's complement, the lower half first
        raw = at<std::int64_t>(values_, 2 * place);
        const auto upper = at<std::int64_t>(values_, 2 * place + 1);
        if (upper != (raw < 0 ? -1 : 0)) return {0, "is too large an amount"};
    } else {
        raw = integer_at(column_->layout, values_, place);
    }
    std::int64_t number = 0;
    if (__builtin_mul_overflow(raw, column_->times, &number)) return {0, "is too large a number"};
    if (number % column_->over == 0) return {number / column_->over, nullptr};
    if (column_->kind == Kind::timestamp) return {0, "is no whole number of microseconds"};
    return {0, column_->kind == Kind::date ? "is no whole number of days" : "has more than two decimals"};
}

Value ColumnView::number(std::int64_t row, const Name& name) const {
    const auto [number, why] = scaled(row);
    return why == nullptr ? made(column_->kind, number) : refused(name.path(), why);
}

std::optional<std::int64_t> ColumnView::number_at(std::int64_t row) const {
    const auto [number, why] = scaled(row);
    return why == nullptr ? std::optional(number) : std::nullopt;
}

std::int64_t ColumnView::index_at(std::int64_t row) const {
    const std::int64_t place = array_->offset + row;
    return column_->layout == Layout::uint64 ? static_cast<std::int64_t>(at<std::uint64_t>(values_, place))
                                             : integer_at(column_->layout, values_, place);
}

double ColumnView::real_at(std::int64_t row) const {
    const std::int64_t place = array_->offset + row;
    return column_->layout == Layout::float32 ? static_cast<double>(at<float>(values_, place))
                                              : at<double>(values_, place);
}

/// Its length, then a short text itself, or of another its beginning, its buffer and the place there. The buffers'
/// sizes are in the last one.
std::optional<std::string_view> ColumnView::viewed_text(std::int64_t place) const {
    struct View {
        std::int32_t length;
        std::array<char, 4> begin;
        std::int32_t buffer, from;
    };
    constexpr std::int32_t most_within = 12;
    const auto view = at<View>(values_, place);
    if (view.length < 0) return std::nullopt;
    const auto length = static_cast<std::size_t>(view.length);
    if (view.length <= most_within) {
        const auto* const here = static_cast<const char*>(values_) + place * static_cast<std::int64_t>(sizeof(View));
        return std::string_view(here + offsetof(View, begin), length);
    }
    constexpr std::int64_t others = 3;  // which are there in any case
    const std::int64_t last = array_->n_buffers - 1;
    if (view.buffer < 0 || view.buffer >= array_->n_buffers - others || view.from < 0) return std::nullopt;
    const auto* const bytes = static_cast<const char*>(array_->buffers[2 + view.buffer]);
    if (bytes == nullptr || array_->buffers[last] == nullptr) return std::nullopt;
    const auto size = at<std::int64_t>(array_->buffers[last], view.buffer);
    if (view.from + std::int64_t{view.length} > size) return std::nullopt;
    return std::string_view(bytes + view.from, length);
}

std::optional<std::string_view> ColumnView::text(std::int64_t row) const {
    if (!is_there(row)) return std::nullopt;
    const std::int64_t place = array_->offset + row;
    if (column_->layout == Layout::text_view) return viewed_text(place);
    const bool large = column_->layout == Layout::large_text;
    const std::int64_t from = large ? at<std::int64_t>(values_, place) : at<std::int32_t>(values_, place);
    const std::int64_t to = large ? at<std::int64_t>(values_, place + 1) : at<std::int32_t>(values_, place + 1);
    if (from < 0 || to < from) return std::nullopt;
    if (to == from) return std::string_view();
    const auto* bytes = static_cast<const char*>(array_->buffers[2]);
    if (bytes == nullptr) return std::nullopt;
    return std::string_view(bytes + from, static_cast<std::size_t>(to - from));
}

Value ColumnView::text_value(std::int64_t row, const Name& name) const {
    std::optional<std::string_view> found;
    if (!column_->is_dictionary) {
        found = text(row);
        return found ? Value::string(std::string(*found)) : refused(name.path(), "has wrong offsets");
    }
    const std::int64_t index = index_at(row);
    if (index < 0 || index >= texts().length())
        return refused(name.path(), fmt::format("has the index {}, which its dictionary does not have", index));
    found = texts().text(index);
    return found ? Value::string(std::string(*found)) : Value();
}

Value ColumnView::items(std::int64_t row, const Name& name) const {
    const std::int64_t place = array_->offset + row;
    const bool large = column_->layout == Layout::large_list;
    const std::int64_t from = large ? at<std::int64_t>(values_, place) : at<std::int32_t>(values_, place);
    const std::int64_t to = large ? at<std::int64_t>(values_, place + 1) : at<std::int32_t>(values_, place + 1);
    const ColumnView& child = children_.front();
    if (from < 0 || to < from || to > child.length()) return refused(name.path(), "has wrong offsets");
    List items;
    items.reserve(static_cast<std::size_t>(to - from));
    for (std::int64_t i = from; i < to; ++i)
        items.push_back(child.value(i, {name.record, name.field, static_cast<std::size_t>(i - from)}));
    return Value::list(std::move(items));
}

}  // namespace praxe
