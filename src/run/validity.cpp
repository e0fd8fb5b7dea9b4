// Instants at which an outcome might differ are looked at one after another, until it does.
#include "run/validity.hpp"

#include <algorithm>
#include <map>

#include "run/flip.hpp"
#include "run/shown.hpp"

namespace praxe {
namespace {

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

    /// The list with what it rests on, or the error that there is none.
    const Held& common() const { return common_; }

    /// The outcome for an element that may have left the list (then it is absent), or look different by now. It is
    /// looked for at its place first.
    Held outcome_for(const Value& element, std::size_t place) {
        if (common_.outcome.is_error()) return common_;
        run_.begin_track();
        const List& elements = common_.outcome.as_list();
        const auto is_it = [&](const Value& other) { return same_element(element, other); };
        auto found = elements.begin() + static_cast<std::ptrdiff_t>(std::min(place, elements.size()));
        if (found == elements.end() || !is_it(*found)) found = std::find_if(elements.begin(), elements.end(), is_it);
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

/// An element as it was first met.
struct Element {
    Value value;
    std::size_t place = 0;
};

/// One decision of one case, decided once more to see what turned over.
class Explained {
  public:
    Explained(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
              const EvaluationLimits& limits)
        : model_(model), decision_(decision), facts_(facts), limits_(limits) {}

    /// What the decision met at `at` that holds just until `flip`; for one element where there is one.
    Flip flip(Instant at, Instant flip, const Element* element) const {
        if (element == nullptr)
            return Decided(model_, decision_, facts_, at, {.limits = limits_, .watch_for = flip}).flip();
        if (model_.effective_from == flip || model_.effective_until == flip) return flip_of_dates(model_, flip);
        return flip_of(model_, decision_, of_one(at, flip, *element).value_or(FlipSite{}));
    }

  private:
    std::optional<FlipSite> of_one(Instant at, Instant flip, const Element& element) const {
        ElementsAt elements(model_, decision_, facts_, at, limits_, flip);
        elements.outcome_for(element.value, element.place);
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
    Instant known_until() const { return held_.known_until; }
    bool has_outcome() const { return !outcome_.is_absent(); }
    const Validity& result() const { return validity_; }
    Instant last() const { return at_; }

    /// True if the search ends without looking at the candidate.
    bool stops(const ValiditySearch& search) {
        if (candidate() <= search.latest && validity_.evaluations < search.max_evaluations) return false;
        validity_.until = candidate();
        validity_.limited_by = LimitedBy::horizon;
        return true;
    }

    /// Takes until when the same outcome holds, as was found at the candidate.
    void goes_on(Held then) {
        ++validity_.evaluations;
        at_ = candidate();
        held_ = std::move(then);
    }

    /// Takes what was decided at the candidate; true if it differs, and ends the search.
    bool ends(const Model& model, Held then, const ValiditySearch& search, const Explained& explained,
              const Element* element) {
        if (same_shown(model, outcome_, then.outcome)) {
            goes_on(std::move(then));
            return false;
        }
        ++validity_.evaluations;
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

/// Decides the whole at one candidate after another.
void pursue(Pursuit& whole, const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
            const ValiditySearch& search) {
    const Explained explained(model, decision, facts, search.limits);
    while (whole.candidate() != never && !whole.stops(search)) {
        if (whole.ends(model, decide_at(model, decision, facts, whole.candidate(), search.limits), search, explained,
                       nullptr))
            return;
    }
}

/// The elements of a decision, each on its way, and with them the whole of their outcomes: where no element differs and
/// none comes or goes, the whole is as it was. At each instant only those are decided that are due.
class ElementSearch {
  public:
    ElementSearch(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at,
                  const Held& now, const ValiditySearch& search)
        : model_(model),
          decision_(decision),
          facts_(facts),
          search_(search),
          explained_(model, decision, facts, search.limits),
          whole_(now, at) {
        ElementsAt first(model, decision, facts, at, search.limits);
        const List elements = first.common().outcome.as_list();
        for (std::size_t i = 0; i < elements.size(); ++i) {
            const Held held = first.outcome_for(elements[i], i);
            elements_.push_back({elements[i], i});
            pursuits_.emplace_back(held, at);
            due_[held.horizon].push_back(i);
        }
    }

    Validities run() {
        for (Instant next = next_candidate(); next != never; next = next_candidate()) look_at(next);
        Validities found{whole_.result(), {}};
        for (const Pursuit& pursuit : pursuits_) {
            if (pursuit.has_outcome()) found.elements.push_back(pursuit.result());
        }
        return found;
    }

  private:
    Instant first_due() const { return due_.empty() ? never : due_.begin()->first; }
    Instant next_candidate() const { return whole_goes_on_ ? std::min(whole_.candidate(), first_due()) : first_due(); }

    void look_at(Instant candidate) {
        if (whole_goes_on_ && whole_.stops(search_)) whole_goes_on_ = false;
        std::optional<ElementsAt> then;  // where there is anything to look at
        if (whole_goes_on_) then.emplace(model_, decision_, facts_, candidate, search_.limits);
        bool differs = whole_goes_on_ && !same_elements(then->common().outcome);
        const auto due = due_.extract(candidate);
        if (!due.empty()) {
            for (const std::size_t index : due.mapped()) differs |= element_ends(index, candidate, then);
        }
        if (whole_goes_on_) go_on(differs, candidate, then->common());
    }

    /// Elements without an outcome matter to the whole alone: they may get one.
    bool element_ends(std::size_t index, Instant candidate, std::optional<ElementsAt>& then) {
        Pursuit& pursuit = pursuits_[index];
        if ((!pursuit.has_outcome() && !whole_goes_on_) || pursuit.stops(search_)) return false;
        if (!then) then.emplace(model_, decision_, facts_, candidate, search_.limits);
        Held held = then->outcome_for(elements_[index].value, elements_[index].place);
        if (pursuit.ends(model_, std::move(held), search_, explained_, &elements_[index])) return true;
        due_[pursuit.candidate()].push_back(index);
        return false;
    }

    void go_on(bool differs, Instant candidate, const Held& common) {
        if (!differs) {
            Instant known_until = common.known_until;
            for (const Pursuit& pursuit : pursuits_) known_until = std::min(known_until, pursuit.known_until());
            whole_.goes_on({{}, std::min(common.horizon, first_due()), known_until});
            return;
        }
        whole_goes_on_ = false;
        Held all = decide_at(model_, decision_, facts_, candidate, search_.limits);
        // What came may look like what went: from here on all are decided together.
        if (!whole_.ends(model_, std::move(all), search_, explained_, nullptr))
            pursue(whole_, model_, decision_, facts_, search_);
    }

    bool same_elements(const Value& list) const {
        return list.is(Kind::list) && list.as_list().size() == elements_.size() &&
               std::equal(elements_.begin(), elements_.end(), list.as_list().begin(),
                          [](const Element& known, const Value& other) { return same_element(known.value, other); });
    }

    const Model& model_;
    const Decision& decision_;
    const std::shared_ptr<const Record>& facts_;
    const ValiditySearch& search_;
    const Explained explained_;
    Pursuit whole_;
    bool whole_goes_on_ = true;
    std::vector<Element> elements_;
    std::vector<Pursuit> pursuits_;
    std::map<Instant, std::vector<std::size_t>> due_;  // the elements to look at again, by when
};

}  // namespace

ValiditySearch search_of(const DecideOptions& options, Instant at) {
    Instant latest = never;
    if (options.horizon && __builtin_add_overflow(at, *options.horizon, &latest)) latest = never;
    return {latest, options.max_evaluations, options.explain, options.limits};
}

Searched search_validity(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                         Instant at, const Held& now, const ValiditySearch& search) {
    Pursuit whole(now, at);
    pursue(whole, model, decision, facts, search);
    return {whole.result(), whole.last()};
}

Validity validity(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts, Instant at,
                  const Held& now, const ValiditySearch& search) {
    return search_validity(model, decision, facts, at, now, search).validity;
}

Validities validities(const Model& model, const Decision& decision, const std::shared_ptr<const Record>& facts,
                      Instant at, const Held& now, const ValiditySearch& search) {
    return ElementSearch(model, decision, facts, at, now, search).run();
}

}  // namespace praxe
