// What a vocabulary has against a value: a member that its closed set does not have, a number beyond its bounds, a name
// that none of the facts has.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "facts/schema.hpp"

namespace praxe {

/// The fact that is looked at; put into words only where there is an objection.
struct FactName {
    std::string_view record;  // the path of the record, empty for the case
    std::string_view field;
    std::optional<std::size_t> item = {};
    std::string text() const;
};

struct Objection {
    std::string message;  // names the fact
    std::string hint;
};

/// REQUIRES: `type` is of a closed set.
std::optional<Objection> not_a_member(const Schema& schema, const Type& type, const FactName& what,
                                      const std::string& text);
/// `as_written`: the number as its author wrote it. REQUIRES: the value is of the field's type, no list.
std::optional<Objection> out_of_bounds(const Field& field, const FactName& what, const Value& value,
                                       const std::optional<std::string_view>& as_written);
/// A text of a field, or of its list.
std::optional<Objection> too_long(const Field& field, const FactName& what, std::size_t bytes);
std::optional<Objection> too_many_items(const Field& field, const FactName& what, std::size_t items);
/// A text that must be a key of one of the facts (`checked`). `known` is that fact.
std::optional<Objection> not_a_key(const Field& field, const Value& known, const std::string& text);

/// The field that tells the items of a list apart, or -1. `element` is the type of the items.
int key_of_items(const Field& field, const Type& element);

}  // namespace praxe
