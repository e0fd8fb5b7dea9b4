// Which rules decided, and how often, over all scenarios that were run: as LCOV, which editors and forges show.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "scenario/scenario.hpp"

namespace praxe {

/// Counts how often each rule and exception set an outcome at a scenario's own instant, also in decisions that the
/// decision expected rests on. A rule stands for its first line.
class Coverage {
  public:
    void add(const Ruleset& ruleset, const Scenario& scenario);
    /// A record for each file of rules, in order of name; rules that never decided are there with 0.
    std::string lcov() const;

  private:
    void declare(const Model& model);
    void declare(const Rule& rule);
    void count(const Rule& rule);

    using Lines = std::map<std::uint32_t, std::size_t>;
    std::map<std::string, Lines> files_;
};

}  // namespace praxe
