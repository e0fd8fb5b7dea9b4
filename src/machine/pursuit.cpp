// One candidate after another, until the outcome differs.
#include "machine/pursuit.hpp"

#include <algorithm>
#include <functional>
#include <optional>

namespace praxe {
namespace {

constexpr std::int64_t never = Machine::forever;

/// How far to look.
struct Bounds {
    std::int64_t latest = never;
    std::size_t max_evaluations = 0;
};

Bounds bounds_of(const DecideOptions& options, std::int64_t at) {
    std::int64_t latest = never;
    if (options.horizon && __builtin_add_overflow(at, *options.horizon, &latest)) latest = never;
    return {latest, options.max_evaluations};
}

/// One outcome on its way from one flip to the next, until it differs.
class Pursuit {
  public:
    Pursuit() = default;
    explicit Pursuit(const Stand& now) : outcome_(now.outcome), stand_(now) {}

    std::int64_t candidate() const { return stand_.horizon; }
    bool has_outcome() const { return !outcome_.is_none(); }
    const ValidUntil& result() const { return validity_; }

    /// True if the search ends without looking at the candidate.
    bool stops(const Bounds& bounds) {
        if (candidate() <= bounds.latest && validity_.evaluations < bounds.max_evaluations) return false;
        validity_.until = candidate();
        validity_.limited_by = LimitedBy::horizon;
        return true;
    }

    void goes_on(const Stand& then) {
        ++validity_.evaluations;
        stand_ = then;
    }

    /// Takes what was decided at the candidate; true if it differs, and ends the search.
    bool ends(Machine& machine, const Shape& shape, const Stand& then) {
        if (machine.same_shown(outcome_, then.outcome, shape)) {
            goes_on(then);
            return false;
        }
        ++validity_.evaluations;
        validity_.until = candidate();
        return true;
    }

  private:
    Datum outcome_;
    Stand stand_;
    ValidUntil validity_;
};

}  // namespace

Pursuits::Pursuits(Machine& machine, const Question& question) : machine_(machine), question_(question) {}

std::int64_t Pursuits::bounded(std::int64_t horizon) const {
    return std::min(horizon, machine_.model().effective_until.value_or(never));
}

bool Pursuits::begins(std::int64_t at, Stand& stand) {
    const Model& model = machine_.model();
    if (model.effective_from && at < *model.effective_from) {
        stand.horizon = *model.effective_from;
        return false;
    }
    if (model.effective_until && at >= *model.effective_until) return false;
    machine_.begin_run(at);
    stand.horizon = bounded(never);
    if (!question_.has_needs) return true;
    std::int64_t horizon = never;
    const Datum met = machine_.run(question_.needs, horizon);
    stand.horizon = bounded(horizon);
    stand.lacking = met.is_true();
    return met.is_false() && !machine_.gave_up();
}

Stand Pursuits::whole_at(std::int64_t at) {
    Stand stand;
    if (!begins(at, stand)) return stand;
    std::int64_t horizon = never;
    stand.outcome = machine_.value_of(question_.memo, horizon);
    stand.horizon = std::min(stand.horizon, horizon);
    return stand;
}

Stand Pursuits::elements_at(std::int64_t at) {
    Stand stand;
    if (!begins(at, stand)) return stand;
    std::int64_t horizon = never;
    stand.outcome = machine_.value_of(question_.elements, horizon);
    stand.horizon = std::min(stand.horizon, horizon);
    return stand;
}

bool Pursuits::same_element(const Datum& a, const Datum& b) const {
    if (question_.element_shape->kind == TypeKind::string) return a.text() == b.text();
    if (question_.element_shape->kind == TypeKind::record) return same_record(*a.facts, *b.facts);
    return a.whole == b.whole;
}

/// The outcome for an element that may have left the list; it is looked for at its place first.
Stand Pursuits::element_at(const Stand& elements, const Datum& element, std::size_t place) {
    if (elements.outcome.is_error()) return elements;
    const Items& items = *elements.outcome.items;
    const auto is_it = [&](std::size_t at) { return same_element(items.cells[at], element); };
    std::size_t found = place;
    if (place >= items.count || !is_it(place)) {
        for (found = 0; found < items.count && !is_it(found);) ++found;
    }
    Stand stand;
    stand.outcome = Datum::none();
    std::int64_t horizon = never;
    if (found < items.count) stand.outcome = machine_.run_element(question_.element, element, place, horizon);
    stand.horizon = std::min(elements.horizon, bounded(horizon));
    return stand;
}

ValidUntil Pursuits::of_whole(const Stand& now, std::int64_t at, const DecideOptions& options, std::int64_t& last) {
    const Bounds bounds = bounds_of(options, at);
    Pursuit whole(now);
    last = at;
    while (whole.candidate() != never && !whole.stops(bounds) && !machine_.gave_up()) {
        const std::int64_t candidate = whole.candidate();
        if (whole.ends(machine_, shape(), whole_at(candidate))) break;
        last = candidate;
    }
    return whole.result();
}

/// The elements of a decision, each on its way, and with them the whole of their outcomes (run/validity.cpp).
class ElementPursuit {
  public:
    ElementPursuit(Pursuits& all, const Stand& now, std::int64_t at, const DecideOptions& options)
        : all_(all), machine_(all.machine_), bounds_(bounds_of(options, at)), whole_(now) {
        const Stand first = all.elements_at(at);
        if (!first.outcome.is_ok()) return;
        const Items& items = *first.outcome.items;
        count_ = items.count;
        elements_ = machine_.memory().make<Datum>(count_);
        pursuits_ = machine_.memory().make<Pursuit>(count_);
        due_ = machine_.memory().make<Due>(count_);
        for (std::uint32_t i = 0; i < count_; ++i) elements_[i] = items.cells[i];
        for (std::uint32_t i = 0; i < count_; ++i) {
            const Stand stand = all.element_at(first, elements_[i], i);
            pursuits_[i] = Pursuit(stand);
            look_again(i);
        }
    }

