// The buffers of columns that are made.
#include "columns/made_column.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "columns/given_out.hpp"
#include "run/answer_json.hpp"

namespace praxe {
namespace {

using Form = MadeType::Form;

}  // namespace

MadeColumn::MadeColumn(const MadeType& type) : type_(&type), is_bare_(type.form != Form::structure) {
    children_.reserve(type.children.size());
    for (const MadeType& child : type.children) children_.emplace_back(child);
}

void MadeColumn::reserve(std::size_t rows) {
    expected_rows_ = rows;
    if (type_->form != Form::structure) return;
    for (MadeColumn& child : children_) child.reserve(rows);
}

namespace {

constexpr std::size_t bits_of_a_byte = 8;

std::size_t bytes_for(std::size_t bits) {
    return (bits + bits_of_a_byte - 1) / bits_of_a_byte;
}

/// Bits [from, from + count) of a buffer that is grown for them.
void append_to_bits(Buffer& bits, std::size_t from, std::size_t count, bool set) {
    bits.append_zeros(bytes_for(from + count) - bits.size());
    if (!set) return;
    std::size_t place = from;
    const std::size_t end = from + count;
    for (; place < end && place % bits_of_a_byte != 0; ++place)
        bits.data()[place / bits_of_a_byte] |= static_cast<std::uint8_t>(1u << (place % bits_of_a_byte));
    for (; place + bits_of_a_byte <= end; place += bits_of_a_byte) bits.data()[place / bits_of_a_byte] = 0xff;
    for (; place < end; ++place)
        bits.data()[place / bits_of_a_byte] |= static_cast<std::uint8_t>(1u << (place % bits_of_a_byte));
}

}  // namespace

/// Before the first value: room for what is expected, and the nulls before it.
void MadeColumn::begin_values() {
    if (!is_bare_) return;
    is_bare_ = false;
    if (type_->has_offsets()) {
        values_.reserve((std::max(expected_rows_, nulls_) + 1) * sizeof(std::int64_t));
        values_.append_zeros((nulls_ + 1) * sizeof(std::int64_t));
    } else {
        values_.reserve(std::max(expected_rows_, nulls_) * type_->width());
        values_.append_zeros(type_->form == Form::boolean ? bytes_for(nulls_) : nulls_ * type_->width());
    }
    append_to_bits(validity_, 0, nulls_, false);
}

void MadeColumn::append_bits(bool there, std::size_t rows) {
    const bool is_first = !there && nulls_ == 0;
    if (is_first && validity_.size() == 0) append_to_bits(validity_, 0, rows_, true);
    if (!there) nulls_ += rows;
    if (is_first || validity_.size() > 0) append_to_bits(validity_, rows_, rows, there);
    rows_ += rows;
}

/// For each row whether its number's value is there.
void MadeColumn::append_bits_chosen(std::span<const std::uint8_t> which, std::span<const std::uint8_t> there) {
    if (validity_.size() == 0) append_to_bits(validity_, 0, rows_, true);
    append_to_bits(validity_, rows_, which.size(), false);
    for (const std::uint8_t number : which) {
        validity_.data()[rows_ / bits_of_a_byte] |=
            static_cast<std::uint8_t>(there[number] << (rows_ % bits_of_a_byte));
        nulls_ += there[number] == 0 ? 1 : 0;
        ++rows_;
    }
}

void MadeColumn::append_nulls(std::size_t rows) {
    if (is_bare_) {
        rows_ += rows;
        nulls_ += rows;
        return;
    }
    if (type_->form == Form::boolean) append_to_bits(values_, rows_, rows, false);
    values_.append_zeros(rows * type_->width());
    if (type_->has_offsets()) repeat_offset(rows);
    if (type_->form == Form::structure) {
        for (MadeColumn& child : children_) child.append_nulls(rows);
    }
    append_bits(false, rows);
}

/// Of texts and lists: rows with nothing in them end where the one before ended.
void MadeColumn::repeat_offset(std::size_t rows) {
    const auto end = static_cast<std::int64_t>(type_->form == Form::list ? children_.front().rows_ : texts_.size());
    if (end == 0) return values_.append_zeros(rows * sizeof(end));
    for (std::size_t i = 0; i < rows; ++i) values_.push(end);
}

void MadeColumn::append_null() {
    append_nulls(1);
}

void MadeColumn::append_word(int index) {
    if (index < 0) return append_null();
    begin_values();
    switch (type_->width()) {
        case 1:
            values_.push(static_cast<std::int8_t>(index));
            break;
        case 2:
            values_.push(static_cast<std::int16_t>(index));
            break;
        default:
            values_.push(static_cast<std::int32_t>(index));
    }
    append_bits(true, 1);
}

void MadeColumn::append_text(std::string_view text) {
    begin_values();
    texts_.append(text);
    values_.push(static_cast<std::int64_t>(texts_.size()));
    append_bits(true, 1);
}

void MadeColumn::end_list() {
    begin_values();
    values_.push(static_cast<std::int64_t>(children_.front().rows_));
    append_bits(true, 1);
}

void MadeColumn::end_row() {
    end_rows(1);
}

void MadeColumn::end_rows(std::size_t rows) {
    append_bits(true, rows);
}

void MadeColumn::append_number(std::int64_t number) {
    begin_values();
    if (type_->form == Form::date) {
        values_.push(static_cast<std::int32_t>(number));
    } else {
        values_.push(number);
        if (type_->form == Form::amount) values_.push(std::int64_t{number < 0 ? -1 : 0});  // the upper half
    }
    append_bits(true, 1);
}

void MadeColumn::append(const Value& value) {
    const bool is_none = value.is(Kind::optional) && !value.has_value();
    if (value.is_absent() || value.is(Kind::null) || is_none) return append_null();
    if (value.is(Kind::optional) && type_->form != Form::json) return append(value.as_optional());
    switch (type_->form) {
        case Form::boolean:
            begin_values();
            append_to_bits(values_, rows_, 1, value.as_bool());
            return append_bits(true, 1);
        case Form::real:
            begin_values();
            values_.push(value.as_double());
            return append_bits(true, 1);
        case Form::integer:
        case Form::unsigned_integer:
        case Form::date:
        case Form::instant:
        case Form::duration:
        case Form::amount:
            return append_number(value.as_int());
        case Form::text:
        case Form::bytes:
            return append_text(value.as_string());
        case Form::json:
            return append_text(outcome_json(*type_->model, value));
        case Form::word:
            return append_word(type_->index_of(value.as_string()));
        case Form::list:
            if (value.is(Kind::map)) {
                for (const auto& [key, item] : value.as_map().entries) children_.front().append(item);
            } else {
                for (const Value& item : value.as_list()) children_.front().append(item);
            }
            return end_list();
        case Form::structure:
            for (std::size_t i = 0; i < children_.size(); ++i) children_[i].append(value.as_record().at(i));
            return end_row();
    }
}

namespace {

/// One value of that many bytes for each of `which`, eight at a time as long as there are eight.
template <typename Bytes>
void choose(std::span<const std::uint8_t> which, const std::uint8_t* values, std::uint8_t* out) {
    const auto one = [&](std::size_t i) {
        std::memcpy(out + i * sizeof(Bytes), values + which[i] * sizeof(Bytes), sizeof(Bytes));
    };
    constexpr std::size_t step = 8;
    std::size_t begin = 0;
    for (; begin + step <= which.size(); begin += step) {
#pragma GCC unroll 8
        for (std::size_t i = 0; i < step; ++i) one(begin + i);
    }
    for (; begin < which.size(); ++begin) one(begin);
}
struct SixteenBytes {
    std::int64_t lower, upper;
};

}  // namespace

void MadeColumn::append_chosen(std::span<const std::uint8_t> which, const std::uint8_t* values,
                               std::span<const std::uint8_t> there) {
    if (which.empty()) return;
    begin_values();
    std::uint8_t* const out = values_.grow(which.size() * type_->width());
    switch (type_->width()) {
        case sizeof(std::uint8_t):
            choose<std::uint8_t>(which, values, out);
            break;
        case sizeof(std::uint16_t):
            choose<std::uint16_t>(which, values, out);
            break;
        case sizeof(std::uint32_t):
            choose<std::uint32_t>(which, values, out);
            break;
        case sizeof(std::uint64_t):
            choose<std::uint64_t>(which, values, out);
            break;
        default:
            choose<SixteenBytes>(which, values, out);
    }
    if (!there.empty()) return append_bits_chosen(which, there);
    append_bits(true, which.size());
}

void MadeColumn::append_values(std::span<const std::uint8_t> values) {
    if (values.empty()) return;
    begin_values();
    std::memcpy(values_.grow(values.size()), values.data(), values.size());
    append_bits(true, values.size());
}

// -------------------------------------------------------------------------------------------------------------- array

namespace {

constexpr std::size_t shared_bytes = ((1 << 16) + 1) * sizeof(std::int64_t);

/// Nothing but zeros, which columns without a value share; pages that no one reads take no memory.
std::shared_ptr<const void> zeros(std::size_t bytes) {
    const auto made = [](std::size_t size) {
        return std::shared_ptr<const void>(std::calloc(size, 1),
                                           [](const void* at) { std::free(const_cast<void*>(at)); });
    };
    static const std::shared_ptr<const void> shared = made(shared_bytes);
    return bytes <= shared_bytes ? shared : made(bytes);
}

/// What an array that was given out keeps, until it is released.
struct ArrayOwner {
    Buffer validity, values, texts;
    std::shared_ptr<const void> zeros;
    std::array<const void*, 3> buffers{};
    std::vector<ArrowArray> children;
    std::vector<ArrowArray*> pointers;
    ArrowArray dictionary{};
};

std::int64_t buffer_count(const MadeType& type) {
    if (type.form == Form::structure) return 1;
    return type.has_offsets() && type.form != Form::list ? 3 : 2;
}

/// A buffer of no bytes is somewhere all the same.
const void* place_of(const Buffer& buffer) {
    static constexpr std::int64_t nowhere = 0;
    return buffer.size() == 0 ? static_cast<const void*>(&nowhere) : buffer.data();
}

}  // namespace

void MadeColumn::take(ArrowArray& out) {
    auto* const owner = new ArrayOwner;  // NOLINT(cppcoreguidelines-owning-memory)
    owner->validity = std::move(validity_);
    owner->values = std::move(values_);
    owner->texts = std::move(texts_);
    if (is_bare_) {
        const std::size_t width = std::max(type_->width(), sizeof(std::int64_t));  // of a value or an offset
        owner->zeros = zeros((rows_ + 1) * width);
        owner->buffers = {nulls_ > 0 ? owner->zeros.get() : nullptr, owner->zeros.get(), place_of(owner->texts)};
    } else {
        owner->buffers = {nulls_ > 0 ? owner->validity.data() : nullptr, place_of(owner->values),
                          place_of(owner->texts)};
    }
    owner->children.resize(children_.size());
    for (std::size_t i = 0; i < children_.size(); ++i) {
        children_[i].take(owner->children[i]);
        owner->pointers.push_back(&owner->children[i]);
    }
    out = {};
    if (type_->form == Form::word) {
        MadeType text;
        text.form = Form::text;
        MadeColumn words(text);
        for (const std::string& word : type_->words) words.append_text(word);
        words.take(owner->dictionary);
        out.dictionary = &owner->dictionary;
    }
    out.length = static_cast<std::int64_t>(rows_);
    out.null_count = static_cast<std::int64_t>(nulls_);
    out.n_buffers = buffer_count(*type_);
    out.n_children = static_cast<std::int64_t>(children_.size());
    out.buffers = owner->buffers.data();
    out.children = owner->pointers.data();
    out.release = release<ArrayOwner, ArrowArray>;
    out.private_data = owner;
    rows_ = nulls_ = 0;
}

}  // namespace praxe
