// What a register of the program holds: a number, or where something larger stands, and whether there is anything.
#pragma once

#include <cstdint>
#include <praxe/value.hpp>
#include <string_view>

namespace praxe {

struct Items;
struct MadeOutcome;

/// A value whose type the program knows: numbers, instants, dates, amounts and counts as they are in a Value; members
/// of closed sets by their place in the set; texts as bytes that stand elsewhere; facts' records and maps as the Value
/// that holds them. An optional is its value or nothing.
struct Datum {
    enum class State : std::uint32_t { ok, none, error };  // an error: there is no answer; in no register

    union {
        std::int64_t whole = 0;
        double real;
        const char* bytes;
        const Value* value;
        const MadeOutcome* outcome;
        const Items* items;
    };
    std::uint32_t length = 0;  // of a text, bytes
    State state = State::ok;

    static Datum of(std::int64_t whole) {
        Datum cell;
        cell.whole = whole;
        return cell;
    }
    static Datum of(double real) {
        Datum cell;
        cell.real = real;
        return cell;
    }
    static Datum of(std::string_view text) {
        Datum cell;
        cell.bytes = text.data();
        cell.length = static_cast<std::uint32_t>(text.size());
        return cell;
    }
    static Datum of(const Value* value) {
        Datum cell;
        cell.value = value;
        return cell;
    }
    static Datum of(const MadeOutcome* outcome) {
        Datum cell;
        cell.outcome = outcome;
        return cell;
    }
    static Datum of(const Items* items) {
        Datum cell;
        cell.items = items;
        return cell;
    }
    static Datum none() {
        Datum cell;
        cell.state = State::none;
        return cell;
    }
    static Datum error() {
        Datum cell;
        cell.state = State::error;
        return cell;
    }

    bool is_ok() const { return state == State::ok; }
    bool is_none() const { return state == State::none; }
    bool is_error() const { return state == State::error; }
    bool is_true() const { return is_ok() && whole != 0; }
    bool is_false() const { return is_ok() && whole == 0; }
    std::string_view text() const { return {bytes, length}; }
};
static_assert(sizeof(Datum) == 16);

/// A list: of Values as they stand, or of registers' contents.
struct Items {
    const Value* values = nullptr;  // where it is one of Values
    const Value* source = nullptr;  // the whole of those
    const Datum* cells = nullptr;
    std::uint32_t count = 0;
    std::uint64_t written_bytes = 0;  // no fewer than Value::written_bytes() says of the same list
};

}  // namespace praxe
