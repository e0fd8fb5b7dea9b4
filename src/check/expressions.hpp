// All the expressions of a ruleset's program, one after another.
#pragma once

#include <functional>

#include "check/model.hpp"

namespace praxe {

using VisitExpression = std::function<void(const Expression&)>;

/// The expressions of a decision: of its own, then of its rules, their exceptions, citations and texts. None without a
/// tree.
void for_each_expression(const Decision& decision, const VisitExpression& visit);

/// The same of an indicator.
void for_each_expression(const Indicator& indicator, const VisitExpression& visit);

/// Those of all definitions, then of all decisions and indicators.
void for_each_expression(const Model& model, const VisitExpression& visit);

}  // namespace praxe
