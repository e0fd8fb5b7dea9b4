// Few outcomes are looked through, many are found by their address.
#include "run/basis.hpp"

#include <algorithm>

namespace praxe {

bool Basis::contains(const Outcome& outcome) const {
    if (!addresses_.empty()) return addresses_.contains(outcome.get());
    return std::find(outcomes_.begin(), outcomes_.end(), outcome) != outcomes_.end();
}

void Basis::add(const Outcome& outcome) {
    if (contains(outcome)) return;
    outcomes_.push_back(outcome);
    if (outcomes_.size() <= few) return;
    if (!addresses_.empty()) {
        addresses_.insert(outcome.get());
    } else {
        for (const Outcome& known : outcomes_) addresses_.insert(known.get());
    }
}

void Basis::add(const Basis& other) {
    const bool is_worth_a_note = other.number_ != 0 && other.outcomes_.size() > few;
    if (is_worth_a_note && !added_.insert(other.number_).second) return;
    for (const Outcome& outcome : other.outcomes_) add(outcome);
}

void Basis::remove(const Outcome& outcome) {
    std::erase(outcomes_, outcome);
    addresses_.erase(outcome.get());
    added_.clear();
}

}  // namespace praxe
