// From the checked tree to rules over tests of whole columns.
#include "columns/block_program.hpp"

#include <algorithm>

#include "check/constants.hpp"
#include "columns/block_tests.hpp"

namespace praxe {
namespace {

using Form = BlockTest::Form;
using From = BlockNumber::From;

class Compiler {
  public:
    Compiler(const Model& model, const Decision& decision)
        : model_(model), decision_(decision), tests_(model, decision, program_) {}
    Compiler(const Compiler&) = delete;

    std::optional<BlockProgram> program() {
        program_.asks_all = !decision_.first_decides();
        if (!needs() || !requirements()) return std::nullopt;
        for (const Rule& rule : decision_.rules) {
            if (!add(rule)) return std::nullopt;
        }
        count_uses();
        for (const BlockTest& test : program_.tests) note_constants(test);
        return std::move(program_);
    }

  private:
    bool set_outputs(const std::vector<Output>& outputs, std::vector<Value>& outcome) const {
        return std::all_of(outputs.begin(), outputs.end(), [&](const Output& output) {
            const auto value = constant(*output.value.root, model_);
            const bool plain = value && value->motion() == Motion::still && !value->is(Kind::optional);
            if (plain) outcome[output.field] = *value;
            return plain;
        });
    }

    bool add(const Rule& rule) {
        const bool cites_plainly =
            std::none_of(rule.cites.begin(), rule.cites.end(), [](const Cite& c) { return c.when.has_value(); });
        if (rule.each || !rule.exceptions.empty() || !cites_plainly) return false;
        BlockRule made;
        for (const Condition& one : rule.conditions) {
            const auto found = tests_.condition(one);
            if (!found) return false;
            must(*found, true, made.conditions);
        }
        made.outcome.resize(decision_.outcome.fields.size());
        if (!set_outputs(rule.outputs, made.outcome) || !set_outputs(decision_.always, made.outcome)) return false;
        program_.rules.push_back(std::move(made));
        return true;
    }

    /// What must hold together is told apart, down to tests that are made of none.
    void must(std::size_t of, bool holds, std::vector<BlockCondition>& conditions) const {
        const BlockTest& test = program_.tests[of];
        const bool is_together = (test.form == Form::all && holds) || (test.form == Form::any && !holds);
        if (test.form == Form::opposite) return must(test.parts.front(), !holds, conditions);
        if (!is_together) return conditions.push_back({of, holds});
        for (const std::size_t part : test.parts) must(part, holds, conditions);
    }

    void count_uses() {
        for (const BlockRule& rule : program_.rules) {
            for (const BlockCondition& condition : rule.conditions) ++program_.tests[condition.test].uses;
        }
        for (const std::size_t required : program_.required) ++program_.tests[required].uses;
        for (std::size_t i = program_.tests.size(); i-- > 0;) {  // parts stand before what is made of them
            if (program_.tests[i].uses == 0) continue;
            for (const std::size_t part : program_.tests[i].parts) ++program_.tests[part].uses;
        }
    }

    /// Tells a fact what it is compared with.
    void note_constants(const BlockTest& test) {
        if (test.uses == 0) return;
        const bool compares = test.form == Form::less || test.form == Form::greater || test.form == Form::equal;
        if (!compares && test.form != Form::among) return;
        const BlockNumber& left = program_.numbers[test.left];
        if (left.from != From::fact) return;
        std::vector<std::int64_t> constants = test.members;
        const BlockNumber& right = program_.numbers[test.right];
        if (compares && right.from == From::constant) constants.push_back(right.constant);
        BlockFact& fact = program_.facts[left.fact];
        for (const std::int64_t constant : constants) {
            fact.least = fact.comparisons == 0 ? constant : std::min(fact.least, constant);
            fact.most = fact.comparisons == 0 ? constant : std::max(fact.most, constant);
            ++fact.comparisons;
        }
    }

    bool needs() {
        for (const Need& need : decision_.needs) {
            if (need.when) return false;
            if (need.fact == "at") continue;
            const auto found = tests_.needed(need.fact);
            if (!found) return false;
            program_.needed.push_back(*found);
        }
        return true;
    }

    bool requirements() {
        for (const Expression& expression : decision_.require) {
            const auto found = tests_.truth(*expression.root);
            if (!found) return false;
            program_.required.push_back(*found);
        }
        return true;
    }

    const Model& model_;
    const Decision& decision_;
    BlockProgram program_;
    BlockTests tests_;
};

/// Nothing that is compared or made here comes near limits such as these.
bool are_wide(const Model& model, const Decision& decision, const EvaluationLimits& limits) {
    const auto cost = std::find_if(model.costs.begin(), model.costs.end(),
                                   [&](const Cost& c) { return c.decision == decision.name; });
    constexpr EvaluationLimits usual = decision_limits;
    return cost != model.costs.end() && cost->steps && *cost->steps <= limits.max_steps &&
           limits.max_made_bytes >= usual.max_made_bytes && limits.max_value_bytes >= usual.max_value_bytes &&
           limits.max_text_bytes >= usual.max_text_bytes && limits.max_items >= usual.max_items;
}

}  // namespace

std::optional<BlockProgram> block_program(const Model& model, const Decision& decision,
                                          const EvaluationLimits& limits) {
    const bool one_outcome = !decision.each && !decision.pick && !decision.where && !decision.collects();
    if (!one_outcome || decision.rules.empty() || decision.rules.size() > max_block_rules) return std::nullopt;
    if (!are_wide(model, decision, limits)) return std::nullopt;
    return Compiler(model, decision).program();
}

}  // namespace praxe
