// Random rulesets, well typed, with cases that fill what their vocabulary allows to any degree. What a seed makes is
// the same on every machine.
//
//     RulesetMaker maker(seed, {.times = true});
//     Ruleset::load("r.yaml", a reader of maker.files());
//     std::string facts = maker.a_case(1.0);   // every list and text as long as it may be
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace praxe::random_rules {

struct MakerOptions {
    bool times = false;  // comparisons with `at`, dates, business days, `before`, facts that lie ahead
    int decisions = 5;
    int depth = 3;  // of expressions
};

class RulesetMaker {
  public:
    explicit RulesetMaker(std::uint32_t seed, MakerOptions options = {});

    /// By name; `r.yaml` is the ruleset.
    const std::map<std::string, std::string>& files() const { return files_; }
    const std::string& ruleset() const { return files_.at("r.yaml"); }
    /// The decisions that can be asked for.
    const std::vector<std::string>& asked() const { return asked_; }
    /// A case as YAML. `fill`, from 0 to 1: how much of what the vocabulary allows lists and texts take.
    std::string a_case(double fill);

  private:
    enum class Kind { integer, boolean, text, ints, texts, nodes, leaves, instant };
    struct Known {
        Kind kind;
        std::string expr;
    };

    int below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }
    bool chance(int one_in) { return below(one_in) == 0; }
    std::string known(Kind kind);
    std::string fresh_name() { return "v" + std::to_string(names_++); }
    /// Makes an expression under names that hold only in it.
    template <typename Make>
    std::string under(const std::vector<Known>& names, const Make& make);
    std::vector<Known> parts_of(Kind list, const std::string& name) const;

    std::string make(Kind kind, int depth);
    std::string integer(int depth);
    std::string boolean(int depth);
    std::string text(int depth);
    std::string ints(int depth);
    std::string texts(int depth);
    std::string nodes(int depth);
    std::string leaves(int depth);
    std::string instant(int depth);
    std::string comparison_of_times(int depth);
    std::string macro(Kind over, int depth, const std::string& name, Kind body);
    Kind any_list();

    std::string decision(const std::string& name);
    std::string rules(const std::string& indent);
    std::string table(const std::string& indent);
    std::string lets();

    std::string words(int bytes, double fill);

    std::mt19937 random_;
    MakerOptions options_;
    std::map<std::string, std::string> files_;
    std::vector<std::string> asked_;
    std::vector<Known> known_;
    int names_ = 0;
};

}  // namespace praxe::random_rules
