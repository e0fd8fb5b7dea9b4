// What was measured, as a table for a person.
#pragma once

#include <praxe/measure.hpp>
#include <string>
#include <vector>

#include "cli/report.hpp"

namespace praxe {

struct MeasuresPage {
    std::uint64_t cases;
    std::uint64_t refused;  // what could not be read as a case
    std::vector<IndicatorResult> results;
};

std::string measures_text(const MeasuresPage& page, const Ruleset& ruleset, const ReportStyle& style);

}  // namespace praxe
