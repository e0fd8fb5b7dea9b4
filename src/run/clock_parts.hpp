// Parts of the clock (the hour, the day of the week) of an instant that moves with the instant of decision.
//
// A part steps. What compares it, or looks for it in a short list, holds beyond the steps at which it comes out the
// same; wherever else a part is read it holds until it steps.
#pragma once

#include <span>

#include "run/evaluate.hpp"

namespace praxe {

bool is_part(const Value& value);
/// True for a call of a part of the clock of a moving timestamp.
bool reads_part(const Expr& call, std::span<const Value> args);

/// REQUIRES: reads_part. The part as a moving value, or the error of the call.
Value moving_part(const Expr& call, std::span<const Value> args, const FunctionContext& context);

/// REQUIRES: is_part. Its value as it stands; tells the environment until when.
Value settled(const Value& part, Environment& environment);

/// True for comparisons, and for `in` a short list, of which all arguments that move are parts.
bool compares_parts(const Expr& call, std::span<const Value> args);

/// REQUIRES: compares_parts. Tells the environment of the first step seen at which it comes out otherwise.
Value compare_parts(const Expr& call, std::span<const Value> args, Environment& environment);

}  // namespace praxe
