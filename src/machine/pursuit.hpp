// Until when an outcome holds, by the machine: as run/validity.hpp, instant after instant, but what holds at the next
// instant too is not worked out again.
#pragma once

#include <praxe/decision.hpp>
#include <praxe/view.hpp>
#include <span>

#include "machine/machine.hpp"

namespace praxe {

/// An outcome at an instant, and until when it holds at least.
struct Stand {
    Datum outcome = Datum::error();
    std::int64_t horizon = Machine::forever;
    bool lacking = false;  // the case does not hold what is needed
};

class Pursuits {
  public:
    /// Of a decision that takes no arguments. Both must outlive it.
    Pursuits(Machine& machine, const Question& question);

    Stand whole_at(std::int64_t at);
    const Shape& shape() const { return *question_.shape; }

    /// `last` takes the last instant before the end of it at which it was decided.
    ValidUntil of_whole(const Stand& now, std::int64_t at, const DecideOptions& options, std::int64_t& last);
    /// Of each element that has an outcome, in the machine's memory; `whole` takes that of all together. REQUIRES: the
    /// decision is made per item, and the outcome is a list.
    std::span<const ValidUntil> of_elements(const Stand& now, std::int64_t at, const DecideOptions& options,
                                            ValidUntil& whole);

  private:
    friend class ElementPursuit;
    /// Takes what is needed and in force: false with the stand that there is then.
    bool begins(std::int64_t at, Stand& stand);
    Stand elements_at(std::int64_t at);
    Stand element_at(const Stand& elements, const Datum& element, std::size_t place);
    bool same_element(const Datum& a, const Datum& b) const;
    std::int64_t bounded(std::int64_t horizon) const;

    Machine& machine_;
    const Question& question_;
};

}  // namespace praxe
