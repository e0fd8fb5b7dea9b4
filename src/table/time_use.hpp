// What looking at an expression could tell of time or of other outcomes, as far as that is known beforehand.
#pragma once

#include <map>

#include "check/model.hpp"

namespace praxe {

enum class TimeUse {
    none,   // nothing: whether it is looked at or not makes no difference to the answer
    facts,  // it reads a fact that may lie ahead of the instant judged, or part of an outcome
    own,    // it moves with that instant, or rests on another decision
};

class TimeUses {
  public:
    /// The model must outlive it. REQUIRES: its types are checked and its slots found.
    explicit TimeUses(const Model& model) : model_(model) {}

    /// Of an expression that may name the lets of the decision.
    TimeUse of(const Expr& expr, const Decision& decision);

  private:
    TimeUse of_name(const Expr& expr, const Decision& decision);
    TimeUse of_binding(const Binding& binding, const Decision& decision);

    const Model& model_;
    std::map<const Binding*, TimeUse> bindings_;  // each looked at once
};

}  // namespace praxe
