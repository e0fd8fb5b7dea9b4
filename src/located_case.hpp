// A case out of a located tree, for those who put one together before it is read (scenario files lay facts over facts).
#pragma once

#include <praxe/ruleset.hpp>

#include "document/node.hpp"

namespace praxe {

/// As Ruleset::read_case. What is wrong is shown where each node came from, though one tree may hold nodes of several
/// sources.
Result<Case> read_case(const Ruleset& ruleset, Node document);

/// Facts that were read and checked before. REQUIRES: their types are of the ruleset's schema; no assumption is broken.
Case case_of(const Ruleset& ruleset, std::shared_ptr<const Record> facts);

inline constexpr const char* case_of_another = "the case was read for another ruleset than this one";

}  // namespace praxe
