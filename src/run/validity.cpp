// Instants at which an outcome might differ are looked at one after another, until it does.
#include "run/validity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

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

/// The decision's outcome at that instant, if the ruleset is in force then and the case holds what is needed.
Held decide_at(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at) {
    if (auto refused = not_in_force(model, at)) return *std::move(refused);
    Run run(model, facts, at);
    Value outcome = unmet_need(run, decision);
    if (!outcome.is_error()) outcome = run.as_it_stands(run.decide(decision));
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
    return left.at(key).is(Kind::string) && identical(left.at(key), right.at(key));
}

/// The elements of a decision at one instant, decided one by one; what they have in common is worked out once.
class ElementsAt {
  public:
    ElementsAt(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at)
        : model_(model), decision_(decision), run_(model, facts, at) {
        if (auto refused = not_in_force(model, at)) {
            common_ = *std::move(refused);
            return;
        }
        common_.outcome = unmet_need(run_, decision);
        if (!common_.outcome.is_error()) common_.outcome = run_.elements(decision);
        common_.horizon = horizon(run_, model);
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
        return {std::move(outcome), std::min(common_.horizon, horizon(run_, model_))};
    }

  private:
    const Model& model_;
    const Decision& decision_;
    Run run_;
    Held common_;  // the list of elements, or an error
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

Instant horizon(const Run& run, const Model& model) {
    return std::min(run.track().horizon, model.effective_until.value_or(never));
}

Validity validity(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                  const Held& now, std::size_t max_evaluations) {
    Instant candidate = now.horizon;
    for (std::size_t i = 0; candidate != never; ++i) {
        if (i == max_evaluations) return {candidate, true};
        const Held then = decide_at(model, decision, facts, candidate);
        if (!same_shown(model, now.outcome, then.outcome)) return {candidate, false};
        candidate = then.horizon;
    }
    return {};
}

std::vector<Validity> element_validities(const Model& model, const Decision& decision,
                                         const std::shared_ptr<const Record>& facts, Instant at, const List& outcomes,
                                         std::size_t max_evaluations) {
    struct Element {
        Value value;
        Value outcome;  // now
        std::size_t evaluations = 0;
    };
    std::vector<Element> elements;
    std::map<Instant, std::vector<std::size_t>> due;  // the elements to look at again, by when
    ElementsAt now(model, decision, facts, at);
    for (const Value& outcome : outcomes) {
        const Value& element = outcome.as_record().fields.back();
        Held held = now.outcome_for(element);
        due[held.horizon].push_back(elements.size());
        elements.push_back({element, std::move(held.outcome)});
    }

    std::vector<Validity> validities(elements.size());
    while (!due.empty() && due.begin()->first != never) {
        const auto [candidate, indexes] = *due.begin();
        due.erase(due.begin());
        ElementsAt then(model, decision, facts, candidate);
        for (const std::size_t index : indexes) {
            Element& element = elements[index];
            if (element.evaluations++ == max_evaluations) {
                validities[index] = {candidate, true};
                continue;
            }
            const Held held = then.outcome_for(element.value);
            if (same_shown(model, element.outcome, held.outcome)) {
                due[held.horizon].push_back(index);
            } else {
                validities[index] = {candidate, false};
            }
        }
    }
    return validities;
}

}  // namespace praxe
