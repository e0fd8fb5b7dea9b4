// Lists, maps, outcomes and calls of functions.
#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <numeric>

#include "machine/machine.hpp"
#include "machine/made_value.hpp"
#include "run/shown.hpp"
#include "value/charges.hpp"
#include "value/type_kind.hpp"

namespace praxe {
namespace {

constexpr std::size_t most_in_basis = 4096;  // that are looked through one by one

const Value* find_key(const Map& map, std::string_view key) {
    const auto found = std::find_if(map.entries.begin(), map.entries.end(), [&](const auto& entry) {
        return entry.first.is(Kind::string) && entry.first.as_string() == key;
    });
    return found == map.entries.end() ? nullptr : &found->second;
}

}  // namespace

Datum Machine::item(const Items& items, std::uint32_t place, const Shape& shape) {
    return items.cells != nullptr ? items.cells[place] : datum_of(items.values[place], shape);
}

bool Machine::same_item(const Datum& a, const Datum& b, const Shape& shape) const {
    return shape.kind == TypeKind::string ? a.text() == b.text() : a.whole == b.whole;
}

/// at_index, entry, in_map, in_list.
Datum Machine::find(const Instruction& i) {
    const Datum b = registers_[i.b];
    const Datum c = registers_[i.c];
    if (b.is_error() || c.is_error()) return Datum::error();
    const auto absent = [&] { return i.e != 0 ? Datum::none() : Datum::error(); };
    switch (i.op) {
        case Op::at_index: {
            if (!b.is_ok()) return absent();
            const Items& items = *b.items;
            const std::int64_t place = i.e == 2 && c.whole < 0 ? items.count + c.whole : c.whole;
            if (place < 0 || place >= items.count) return absent();
            return item(items, static_cast<std::uint32_t>(place), *program_.shapes[i.d]);
        }
        case Op::entry: {
            if (!b.is_ok()) return absent();
            if (c.length >= bytes_read_in_a_step) charge(c.length / bytes_read_in_a_step + 1);
            const Value* const found = find_key(b.value->as_map(), c.text());
            return found == nullptr ? absent() : datum_of(*found, *program_.shapes[i.d]);
        }
        case Op::in_map:
            if (!c.is_ok()) return Datum::of(std::int64_t{0});
            if (b.length >= bytes_read_in_a_step) charge(b.length / bytes_read_in_a_step + 1);
            return Datum::of(std::int64_t{find_key(c.value->as_map(), b.text()) != nullptr});
        case Op::in_list: {
            const Items& items = *c.items;
            const Shape& shape = *program_.shapes[i.d];
            const std::uint64_t text_bytes = shape.kind == TypeKind::string ? b.length : 0;
            charge((items.written_bytes + text_bytes) / bytes_read_in_a_step + 1);
            for (std::uint32_t n = 0; n < items.count; ++n) {
                if (same_item(item(items, n, shape), b, shape)) return Datum::of(std::int64_t{1});
            }
            return Datum::of(std::int64_t{0});
        }
        default:
            break;
    }
    return Datum::error();
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
            return datum.value->written_bytes();
        case TypeKind::record:
            return shape.has_outcomes ? datum.outcome->written_bytes : datum.value->written_bytes();
        case TypeKind::optional:
            return scalar_bytes + bytes_of(datum, *shape.part);
        default:
            return scalar_bytes;
    }
}

Datum Machine::make_list(std::uint32_t number, const Shape& shape) {
    const std::vector<Datum>& made = making_[number];
    auto* const items = arena_.make<Items>(1);
    auto* const cells = arena_.make<Datum>(made.size());
    std::copy(made.begin(), made.end(), cells);
    items->cells = cells;
    items->count = static_cast<std::uint32_t>(made.size());
    items->written_bytes = scalar_bytes;
    for (const Datum& datum : made) items->written_bytes += bytes_of(datum, shape);
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
        if (!args[n].is_ok()) return args[n].is_error() ? std::optional(Datum::error()) : std::nullopt;
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
        if (arg.is_error()) return Datum::error();
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
    if (value.is_error()) {
        if (value.as_error().code == Error::Code::limit || budget_.used_up()) give_up();
        return Datum::error();
    }
    if (value.motion() != Motion::still) give_up();
    const Shape& shape = *function.result;
    if (!has_parts(value)) return datum_of(value, shape);
    const std::uint64_t bytes = value.written_bytes();
    const bool is_text = value.is(Kind::string) || value.is(Kind::bytes);
    charge_made(bytes, is_text ? bytes > limits_.max_text_bytes
                               : value.is(Kind::list) && value.as_list().size() > limits_.max_items);
    made_values_.push_back(std::move(value));
    return datum_of(made_values_.back(), shape);
}

