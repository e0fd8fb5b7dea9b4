// Rulesets that follow one another: which of them is in force when.
#pragma once

#include <praxe/ruleset.hpp>
#include <vector>

#include "value/time.hpp"

namespace praxe {

class RulesetsInTime {
  public:
    /// In order of their beginnings. What contradicts itself goes to `diagnostics`.
    RulesetsInTime(std::vector<Ruleset> rulesets, Diagnostics& diagnostics);

    /// The one in force: the last that has begun; before all of them, the first, which says so itself.
    std::size_t in_force(Instant at) const;
    /// The first instant after `at` from which on another is in force; nothing if none is.
    std::optional<Instant> next_after(Instant at) const;
    const Ruleset& operator[](std::size_t index) const { return rulesets_[index]; }
    std::size_t size() const { return rulesets_.size(); }

  private:
    void check_order(Diagnostics& diagnostics) const;
    void check_facts(Diagnostics& diagnostics) const;

    std::vector<Ruleset> rulesets_;
};

}  // namespace praxe
