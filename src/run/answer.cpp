// Answers: outcome, because, valid_until.
#include "run/answer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "run/run.hpp"

namespace praxe {
namespace {

bool same_shown(const Model& model, const Value& a, const Value& b);

/// The same record as shown, that is without the element that an outcome was made for.
bool same_record(const Model& model, const Record& a, const Record& b) {
    if (a.type != b.type) return false;
    for (std::size_t i = 0; i < model.shown_fields(*a.type); ++i) {
        if (!same_shown(model, a.fields[i], b.fields[i])) return false;
    }
    return true;
}

bool same_map(const Model& model, const Map& a, const Map& b) {
    return std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(),
                      [&](const auto& x, const auto& y) {
                          return identical(x.first, y.first) && same_shown(model, x.second, y.second);
                      });
}

/// Whether two outcomes look the same to whoever asked.
bool same_shown(const Model& model, const Value& a, const Value& b) {
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
        case Kind::error:
            return a.as_error().message == b.as_error().message && a.as_error().path == b.as_error().path;
        case Kind::record:
            return same_record(model, a.as_record(), b.as_record());
        case Kind::map:
            return same_map(model, a.as_map(), b.as_map());
        case Kind::optional:
            return a.has_value() == b.has_value() &&
                   (!a.has_value() || same_shown(model, a.as_optional(), b.as_optional()));
        case Kind::list:
            return std::equal(a.as_list().begin(), a.as_list().end(), b.as_list().begin(), b.as_list().end(),
                              [&](const Value& x, const Value& y) { return same_shown(model, x, y); });
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

/// The error of a decision whose facts the case does not hold; absent if it holds them.
Value unmet_need(Run& run, const Decision& decision) {
    const Need* need = run.missing_need(decision);
    if (need == nullptr) return Value();
    return Value::error(Error{Error::Code::missing_fact,
                              fmt::format("\"{}\" needs \"{}\", which is not given", decision.name, need->fact),
                              need->fact, need->place});
}

/// Until when what the run worked out holds at least.
Instant horizon(const Run& run, const Model& model) {
    return std::min(run.track().horizon, model.effective_until.value_or(never));
}

/// What `work_out` gives in a run at that instant, if the ruleset is in force then and the case holds what is needed.
template <typename WorkOut>
Held held_at(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at,
             const WorkOut& work_out) {
    if (auto refused = not_in_force(model, at)) return *std::move(refused);
    Run run(model, facts, at);
    Value outcome = unmet_need(run, decision);
    if (!outcome.is_error()) outcome = run.as_it_stands(work_out(run));
    return {std::move(outcome), horizon(run, model)};
}

/// The same element of a list as it was at another instant: one fact, or what has the same key.
bool same_element(const Value& a, const Value& b) {
    if (!a.is(Kind::record) || !b.is(Kind::record)) return identical(a, b);
    const Record& left = a.as_record();
    const Record& right = b.as_record();
    if (&left == &right) return true;
    if (left.type != right.type || left.type->key < 0) return identical(a, b);
    const auto key = static_cast<std::size_t>(left.type->key);
    return left.fields[key].is(Kind::string) && identical(left.fields[key], right.fields[key]);
}

/// The outcome for an element that may have left the list, or look different by then.
Value outcome_for(Run& run, const Decision& decision, const Value& element) {
    const Value elements = run.elements(decision);
    if (elements.is_error()) return elements;
    for (const Value& other : elements.as_list()) {
        if (same_element(element, other)) return run.decide_element(decision, other);
    }
    return Value();
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
    if (reason == nullptr) return;
    if (reason->rule != nullptr) because.push_back(because_of(*reason));
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
    if (Value unmet = unmet_need(run, decision); unmet.is_error()) {
        if (!asked) return std::nullopt;
        answer.outcome = std::move(unmet);
        return answer;
    }
    const Value outcome = run.decide(decision);
    answer.outcome = run.as_it_stands(outcome);
    if (options.explain) answer.why_not = why_not(model, decision, facts, at);
    if (answer.outcome.is_error()) return answer;
    add_reasons(run, outcome, !decision.each, answer.because);
    if (!options.valid_until) return answer;

    const auto same = [&](const Value& a, const Value& b) { return same_shown(model, a, b); };
    const auto again = [&](Instant t) {
        return held_at(model, decision, facts, t, [&](Run& then) { return then.decide(decision); });
    };
    answer.valid_until = find_valid_until({answer.outcome, horizon(run, model)}, again, same, options.max_evaluations);
    if (!decision.each) return answer;
    const List& outcomes = outcome.as_list();
    for (std::size_t i = 0; i < answer.because.size() && i < outcomes.size(); ++i) {
        const Value& element = outcomes[i].as_record().fields.back();
        const auto item_again = [&](Instant t) {
            return held_at(model, decision, facts, t, [&](Run& then) { return outcome_for(then, decision, element); });
        };
        answer.because[i].valid_until = find_valid_until(item_again(at), item_again, same, options.max_evaluations);
    }
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
                            Instant at) {
    std::vector<WhyNot> out;
    Run run(model, facts, at);
    const auto explain = [&](Activation activation, const Value& outcome, const std::string& item) {
        for (const Rule& rule : decision.rules) {
            if (!decided(run, outcome, rule)) out.push_back(why_not(run, rule, activation, item));
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

}  // namespace praxe
