// Events in the order they came: duplicates are known by their ids, and what came too early waits.
#pragma once

#include <deque>
#include <map>
#include <unordered_map>

#include "history/event.hpp"

namespace praxe {

/// The latest ids, so many at most.
class RecentIds {
  public:
    explicit RecentIds(std::size_t most) : most_(most) {}
    /// False if it is known.
    bool remember(const std::string& id);
    /// An event of that id may come again.
    void forget(const std::string& id);

  private:
    std::size_t most_;
    std::unordered_map<std::string, bool> known_;  // false: forgotten
    std::deque<const std::string*> in_order_;      // keys of known_
};

/// Events that wait, by their instants; those of one instant in the order they came.
class Arrivals {
  public:
    Arrivals(Instant window, std::size_t most) : window_(window), most_(most) {}

    void add(Event event);
    /// An event of that instant came, to be taken or not.
    void saw(Instant at) { latest_ = std::max(latest_, at); }
    /// No event waits whose instant is not later than this.
    Instant settled_until() const;
    /// The earliest, if it is not later.
    std::optional<Event> take(Instant until);
    bool empty() const { return waiting_.empty(); }
    Instant latest() const { return latest_; }

  private:
    Instant window_;
    std::size_t most_;
    Instant latest_ = min_instant;
    std::multimap<Instant, Event> waiting_;
};

}  // namespace praxe
