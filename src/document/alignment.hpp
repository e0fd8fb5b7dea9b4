// From a decoded scalar back to the bytes it was written with.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace praxe {

enum class Notation { plain, single_quoted, double_quoted, block };

struct Alignment {
    std::uint32_t base = 0;              // where byte 0 stands; byte i stands at base + i while `offsets` is empty
    std::vector<std::uint32_t> offsets;  // otherwise one for each decoded byte, and one for the end
    std::uint32_t end = 0;               // after the scalar, its closing quote included
};

/// `begin` is where the scalar's notation begins: its first byte, its opening quote, its `|` or `>`.
/// Nothing if a quoted scalar is not closed. Where the source does not spell the text after all, the rest of the bytes
/// stands at `begin`.
std::optional<Alignment> align(std::string_view source, std::uint32_t begin, std::string_view decoded,
                               Notation notation);

}  // namespace praxe
