// Answers: outcome, because, valid_until.
#include "run/answer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "run/run.hpp"

namespace praxe {
namespace {

/// The same outcome: what is shown of it, that is without the element a per-item outcome was made for.
bool same_record(const Decision& decision, const Record& a, const Record& b) {
    for (std::size_t i = 0; i < decision.shown_fields; ++i) {
        if (!identical(a.fields[i], b.fields[i])) return false;
    }
    return true;
}

bool same_outcome(const Decision& decision, const Value& a, const Value& b) {
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
        case Kind::error:
            return a.as_error().message == b.as_error().message && a.as_error().path == b.as_error().path;
        case Kind::record:
            return a.as_record().type == &decision.outcome && b.as_record().type == &decision.outcome
                       ? same_record(decision, a.as_record(), b.as_record())
                       : identical(a, b);
        case Kind::list:
            return std::equal(a.as_list().begin(), a.as_list().end(), b.as_list().begin(), b.as_list().end(),
                              [&](const Value& x, const Value& y) { return same_outcome(decision, x, y); });
        default:
            return identical(a, b);
    }
}

/// An error where the ruleset is not in force at the instant, and the instant at which that changes.
std::optional<Held> not_in_force(const Model& model, Instant at) {
    const auto refuse = [&](std::string when, Instant until) {
        return Held{
            Value::error(Error::Code::other, fmt::format("the ruleset \"{}\" is in force only {}", model.name, when)),
            until};
    };
    if (model.effective_from && at < *model.effective_from)
        return refuse("from " + model.zone.format(*model.effective_from) + " on", *model.effective_from);
    if (model.effective_until && at >= *model.effective_until)
        return refuse("until " + model.zone.format(*model.effective_until), never);
    return std::nullopt;
}

/// Works out the decision at an instant, within the ruleset's own time in force.
Held decide_at(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at) {
    if (auto refused = not_in_force(model, at)) return *std::move(refused);
    Run run(model, facts, at);
    Value outcome = run.decide(decision);
    return {std::move(outcome), std::min(run.track().horizon, model.effective_until.value_or(never))};
}

Held decide_element_at(const Model& model, const Decision& decision, const Value& element,
                       const std::shared_ptr<const Record>& facts, Instant at) {
    if (auto refused = not_in_force(model, at)) return *std::move(refused);
    Run run(model, facts, at);
    Value outcome = run.decide_element(decision, element);
    return {std::move(outcome), std::min(run.track().horizon, model.effective_until.value_or(never))};
}

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

/// The reason of one outcome, and with `basis` the clauses it rested on, each once.
void add_reasons(const Run& run, const Record& outcome, bool basis, std::vector<Because>& because) {
    const Reason* reason = run.reason(outcome);
    if (reason == nullptr || reason->rule == nullptr) return;
    because.push_back(because_of(*reason));
    if (!basis) return;
    std::vector<const Record*> seen{&outcome};
    for (const auto& record : reason->basis) {
        const Reason* below = run.reason(*record);
        if (below == nullptr || below->cites.empty() || std::find(seen.begin(), seen.end(), record.get()) != seen.end())
            continue;
        seen.push_back(record.get());
        because.push_back(because_of(*below));
    }
}

void add_reasons(const Run& run, const Value& outcome, bool basis, std::vector<Because>& because) {
    if (outcome.is(Kind::record)) add_reasons(run, outcome.as_record(), basis, because);
    if (outcome.is(Kind::optional) && outcome.has_value()) add_reasons(run, outcome.as_optional(), basis, because);
    if (outcome.is(Kind::list)) {
        for (const Value& one : outcome.as_list()) add_reasons(run, one, basis, because);
    }
}

}  // namespace

Validity find_valid_until(const Held& now, const std::function<Held(Instant)>& again,
                          const std::function<bool(const Value&, const Value&)>& same, std::size_t max_evaluations) {
    Instant candidate = now.horizon;
    for (std::size_t i = 0; candidate != never; ++i) {
        if (i == max_evaluations) return {candidate, true};
        const Held then = again(candidate);
        if (!same(now.outcome, then.outcome)) return {candidate, false};
        candidate = then.horizon;
    }
    return {};
}

std::optional<Answer> answer(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                             Instant at, const DecideOptions& options, bool asked) {
    Answer answer;
    answer.decision = decision.name;
    if (auto refused = not_in_force(model, at)) {
        answer.outcome = refused->outcome;
        return answer;
    }
    Run run(model, facts, at, options.texts);
    if (const Need* need = run.missing_need(decision)) {
        if (!asked) return std::nullopt;
        answer.outcome =
            Value::error(Error{Error::Code::missing_fact,
                               fmt::format("\"{}\" needs \"{}\", which is not given", decision.name, need->fact),
                               need->fact, need->place});
        return answer;
    }
    answer.outcome = run.decide(decision);
    if (options.explain) answer.why_not = why_not(model, decision, facts, at);
    if (answer.outcome.is_error()) return answer;
    add_reasons(run, answer.outcome, !decision.each, answer.because);
    if (!options.valid_until) return answer;

    const auto same = [&](const Value& a, const Value& b) { return same_outcome(decision, a, b); };
    const Held now{answer.outcome, std::min(run.track().horizon, model.effective_until.value_or(never))};
    answer.valid_until = find_valid_until(
        now, [&](Instant t) { return decide_at(model, decision, facts, t); }, same, options.max_evaluations);
    if (!decision.each) return answer;
    const List& outcomes = answer.outcome.as_list();
    for (std::size_t i = 0; i < answer.because.size() && i < outcomes.size(); ++i) {
        const Value& element = outcomes[i].as_record().fields.back();
        const auto again = [&](Instant t) { return decide_element_at(model, decision, element, facts, t); };
        answer.because[i].valid_until = find_valid_until(again(at), again, same, options.max_evaluations);
    }
    return answer;
}

std::vector<WhyNot> why_not(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                            Instant at) {
    std::vector<WhyNot> out;
    Run run(model, facts, at);
    const auto explain = [&](Activation activation, const Value& outcome, const std::string& item) {
        const Reason* reason = outcome.is(Kind::record) ? run.reason(outcome.as_record()) : nullptr;
        for (const Rule& rule : decision.rules) {
            if (reason != nullptr && reason->rule == &rule) continue;
            Run::Failure failure = run.first_failure(rule, activation);
            WhyNot why{rule.id, item, {}, {}, {}};
            if (failure.condition != nullptr) {
                why.condition = to_source(*failure.condition);
                why.value = failure.value.is_error() ? failure.value.as_error().message : "false";
                for (Run::Reading& reading : failure.readings)
                    why.read.emplace_back(std::move(reading.name), std::move(reading.value));
            }
            out.push_back(std::move(why));
        }
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

}  // namespace praxe
