// Facts of a block: presence as bits, numbers where they lie or converted.
#include "columns/block_facts.hpp"

#include <algorithm>
#include <limits>

#include "value/time.hpp"

namespace praxe {
namespace {

constexpr std::int64_t least_of_all = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most_of_all = std::numeric_limits<std::int64_t>::max();

bool is_signed_integer(Layout layout) {
    return layout == Layout::int8 || layout == Layout::int16 || layout == Layout::int32 || layout == Layout::int64;
}

template <typename Visit>
void with_values(Layout layout, const void* values, const Visit& visit) {
    switch (layout) {
        case Layout::int8:
            return visit(static_cast<const std::int8_t*>(values));
        case Layout::int16:
            return visit(static_cast<const std::int16_t*>(values));
        case Layout::int32:
            return visit(static_cast<const std::int32_t*>(values));
        default:
            return visit(static_cast<const std::int64_t*>(values));
    }
}

template <typename Compare>
struct Mirrored;
template <>
struct Mirrored<Less> {
    using type = Greater;
};
template <>
struct Mirrored<Greater> {
    using type = Less;
};
template <>
struct Mirrored<Equal> {
    using type = Equal;
};

/// In all rows the same.
template <typename Sink>
void say(bool holds, std::size_t rows, const Sink& sink) {
    for (std::size_t at = 0; at < rows; at += word_bits) sink(at / word_bits, holds ? ~std::uint64_t{0} : 0);
}

template <typename Compare, typename T, typename Sink>
void compare_with(const T* values, std::int64_t constant, std::size_t rows, const Sink& sink) {
    const bool fits = constant >= std::numeric_limits<T>::min() && constant <= std::numeric_limits<T>::max();
    if (fits) return compare<Compare>(values, static_cast<T>(constant), rows, sink);
    say(Compare::holds(std::int64_t{0}, constant), rows, sink);  // all values lie on one side of it
}

/// Rows whose bits are not set in a bitmap, added to those that are absent.
void add_absent(const ColumnView& view, std::int64_t place, std::size_t rows, Mask& absent, bool& has_absent) {
    if (view.validity() == nullptr && view.column().layout != Layout::nothing) return;
    const Mask all = first_rows(rows);
    Mask there{};
    if (view.column().layout != Layout::nothing) read_bits(view.validity(), place, rows, there);
    Mask missing;
    set_less(missing, all, there);
    if (is_empty(missing)) return;
    if (!has_absent) absent = {};
    set_or(absent, absent, missing);
    has_absent = true;
}

}  // namespace

FactColumn::FactColumn(const BlockFact& fact, const ColumnView& cases) : fact_(&fact) {
    const ColumnView* at = &cases;
    views_.push_back(at);
    for (const std::size_t field : fact.fields) {
        at = at->column().layout == Layout::structure ? at->child_of_field(field) : nullptr;
        if (at == nullptr) break;
        views_.push_back(at);
    }
    has_column_ = at != nullptr;
    if (!has_column_) return;
    const Column& column = at->column();
    find_range();
    if (column.is_dictionary) find_members();
    find_narrow();
    in_place_ = is_signed_integer(column.layout) && column.times == 1 && column.over == 1 && members_.empty();
}

/// What the vocabulary, or its type, allows of it.
void FactColumn::find_range() {
    const Field& field = *fact_->field;
    least_ = least_of_all;
    most_ = most_of_all;
    if (field.type.kind == TypeKind::real) return;  // its numbers are in another unit
    least_ = field.minimum.value_or(least_of_all);
    most_ = field.maximum.value_or(most_of_all);
    const auto within = [&](std::int64_t least, std::int64_t most) {
        least_ = std::max(least_, least);
        most_ = std::min(most_, most);
    };
    if (field.type.kind == TypeKind::timestamp) within(min_instant, max_instant);
    if (field.type.kind == TypeKind::date) within(min_day, max_day);
    is_bounded_ = least_ > least_of_all || most_ < most_of_all;
}

/// The narrowest type that all constants lie within, where there is more than one to be compared with.
void FactColumn::find_narrow() {
    const auto within = [&]<typename T>(T) {
        return fact_->least > std::numeric_limits<T>::min() && fact_->most < std::numeric_limits<T>::max();
    };
    if (fact_->comparisons < 2) return;
    if (within(std::int32_t())) narrow_ = Layout::int32;
    if (within(std::int16_t())) narrow_ = Layout::int16;
    if (within(std::int8_t())) narrow_ = Layout::int8;
}

void FactColumn::make_narrow(std::size_t rows) {
    if (narrow_ == Layout::nothing || width_of(narrow_) >= width_of(layout_)) return;
    with_values(layout_, values_, [&](const auto* wide) {
        with_values(narrow_, narrowed_.data(),
                    [&]<typename N>(const N*) { narrow(wide, reinterpret_cast<N*>(narrowed_.data()), rows); });
    });
}

/// The number of a text; nothing where it is none that the fact may be.
std::optional<std::int64_t> FactColumn::place_of(std::optional<std::string_view> text) const {
    const Field& field = *fact_->field;
    const std::vector<std::string>& named = fact_->named();
    if (!text) return std::nullopt;
    const auto found = std::find(named.begin(), named.end(), *text);
    if (fact_->set == nullptr && text->size() > (field.max_bytes > 0 ? field.max_bytes : default_max_bytes))
        return std::nullopt;
    if (fact_->set != nullptr && found == named.end()) return std::nullopt;
    return found - named.begin();
}

/// Which numbers the dictionary's texts are. Where they are the members in order, an index is its member's place.
void FactColumn::find_members() {
    const ColumnView& texts = views_.back()->texts();
    bool in_order = texts.length() <= static_cast<std::int64_t>(fact_->named().size());
    for (std::int64_t i = 0; i < texts.length(); ++i) {
        members_.push_back(place_of(texts.text(i)).value_or(-1));
        in_order = in_order && members_.back() == i;
    }
    if (!in_order || !is_signed_integer(views_.back()->column().layout)) return make_short();
    least_ = 0;
    most_ = texts.length() - 1;
    is_bounded_ = true;
    members_.clear();
}

void FactColumn::make_short() {
    constexpr std::size_t indices_of_a_byte = 256;
    if (fact_->named().size() >= static_cast<std::size_t>(std::numeric_limits<std::int8_t>::max())) return;
    short_.assign(std::max(indices_of_a_byte, members_.size()), -1);
    std::copy(members_.begin(), members_.end(), short_.begin());
}

void FactColumn::load(std::int64_t first, std::size_t rows, const BlockNumbers* at) {
    has_wrong_ = has_absent_ = has_outside_ = false;
    load_presence(first, rows);
    if (!has_column_) {
        absent_ = first_rows(rows);
        has_absent_ = true;
        values_ = nullptr;
        return;
    }
    std::int64_t place = first;
    for (const ColumnView* view : views_) place += view->offset();
    const ColumnView& own = *views_.back();
    if (own.column().layout == Layout::structure || own.column().layout == Layout::nothing) return;
    if (fact_->field->type.kind == TypeKind::boolean)
        return read_bits(static_cast<const std::uint8_t*>(own.values()), place, rows, flags_);
    load_numbers(place, rows);
    make_narrow(rows);
    if (is_bounded_ && !are_narrow(rows)) check_range(rows);
    if (fact_->field->happens && at != nullptr) leave_out_what_lies_ahead(*at, rows);
}

void FactColumn::load_presence(std::int64_t first, std::size_t rows) {
    std::int64_t place = first + views_.front()->offset();
    for (std::size_t i = 1; i < views_.size(); ++i) {
        place += views_[i]->offset();
        const bool is_own = has_column_ && i + 1 == views_.size();
        if (!is_own) add_absent(*views_[i], place, rows, outside_, has_outside_);
        add_absent(*views_[i], place, rows, absent_, has_absent_);
    }
    // Without a column of its own the record that it would be part of may be without one too.
    if (!has_column_ && views_.size() < fact_->fields.size()) {
        outside_ = first_rows(rows);
        has_outside_ = true;
    }
}

void FactColumn::load_numbers(std::int64_t place, std::size_t rows) {
    const ColumnView& own = *views_.back();
    if (!in_place_) return convert(place, rows);
    layout_ = own.column().layout;
    const std::size_t width = width_of(layout_);
    const auto* const from = static_cast<const std::uint8_t*>(own.values()) + static_cast<std::size_t>(place) * width;
    values_ = from;
    if (rows % word_bits == 0 && reinterpret_cast<std::uintptr_t>(from) % width == 0) return;
    padded_.assign(block_rows * width, 0);  // the last rows are no whole word
    std::memcpy(padded_.data(), from, rows * width);
    values_ = padded_.data();
}

std::optional<std::int64_t> FactColumn::member_of(std::int64_t index) const {
    const bool known = index >= 0 && index < static_cast<std::int64_t>(members_.size());
    const std::int64_t member = known ? members_[static_cast<std::size_t>(index)] : -1;
    return member < 0 ? std::nullopt : std::optional(member);
}

/// A number, or the place of a text; nothing where it is none.
std::optional<std::int64_t> FactColumn::number_of(std::int64_t row) const {
    const ColumnView& own = *views_.back();
    if (own.column().kind == Kind::real) return in_order(own.real_at(row));
    if (own.column().kind != Kind::string) return own.number_at(row);
    return own.column().is_dictionary ? member_of(own.index_at(row)) : place_of(own.text(row));
}

/// Numbers of another form, as integers of 64 bits.
void FactColumn::convert(std::int64_t place, std::size_t rows) {
    if (!short_.empty() && convert_indices(place, rows)) return;
    const std::int64_t row = place - views_.back()->offset();
    converted_.assign(block_rows, 0);
    layout_ = Layout::int64;
    values_ = converted_.data();
    Mask wrong{};
    for (std::size_t i = 0; i < rows; ++i) {
        const auto number = number_of(row + static_cast<std::int64_t>(i));
        converted_[i] = number.value_or(0);
        if (!number) wrong.words[i / word_bits] |= std::uint64_t{1} << (i % word_bits);
    }
    say_wrong(wrong);
}

/// What is absent is not wrong.
void FactColumn::say_wrong(const Mask& rows) {
    wrong_ = rows;
    if (has_absent_) set_less(wrong_, wrong_, absent_);
    has_wrong_ = !is_empty(wrong_);
}

/// Members of a dictionary as bytes; false for indices of which that is not made.
bool FactColumn::convert_indices(std::int64_t place, std::size_t rows) {
    const Layout indices = views_.back()->column().layout;
    const bool is_byte = indices == Layout::int8 || indices == Layout::uint8;
    if (!is_byte && indices != Layout::int16 && indices != Layout::int32) return false;
    padded_.resize(block_rows);
    auto* const out = reinterpret_cast<std::int8_t*>(padded_.data());
    const void* const values = views_.back()->values();
    if (is_byte) {  // below 0 they are as those that the dictionary does not have
        const auto* const from = static_cast<const std::uint8_t*>(values) + place;
        for (std::size_t i = 0; i < rows; ++i) out[i] = short_[from[i]];
    } else {
        for (std::size_t i = 0; i < rows; ++i) {
            const std::int64_t index = integer_at(indices, values, place + static_cast<std::int64_t>(i));
            const bool known = index >= 0 && index < static_cast<std::int64_t>(short_.size());
            out[i] = known ? short_[static_cast<std::size_t>(index)] : std::int8_t{-1};
        }
    }
    layout_ = Layout::int8;
    values_ = out;
    Mask wrong{};
    compare<Less>(out, std::int8_t{0}, rows, Written(wrong));
    const Mask all = first_rows(rows);
    set_and(wrong, wrong, all);
    say_wrong(wrong);
    return true;
}

/// True if all numbers lie between the ends of the narrow type, and these within what the fact may be.
bool FactColumn::are_narrow(std::size_t rows) const {
    if (narrow_ == Layout::nothing || width_of(narrow_) >= width_of(layout_)) return false;
    bool all_between = false;
    with_values(narrow_, narrowed_.data(), [&]<typename N>(const N* values) {
        constexpr std::int64_t least = std::numeric_limits<N>::min() + 1, most = std::numeric_limits<N>::max() - 1;
        all_between = least_ <= least && most <= most_ && are_within(values, rows, least, most);
    });
    return all_between;
}

void FactColumn::check_range(std::size_t rows) {
    bool all_within = true;
    with_values(layout_, values_, [&](const auto* values) { all_within = are_within(values, rows, least_, most_); });
    if (all_within) return;
    Mask below{}, above{};
    with_values(layout_, values_, [&](const auto* values) {
        if (least_ > least_of_all) compare_with<Less>(values, least_, rows, Written(below));
        if (most_ < most_of_all) compare_with<Greater>(values, most_, rows, Written(above));
    });
    Mask beyond{};
    const Mask all = first_rows(rows);
    set_or(beyond, below, above);
    set_and(beyond, beyond, all);
    if (has_absent_) set_less(beyond, beyond, absent_);
    if (is_empty(beyond)) return;
    if (has_wrong_) set_or(beyond, beyond, wrong_);
    wrong_ = beyond;
    has_wrong_ = true;
}

void FactColumn::leave_out_what_lies_ahead(const BlockNumbers& at, std::size_t rows) {
    Mask ahead{};
    compare_numbers<Greater>(numbers(), at, rows, ahead);
    if (is_empty(ahead)) return;
    if (!has_absent_) absent_ = {};
    set_or(absent_, absent_, ahead);
    has_absent_ = true;
}

BlockNumbers FactColumn::numbers() const {
    BlockNumbers numbers;
    numbers.layout = layout_;
    numbers.values = values_;
    numbers.is_constant = values_ == nullptr;  // absent in all rows
    numbers.absent = absent();
    const bool is_narrowed = values_ != nullptr && narrow_ != Layout::nothing && width_of(narrow_) < width_of(layout_);
    if (is_narrowed) {
        numbers.narrow = narrow_;
        numbers.narrow_values = narrowed_.data();
    }
    return numbers;
}

// -------------------------------------------------------------------------------------------------------- comparisons

namespace {

/// True if the constant lies between the ends of a narrow type.
bool lies_within(std::int64_t constant, Layout narrow) {
    if (narrow == Layout::nothing) return false;
    const std::int64_t end = std::int64_t{1} << (8 * width_of(narrow) - 1);
    return constant > -end && constant < end - 1;
}

/// The numbers as integers of 64 bits, in `room` where they are narrower.
const std::int64_t* widened(const BlockNumbers& numbers, std::size_t rows, std::array<std::int64_t, block_rows>& room) {
    if (numbers.layout == Layout::int64) return static_cast<const std::int64_t*>(numbers.values);
    room = {};
    with_values(numbers.layout, numbers.values, [&](const auto* values) { std::copy_n(values, rows, room.begin()); });
    return room.data();
}

template <typename Compare, typename Sink>
void compare_all(const BlockNumbers& a, const BlockNumbers& b, std::size_t rows, const Sink& sink) {
    if (a.is_constant && b.is_constant) {
        say(Compare::holds(a.constant, b.constant), rows, sink);
    } else if (a.is_constant) {
        compare_all<typename Mirrored<Compare>::type>(b, a, rows, sink);
    } else if (b.is_constant && lies_within(b.constant, a.narrow)) {
        with_values(a.narrow, a.narrow_values, [&]<typename T>(const T* values) {
            compare<Compare>(values, static_cast<T>(b.constant), rows, sink);
        });
    } else if (b.is_constant) {
        with_values(a.layout, a.values,
                    [&](const auto* values) { compare_with<Compare>(values, b.constant, rows, sink); });
    } else if (a.layout == b.layout) {
        with_values(a.layout, a.values, [&]<typename T>(const T* values) {
            compare<Compare>(values, static_cast<const T*>(b.values), rows, sink);
        });
    } else {
        std::array<std::int64_t, block_rows> left, right;
        compare<Compare>(widened(a, rows, left), widened(b, rows, right), rows, sink);
    }
}

template <typename Sink>
void compare_all_members(const BlockNumbers& a, std::span<const std::int64_t> members, std::size_t rows,
                         const Sink& sink) {
    if (a.is_constant) return say(std::find(members.begin(), members.end(), a.constant) != members.end(), rows, sink);
    const bool are_narrow =
        std::all_of(members.begin(), members.end(), [&](std::int64_t member) { return lies_within(member, a.narrow); });
    const auto compare_as = [&]<typename T>(const T* values) {
        std::array<T, max_members> own;
        std::size_t count = 0;
        for (const std::int64_t member : members) {
            if (member >= std::numeric_limits<T>::min() && member <= std::numeric_limits<T>::max())
                own[count++] = static_cast<T>(member);
        }
        compare_members(values, std::span<const T>(own.data(), count), rows, sink);
    };
    if (are_narrow) return with_values(a.narrow, a.narrow_values, compare_as);
    with_values(a.layout, a.values, compare_as);
}

}  // namespace

template <typename Compare>
void compare_numbers(const BlockNumbers& a, const BlockNumbers& b, std::size_t rows, Mask& out) {
    compare_all<Compare>(a, b, rows, Written(out));
    if (a.absent != nullptr) set_less(out, out, *a.absent);
    if (b.absent != nullptr) set_less(out, out, *b.absent);
}
template <typename Compare>
void keep_compared(const BlockNumbers& a, const BlockNumbers& b, std::size_t rows, bool holds, Mask& kept) {
    compare_all<Compare>(a, b, rows, Kept(kept, holds));
}
void find_members(const BlockNumbers& a, std::span<const std::int64_t> members, std::size_t rows, Mask& out) {
    compare_all_members(a, members, rows, Written(out));
    if (a.absent != nullptr) set_less(out, out, *a.absent);
}
void keep_members(const BlockNumbers& a, std::span<const std::int64_t> members, std::size_t rows, bool holds,
                  Mask& kept) {
    compare_all_members(a, members, rows, Kept(kept, holds));
}
template void compare_numbers<Less>(const BlockNumbers&, const BlockNumbers&, std::size_t, Mask&);
template void compare_numbers<Greater>(const BlockNumbers&, const BlockNumbers&, std::size_t, Mask&);
template void compare_numbers<Equal>(const BlockNumbers&, const BlockNumbers&, std::size_t, Mask&);
template void keep_compared<Less>(const BlockNumbers&, const BlockNumbers&, std::size_t, bool, Mask&);
template void keep_compared<Greater>(const BlockNumbers&, const BlockNumbers&, std::size_t, bool, Mask&);
template void keep_compared<Equal>(const BlockNumbers&, const BlockNumbers&, std::size_t, bool, Mask&);

}  // namespace praxe
