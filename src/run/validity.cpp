// Instants at which an outcome might differ are looked at one after another, until it does.
#include "run/validity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "run/flip.hpp"

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

/// The same element of a list as it was at another instant: one fact, or what has the same key.
bool same_element(const Value& a, const Value& b) {
    if (!a.is(Kind::record) || !b.is(Kind::record)) return identical(a, b);
    const Record& left = a.as_record();
    const Record& right = b.as_record();
    if (&left == &right) return true;
    if (left.type != right.type || left.type->key < 0) return identical(a, b);
    const auto key = static_cast<std::size_t>(left.type->key);
    return left.at(key).is(Kind::string) && identical(left.at(key), right.at(key));
}

/// The elements of a decision at one instant, decided one by one; what they have in common is worked out once.
class ElementsAt {
  public:
    /// With `watched`, the run says what turns over at that instant.
    ElementsAt(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at,
               const EvaluationLimits& limits, Instant watched = never)
        : model_(model), decision_(decision), run_(model, facts, at, limits) {
        run_.watch_for(watched);
        if (auto refused = not_in_force(model, at)) {
            common_ = *std::move(refused);
            return;
        }
        Value elements = unmet_need(run_, decision);
        if (!elements.is_error()) elements = run_.elements(decision);
        common_ = held(run_, model, std::move(elements));
    }

    /// The outcome for an element that may have left the list (then it is absent), or look different by now.
    Held outcome_for(const Value& element) {
        if (common_.outcome.is_error()) return common_;
        run_.begin_track();
        const List& elements = common_.outcome.as_list();
        const auto found = std::find_if(elements.begin(), elements.end(),
                                        [&](const Value& other) { return same_element(element, other); });
        Value outcome;
        if (found != elements.end()) outcome = run_.as_it_stands(run_.decide_element(decision_, *found));
        Held own = held(run_, model_, std::move(outcome));
        own.horizon = std::min(common_.horizon, own.horizon);
        own.known_until = std::min(common_.known_until, own.known_until);
        return own;
    }

    const std::optional<FlipSite>& flip() const { return run_.flip(); }

  private:
    const Model& model_;
    const Decision& decision_;
    Run run_;
    Held common_;  // the list of elements, or an error
};

/// One decision of one case, decided once more to see what turned over.
class Explained {
  public:
    Explained(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
              const EvaluationLimits& limits)
        : model_(model), decision_(decision), facts_(facts), limits_(limits) {}

    /// What the decision met at `at` that holds just until `flip`; for one element where there is one.
    Flip flip(Instant at, Instant flip, const Value* element) const {
        if (model_.effective_from == flip || model_.effective_until == flip) return flip_of_dates(model_, flip);
        const auto site = element == nullptr ? of_all(at, flip) : of_one(at, flip, *element);
        return flip_of(model_, decision_, site.value_or(FlipSite{}));
    }

  private:
    std::optional<FlipSite> of_all(Instant at, Instant flip) const {
        Run run(model_, facts_, at, limits_);
        run.watch_for(flip);
        if (!unmet_need(run, decision_).is_error()) run.as_it_stands(run.decide(decision_));
        return run.flip();
    }
    std::optional<FlipSite> of_one(Instant at, Instant flip, const Value& element) const {
        ElementsAt elements(model_, decision_, facts_, at, limits_, flip);
        elements.outcome_for(element);
        return elements.flip();
    }

    const Model& model_;
    const Decision& decision_;
    const std::shared_ptr<const Record>& facts_;
    const EvaluationLimits& limits_;
};

/// One outcome on its way from one flip to the next, until it differs.
class Pursuit {
  public:
    Pursuit(const Held& now, Instant at) : outcome_(now.outcome), at_(at), held_(now) {}

    Instant candidate() const { return held_.horizon; }
    const Validity& result() const { return validity_; }

    /// True if the search ends without looking at the candidate.
    bool stops(const ValiditySearch& search) {
        if (candidate() <= search.latest && validity_.evaluations < search.max_evaluations) return false;
        validity_.until = candidate();
        validity_.limited_by = LimitedBy::horizon;
        return true;
    }

    /// Takes what was decided at the candidate; true if it differs, and ends the search.
    bool ends(const Model& model, Held then, const ValiditySearch& search, const Explained& explained,
              const Value* element) {
        ++validity_.evaluations;
        if (same_shown(model, outcome_, then.outcome)) {
            at_ = candidate();
            held_ = std::move(then);
            return false;
        }
        validity_.until = candidate();
        if (then.outcome.is_error() && held_.known_until == candidate()) validity_.limited_by = LimitedBy::calendar;
        if (!search.explain) return true;
        validity_.because = explained.flip(at_, candidate(), element);
        if (validity_.limited_by == LimitedBy::nothing) validity_.next = std::move(then.outcome);
        return true;
    }

  private:
    Value outcome_;
    Instant at_;  // the last instant at which it was decided
    Held held_;   // then
    Validity validity_;
};

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

Held decide_at(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at,
               const EvaluationLimits& limits) {
    if (auto refused = not_in_force(model, at)) return *std::move(refused);
    Run run(model, facts, at, limits);
    Value outcome = unmet_need(run, decision);
    if (!outcome.is_error()) outcome = run.as_it_stands(run.decide(decision));
    return held(run, model, std::move(outcome));
}

ValiditySearch search_of(const DecideOptions& options, Instant at) {
    Instant latest = never;
    if (options.horizon && __builtin_add_overflow(at, *options.horizon, &latest)) latest = never;
    return {latest, options.max_evaluations, options.explain, options.limits};
}

Validity validity(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at,
                  const Held& now, const ValiditySearch& search) {
    Pursuit pursuit(now, at);
    const Explained explained(model, decision, facts, search.limits);
    while (pursuit.candidate() != never && !pursuit.stops(search)) {
        Held then = decide_at(model, decision, facts, pursuit.candidate(), search.limits);
        if (pursuit.ends(model, std::move(then), search, explained, nullptr)) break;
    }
    return pursuit.result();
}

std::vector<Validity> element_validities(const Model& model, const Decision& decision,
                                         const std::shared_ptr<const Record>& facts, Instant at, const List& outcomes,
                                         const ValiditySearch& search) {
    std::vector<Pursuit> pursuits;
    std::map<Instant, std::vector<std::size_t>> due;  // the elements to look at again, by when
    const Explained explained(model, decision, facts, search.limits);
    ElementsAt now(model, decision, facts, at, search.limits);
    const auto element = [&](std::size_t index) { return &outcomes[index].as_record().fields.back(); };
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const Held held = now.outcome_for(*element(i));
        due[held.horizon].push_back(i);
        pursuits.emplace_back(held, at);
    }

    while (!due.empty() && due.begin()->first != never) {
        const auto [candidate, indexes] = *due.begin();
        due.erase(due.begin());
        std::optional<ElementsAt> then;
        for (const std::size_t index : indexes) {
            Pursuit& pursuit = pursuits[index];
            if (pursuit.stops(search)) continue;
            if (!then) then.emplace(model, decision, facts, candidate, search.limits);
            Held held = then->outcome_for(*element(index));
            if (!pursuit.ends(model, std::move(held), search, explained, element(index)))
                due[pursuit.candidate()].push_back(index);
        }
    }

    std::vector<Validity> validities;
    for (const Pursuit& pursuit : pursuits) validities.push_back(pursuit.result());
    return validities;
}

}  // namespace praxe
