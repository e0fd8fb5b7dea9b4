// What a member of a host's struct holds, where no Value is needed to tell it.
//
// Lifetimes: texts and structs are pointed to where they stand.
#pragma once

#include <cstdint>
#include <vector>

namespace praxe {

struct HostCell {
    enum class State : std::uint32_t { there, absent, wrong };

    union {
        std::int64_t whole = 0;  // of numbers, amounts, instants, dates, enumerators; of a list its length
        double real;
        const char* bytes;
        const void* object;  // a struct
    };
    std::uint32_t length = 0;  // of a text, bytes
    State state = State::there;

    static HostCell without(State state) {
        HostCell cell;
        cell.state = state;
        return cell;
    }
};
/// Of a list.
using HostItems = std::vector<HostCell>;

}  // namespace praxe
