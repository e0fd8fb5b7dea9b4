// Random rulesets made out of the table of functions itself: each row of it stands somewhere, its arguments of facts
// and of other rows by their types, under every hit policy. Facts are now and then absent, extreme, or texts that
// cannot be read, so that about every way to fail is met. What a seed makes is the same on every machine.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "value/functions.hpp"

namespace praxe::random_rules {

/// The rows that can stand in a ruleset: its expressions have types that are known at load.
const std::vector<const Overload*>& rows_for_rulesets();

class FunctionRuleset {
  public:
    explicit FunctionRuleset(std::uint32_t seed);

    /// By name; `r.yaml` is the ruleset.
    const std::map<std::string, std::string>& files() const { return files_; }
    const std::string& ruleset() const { return files_.at("r.yaml"); }
    std::string a_case();

  private:
    using Bound = std::map<std::string, Type, std::less<>>;

    int below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }
    bool chance(int one_in) { return below(one_in) == 0; }
    std::string one_of(const std::vector<std::string>& all) {
        return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
    }

    std::string make(const Type& type, int depth);
    std::string fact(const Type& type);
    std::string call(const Overload& row, const Bound& bound, int depth);
    std::string argument(const Overload& row, std::size_t place, const Type& type, int depth);
    Bound any_types(const Overload& row);
    bool gives(const Type& result, const Type& wanted, Bound& bound) const;

    std::string condition();
    std::string of_row(const Overload& row, Type& type);
    std::string decision(const std::string& name, const std::string& hit, const Overload& row);
    std::string ruleset_text(std::uint32_t seed);

    std::mt19937 random_;
    std::map<std::string, std::string> files_;
};

}  // namespace praxe::random_rules
