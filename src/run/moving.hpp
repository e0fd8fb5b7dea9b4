// Arithmetic with the instant of decision: values that grow with it, compared by inversion.
//
// A moving value v(at) never decreases as `at` grows, so `v(at) >= c` is false and then true; the instant at which it
// becomes true follows from c alone. Kinds: at + base (timestamps, and durations at − T), day(at + ahead) + base
// (dates, and counts of days since one), the reading of a business clock (business days, business hours) + base.
#pragma once

#include <span>

#include "run/evaluate.hpp"

namespace praxe {

/// The value of a function or operator with at least one moving argument: a fixed value (a comparison, whose flip is
/// told to the environment), another moving value, or an error where the operation has no sense for a moving value.
/// Inside one evaluation `now` is the instant of decision.
Value call_moving(const Expr& call, std::span<const Value> args, Environment& environment);

/// The instant of decision as a moving timestamp.
Value moving_instant(Instant now);

}  // namespace praxe
