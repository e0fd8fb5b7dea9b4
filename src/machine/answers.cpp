// One question: outcome, reasons, and until when it holds.
#include "machine/answers.hpp"

#include <algorithm>

namespace praxe {
namespace {

std::string key_of(const Datum& element, const Shape& shape) {
    if (shape.kind != TypeKind::record || !element.is_ok()) return {};
    const int key = shape.record->key;
    if (key < 0) return {};
    if (shape.has_outcomes) return {};
    const Value& value = element.facts->record->at(static_cast<std::size_t>(key));
    return value.is(Kind::string) ? value.as_string() : std::string();
}

void add_cites(const std::vector<Cite>& cites, std::uint32_t chosen, std::vector<std::string>& out) {
    for (std::size_t i = 0; i < cites.size(); ++i) {
        if ((chosen >> i & 1u) == 0) continue;
        if (std::find(out.begin(), out.end(), cites[i].clause) == out.end()) out.push_back(cites[i].clause);
    }
}

class Reasons {
  public:
    explicit Reasons(const Machine& machine) : machine_(machine) {}

    std::vector<Because> take() { return std::move(because_); }

    void add(const Datum& datum, const Shape& shape, bool basis) {
        if (!datum.is_ok()) return;
        if (shape.kind == TypeKind::optional) return add(datum, *shape.part, basis);
        if (shape.kind == TypeKind::record && shape.has_outcomes) return add(*datum.outcome, basis);
        if (shape.kind != TypeKind::list || !shape.has_outcomes) return;
        for (std::uint32_t n = 0; n < datum.items->count; ++n) add(datum.items->cells[n], *shape.part, basis);
    }

  private:
    /// The reason of one outcome, and with `basis` the clauses it rested on.
    void add(const MadeOutcome& outcome, bool basis) {
        if (outcome.rule != nullptr) because_.push_back(because_of(outcome));
        if (!basis) return;
        seen_ = {&outcome};
        add_basis(outcome);
    }

    void add_basis(const MadeOutcome& outcome) {
        for (std::uint32_t n = 0; n < outcome.basis_count; ++n) {
            const MadeOutcome& below = *outcome.basis[n];
            if (!is_whole(below) || std::find(seen_.begin(), seen_.end(), &below) != seen_.end()) continue;
            seen_.push_back(&below);
            Because because = because_of(below);
            if (because.cite.empty()) {
                add_basis(below);
            } else {
                because_.push_back(std::move(because));
            }
        }
    }

    static bool is_whole(const MadeOutcome& outcome) {
        return outcome.rule != nullptr || outcome.decision->rules.empty();
    }

    Because because_of(const MadeOutcome& outcome) const {
        const Decision& decision = *outcome.decision;
        Because because;
        because.decision = decision.name;
        if (outcome.rule == nullptr) return because;
        because.rule = outcome.rule->id;
        add_cites(outcome.rule->cites, outcome.cites, because.cite);
        const auto& shapes = machine_.program().outcomes[outcome.number];
        if (outcome.exception != nullptr) {
            because.exception = outcome.exception->id;
            add_cites(outcome.exception->cites, outcome.exception_cites, because.cite);
        }
        if (decision.each) because.item = key_of(outcome.element, *shapes.back());
        if (decision.collects() && decision.outcome.key >= 0) {
            const Datum& key = outcome.fields[decision.outcome.key];
            if (key.is_ok() && shapes[static_cast<std::size_t>(decision.outcome.key)]->kind == TypeKind::string)
                because.item = std::string(key.text());
        }
        return because;
    }

    const Machine& machine_;
    std::vector<const MadeOutcome*> seen_;
    std::vector<Because> because_;
};

bool in_force(const Model& model, std::int64_t at) {
    return (!model.effective_from || at >= *model.effective_from) &&
           (!model.effective_until || at < *model.effective_until);
}

}  // namespace

Judged::Judged(Machine& machine, std::size_t decision, std::int64_t at)
    : machine_(machine),
      decision_(*machine.model().decisions[decision]),
      at_(at),
      pursuits_(machine, machine.program().questions[decision]) {
    const Question& question = machine.program().questions[decision];
    if (!question.refused.empty() || !question.is_question || !in_force(machine.model(), at)) return;
    now_ = pursuits_.whole_at(at);
    if (machine.gave_up()) return;
    if (now_.lacking) how_ = How::lacking;
    if (now_.outcome.is_error()) return;
    how_ = How::made;
}

std::vector<Because> Judged::because() const {
    Reasons reasons(machine_);
    reasons.add(now_.outcome, pursuits_.shape(), !decision_.each && !decision_.collects());
    return reasons.take();
}

std::optional<Judged::Searched> Judged::search(const DecideOptions& options) {
    machine_.begin_run(at_);  // whatever other questions came to
    Searched found{{}, at_};
    found.validity = pursuits_.of_whole(now_, at_, options, found.last);
    return machine_.gave_up() ? std::nullopt : std::optional(std::move(found));
}

std::optional<Pursuits::OfElements> Judged::search_elements(const DecideOptions& options) {
    machine_.begin_run(at_);
    auto found = pursuits_.of_elements(now_, at_, options);
    return machine_.gave_up() ? std::nullopt : std::optional(std::move(found));
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
    if (!decision.each || answer.because.empty()) {
        auto found = judged.search(options);
        if (!found) return {};
        answer.valid_until = std::move(found->validity);
        return answered;
    }
    auto found = judged.search_elements(options);
    if (!found) return {};
    answer.valid_until = std::move(found->whole);
    for (std::size_t i = 0; i < answer.because.size() && i < found->elements.size(); ++i)
        answer.because[i].valid_until = std::move(found->elements[i]);
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
