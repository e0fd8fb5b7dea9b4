// The facts of a case as people say them: a line for each thing, in the ruleset's words.
#pragma once

#include <string>
#include <vector>

#include "run/outcome_words.hpp"

namespace praxe {

struct FactLine {
    std::string thing;  // `agendamento a1`
    std::string said;   // `tipo: negociação · produto: radar`
    bool operator==(const FactLine&) const = default;
};

/// In the vocabulary's order; without the instant of decision.
std::vector<FactLine> fact_lines(const Model& model, const Record& facts, const std::string& language);

}  // namespace praxe
