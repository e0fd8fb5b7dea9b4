// A document without a schema as values: what it looks like is what it is.
#pragma once

#include <map>
#include <optional>
#include <praxe/value.hpp>
#include <string>

#include "document/node.hpp"

namespace praxe {

/// Plain `true` and `false` are bools, plain numbers as JSON writes them are ints, or doubles where they have a
/// fraction or an exponent; every other scalar is a string. Whole numbers that do not fit an int are reported.
Value plain_value(const Node& node, Diagnostics& diagnostics);

/// The entries of a document that is a map, by name; nothing (reported) if it is none.
std::optional<std::map<std::string, Value, std::less<>>> plain_variables(const Node& document,
                                                                         Diagnostics& diagnostics);

}  // namespace praxe
