// Answers as Arrow columns: which format stands for which type, and the buffers of the values.
#include "columns/made_column.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "run/answer_json.hpp"

namespace praxe {
namespace {

using Form = MadeType::Form;

Form form_of(TypeKind kind) {
    static constexpr std::array forms{
        std::pair{TypeKind::boolean, Form::boolean},
        std::pair{TypeKind::integer, Form::integer},
        std::pair{TypeKind::unsigned_integer, Form::unsigned_integer},
        std::pair{TypeKind::real, Form::real},
        std::pair{TypeKind::string, Form::text},
        std::pair{TypeKind::bytes, Form::bytes},
        std::pair{TypeKind::timestamp, Form::instant},
        std::pair{TypeKind::duration, Form::duration},
        std::pair{TypeKind::date, Form::date},
        std::pair{TypeKind::money, Form::amount},
        std::pair{TypeKind::percent, Form::amount},
        std::pair{TypeKind::business_days, Form::integer},
        std::pair{TypeKind::business_hours, Form::duration},
        std::pair{TypeKind::calendar_days, Form::integer},
        std::pair{TypeKind::months, Form::integer},
        std::pair{TypeKind::years, Form::integer},
        std::pair{TypeKind::list, Form::list},
        std::pair{TypeKind::enumeration, Form::word},
        std::pair{TypeKind::record, Form::structure},
    };
    const auto* found = std::find_if(forms.begin(), forms.end(), [&](const auto& row) { return row.first == kind; });
    return found == forms.end() ? Form::json : found->second;
}

struct Written {
    Form form;
    const char* format;
    std::size_t width;
};
constexpr std::array written{
    Written{Form::boolean, "b", 0},    Written{Form::integer, "l", 8},      Written{Form::unsigned_integer, "L", 8},
    Written{Form::real, "g", 8},       Written{Form::date, "tdD", 4},       Written{Form::instant, "tsu:UTC", 8},
    Written{Form::duration, "tDu", 8}, Written{Form::amount, "d:19,2", 16}, Written{Form::text, "U", 0},
    Written{Form::bytes, "Z", 0},      Written{Form::json, "U", 0},         Written{Form::word, "", 0},
    Written{Form::list, "+L", 0},      Written{Form::structure, "+s", 0},
};

const Written& written_as(Form form) {
    return written[static_cast<std::size_t>(form)];
}

const char* format_of(const MadeType& type) {
    if (type.form != Form::word) return written_as(type.form).format;
    return type.width() == 1 ? "c" : type.width() == 2 ? "s" : "i";
}

bool has_offsets(Form form) {
    return form == Form::text || form == Form::bytes || form == Form::json || form == Form::list;
}

}  // namespace

MadeType MadeType::dictionary(std::string name, std::vector<std::string> words) {
    MadeType type;
    type.name = std::move(name);
    type.form = Form::word;
    for (std::string& word : words) {
        if (type.index.try_emplace(word, static_cast<int>(type.words.size())).second)
            type.words.push_back(std::move(word));
    }
    return type;
}

MadeType MadeType::list(std::string name, MadeType items) {
    MadeType type;
    type.name = std::move(name);
    type.form = Form::list;
    type.children.push_back(std::move(items));
    return type;
}

int MadeType::index_of(std::string_view word) const {
    const auto found = index.find(word);
    return found == index.end() ? -1 : found->second;
}

std::size_t MadeType::width() const {
    if (form != Form::word) return written_as(form).width;
    if (words.size() <= std::numeric_limits<std::int8_t>::max()) return 1;
    return words.size() <= std::numeric_limits<std::int16_t>::max() ? 2 : 4;
}

namespace {

/// `within`: the records around it, for one that holds its own kind has no end as columns.
MadeType made_type(std::string name, const Type& type, const Model& model, std::vector<const RecordType*>& within) {
    if (type.kind == TypeKind::optional) return made_type(std::move(name), type.args.front(), model, within);
    if (type.kind == TypeKind::enumeration)
        return MadeType::dictionary(std::move(name), model.schema->closed_sets.find(type.name)->second.members);
    MadeType made;
    made.name = std::move(name);
    made.form = form_of(type.kind);
    made.model = &model;
    const bool endless = std::find(within.begin(), within.end(), type.record) != within.end();
    if (made.form == Form::structure && (type.record == nullptr || endless)) made.form = Form::json;
    if (made.form == Form::list) {
        const TypeKind item = type.args.front().kind;  // a list's items are values: null is not one
        if (item == TypeKind::optional || form_of(item) == Form::json) {
            made.form = Form::json;
        } else {
            made.children.push_back(made_type("item", type.args.front(), model, within));
        }
    }
    if (made.form != Form::structure) return made;
    within.push_back(type.record);
    for (std::size_t i = 0; i < model.shown_fields(*type.record); ++i) {
        const Field& field = type.record->fields[i];
        const bool keyed = field.type.kind == TypeKind::map && !field.key.empty();  // its records hold their keys
        made.children.push_back(
            made_type(field.name, keyed ? Type::list(field.type.args.back()) : field.type, model, within));
    }
    within.pop_back();
    return made;
}

}  // namespace

MadeType made_type(std::string name, const Type& type, const Model& model) {
    std::vector<const RecordType*> within;
    return made_type(std::move(name), type, model, within);
}

// ------------------------------------------------------------------------------------------------------------- schema

namespace {

/// What a schema that was given out keeps, until it is released.
struct SchemaOwner {
    std::string name;
    std::vector<ArrowSchema> children;
    std::vector<ArrowSchema*> pointers;
    ArrowSchema dictionary{};
};

/// Releases what is part of a schema or array, unless it was moved away.
template <typename Part>
void release_part(Part& part) {
    if (part.release != nullptr) part.release(&part);
}

template <typename Owner, typename Whole>
void release(Whole* whole) {
    auto* const owner = static_cast<Owner*>(whole->private_data);
    for (auto* child : owner->pointers) release_part(*child);
    release_part(owner->dictionary);
    whole->release = nullptr;
    delete owner;  // NOLINT(cppcoreguidelines-owning-memory): C's structures have no destructors
}

}  // namespace

void write_schema(const MadeType& type, ArrowSchema& out) {
    auto* const owner = new SchemaOwner;  // NOLINT(cppcoreguidelines-owning-memory)
    owner->name = type.name;
    owner->children.resize(type.children.size());
    for (std::size_t i = 0; i < type.children.size(); ++i) {
        write_schema(type.children[i], owner->children[i]);
        owner->pointers.push_back(&owner->children[i]);
    }
    out = {};
    if (type.form == Form::word) {
        MadeType words;
        words.form = Form::text;
        write_schema(words, owner->dictionary);
        out.dictionary = &owner->dictionary;
    }
    out.format = format_of(type);
    out.name = owner->name.c_str();
    out.flags = ARROW_FLAG_NULLABLE;
    out.n_children = static_cast<std::int64_t>(type.children.size());
    out.children = owner->pointers.data();
    out.release = release<SchemaOwner, ArrowSchema>;
    out.private_data = owner;
}

// ------------------------------------------------------------------------------------------------------------- values

MadeColumn::MadeColumn(const MadeType& type) : type_(&type) {
    children_.reserve(type.children.size());
    for (const MadeType& child : type.children) children_.emplace_back(child);
    if (has_offsets(type.form)) values_.push(std::int64_t{0});
}

void MadeColumn::reserve(std::size_t rows) {
    values_.reserve(rows * std::max<std::size_t>(type_->width(), has_offsets(type_->form) ? sizeof(std::int64_t) : 0));
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
    bits.grow(bytes_for(from + count) - bits.size());
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

void MadeColumn::append_bits(bool there, std::size_t rows) {
    if (!there && validity_.size() == 0) append_to_bits(validity_, 0, rows_, true);
    if (!there) nulls_ += rows;
    if (nulls_ > 0) append_to_bits(validity_, rows_, rows, there);
    rows_ += rows;
}

void MadeColumn::append_nulls(std::size_t rows) {
    if (type_->form == Form::boolean) append_to_bits(values_, rows_, rows, false);
    values_.grow(rows * type_->width());
    for (std::size_t i = 0; has_offsets(type_->form) && i < rows; ++i) {
        values_.push(static_cast<std::int64_t>(type_->form == Form::list ? children_.front().rows_ : texts_.size()));
    }
    if (type_->form == Form::structure) {
        for (MadeColumn& child : children_) child.append_nulls(rows);
    }
    append_bits(false, rows);
}

void MadeColumn::append_null() {
    append_nulls(1);
}

void MadeColumn::append_word(int index) {
    if (index < 0) return append_null();
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
    texts_.append(text);
    values_.push(static_cast<std::int64_t>(texts_.size()));
    append_bits(true, 1);
}

void MadeColumn::end_list() {
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
            append_to_bits(values_, rows_, 1, value.as_bool());
            return append_bits(true, 1);
        case Form::real:
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

/// One value of that many bytes for each of `which`.
template <typename Bytes>
void choose(std::span<const std::uint8_t> which, const std::uint8_t* values, std::uint8_t* out) {
    for (std::size_t i = 0; i < which.size(); ++i)
        std::memcpy(out + i * sizeof(Bytes), values + which[i] * sizeof(Bytes), sizeof(Bytes));
}
struct SixteenBytes {
    std::int64_t lower, upper;
};

}  // namespace

void MadeColumn::append_chosen(std::span<const std::uint8_t> which, const std::uint8_t* values) {
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
    append_bits(true, which.size());
}

// -------------------------------------------------------------------------------------------------------------- array

namespace {

/// What an array that was given out keeps, until it is released.
struct ArrayOwner {
    Buffer validity, values, texts;
    std::array<const void*, 3> buffers{};
    std::vector<ArrowArray> children;
    std::vector<ArrowArray*> pointers;
    ArrowArray dictionary{};
};

std::int64_t buffer_count(Form form) {
    if (form == Form::structure) return 1;
    return has_offsets(form) && form != Form::list ? 3 : 2;
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
    owner->buffers = {nulls_ > 0 ? owner->validity.data() : nullptr, place_of(owner->values), place_of(owner->texts)};
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
    out.n_buffers = buffer_count(type_->form);
    out.n_children = static_cast<std::int64_t>(children_.size());
    out.buffers = owner->buffers.data();
    out.children = owner->pointers.data();
    out.release = release<ArrayOwner, ArrowArray>;
    out.private_data = owner;
    rows_ = nulls_ = 0;
}

}  // namespace praxe
