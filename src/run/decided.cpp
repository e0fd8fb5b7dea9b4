// One run, and what can be asked of it afterwards.
#include "run/decided.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "run/flip.hpp"

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

Value unmet_need(Run& run, const Decision& decision) {
    const auto [need, fact] = run.unmet_need(decision);
    if (need == nullptr || fact.is_error()) return fact;
    const std::string_view why = fact.is_absent() ? "which is not given" : "which lies ahead of the instant judged";
    return Value::error(Error{Error::Code::missing_fact,
                              fmt::format("\"{}\" needs \"{}\", {}", decision.name, need->fact, why), need->fact,
                              need->place});
}

Held held(const Run& run, const Model& model, Value outcome) {
    const Track& track = run.track();
    return {std::move(outcome), std::min(track.horizon, model.effective_until.value_or(never)), track.known_until};
}

Decided::Decided(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at,
                 const Making& making)
    : model_(model), decision_(decision), watched_(making.watch_for) {
    if (auto refused = not_in_force(model, at)) {
        held_ = *std::move(refused);
        return;
    }
    run_.emplace(model, facts, at, making.limits, making.texts);
    run_->watch_for(watched_);
    outcome_ = unmet_need(*run_, decision);
    made_ = !outcome_.is_error();
    if (made_) outcome_ = run_->decide(decision);
    held_ = praxe::held(*run_, model, made_ ? run_->as_it_stands(outcome_) : outcome_);
}

bool Decided::lacks_facts() const {
    return run_ && !made_ && outcome_.as_error().code == Error::Code::missing_fact;
}

std::vector<Because> Decided::because() const {
    std::vector<Because> because;
    const bool itemised = decision_.each || decision_.collects();
    if (made_ && !held_.outcome.is_error()) add_reasons(*run_, outcome_, !itemised, because);
    return because;
}

Flip Decided::flip() const {
    if (model_.effective_from == watched_ || model_.effective_until == watched_) return flip_of_dates(model_, watched_);
    return flip_of(model_, decision_, run_ && run_->flip() ? *run_->flip() : FlipSite{});
}

Held decide_at(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at,
               const EvaluationLimits& limits) {
    return Decided(model, decision, facts, at, {.limits = limits}).held();
}

}  // namespace praxe
