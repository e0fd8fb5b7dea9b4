// What was measured as JSON, and the facts of the base that it gives.
#pragma once

#include <praxe/measure.hpp>
#include <string>
#include <vector>

#include "check/indicator.hpp"

namespace praxe {

// REQUIRES: of both: one result for each indicator, in their order.

/// `{"cases": …, "indicators": {NAME: {"value": …, …}}}`.
std::string measures_json(const Model& model, const std::vector<const Indicator*>& indicators, std::uint64_t cases,
                          const std::vector<IndicatorResult>& results);

/// `{"base": {"second_purchase_days": [42]}}`: of a fact that is a list, the one value in it.
std::string measured_facts_json(const Model& model, const std::vector<const Indicator*>& indicators,
                                const std::vector<IndicatorResult>& results);

/// An int that counts units so many places after the point: `9747747.934`.
std::string scaled(std::int64_t number, int decimals);

}  // namespace praxe
