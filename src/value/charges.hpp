// How many steps what a function does is charged: arithmetic alone. The budget charges by it as an evaluation goes on,
// and the plan reckons by it beforehand.
//
// A call of a function is one step, and one more for every 64 bytes of its arguments, written out, that it reads.
// Sorting and regular expressions take more, as stands below.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace praxe {

inline constexpr std::uint64_t bytes_read_in_a_step = 64;
inline constexpr std::uint64_t instructions_in_a_step = 64;  // that a search for a regular expression may try
inline constexpr std::uint64_t steps_to_compile_one = 8;     // of those instructions

/// Functions of lists, maps and optional values that look at no more than a part of them, however big they are. Of a
/// list `@in` reads all.
inline constexpr std::array<std::string_view, 10> functions_that_look_up = {
    "size", "first", "last", "hasValue", "value", "or", "orValue", "optional.of", "dyn", "type"};

/// True if the function reads all of an argument that has parts.
constexpr bool reads_all(std::string_view function, bool is_text, bool is_map) {
    if (is_text) return true;
    if (is_map && function == "@in") return false;
    return std::find(functions_that_look_up.begin(), functions_that_look_up.end(), function) ==
           functions_that_look_up.end();
}

constexpr std::uint64_t steps_to_read(std::uint64_t bytes) {
    return bytes / bytes_read_in_a_step;
}

/// Sorting so many items by keys of so many bytes together, beside making the keys.
constexpr std::uint64_t steps_to_sort(std::uint64_t bytes, std::uint64_t items) {
    return bytes / bytes_read_in_a_step * static_cast<std::uint64_t>(std::bit_width(items));
}

/// Of a regular expression that is a program of so many instructions.
constexpr std::uint64_t steps_to_compile(std::uint64_t instructions) {
    return instructions * steps_to_compile_one;
}
constexpr std::uint64_t steps_to_search(std::uint64_t bytes, std::uint64_t instructions) {
    return bytes * instructions / instructions_in_a_step;
}

/// How far a search for one more match may look ahead, of so many bytes that are left: without repetition no further
/// than the longest match. What lies before a match is looked at once in all searches together.
constexpr std::uint64_t bytes_of_next_search(std::string_view pattern, std::uint64_t left) {
    constexpr std::uint64_t longest_letter_bytes = 4;
    const bool repeats = pattern.find_first_of("*+{") != std::string_view::npos;
    return repeats ? left : std::min<std::uint64_t>(left, pattern.size() * longest_letter_bytes);
}

}  // namespace praxe
