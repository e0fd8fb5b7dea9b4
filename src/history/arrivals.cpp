// Ids remembered, events in order.
#include "history/arrivals.hpp"

#include <algorithm>

namespace praxe {

bool RecentIds::remember(const std::string& id) {
    const auto [entry, is_new] = known_.try_emplace(id, true);
    if (!is_new) return !std::exchange(entry->second, true);
    in_order_.push_back(&entry->first);
    if (in_order_.size() > most_) {
        known_.erase(known_.find(*in_order_.front()));
        in_order_.pop_front();
    }
    return true;
}

void RecentIds::forget(const std::string& id) {
    if (const auto entry = known_.find(id); entry != known_.end()) entry->second = false;
}

void Arrivals::add(Event event) {
    const Instant at = event.at;
    waiting_.emplace(at, std::move(event));
}

Instant Arrivals::settled_until() const {
    const Instant by_window = latest_ - min_instant > window_ ? latest_ - window_ : min_instant;
    const bool too_many = waiting_.size() > most_;
    return too_many ? std::max(by_window, waiting_.begin()->first) : by_window;
}

std::optional<Event> Arrivals::take(Instant until) {
    if (waiting_.empty() || waiting_.begin()->first > until) return std::nullopt;
    return std::move(waiting_.extract(waiting_.begin()).mapped());
}

}  // namespace praxe
