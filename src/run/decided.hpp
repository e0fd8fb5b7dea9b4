// A decision of one case made once, at one instant: its outcome, until when it holds at least, and what it rests on.
#pragma once

#include <optional>
#include <praxe/decision.hpp>

#include "run/run.hpp"

namespace praxe {

/// An outcome, and the instant until which it holds at least.
struct Held {
    Value outcome;
    Instant horizon = never;
    Instant known_until = never;  // where the first of the calendars it asked ends
};

/// An error where the ruleset is not in force at the instant, and the instant at which that changes.
std::optional<Held> not_in_force(const Model& model, Instant at);
/// The error of a decision whose facts the case does not hold; absent if it holds them.
Value unmet_need(Run& run, const Decision& decision);
/// An outcome that the run worked out, with until when it holds at least.
Held held(const Run& run, const Model& model, Value outcome);

/// How a decision is made, beside what it is made of.
struct Making {
    EvaluationLimits limits = decision_limits;
    bool texts = false;         // in reasons
    Instant watch_for = never;  // an instant; what holds just until then is kept
};

class Decided {
  public:
    /// All of them must outlive it. REQUIRES: the decision takes no arguments.
    Decided(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at,
            const Making& making = {});
    Decided(const Decided&) = delete;

    /// False where the ruleset is not in force, or what is needed is not as it is needed.
    bool was_made() const { return made_; }
    /// What is needed is not given, or lies ahead.
    bool lacks_facts() const;

    /// The outcome as it is shown: an error too where the ruleset is not in force, or the case does not hold what is
    /// needed.
    const Held& held() const { return held_; }
    /// The deciding rule first, then what the outcome rested on; empty for errors. Of a list the reason of each.
    std::vector<Because> because() const;
    /// What turns over at the instant watched for. REQUIRES: `held().horizon` is that instant.
    Flip flip() const;

  private:
    const Model& model_;
    const Decision& decision_;
    Instant watched_;
    std::optional<Run> run_;  // none where the ruleset is not in force
    bool made_ = false;
    Value outcome_;  // before it is shown: reasons know it by its records
    Held held_;
};

/// The decision's outcome at that instant, and until when it holds at least.
Held decide_at(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at,
               const EvaluationLimits& limits = decision_limits);

}  // namespace praxe
