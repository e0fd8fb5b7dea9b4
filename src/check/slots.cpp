// One walk over the program that knows, at each expression, what is bound there and in which order.
#include "check/slots.hpp"

#include <algorithm>
#include <utility>

#include "value/functions.hpp"

namespace praxe {
namespace {

/// The place of the first that has the name; -1 if none has.
template <typename Items, typename NameOf>
int place_of(const Items& items, std::string_view name, const NameOf& name_of) {
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const auto& item) { return name_of(item) == name; });
    return found == items.end() ? -1 : static_cast<int>(found - items.begin());
}

Slot slot(Slot::Kind kind, std::size_t index) {
    return {kind, static_cast<std::uint32_t>(index), nullptr};
}

Slot slot_of(const Model::Global& global) {
    switch (global.kind) {
        case Model::Global::Kind::fact:
            return slot(Slot::Kind::fact, global.index);
        case Model::Global::Kind::parameter:
            return slot(Slot::Kind::parameter, global.index);
        case Model::Global::Kind::definition:
            return slot(Slot::Kind::definition, global.index);
        case Model::Global::Kind::decision:
            return slot(Slot::Kind::decision, global.index);
    }
    return {};
}

class SlotFinder {
  public:
    explicit SlotFinder(const Model& model) : model_(model) {}

    void over(const Decision& decision) {
        bound_.clear();
        for (const Need& need : decision.needs) over(need.when);
        if (decision.each) over(decision.each->value);
        decision_ = &decision;
        bind_arguments(decision);
        for (const Binding& let : decision.let) over(let.value);
        over(decision.where);
        over(decision.order);
        over(decision.require);
        const auto around = std::exchange(outcome_, "this");
        for (const Output& output : decision.always) over(output.value);
        outcome_ = around;
        for (const Expression& column : decision.columns) over(column);
        for (const Cell& cell : decision.cells) over(cell.values);
        for (const Rule& rule : decision.rules) over(rule);
        decision_ = nullptr;
    }
    void over(const Expression& expression) { visit(*expression.root); }

  private:
    /// As an activation has them: the arguments in their order, then the element; of `each` the element alone.
    void bind_arguments(const Decision& decision) {
        if (decision.each) {
            bound_.push_back(decision.each->name);
            return;
        }
        for (const auto& [name, type] : decision.params) bound_.push_back(name);
        if (!decision.pick) return;
        over(decision.pick->value);
        bound_.push_back(decision.pick->name);
    }

    void over(const std::optional<Expression>& expression) {
        if (expression) over(*expression);
    }
    void over(const std::vector<Expression>& expressions) {
        for (const Expression& expression : expressions) over(expression);
    }
    void over(const Rule& rule) {
        if (rule.each) over(rule.each->value);
        if (rule.each) bound_.push_back(rule.each->name);
        for (const Condition& condition : rule.conditions) over(condition.parts);
        for (const Output& output : rule.outputs) over(output.value);
        for (const Cite& cite : rule.cites) over(cite.when);
        for (const auto& [language, text] : rule.say) {
            for (const Template::Piece& piece : text.pieces) over(piece.hole);
        }
        const auto around = std::exchange(outcome_, "general");
        for (const Rule& exception : rule.exceptions) over(exception);
        outcome_ = around;
        if (rule.each) bound_.pop_back();
    }

    void visit(Expr& e) {
        if (e.kind == ExprKind::ident) e.slot = e.resolved.empty() ? local(e.name) : variable(e.resolved);
        if (e.kind == ExprKind::select) e.slot = e.resolved.empty() ? part(e) : variable(e.resolved);
        if (e.kind == ExprKind::call && !e.receiver && e.overload == nullptr) e.slot = callee(e.name);
        const bool binds = e.kind == ExprKind::comprehension || e.kind == ExprKind::bind;
        for (std::size_t i = 0; i < e.args.size(); ++i) {
            if (binds && i == 1) locals_.insert(locals_.end(), e.vars.begin(), e.vars.end());
            visit(*e.args[i]);
        }
        if (binds) locals_.resize(locals_.size() - e.vars.size());
    }

    Slot local(std::string_view name) const {
        const auto found = std::find(locals_.rbegin(), locals_.rend(), name);
        if (found == locals_.rend()) return {};
        return slot(Slot::Kind::local, static_cast<std::size_t>(locals_.rend() - found) - 1);
    }
    Slot variable(std::string_view name) const {
        if (name == outcome_) return slot(Slot::Kind::outcome, 0);
        const auto itself = [](std::string_view bound) { return bound; };
        if (const int place = place_of(bound_, name, itself); place >= 0)
            return slot(Slot::Kind::bound, static_cast<std::size_t>(place));
        if (decision_ != nullptr) {
            const int let =
                place_of(decision_->let, name, [](const Binding& b) -> const std::string& { return b.name; });
            if (let >= 0) return slot(Slot::Kind::let, static_cast<std::size_t>(let));
        }
        const auto global = model_.globals.find(name);
        return global == model_.globals.end() ? Slot() : slot_of(global->second);
    }
    static Slot part(const Expr& select) {
        const Type* type = &select.args[0]->type;
        if (type->kind == TypeKind::optional) type = &type->args.front();
        const int field = type->kind == TypeKind::record ? type->record->find(select.name) : -1;
        if (field < 0) return {Slot::Kind::part, 0, nullptr};
        return {Slot::Kind::part, static_cast<std::uint32_t>(field), type->record};
    }
    Slot callee(std::string_view name) const {
        if (has_style(functions_named(name), false)) return {};
        const int place =
            place_of(model_.decisions, name, [](const auto& decision) -> const std::string& { return decision->name; });
        return place < 0 ? Slot() : slot(Slot::Kind::decision, static_cast<std::size_t>(place));
    }

    const Model& model_;
    const Decision* decision_ = nullptr;  // whose lets are in sight
    std::string_view outcome_;            // the name of the outcome that is bound last, if one is
    std::vector<std::string> bound_;
    std::vector<std::string> locals_;  // of macros, the innermost last
};

}  // namespace

void find_slots(const Model& model) {
    SlotFinder finder(model);
    for (const Binding& definition : model.define) finder.over(definition.value);
    for (const auto& decision : model.decisions) finder.over(*decision);
}

}  // namespace praxe
