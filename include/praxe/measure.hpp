// The indicators of a ruleset, measured over many cases, one case after another.
//
//     auto measures = praxe::Measures::open(ruleset);
//     for (each case) measures->add(*ruleset.read_case(source));
//     std::cout << measures->to_json();
//
// What an indicator looks at, counts and is held against is said in the ruleset, under `indicators:`
// (docs/language.md). A case counts in an indicator with all that the indicator looks at, or, where something in it is
// wrong, not at all; then it is told, and counted among those left out.
//
// Memory: grows with the groups, and for a percentile with the different values, never with the cases.
// The same cases in another order give the same result: sums are exact.
// Thread safety: a Measures is for one thread at a time; it keeps its ruleset alive.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <praxe/diagnostics.hpp>
#include <praxe/export.hpp>
#include <praxe/limits.hpp>
#include <praxe/result.hpp>
#include <praxe/ruleset.hpp>
#include <praxe/value.hpp>
#include <string>
#include <vector>

namespace praxe {

struct MeasureOptions {
    std::vector<std::string> indicators = {};      // by name; empty: all of the ruleset
    std::optional<std::int64_t> at = {};           // the instant of decision, instead of the cases' own
    EvaluationLimits limits = decision_limits;     // of one indicator on one case
    std::size_t max_groups = 100'000;              // of one indicator
    std::size_t max_different_values = 1'000'000;  // of one indicator, in all its groups together
};

/// The measure of all that was looked at, or of one group of it.
struct Measured {
    Value group;                        // absent where the indicator has no groups
    Value value;                        // absent where there is nothing to measure, an error where it is out of range
    Value part, whole;                  // of a share or ratio: what it was made of; otherwise absent
    std::uint64_t elements = 0;         // how many were looked at
    std::optional<bool> goal_met = {};  // nothing: there is no goal, or nothing to measure
};

struct IndicatorResult {
    std::string name;
    std::vector<Measured> measured;    // one; with groups one for each that is shown
    std::uint64_t groups = 0;          // all of them, shown or not
    std::uint64_t cases_left_out = 0;  // something in them was wrong
    Value broken = {};                 // an error where a limit was passed; then nothing is measured
};

class PRAXE_API Measures {
  public:
    /// Nothing, and what is wrong, where an indicator asked for is not there, or the ruleset has none.
    static Result<Measures> open(const Ruleset& ruleset, const MeasureOptions& options = {});
    Measures(Measures&&) noexcept;
    Measures& operator=(Measures&&) noexcept;
    ~Measures();

    /// REQUIRES: `facts` is a case of the ruleset. What is wrong in it, with its place, for each indicator that it is
    /// left out of.
    Diagnostics add(const Case& facts);

    std::uint64_t cases() const;  // added so far, left out or not
    std::vector<IndicatorResult> results() const;
    /// `{"cases": 2, "indicators": {NAME: {"value": …, …}}}` on one line (docs/guide.md).
    std::string to_json() const;
    /// The facts of the base that indicators stand for, as JSON: `{"base": {"second_purchase_days": [42]}}`.
    std::string facts_json() const;

  private:
    struct State;
    explicit Measures(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace praxe
