// Answers by the machine, where it has them.
#pragma once

#include <optional>
#include <praxe/decision.hpp>
#include <span>
#include <vector>

#include "machine/pursuit.hpp"

namespace praxe {

/// One decision of the machine's case, made at one instant.
class Judged {
  public:
    enum class How {
        made,
        lacking,  // the case does not hold what the decision needs
        refused,  // the reference (run/answer.hpp) is to be asked
    };

    /// REQUIRES: the machine has begun the case; the decision takes no arguments.
    Judged(Machine& machine, std::size_t decision, std::int64_t at);

    How how() const { return how_; }
    /// That holds at least until then. REQUIRES: it was made, or facts are lacking.
    std::int64_t horizon() const { return now_.horizon; }
    // REQUIRES of these: it was made.
    Value outcome() const { return machine_.to_value(now_.outcome, pursuits_.shape()); }
    std::vector<Because> because() const;

    struct Searched {
        Validity validity;
        std::int64_t last = 0;  // the last instant before that at which it was decided
    };
    /// Until when the whole outcome holds; nothing where the reference is to be asked.
    std::optional<Searched> search(const DecideOptions& options);
    /// The same of a decision made per item, with each of its outcomes.
    std::optional<Pursuits::OfElements> search_elements(const DecideOptions& options);

  private:
    Machine& machine_;
    const Decision& decision_;
    std::int64_t at_;
    Pursuits pursuits_;
    Stand now_;
    How how_ = How::refused;
};

/// What the machine says to a question: the answer that the reference gives too, or how there is none.
struct Answered {
    Judged::How how = Judged::How::refused;
    Answer answer;
};
/// To several questions, in their order. REQUIRES: the machine has begun the case; none takes arguments.
std::vector<Answered> answers_by(Machine& machine, std::span<const std::size_t> decisions, std::int64_t at,
                                 const DecideOptions& options);

}  // namespace praxe
