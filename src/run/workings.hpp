// How amounts came about: the calls that rounded them, with what they were before.
#pragma once

#include <optional>
#include <praxe/decision.hpp>
#include <span>
#include <vector>

#include "syntax/expr.hpp"

namespace praxe {

/// What the call did to amounts; nothing if it rounds none. REQUIRES: `value` is no error.
std::optional<Working> working_of(const Expr& call, std::span<const Value> args, const Value& value);

/// Adds it unless the same was done before with the same arguments.
void add_once(Working working, std::vector<Working>& workings);

}  // namespace praxe
