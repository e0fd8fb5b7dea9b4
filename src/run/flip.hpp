// What ends an outcome's validity, told to people: where the comparison stands that turns over, and on which fact.
#pragma once

#include <praxe/decision.hpp>

#include "run/run.hpp"

namespace praxe {

/// What a run met that holds just until the instant it watched for, while it made `decision`. REQUIRES: it met one.
Flip flip_of(const Model& model, const Decision& decision, const FlipSite& site);

/// One of the ruleset's own dates.
Flip flip_of_dates(const Model& model, Instant flip);

}  // namespace praxe
