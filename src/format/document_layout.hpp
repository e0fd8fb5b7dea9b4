// A whole YAML document in its one form: indentation, space, tables and expressions; all that is said stays as it is.
#pragma once

#include <optional>
#include <string>

#include "document/node.hpp"

namespace praxe {

/// The text of a ruleset, a vocabulary, a scenario file, a calendar or a case, laid out. Comments, blank lines, order,
/// quotes and the choice between braces and lines are the author's and stay. Everything wrong goes to `diagnostics`,
/// and then nothing is returned; also where the laid out text would say anything else than the text does.
std::optional<std::string> format_document(const SourcePtr& source, Diagnostics& diagnostics);

}  // namespace praxe