// ---------------------------------------------------------------------------------------------- outcomes

Datum Machine::new_outcome(const Instruction& i) {
    const Decision& decision = *model_.decisions[i.d];
    auto* const made = arena_.make<MadeOutcome>(1);
    made->decision = &decision;
    made->number = i.d;
    made->field_count = static_cast<std::uint32_t>(decision.outcome.fields.size());
    made->fields = arena_.make<Datum>(made->field_count);
    std::fill_n(made->fields, made->field_count, Datum::none());
    if (i.e == 1) made->fields[made->field_count - 1] = made->element = registers_[i.b];
    return Datum::of(static_cast<const MadeOutcome*>(made));
}

/// The outcome is whole: what it rested on is kept with it.
void Machine::fire(const Instruction& i) {
    auto* const made = const_cast<MadeOutcome*>(registers_[i.a].outcome);
    const Decision& decision = *made->decision;
    const auto& shapes = program_.outcomes[made->number];
    made->written_bytes = scalar_bytes;
    for (std::size_t n = 0; n < decision.shown_fields; ++n) {
        made->written_bytes += bytes_of(made->fields[n], *shapes[n]);
        if (i.d > 0 && shapes[n]->has_outcomes) rest_on_parts(made->fields[n], *shapes[n]);
    }
    charge_bytes(made->field_count * sizeof(Value));
    if (made->written_bytes > limits_.max_value_bytes) give_up();
    if (i.d > 0) made->rule = &decision.rules[i.d - 1];
    if (i.e > 0) made->exception = &made->rule->exceptions[i.e - 1];
    const std::size_t count = basis_.size() - basis_begin_;
    if (count == 0) return;
    auto* const kept = arena_.make<const MadeOutcome*>(count);
    std::copy_n(basis_.begin() + static_cast<std::ptrdiff_t>(basis_begin_), count, kept);
    made->basis = kept;
    made->basis_count = static_cast<std::uint32_t>(count);
}

Datum Machine::part(const Datum& of, std::uint32_t field, ReadMode mode) {
    if (!of.is_ok()) {
        if (of.is_error() || mode == ReadMode::needed) return Datum::error();
        return mode == ReadMode::has ? Datum::of(std::int64_t{0}) : Datum::none();
    }
    rest_on(of.outcome);
    const Datum& found = of.outcome->fields[field];
    if (mode == ReadMode::has) return Datum::of(std::int64_t{found.is_ok()});
    return mode == ReadMode::needed && found.is_none() ? Datum::error() : found;
}

void Machine::rest_on(const MadeOutcome* outcome) {
    const auto begin = basis_.begin() + static_cast<std::ptrdiff_t>(basis_begin_);
    if (std::find(begin, basis_.end(), outcome) != basis_.end()) return;
    basis_.push_back(outcome);
    if (basis_.size() - basis_begin_ > most_in_basis) give_up();
}

void Machine::rest_on_parts(const Datum& datum, const Shape& shape) {
    if (!datum.is_ok()) return;
    if (shape.kind == TypeKind::record) rest_on(datum.outcome);
    if (shape.kind != TypeKind::list) return;
    for (std::uint32_t n = 0; n < datum.items->count; ++n) rest_on_parts(datum.items->cells[n], *shape.part);
}

bool Machine::same_shown(const Datum& a, const Datum& b, const Shape& shape) {
    if (a.state != b.state) return false;
    if (!a.is_ok()) return true;
    switch (shape.kind) {
        case TypeKind::string:
            return a.text() == b.text();
        case TypeKind::optional:
            return same_shown(a, b, *shape.part);
        case TypeKind::map:
            return a.value == b.value || praxe::same_shown(model_, *a.value, *b.value);
        case TypeKind::record: {
            if (!shape.has_outcomes) return a.value == b.value || praxe::same_shown(model_, *a.value, *b.value);
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
                if (!same_shown(item(*a.items, n, *shape.part), item(*b.items, n, *shape.part), *shape.part))
                    return false;
            }
            return true;
        }
        default:
            return a.whole == b.whole;
    }
}

}  // namespace praxe
