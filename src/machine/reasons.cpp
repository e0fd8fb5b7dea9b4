// From an outcome down to what it rested on; what cites nothing is passed through.
#include "machine/reasons.hpp"

#include <algorithm>

namespace praxe {
namespace {

class Reasons {
  public:
    Reasons(Machine& machine, bool with_basis)
        : machine_(machine), with_basis_(with_basis), seen_(machine.memory()), reasons_(machine.memory()) {}

    std::span<const ReasonView> all() const { return reasons_.all(); }

    void add(const Datum& datum, const Shape& shape) {
        if (!datum.is_ok()) return;
        if (shape.kind == TypeKind::optional) return add(datum, *shape.part);
        if (shape.kind == TypeKind::record && shape.has_outcomes) return add(*datum.outcome);
        if (shape.kind != TypeKind::list || !shape.has_outcomes) return;
        for (std::uint32_t n = 0; n < datum.items->count; ++n) add(datum.items->cells[n], *shape.part);
    }

  private:
    void add(const MadeOutcome& outcome) {
        if (outcome.rule != nullptr) reasons_.push_back(reason_of(outcome));
        if (!with_basis_ || outcome.basis_count == 0) return;
        seen_.clear();
        seen_.push_back(&outcome);
        add_basis(outcome);
    }

    void add_basis(const MadeOutcome& outcome) {
        for (std::uint32_t n = 0; n < outcome.basis_count; ++n) {
            const MadeOutcome& below = *outcome.basis[n];
            const bool is_whole = below.rule != nullptr || below.decision->rules.empty();
            if (!is_whole || seen_.contains(&below)) continue;
            seen_.push_back(&below);
            const ReasonView reason = reason_of(below);
            if (reason.cite.empty()) {
                add_basis(below);
            } else {
                reasons_.push_back(reason);
            }
        }
    }

    ReasonView reason_of(const MadeOutcome& outcome) {
        ReasonView reason;
        if (const Told* const told = outcome.told) {
            reason = {told->decision, told->rule, told->exception, told->clauses, {}};
        } else {
            reason.decision = outcome.decision->name;
            if (outcome.rule != nullptr) reason.rule = outcome.rule->id;
            if (outcome.exception != nullptr) reason.exception = outcome.exception->id;
            reason.cite = cites_of(outcome);
        }
        if (outcome.rule != nullptr) reason.item = item_of(outcome);
        return reason;
    }

    std::string_view item_of(const MadeOutcome& outcome) const {
        const Decision& decision = *outcome.decision;
        if (decision.collects()) return key_of(outcome);
        if (!decision.each) return {};
        return key_of(outcome.element, *machine_.program().outcomes[outcome.number].back());
    }

    /// A text (Decision::outcome).
    static std::string_view key_of(const MadeOutcome& outcome) {
        const int field = outcome.decision->outcome.key;
        return field >= 0 && outcome.fields[field].is_ok() ? outcome.fields[field].text() : std::string_view();
    }

    /// As it stands, whatever else is wrong with a host's object; of laid out facts without a look at the record.
    static std::string_view key_of(const Datum& element, const Shape& shape) {
        if (!element.is_ok()) return {};
        if (shape.has_outcomes && shape.kind == TypeKind::record) return key_of(*element.outcome);
        if (shape.layout == nullptr || shape.layout->key < 0) return {};
        const FactCells& facts = *element.facts;
        const Datum& cell = facts.fields[shape.layout->key];
        if (cell.is_ok()) return cell.text();
        if (cell.is_none()) return {};
        const auto field = static_cast<std::size_t>(shape.record->key);
        if (facts.record == nullptr) {
            const auto& host = static_cast<const HostCells&>(facts);
            return host.maker->text(host, field);
        }
        const Value& key = facts.record->at(field);
        return key.is(Kind::string) ? std::string_view(key.as_string()) : std::string_view();
    }

    std::span<const std::string_view> cites_of(const MadeOutcome& outcome) {
        const std::size_t most = most_clauses(outcome.rule, outcome.exception);
        auto* const clauses = machine_.memory().make<std::string_view>(most);
        return {clauses, cited(outcome.rule, outcome.cites, outcome.exception, outcome.exception_cites, clauses)};
    }

    Machine& machine_;
    const bool with_basis_;
    ArenaList<const MadeOutcome*> seen_;  // of the outcome at hand
    ArenaList<ReasonView> reasons_;
};

}  // namespace

std::span<const ReasonView> reasons_of(Machine& machine, const Datum& datum, const Shape& shape, bool with_basis) {
    Reasons reasons(machine, with_basis);
    reasons.add(datum, shape);
    return reasons.all();
}

}  // namespace praxe