    std::span<const ValidUntil> run(ValidUntil& whole) {
        for (std::int64_t next = next_candidate(); next != never && !machine_.gave_up(); next = next_candidate())
            look_at(next);
        whole = whole_.result();
        auto* const found = machine_.memory().make<ValidUntil>(count_);
        std::size_t with_outcome = 0;
        for (std::uint32_t i = 0; i < count_; ++i) {
            if (pursuits_[i].has_outcome()) found[with_outcome++] = pursuits_[i].result();
        }
        return {found, with_outcome};
    }

  private:
    /// An element to look at again.
    struct Due {
        std::int64_t when = 0;
        std::uint32_t index = 0;
        auto operator<=>(const Due&) const = default;
    };

    const Shape& outcome_shape() const { return *all_.shape().part; }
    std::int64_t first_due() const { return due_count_ == 0 ? never : due_->when; }
    void look_again(std::uint32_t index) {
        due_[due_count_++] = {pursuits_[index].candidate(), index};
        std::push_heap(due_, due_ + due_count_, std::greater());
    }
    std::int64_t next_candidate() const {
        return whole_goes_on_ ? std::min(whole_.candidate(), first_due()) : first_due();
    }

    void look_at(std::int64_t candidate) {
        if (whole_goes_on_ && whole_.stops(bounds_)) whole_goes_on_ = false;
        std::optional<Stand> then;  // the elements, where there is anything to look at
        if (whole_goes_on_) then = all_.elements_at(candidate);
        bool differs = whole_goes_on_ && !same_elements(then->outcome);
        while (due_count_ > 0 && first_due() == candidate && !machine_.gave_up()) {
            std::pop_heap(due_, due_ + due_count_, std::greater());
            differs |= element_ends(due_[--due_count_].index, candidate, then);
        }
        if (whole_goes_on_) go_on(differs, candidate, *then);
    }

    /// Elements without an outcome matter to the whole alone: they may get one.
    bool element_ends(std::uint32_t index, std::int64_t candidate, std::optional<Stand>& then) {
        Pursuit& pursuit = pursuits_[index];
        if ((!pursuit.has_outcome() && !whole_goes_on_) || pursuit.stops(bounds_)) return false;
        if (!then) then = all_.elements_at(candidate);
        if (pursuit.ends(machine_, outcome_shape(), all_.element_at(*then, elements_[index], index))) return true;
        look_again(index);
        return false;
    }

    void go_on(bool differs, std::int64_t candidate, const Stand& elements) {
        if (!differs) {
            Stand then;
            then.horizon = std::min(elements.horizon, first_due());
            whole_.goes_on(then);
            return;
        }
        whole_goes_on_ = false;
        // What came may look like what went: from here on all are decided together.
        if (whole_.ends(machine_, all_.shape(), all_.whole_at(candidate))) return;
        while (whole_.candidate() != never && !whole_.stops(bounds_) && !machine_.gave_up()) {
            if (whole_.ends(machine_, all_.shape(), all_.whole_at(whole_.candidate()))) return;
        }
    }

    bool same_elements(const Datum& list) const {
        if (!list.is_ok() || list.items->count != count_) return false;
        for (std::uint32_t i = 0; i < list.items->count; ++i) {
            if (!all_.same_element(elements_[i], list.items->cells[i])) return false;
        }
        return true;
    }

    Pursuits& all_;
    Machine& machine_;
    const Bounds bounds_;
    Pursuit whole_;
    bool whole_goes_on_ = true;
    // Of each element, in the machine's memory.
    std::uint32_t count_ = 0;
    Datum* elements_ = nullptr;
    Pursuit* pursuits_ = nullptr;
    Due* due_ = nullptr;  // a heap: those to look at again, the earliest first
    std::uint32_t due_count_ = 0;
};

std::span<const ValidUntil> Pursuits::of_elements(const Stand& now, std::int64_t at, const DecideOptions& options,
                                                  ValidUntil& whole) {
    return ElementPursuit(*this, now, at, options).run(whole);
}

}  // namespace praxe
