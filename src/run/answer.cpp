// Answers: outcome, reasons, and why other rules did not decide.
#include "run/answer.hpp"

#include <algorithm>

#include "run/decided.hpp"
#include "run/validity.hpp"

namespace praxe {

std::optional<Answer> answer(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                             Instant at, const DecideOptions& options, bool asked) {
    const Decided decided(model, decision, facts, at, {.limits = options.limits, .texts = options.texts});
    const Held& now = decided.held();
    if (!asked && decided.lacks_facts()) return std::nullopt;
    Answer answer;
    answer.decision = decision.name;
    answer.outcome = now.outcome;
    if (!decided.was_made()) return answer;
    if (options.explain) {
        answer.why_not = why_not(model, decision, facts, at, options.limits);
        answer.workings = workings(model, decision, facts, at, options.limits);
    }
    if (answer.outcome.is_error()) return answer;
    answer.because = decided.because();
    if (!options.valid_until) return answer;

    const ValiditySearch search = search_of(options, at);
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
