// Answers: outcome, reasons, and why other rules did not decide.
#include "run/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "run/run.hpp"
#include "run/validity.hpp"

namespace praxe {
namespace {

Because because_of(const Reason& reason) {
    Because because;
    because.decision = reason.decision->name;
    because.rule = reason.rule == nullptr ? std::string() : reason.rule->id;
    because.exception = reason.exception == nullptr ? std::string() : reason.exception->id;
    because.cite = reason.cites;
    because.text = reason.say;
    because.item = reason.item;
    return because;
}

/// The clauses that a reason rested on, each outcome once; through outcomes whose rules cite nothing to what those rest
/// on.
void add_basis(const Run& run, const Reason& reason, std::unordered_set<const Record*>& seen,
               std::vector<Because>& because) {
    for (const auto& record : reason.basis) {
        const Reason* below = run.reason(*record);
        if (below == nullptr || !seen.insert(record.get()).second) continue;
        if (below->cites.empty()) {
            add_basis(run, *below, seen, because);
        } else {
            because.push_back(because_of(*below));
        }
    }
}

/// The reason of one outcome, and with `basis` the clauses it rested on.
void add_reasons(const Run& run, const Record& outcome, bool basis, std::vector<Because>& because) {
    const Reason* reason = run.reason(outcome);
    if (reason == nullptr) return;
    if (reason->rule != nullptr) because.push_back(because_of(*reason));
    std::unordered_set<const Record*> seen{&outcome};
    if (basis) add_basis(run, *reason, seen, because);
}

void add_reasons(const Run& run, const Value& outcome, bool basis, std::vector<Because>& because) {
    if (outcome.is(Kind::record)) add_reasons(run, outcome.as_record(), basis, because);
    if (outcome.is(Kind::optional) && outcome.has_value()) add_reasons(run, outcome.as_optional(), basis, because);
    if (outcome.is(Kind::list)) {
        for (const Value& one : outcome.as_list()) add_reasons(run, one, basis, because);
    }
}

}  // namespace

std::optional<Answer> answer(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                             Instant at, const DecideOptions& options, bool asked) {
    Answer answer;
    answer.decision = decision.name;
    if (auto refused = not_in_force(model, at)) {
        answer.outcome = refused->outcome;
        return answer;
    }
    Run run(model, facts, at, options.limits, options.texts);
    if (Value unmet = unmet_need(run, decision); unmet.is_error()) {
        if (!asked && unmet.as_error().code == Error::Code::missing_fact) return std::nullopt;
        answer.outcome = std::move(unmet);
        return answer;
    }
    const Value outcome = run.decide(decision);
    answer.outcome = run.as_it_stands(outcome);
    if (options.explain) {
        answer.why_not = why_not(model, decision, facts, at, options.limits);
        answer.workings = workings(model, decision, facts, at, options.limits);
    }
    if (answer.outcome.is_error()) return answer;
    const bool itemised = decision.each || decision.collects();
    add_reasons(run, outcome, !itemised, answer.because);
    if (!options.valid_until) return answer;

    const ValiditySearch search = search_of(options, at);
    const Held now = held(run, model, answer.outcome);
    if (!decision.each || answer.because.empty()) {
        answer.valid_until = validity(model, decision, facts, at, now, search);
        return answer;
    }
    Validities found = validities(model, decision, facts, at, now, search);
    answer.valid_until = std::move(found.whole);
    for (std::size_t i = 0; i < answer.because.size() && i < found.elements.size(); ++i)
        answer.because[i].valid_until = std::move(found.elements[i]);
    return answer;
}

namespace {

/// True if the outcome, or one of those collected, is the rule's.
bool decided(const Run& run, const Value& outcome, const Rule& rule) {
    if (outcome.is(Kind::list)) {
        return std::any_of(outcome.as_list().begin(), outcome.as_list().end(),
                           [&](const Value& one) { return decided(run, one, rule); });
    }
    const Reason* reason = outcome.is(Kind::record) ? run.reason(outcome.as_record()) : nullptr;
    return reason != nullptr && reason->rule == &rule;
}

WhyNot why_not(Run& run, const Rule& rule, Activation& activation, const std::string& item) {
    WhyNot why{rule.id, item, {}, {}, {}};
    Run::Failure failure = run.first_failure(rule, activation);
    if (failure.condition == nullptr) return why;
    why.condition = to_source(*failure.condition);
    why.value = failure.value.is_error() ? failure.value.as_error().message : "false";
    for (Run::Reading& reading : failure.readings)
        why.read.emplace_back(std::move(reading.name), std::move(reading.value));
    return why;
}

}  // namespace

std::vector<WhyNot> why_not(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                            Instant at, const EvaluationLimits& limits) {
    std::vector<WhyNot> out;
    Run run(model, facts, at, limits);
    const auto explain = [&](Activation activation, const Value& outcome, const std::string& item) {
        for (const Rule& rule : decision.rules) {
            if (decided(run, outcome, rule)) continue;
            if (!rule.each) out.push_back(why_not(run, rule, activation, item));
        }
        const Reason* reason = outcome.is(Kind::record) ? run.reason(outcome.as_record()) : nullptr;
        if (reason == nullptr || reason->rule == nullptr || reason->exception != nullptr) return;
        activation.bound.emplace_back("general", outcome);
        for (const Rule& exception : reason->rule->exceptions) out.push_back(why_not(run, exception, activation, item));
    };
    if (!decision.each) {
        explain(run.activation_for(decision), run.decide(decision), {});
        return out;
    }
    const Value elements = run.elements(decision);
    if (elements.is_error()) return out;
    for (const Value& element : elements.as_list()) {
        const Value outcome = run.decide_element(decision, element);
        const Reason* reason = outcome.is(Kind::record) ? run.reason(outcome.as_record()) : nullptr;
        explain(run.activation_for(decision, element), outcome, reason == nullptr ? std::string() : reason->item);
    }
    return out;
}

std::vector<Working> workings(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                              Instant at, const EvaluationLimits& limits) {
    std::vector<Working> out;
    Run run(model, facts, at, limits);
    run.note_workings(out);
    run.decide(decision);
    return out;
}

}  // namespace praxe
