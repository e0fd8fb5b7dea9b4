// Values as JSON that says each value's type, `{"type": "int", "value": "1"}`: nothing is lost on the way out and back.
//
// Numbers are strings (JSON's lose the 64 bits), bytes are hexadecimal, maps are lists of pairs. praxe's own types are
// written by their names: dates as YYYY-MM-DD, money and percent with two decimals, counts as digits.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <praxe/value.hpp>

#include "document/json_writer.hpp"

namespace praxe {

inline constexpr std::size_t max_typed_nesting = 250;  // levels of lists and maps

/// Nothing if the JSON is no typed value, of a type that cannot be read (records, optionals), or nested too deep.
std::optional<Value> read_typed(const nlohmann::json& json);

/// REQUIRES: neither an error nor absent.
void write_typed(const Value& value, JsonWriter& out);

}  // namespace praxe
