// Facts as text again: a case as `praxe decide` reads it.
#pragma once

#include <string>

#include "facts/schema.hpp"
#include "value/time.hpp"

namespace praxe {

/// A text in quotes, as JSON has it.
std::string json_text(const std::string& text);

/// On one line.
std::string facts_json(const Record& facts, const Zone& zone);
/// For people: each fact, and each field of a fact, on lines of its own; each item of a list on one.
std::string facts_yaml(const Record& facts, const Zone& zone);

}  // namespace praxe
