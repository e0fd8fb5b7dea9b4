// The sides, one after another; the first difference ends it.
#include "differential/compared.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "columns/arrow_text.hpp"
#include "columns/block_program.hpp"
#include "machine/answers.hpp"
#include "machine/machines.hpp"

namespace praxe::differential {
namespace {

using columns_test::Array;
using columns_test::FactColumns;
using columns_test::text_of;

constexpr std::int64_t month = std::int64_t{30} * 24 * 3'600'000'000;

std::string told(const std::string& who, std::size_t one, const std::string& decision, const std::string& reference,
                 const std::string& other) {
    return fmt::format("case {}, {}: the tree walk says\n  {}\n{} says\n  {}\n", one, decision, reference, who, other);
}

class Comparison {
  public:
    Comparison(const Trial& trial, Coverage& coverage)
        : trial_(trial), coverage_(coverage), decisions_(trial.ruleset.decisions()) {
        const auto& all = trial.ruleset.model().decisions;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!all[i]->has_arguments()) places_.push_back(i);
        }
    }

    std::string difference() {
        for (const bool valid_until : {false, true}) {
            std::string found = by_machine(valid_until);
            if (found.empty() && trial_.columns) found = by_columns(valid_until);
            if (!found.empty()) return (valid_until ? "with valid_until, " : "") + found;
        }
        coverage_.executed(*trial_.ruleset.model().machines->lend());
        return {};
    }

  private:
    /// The tree walk's answers are kept for the columns.
    std::string by_machine(bool valid_until) {
        DecideOptions options{.decisions = decisions_, .at = trial_.at, .valid_until = valid_until, .horizon = month};
        options.limits = trial_.limits;
        answers_.clear();
        for (std::size_t one = 0; one < trial_.cases.size(); ++one) {
            options.by_reference = false;
            const auto ours = trial_.ruleset.decide(trial_.cases[one], options);
            const std::vector<bool> answered = answered_by_itself(trial_.cases[one], options);
            options.by_reference = true;
            answers_.push_back(trial_.ruleset.decide(trial_.cases[one], options));
            const auto& theirs = answers_.back();
            if (ours.size() != theirs.size()) return fmt::format("case {}: {} answers", one, ours.size());
            for (std::size_t i = 0; i < ours.size(); ++i) {
                coverage_.compared(trial_.ruleset.model(), theirs[i], answered[i]);
                const std::string reference = trial_.ruleset.to_json(theirs[i]);
                const std::string machine = trial_.ruleset.to_json(ours[i]);
                if (reference != machine) return told("the machine", one, theirs[i].decision, reference, machine);
            }
        }
        return {};
    }

    std::vector<bool> answered_by_itself(const Case& facts, const DecideOptions& options) const {
        const Machines::Lent machine = trial_.ruleset.model().machines->lend();
        machine->begin_case(trial_.ruleset.facts(facts), options.limits);
        std::vector<bool> answered;
        for (const Answered& one : answers_by(*machine, places_, trial_.at, options))
            answered.push_back(one.how == Judged::How::made);
        return answered;
    }

    std::string by_columns(bool valid_until) {
        const Model& model = trial_.ruleset.model();
        const FactColumns facts(trial_.ruleset, trial_.cases);
        const auto columns = Columns::bind(trial_.ruleset, facts.schema,
                                           {.decisions = decisions_,
                                            .at = trial_.at,
                                            .valid_until = valid_until,
                                            .horizon = month,
                                            .limits = trial_.limits});
        if (!columns) return "columns: " + columns.diagnostics().to_string();
        std::vector<ArrowArray> given(decisions_.size());
        const Diagnostics wrong = columns->decide(facts.array, 0, facts.array.length, given);
        if (!wrong.empty()) return "columns: " + wrong.to_string();
        std::string found;
        for (std::size_t i = 0; i < given.size(); ++i) {
            Array answers;
            static_cast<ArrowArray&>(answers) = given[i];
            columns_test::Schema schema;
            columns->schema(i, schema);
            const Decision& decision = *model.find(columns->decisions()[i]);
            const bool in_blocks = !valid_until && block_program(model, decision, trial_.limits);
            coverage_.compared_columns(trial_.cases.size(), in_blocks);
            for (std::size_t one = 0; one < trial_.cases.size() && found.empty(); ++one) {
                const std::string row = text_of(schema, answers, static_cast<std::int64_t>(one));
                const std::string reference = text_of(model, of_decision(one, decision.name));
                if (row != reference)
                    found =
                        told(in_blocks ? "a block of columns" : "a row of columns", one, decision.name, reference, row);
            }
        }
        return found;
    }

    const Answer& of_decision(std::size_t one, const std::string& name) const {
        return *std::find_if(answers_[one].begin(), answers_[one].end(),
                             [&](const Answer& answer) { return answer.decision == name; });
    }

    const Trial& trial_;
    Coverage& coverage_;
    std::vector<std::string> decisions_;
    std::vector<std::size_t> places_;
    std::vector<std::vector<Answer>> answers_;  // of the tree walk, by case
};

}  // namespace

std::string difference(const Trial& trial, Coverage& coverage) {
    return Comparison(trial, coverage).difference();
}

}  // namespace praxe::differential
