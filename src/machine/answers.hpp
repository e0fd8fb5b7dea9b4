// Answers by the machine, where it has them.
#pragma once

#include <optional>
#include <praxe/decision.hpp>
#include <praxe/view.hpp>
#include <span>
#include <vector>

#include "machine/made_value.hpp"
#include "machine/pursuit.hpp"

namespace praxe {

/// One decision of the machine's case, made at one instant. What it tells stands in the machine's memory.
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
    ValueView view() const { return {machine_.model(), now_.outcome, pursuits_.shape()}; }
    std::span<const ReasonView> reasons();
    Value outcome() const { return made_value(machine_.program(), now_.outcome, pursuits_.shape()); }
    std::vector<Because> because();

    struct Searched {
        ValidUntil whole;
        std::int64_t last = 0;                 // the last instant before that at which it was decided
        std::span<const ValidUntil> elements;  // of a decision made per item
    };
    /// Until when the whole outcome holds; nothing where the reference is to be asked.
    std::optional<Searched> search(const DecideOptions& options);
    /// The same with each outcome of a decision made per item, where it has any.
    std::optional<Searched> search_elements(const DecideOptions& options);

  private:
    Machine& machine_;
    const Decision& decision_;
    std::int64_t at_;
    Pursuits pursuits_;
    Stand now_;
    std::optional<std::span<const ReasonView>> reasons_;
    How how_ = How::refused;
};

/// As an answer that stands alone has it.
Validity validity_of(const ValidUntil& until);

/// What the machine says to a question: the answer that the reference gives too, or how there is none.
struct Answered {
    Judged::How how = Judged::How::refused;
    Answer answer;
};
/// To several questions, in their order. REQUIRES: the machine has begun the case; none takes arguments.
std::vector<Answered> answers_by(Machine& machine, std::span<const std::size_t> decisions, std::int64_t at,
                                 const DecideOptions& options);

}  // namespace praxe
