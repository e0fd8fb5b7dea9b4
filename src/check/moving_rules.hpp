// What an expression may do with the instant of decision, and what grows with it: one table.
#pragma once

#include <string_view>
#include <vector>

#include "syntax/expr.hpp"

namespace praxe {

enum class MovingUse {
    never,   // an error: the result could change at any instant, or at instants that cannot be told beforehand
    still,   // the result is fixed between instants that can be told beforehand
    moving,  // the result grows with the instant of decision
};

/// The use of a function of these argument types, of which at least one is moving.
MovingUse moving_use(std::string_view function, const std::vector<Type>& args);

}  // namespace praxe
