// Lists, maps and calls of functions.
#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "machine/machine.hpp"
#include "machine/made_value.hpp"
#include "run/shown.hpp"
#include "value/business_clock.hpp"
#include "value/charges.hpp"
#include "value/day_context.hpp"
#include "value/type_kind.hpp"
#include "value/utf8.hpp"

namespace praxe {

bool Machine::same_item(const Datum& a, const Datum& b, const Shape& shape) const {
    return shape.kind == TypeKind::string ? a.text() == b.text() : a.whole == b.whole;
}

/// at_index, entry, in_map, in_list.
Datum Machine::find(const Instruction& i) {
    const Datum b = registers_[i.b];
    const Datum c = registers_[i.c];
    const auto absent = [&] { return i.e != 0 ? Datum::none() : give_up(); };
    switch (i.op) {
        case Op::at_index: {
            if (!b.is_ok()) return absent();
            const Items& items = *b.items;
            const std::int64_t place = i.e == 2 && c.whole < 0 ? items.count + c.whole : c.whole;
            if (place < 0 || place >= items.count) return absent();
            return items.cells[place];
        }
        case Op::entry: {
            if (!b.is_ok()) return absent();
            if (c.length >= bytes_read_in_a_step) charge(c.length / bytes_read_in_a_step + 1);
            const auto place = place_of(*b.map, c.text());
            return place ? b.map->values[*place] : absent();
        }
        case Op::in_map:
            if (!c.is_ok()) return Datum::of(std::int64_t{0});
            if (b.length >= bytes_read_in_a_step) charge(b.length / bytes_read_in_a_step + 1);
            return Datum::of(std::int64_t{place_of(*c.map, b.text()).has_value()});
        case Op::in_list: {
            const Items& items = *c.items;
            const Shape& shape = *program_.shapes[i.d];
            const std::uint64_t text_bytes = shape.kind == TypeKind::string ? b.length : 0;
            charge((items.written_bytes + text_bytes) / bytes_read_in_a_step + 1);
            for (std::uint32_t n = 0; n < items.count; ++n) {
                if (same_item(items.cells[n], b, shape)) return Datum::of(std::int64_t{1});
            }
            return Datum::of(std::int64_t{0});
        }
        default:
            break;
    }
    return give_up();
}

std::uint64_t Machine::bytes_of(const Datum& datum, const Shape& shape) const {
    if (!datum.is_ok()) return scalar_bytes;
    switch (shape.kind) {
        case TypeKind::string:
            return scalar_bytes + datum.length;
        case TypeKind::enumeration:
            return scalar_bytes + shape.set->members[static_cast<std::size_t>(datum.whole)].size();
        case TypeKind::list:
            return datum.items->written_bytes;
        case TypeKind::map:
            return datum.map->written_bytes;
        case TypeKind::record:
            return shape.has_outcomes ? datum.outcome->written_bytes : written_bytes_of(*datum.facts);
        case TypeKind::optional:
            return scalar_bytes + bytes_of(datum, *shape.part);
        default:
            return scalar_bytes;
    }
}

Datum Machine::make_list(std::uint32_t number, const Shape& shape) {
    const std::vector<Datum>& made = making_[number];
    auto* const items = arena_.make<Items>(1);
    auto* const cells = arena_.room<Datum>(made.size());
    std::copy(made.begin(), made.end(), cells);
    items->cells = cells;
    items->count = static_cast<std::uint32_t>(made.size());
    items->written_bytes = scalar_bytes;
    if (shape.kind == TypeKind::record && shape.has_outcomes) {
        for (const Datum& datum : made) items->written_bytes += datum.outcome->written_bytes;
    } else {
        for (const Datum& datum : made) items->written_bytes += bytes_of(datum, shape);
    }
    charge_bytes(made.size() * sizeof(Value));
    if (made.size() > limits_.max_items || items->written_bytes > limits_.max_value_bytes) give_up();
    return Datum::of(static_cast<const Items*>(items));
}

bool Machine::less(const Datum& a, const Datum& b, const Shape& shape) const {
    if (shape.kind == TypeKind::string) return a.text() < b.text();
    if (shape.kind == TypeKind::unsigned_integer)
        return static_cast<std::uint64_t>(a.whole) < static_cast<std::uint64_t>(b.whole);
    return a.whole < b.whole;
}

void Machine::sort(const Instruction& i) {
    std::vector<Datum>& items = making_[i.d];
    const std::vector<Datum>& keys = making_[i.e];
    const Shape& shape = *program_.shapes[i.c];
    std::uint64_t bytes = 0;
    for (const Datum& key : keys) bytes += bytes_of(key, shape);
    charge(steps_to_sort(bytes, keys.size()) + keys.size());
    auto* const places = arena_.make<std::size_t>(keys.size());
    std::iota(places, places + keys.size(), std::size_t{0});
    std::sort(places, places + keys.size(), [&](std::size_t a, std::size_t b) {
        if (less(keys[a], keys[b], shape)) return true;
        return a < b && !less(keys[b], keys[a], shape);
    });
    auto* const unsorted = arena_.make<Datum>(items.size());
    std::copy(items.begin(), items.end(), unsorted);
    for (std::size_t n = 0; n < items.size(); ++n) items[n] = unsorted[places[n]];
}

/// Of what a function made.
void Machine::charge_made(std::uint64_t bytes, bool is_too_long) {
    charge_bytes(bytes * (sizeof(Value) / scalar_bytes + 1));
    if (bytes > limits_.max_value_bytes || is_too_long) give_up();
}

/// A function of texts or lists; nothing where that of the table is to be called.
std::optional<Datum> Machine::call_native(const Instruction& i) {
    const FunctionCall& function = program_.calls[i.d];
    const Datum* const args = &registers_[i.b];
    std::uint64_t bytes_read = 0;
    for (std::uint32_t n = 0; n < i.e; ++n) {
        if (!args[n].is_ok()) return std::nullopt;
        bytes_read += bytes_of(args[n], *function.args[n]);
    }
    const std::optional<Datum> made = natives_[i.d](*this, function, args);
    if (!made) return std::nullopt;
    charge(steps_to_read(bytes_read));
    const std::uint64_t bytes = bytes_of(*made, *function.result);
    const bool is_list = function.result->kind == TypeKind::list;
    charge_made(bytes, is_list ? made->items->count > limits_.max_items : bytes > limits_.max_text_bytes);
    return made;
}

Datum Machine::call(const Instruction& i) {
    if (natives_[i.d] != nullptr) {
        if (const auto made = call_native(i)) return *made;
    }
    const FunctionCall& function = program_.calls[i.d];
    absl::InlinedVector<Value, 4> args;
    const bool keeps_none = is_whole(function.result->kind);  // of its arguments
    for (std::uint32_t n = 0; n < i.e; ++n) {
        const Datum& arg = registers_[i.b + n];
        const bool is_lent = keeps_none && arg.is_ok() && function.args[n]->kind == TypeKind::string;
        args.push_back(is_lent ? Value::borrowed(lent_texts_[n].assign(arg.text()))
                               : made_value(program_, arg, *function.args[n]));
    }
    charge(steps_to_read(function.name, args));
    const std::size_t taken = budget_.steps_taken();
    const bool direct = function.overload != nullptr && function.overload->call != nullptr;
    Value value = direct ? function.overload->call(functions_, args)
                         : call_function(function.name, function.receiver, args, functions_);
    charge(budget_.steps_taken() - taken);
    if (value.is_error() || value.motion() != Motion::still) return give_up();
    const Shape& shape = *function.result;
    if (!has_parts(value)) return datum_of(value, shape);
    const std::uint64_t bytes = value.written_bytes();
    const bool is_text = value.is(Kind::string) || value.is(Kind::bytes);
    charge_made(bytes, is_text ? bytes > limits_.max_text_bytes
                               : value.is(Kind::list) && value.as_list().size() > limits_.max_items);
    made_values_.push_back(std::move(value));
    return datum_of(made_values_.back(), shape);
}

/// As the function of that name counts (value/functions_terms.cpp): the first instant after the term's last day.
Datum Machine::term_end(const Instruction& i) {
    const Datum& length = registers_[i.c];
    const std::int64_t start = (i.d & 1u) != 0 ? day_of(registers_[i.b].whole) : registers_[i.b].whole;
    if (length.whole < 0) return give_up();
    std::optional<Day> last;
    if ((i.d & 2u) == 0) {
        last = day_after(start, length.whole);
    } else if (model_.calendar != nullptr) {
        const BusinessClock clock(*model_.calendar, &model_.zone);
        const auto reading = clock.reading_of(static_cast<Day>(start));
        std::int64_t reached = 0;
        // Of none too the calendar must know the day.
        const bool known = reading && !__builtin_add_overflow(*reading, length.whole, &reached);
        if (known) last = length.whole == 0 ? std::optional(static_cast<Day>(start)) : clock.day_of(reached);
    }
    const std::optional<Day> next = last ? day_after(*last, 1) : std::nullopt;
    if (!next) return give_up();
    const Instant end = model_.zone.start_of_day(*next);
    return end >= min_instant && end <= max_instant ? Datum::of(end) : give_up();
}

Datum Machine::sum(const Items& items) {
    charge(items.written_bytes / bytes_read_in_a_step + items.count + 1);
    Datum sum = Datum::of(std::int64_t{0});
    for (std::uint32_t n = 0; n < items.count; ++n) {
        const std::int64_t more = items.cells[n].whole;
        if (__builtin_add_overflow(sum.whole, more, &sum.whole)) return give_up();
    }
    return sum;
}

Datum Machine::trim(const Datum& text) {
    const std::uint64_t bytes = scalar_bytes + text.length;
    charge(steps_to_read(bytes) + 1);
    charge_bytes(bytes * (sizeof(Value) / scalar_bytes + 1));
    return Datum::of(trimmed(text.text()));
}

bool Machine::less_keys(const Instruction& i) const {
    for (std::uint32_t n = 0; n < i.e; ++n) {
        const Shape& shape = *program_.shapes[program_.lists[i.d][n]];
        const Datum& a = registers_[i.b + n];
        const Datum& b = registers_[i.c + n];
        if (less(a, b, shape)) return true;
        if (less(b, a, shape)) return false;
    }
    return false;
}

bool Machine::same_text(const Datum& a, const Datum& b) {
    if (a.length + b.length >= bytes_read_in_a_step) charge((a.length + b.length) / bytes_read_in_a_step + 1);
    return a.text() == b.text();
}

Datum Machine::text_of_member(const Datum& member, const Shape& shape) {
    if (!member.is_ok()) return member;
    return Datum::of(std::string_view(shape.set->members[static_cast<std::size_t>(member.whole)]));
}

bool Machine::same_shown(const Datum& a, const Datum& b, const Shape& shape) {
    if (a.state != b.state) return false;
    if (!a.is_ok()) return true;
    switch (shape.kind) {
        case TypeKind::string:
            return a.text() == b.text();
        case TypeKind::optional:
            return same_shown(a, b, *shape.part);
        case TypeKind::real:
            // What is equal and what looks the same part here: NaN, and the two zeros.
            if (a.real != b.real ? std::isnan(a.real) || std::isnan(b.real) : a.whole != b.whole) give_up();
            return a.whole == b.whole;
        case TypeKind::map:
            return a.map == b.map ||
                   praxe::same_shown(model_, made_value(program_, a, shape), made_value(program_, b, shape));
        case TypeKind::record: {
            if (!shape.has_outcomes)
                return a.facts == b.facts ||
                       praxe::same_shown(model_, praxe::value_of(*a.facts), praxe::value_of(*b.facts));
            if (a.outcome == b.outcome) return true;
            if (a.outcome->decision != b.outcome->decision) return false;
            const auto& shapes = program_.outcomes[a.outcome->number];
            for (std::size_t n = 0; n < a.outcome->decision->shown_fields; ++n) {
                if (!same_shown(a.outcome->fields[n], b.outcome->fields[n], *shapes[n])) return false;
            }
            return true;
        }
        case TypeKind::list: {
            if (a.items->count != b.items->count) return false;
            for (std::uint32_t n = 0; n < a.items->count; ++n) {
                if (!same_shown(a.items->cells[n], b.items->cells[n], *shape.part)) return false;
            }
            return true;
        }
        default:
            return a.whole == b.whole;
    }
}

}  // namespace praxe
