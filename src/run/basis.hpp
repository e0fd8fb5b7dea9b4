// The outcomes that an evaluation rested on, each once, in the order in which they were first met.
//
// A list of outcomes that is walked again and again, and a value that rests on many and is read for each of them, take
// no longer than walking them: what is known is found by its address, what was taken in as a whole by its number.
#pragma once

#include <cstdint>
#include <memory>
#include <praxe/value.hpp>
#include <unordered_set>
#include <vector>

namespace praxe {

class Basis {
  public:
    using Outcome = std::shared_ptr<const Record>;

    void add(const Outcome& outcome);
    /// All of another; at once where it has a number and was added before.
    void add(const Basis& other);
    void remove(const Outcome& outcome);
    void clear() { *this = Basis(); }
    /// It will not grow any more. REQUIRES: no other basis of the run has this number; it is not 0.
    void close(std::uint64_t number) { number_ = number; }

    const std::vector<Outcome>& outcomes() const { return outcomes_; }

  private:
    /// So few are found sooner by looking at all.
    static constexpr std::size_t few = 16;
    bool contains(const Outcome& outcome) const;

    std::vector<Outcome> outcomes_;
    std::unordered_set<const Record*> addresses_;  // empty while there are few
    std::unordered_set<std::uint64_t> added_;      // the numbers of those that were added as a whole
    std::uint64_t number_ = 0;
};

}  // namespace praxe
