// What a decision says, taken together: nothing that would be passed over in silence, nothing that is missing.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "check/building.hpp"
#include "check/wording.hpp"

namespace praxe {
namespace {

class ShapeCheck {
  public:
    ShapeCheck(const RawDecision& raw, const Decision& decision, Diagnostics& diagnostics)
        : raw_(raw), decision_(decision), diagnostics_(diagnostics) {}

    void check() {
        check_ids();
        if (raw_.broken) return;  // what seems to be missing may be what was wrong
        check_form();
        if (raw_.pick) {
            check_pick();
        } else {
            check_outcome();
        }
        check_hit();
    }

  private:
    void error(const Place& place, std::string message, std::string hint = {}) {
        diagnostics_.error(place, std::move(message), std::move(hint));
    }

    // ---- ids

    void check_ids() {
        collect_rule_ids(raw_.rules);
        std::set<std::string> met;
        check_ids_once(raw_.rules, met);
        for (const RawException& exception : raw_.exceptions) {
            check_id(exception.rule, met);
            for (const Excerpt& id : exception.to) check_excepted(id);
        }
    }

    void collect_rule_ids(const std::vector<RawRule>& rules) {
        for (const RawRule& rule : rules) {
            if (!rule.is_group) rule_ids_.push_back(rule.id.text);
            collect_rule_ids(rule.rules);
        }
    }

    void check_ids_once(const std::vector<RawRule>& rules, std::set<std::string>& met) {
        for (const RawRule& rule : rules) {
            if (!rule.is_group) check_id(rule, met);
            check_ids_once(rule.rules, met);
            check_ids_once(rule.exceptions, met);
        }
    }

    void check_id(const RawRule& rule, std::set<std::string>& met) {
        if (rule.id.text.empty() || met.insert(rule.id.text).second) return;
        error(rule.id.place(), fmt::format("there is already a rule \"{}\" in this decision", rule.id.text));
    }

    void check_excepted(const Excerpt& id) {
        if (std::find(rule_ids_.begin(), rule_ids_.end(), id.text) != rule_ids_.end()) return;
        error(id.place(), fmt::format("the decision \"{}\" has no rule \"{}\"", decision_.name, id.text),
              did_you_mean(id.text, rule_ids_));
    }

    // ---- forms: per item, with arguments, one of several

    void check_form() {
        if (raw_.each && !raw_.given.empty()) {
            error(raw_.each->name.place(),
                  fmt::format("\"{}\" is made for each element, so it takes no arguments", decision_.name));
        }
        if (!raw_.given.empty() && !raw_.needs.empty()) {
            error(raw_.needs.front().fact.place(),
                  fmt::format("\"{}\" takes arguments, so it is not asked by itself and needs nothing of its own",
                              decision_.name),
                  "the decision that asks it says what it needs");
        }
        if (raw_.where && !raw_.each && !raw_.pick) {
            error(raw_.where->place(), "\"where\" leaves out elements, and there are none here",
                  "it goes with each or pick");
        }
        if (!raw_.order.empty() && !raw_.pick)
            error(raw_.order.front().place(), "\"order\" says what is picked first, and nothing is picked here");
    }

    void check_pick() {
        if (raw_.each || !raw_.gives.empty() || !raw_.rules.empty() || raw_.hit) {
            error(raw_.place, fmt::format("\"{}\" picks one of a list, so it has no rules and gives nothing of its own",
                                          decision_.name));
        }
        if (!raw_.require.empty())
            error(raw_.require.front().place(), "\"require\" is for decisions with rules or \"always\"",
                  "the list it picks from is an error by itself where something is missing");
        if (raw_.order.empty()) {
            error(raw_.place, fmt::format("\"{}\" does not say in which order it picks", decision_.name),
                  "write order: [EXPRESSION, …], the smallest first");
        }
    }

    // ---- outcomes and hit policies

    void check_outcome() {
        if (raw_.gives.empty()) {
            error(raw_.place, fmt::format("\"{}\" does not say what it gives", decision_.name),
                  "write gives: {NAME: TYPE}");
        } else if (raw_.rules.empty() && raw_.hit) {
            error(raw_.hit->place(), fmt::format("\"{}\" has no rules", decision_.name),
                  "write rules: or table:, or leave out hit and say everything with always:");
        } else if (raw_.rules.empty()) {
            check_always_gives_all();
        }
    }

    void check_always_gives_all() {
        if (decision_.always.size() != raw_.always.size()) return;
        for (std::size_t i = 0; i < decision_.shown_fields; ++i) {
            const Field& field = decision_.outcome.fields[i];
            const auto sets_it = [&](const Output& output) { return output.field == i; };
            if (!field.required || std::any_of(decision_.always.begin(), decision_.always.end(), sets_it)) continue;
            error(field.place, fmt::format("nothing says what \"{}\" is", field.name),
                  fmt::format("write always: {{{}: …}}, or rules", field.name));
        }
    }

    void check_hit() {
        if (!raw_.hit && !raw_.rules.empty() && !raw_.pick) {
            error(raw_.place, fmt::format("\"{}\" has rules but no hit policy", decision_.name),
                  "write hit: first, or another of unique, priority, any, most_specific, collect, rule_order");
        }
        for (const RawRule& rule : raw_.rules) check_each(rule);
        if (raw_.hit && raw_.each && decision_.collects()) {
            error(raw_.hit->place(),
                  fmt::format("\"{}\" is made for each element, and gives one outcome for each", decision_.name),
                  "write hit: first, or another of unique, priority, any, most_specific");
        }
    }

    void check_each(const RawRule& rule) {
        for (const RawRule& inner : rule.rules) check_each(inner);
        if (!rule.each || decision_.collects()) return;
        error(rule.each->name.place(),
              fmt::format("a rule can be made for each element only where all that apply "
                          "are collected, and \"{}\" gives one outcome",
                          decision_.name),
              "write hit: collect");
    }

    const RawDecision& raw_;
    const Decision& decision_;
    Diagnostics& diagnostics_;
    std::vector<std::string> rule_ids_;  // without exceptions
};

}  // namespace

void check_shape(const RawDecision& raw, const Decision& decision, Diagnostics& diagnostics) {
    ShapeCheck(raw, decision, diagnostics).check();
}

}  // namespace praxe
