// One question: outcome, reasons, and until when it holds.
#include "machine/answers.hpp"

#include "machine/reasons.hpp"

namespace praxe {
namespace {

bool in_force(const Model& model, std::int64_t at) {
    return (!model.effective_from || at >= *model.effective_from) &&
           (!model.effective_until || at < *model.effective_until);
}

Because because_of(const ReasonView& reason) {
    Because because;
    because.decision = reason.decision;
    because.rule = reason.rule;
    because.exception = reason.exception;
    because.cite.assign(reason.cite.begin(), reason.cite.end());
    because.item = reason.item;
    return because;
}

}  // namespace

Judged::Judged(Machine& machine, std::size_t decision, std::int64_t at)
    : machine_(machine),
      decision_(*machine.model().decisions[decision]),
      at_(at),
      pursuits_(machine, machine.program().questions[decision]) {
    const Question& question = machine.program().questions[decision];
    if (!question.refused.empty() || !question.is_question || !in_force(machine.model(), at)) return;
    machine.begin_question(at);
    now_ = pursuits_.whole_at(at);
    if (machine.gave_up()) return;
    if (now_.lacking) how_ = How::lacking;
    if (now_.outcome.is_error()) return;
    how_ = How::made;
}

std::span<const ReasonView> Judged::reasons() {
    const bool with_basis = !decision_.each && !decision_.collects();
    if (!reasons_) reasons_ = reasons_of(machine_, now_.outcome, pursuits_.shape(), with_basis);
    return *reasons_;
}

std::vector<Because> Judged::because() {
    std::vector<Because> because;
    for (const ReasonView& reason : reasons()) because.push_back(because_of(reason));
    return because;
}

std::optional<Judged::Searched> Judged::search(const DecideOptions& options) {
    machine_.begin_run(at_);  // whatever other questions came to
    Searched found{{}, at_, {}};
    found.whole = pursuits_.of_whole(now_, at_, options, found.last);
    return machine_.gave_up() ? std::nullopt : std::optional(found);
}

std::optional<Judged::Searched> Judged::search_elements(const DecideOptions& options) {
    if (!decision_.each || reasons().empty()) return search(options);
    machine_.begin_run(at_);
    Searched found{{}, at_, {}};
    found.elements = pursuits_.of_elements(now_, at_, options, found.whole);
    return machine_.gave_up() ? std::nullopt : std::optional(found);
}

Validity validity_of(const ValidUntil& until) {
    Validity validity;
    validity.until = until.until;
    validity.limited_by = until.limited_by;
    validity.evaluations = until.evaluations;
    return validity;
}

namespace {

Answered answer_of(Judged& judged, const Decision& decision, const DecideOptions& options) {
    Answered answered{judged.how(), {}};
    if (judged.how() != Judged::How::made) return answered;
    Answer& answer = answered.answer;
    answer.decision = decision.name;
    answer.outcome = judged.outcome();
    answer.because = judged.because();
    if (!options.valid_until) return answered;
    const auto found = judged.search_elements(options);
    if (!found) return {};
    answer.valid_until = validity_of(found->whole);
    for (std::size_t i = 0; i < answer.because.size() && i < found->elements.size(); ++i)
        answer.because[i].valid_until = validity_of(found->elements[i]);
    return answered;
}

}  // namespace

/// All are decided before any search moves on from the instant: what they have in common is worked out once there.
std::vector<Answered> answers_by(Machine& machine, std::span<const std::size_t> decisions, std::int64_t at,
                                 const DecideOptions& options) {
    std::vector<Judged> judged;
    judged.reserve(decisions.size());
    for (const std::size_t decision : decisions) judged.emplace_back(machine, decision, at);
    std::vector<Answered> answered;
    answered.reserve(decisions.size());
    for (std::size_t i = 0; i < decisions.size(); ++i)
        answered.push_back(answer_of(judged[i], *machine.model().decisions[decisions[i]], options));
    return answered;
}

}  // namespace praxe
