// What a vocabulary has against a value: a member that its closed set does not have, a number beyond its bounds, a name
// that none of the facts has.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "facts/schema.hpp"

namespace praxe {

struct Objection {
    std::string message;  // names the fact: `what`, its path
    std::string hint;
};

/// REQUIRES: `type` is of a closed set.
std::optional<Objection> not_a_member(const Schema& schema, const Type& type, const std::string& what,
                                      const std::string& text);
/// REQUIRES: the value is of the field's type, no list.
std::optional<Objection> out_of_bounds(const Field& field, const std::string& what, const Value& value,
                                       std::string_view as_written);
std::optional<Objection> too_many_items(const Field& field, const std::string& what, std::size_t items);
/// A text that must be a key of one of the facts (`checked`). `known` is that fact.
std::optional<Objection> not_a_key(const Field& field, const Value& known, const std::string& text);

/// The field that tells the items of a list apart, or -1. `element` is the type of the items.
int key_of_items(const Field& field, const Type& element);

}  // namespace praxe
