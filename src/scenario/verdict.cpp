// Scenarios put to their ruleset, and what explains a failure.
#include "scenario/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "run/answer.hpp"
#include "run/run.hpp"
#include "scenario/outcome_text.hpp"

namespace praxe {
namespace {

bool cites(const Rule& rule, std::string_view clause) {
    return std::any_of(rule.cites.begin(), rule.cites.end(), [&](const Cite& cite) { return cite.clause == clause; });
}

/// The condition on which the rule cites the clause; null when it always does.
const Expression* condition_of(const Rule& rule, std::string_view clause) {
    for (const Cite& cite : rule.cites) {
        if (cite.clause == clause) return cite.when ? &*cite.when : nullptr;
    }
    return nullptr;
}

bool expects_validity(const Expected& expected) {
    return expected.valid_until || std::any_of(expected.parts.begin(), expected.parts.end(), expects_validity);
}

bool expects_validity(const ExpectedAnswer& expected) {
    return expected.valid_until || (expected.outcome && expects_validity(*expected.outcome));
}

/// Those whose rules could have decided: the decision itself, or, where it has no rules, those it may rest on too.
std::vector<const Decision*> deciders_of(const Model& model, const Decision& decision) {
    if (!decision.rules.empty()) return {&decision};
    const std::size_t definitions = model.define.size();
    std::vector<bool> reached(definitions + model.decisions.size(), false);
    for (std::size_t i = 0; i < model.decisions.size(); ++i)
        reached[definitions + i] = model.decisions[i].get() == &decision;
    for (bool more = true; more;) {
        more = false;
        for (const auto& [user, used] : model.uses) {
            if (!reached[user] || reached[used]) continue;
            reached[used] = more = true;
        }
    }
    std::vector<const Decision*> basis;
    for (std::size_t i = 0; i < model.decisions.size(); ++i) {
        if (reached[definitions + i]) basis.push_back(model.decisions[i].get());
    }
    return basis;
}

/// Looks for the rules that cite a clause, and says why each of them did not decide.
class Explanation {
  public:
    Explanation(const Ruleset& ruleset, const Scenario& scenario, const Answer& answer)
        : model_(ruleset.model()),
          facts_(ruleset.facts(scenario.facts)),
          at_(scenario.facts.at().value_or(0)),
          answer_(answer) {
        Run run(model_, facts_, at_);
        run.decide(*model_.find(answer.decision));
        for (const auto& [record, reason] : run.reasons()) decided_.insert({reason.rule, reason.exception});
    }

    std::vector<Stopped> of(const Mismatch& mismatch) {
        stopped_.clear();
        item_ = mismatch.reason ? answer_.because[*mismatch.reason].item : std::string();
        for (const std::string& clause : mismatch.clauses) {
            for (const Decision* decision : deciders_of(model_, *model_.find(answer_.decision))) {
                for (const Rule& rule : decision->rules) look_at(rule, clause, *decision);
            }
        }
        return std::move(stopped_);
    }

  private:
    void look_at(const Rule& rule, const std::string& clause, const Decision& decision) {
        if (cites(rule, clause)) add(rule, nullptr, clause, decision);
        for (const Rule& exception : rule.exceptions) {
            if (cites(exception, clause)) add(rule, &exception, clause, decision);
        }
    }

    void add(const Rule& rule, const Rule* exception, const std::string& clause, const Decision& decision) {
        const std::string id = exception == nullptr ? rule.id : fmt::format("{} except {}", rule.id, exception->id);
        const bool decided = decided_.contains(exception == nullptr ? &rule : exception);
        const std::size_t before = stopped_.size();
        for (const WhyNot& why : why_not_of(decision)) {
            const bool same_item = &decision != model_.find(answer_.decision) || item_.empty() || why.item == item_;
            const bool of_rule = why.rule == rule.id;
            const bool of_exception = exception != nullptr && decided_.contains(&rule) && why.rule == exception->id;
            if (same_item && (of_rule || of_exception)) add(clause, decision, id, why);
        }
        if (stopped_.size() != before) return;
        const Expression* const only_when = condition_of(exception == nullptr ? rule : *exception, clause);
        add(clause, decision, id,
            decided && only_when != nullptr
                ? fmt::format("it decided, and cites the clause only when {}", to_source(*only_when->root))
            : decided                  ? "it decided, but not this outcome"
            : decision.has_arguments() ? "it takes arguments, and did not decide"
                                       : "there was nothing for it to decide on");
    }

    void add(const std::string& clause, const Decision& decision, const std::string& rule, std::string why) {
        stopped_.push_back({clause, decision.name, rule, {}, std::move(why), {}});
    }

    void add(const std::string& clause, const Decision& decision, const std::string& rule, const WhyNot& why) {
        Stopped stopped{clause, decision.name, rule, why.item, {}, {}};
        if (why.condition.empty()) {
            stopped.why = "its conditions hold, but another rule decided";
        } else if (why.value == "false") {
            stopped.why = fmt::format("{} is false", why.condition);
        } else {
            stopped.why = fmt::format("{} fails: {}", why.condition, why.value);
        }
        for (const auto& [name, value] : why.read)
            stopped.read.emplace_back(name, value.is_absent() ? "not given" : outcome_text(model_, value));
        stopped_.push_back(std::move(stopped));
    }

    /// Empty for a decision with arguments: there is no telling with which.
    const std::vector<WhyNot>& why_not_of(const Decision& decision) {
        const auto [found, added] = why_not_.try_emplace(&decision);
        if (added && !decision.has_arguments()) found->second = why_not(model_, decision, facts_, at_);
        return found->second;
    }

    const Model& model_;
    std::shared_ptr<const Record> facts_;
    Instant at_;
    const Answer& answer_;
    std::set<const Rule*> decided_;
    std::string item_;
    std::map<const Decision*, std::vector<WhyNot>> why_not_;
    std::vector<Stopped> stopped_;
};

Answer ask(const Ruleset& ruleset, const Scenario& scenario, const ExpectedAnswer& expected, bool with_texts) {
    DecideOptions options;
    options.decisions = {expected.decision->name};
    options.valid_until = expects_validity(expected);
    options.texts = with_texts;
    return ruleset.decide(scenario.facts, options).front();
}

Failure explain(const Ruleset& ruleset, const Scenario& scenario, const ExpectedAnswer& expected) {
    Failure failure{expected.decision->name, ask(ruleset, scenario, expected, true), {}, {}};
    failure.mismatches = compare(ruleset.model(), expected, failure.answer);
    if (!scenario.facts.at()) return failure;
    Explanation explanation(ruleset, scenario, failure.answer);
    for (const Mismatch& mismatch : failure.mismatches) {
        for (Stopped& stopped : explanation.of(mismatch)) failure.stopped.push_back(std::move(stopped));
    }
    return failure;
}

}  // namespace

Verdict judge(const Ruleset& ruleset, const Scenario& scenario) {
    Verdict verdict{scenario.name, scenario.place, {}};
    for (const ExpectedAnswer& expected : scenario.expect) {
        const Answer answer = ask(ruleset, scenario, expected, false);
        if (!compare(ruleset.model(), expected, answer).empty())
            verdict.failures.push_back(explain(ruleset, scenario, expected));
    }
    return verdict;
}

}  // namespace praxe
