// An answer against what was expected of it: every difference with its path, both texts and where it is expected.
#pragma once

#include <praxe/decision.hpp>
#include <string>
#include <vector>

#include "scenario/expectation.hpp"

namespace praxe {

struct Mismatch {
    std::string path;  // `lead_owner.route`, `reservations[a1].state`
    std::string expected, actual;
    Place place;                        // of the expectation
    std::optional<std::size_t> reason;  // in the answer's `because`: of the item, or of the whole outcome
    std::vector<std::string> clauses;   // those expected that are not cited
};

/// Empty when the answer is as expected.
std::vector<Mismatch> compare(const Model& model, const ExpectedAnswer& expected, const Answer& answer);

}  // namespace praxe
