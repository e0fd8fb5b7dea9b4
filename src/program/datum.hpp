// What a register of the program holds: a number, or where something larger stands, and whether there is anything.
#pragma once

#include <cstdint>
#include <cstring>
#include <praxe/value.hpp>
#include <string_view>

namespace praxe {

struct FactCells;
struct Items;
struct MapCells;
struct MadeOutcome;

/// A value whose type the program knows: numbers, instants, dates, amounts and counts as they are in a Value; members
/// of closed sets by their place in the set; texts as bytes that stand elsewhere; facts' records and maps laid out
/// (fact_cells.hpp). An optional is its value or nothing.
struct Datum {
    /// An error: there is no answer; unread: of a host's object, not asked for yet. Neither stands in a register.
    enum class State : std::uint32_t { ok, none, error, unread = 0xFFFF'FFFF };

    union {
        std::int64_t whole = 0;
        double real;
        const char* bytes;
        const FactCells* facts;
        const MapCells* map;
        const MadeOutcome* outcome;
        const Items* items;
        const Datum* cells;  // of a walk: where the next is
    };
    std::uint32_t length = 0;  // of a text, bytes; of a walk, what is left
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
    static Datum of(const FactCells* facts) {
        Datum cell;
        cell.facts = facts;
        return cell;
    }
    static Datum of(const MapCells* map) {
        Datum cell;
        cell.map = map;
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
    static Datum unread() {
        Datum cell;
        cell.state = State::unread;
        return cell;
    }
    /// So many, at once: the other bytes of one that is unread do not matter.
    static void set_unread(Datum* cells, std::size_t count) {
        std::memset(static_cast<void*>(cells), 0xFF, count * sizeof(Datum));
    }

    bool is_ok() const { return state == State::ok; }
    bool is_none() const { return state == State::none; }
    bool is_error() const { return state == State::error; }
    bool is_true() const { return is_ok() && whole != 0; }
    bool is_false() const { return is_ok() && whole == 0; }
    std::string_view text() const { return {bytes, length}; }
};
static_assert(sizeof(Datum) == 16);

/// A list of registers' contents.
struct Items {
    const Datum* cells = nullptr;
    const Value* source = nullptr;  // the same as a Value, where there is one
    std::uint32_t count = 0;
    std::uint64_t written_bytes = 0;  // no fewer than Value::written_bytes() says of the same list
};

}  // namespace praxe
