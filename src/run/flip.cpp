// An expression is looked for in the program by its tree, so that no evaluation needs to know where it is.
#include "run/flip.hpp"

#include <algorithm>

namespace praxe {
namespace {

bool holds(const Expr& tree, const Expr* part) {
    return &tree == part ||
           std::any_of(tree.args.begin(), tree.args.end(), [&](const ExprPtr& arg) { return holds(*arg, part); });
}

class Search {
  public:
    Search(const Model& model, const FlipSite& site, Flip& flip) : model_(model), site_(site), flip_(flip) {
        if (site.cell != nullptr && in(*site.cell->cell)) cell_ = site.cell;
    }

    bool in_program() {
        return in(model_.define) || std::any_of(model_.decisions.begin(), model_.decisions.end(),
                                                [&](const auto& decision) { return in(*decision); });
    }

    /// The parameter, if any, that the comparison names itself or through lets and definitions.
    std::string parameter() const { return parameter(*site_.expr, model_.find(flip_.decision)); }

  private:
    bool in(const Expression& expression) const {
        return expression.root != nullptr && expression.text.source == site_.source &&
               holds(*expression.root, site_.expr);
    }
    bool in(const std::optional<Expression>& expression) const { return expression && in(*expression); }
    bool in(const std::vector<Expression>& all) const {
        return std::any_of(all.begin(), all.end(), [&](const Expression& one) { return in(one); });
    }
    bool in(const std::vector<Output>& outputs) const {
        return std::any_of(outputs.begin(), outputs.end(), [&](const Output& output) { return in(output.value); });
    }
    bool in(const std::vector<Cite>& cites) const {
        return std::any_of(cites.begin(), cites.end(), [&](const Cite& cite) { return in(cite.when); });
    }

    bool in(const std::vector<Binding>& bindings) {
        const auto found =
            std::find_if(bindings.begin(), bindings.end(), [&](const Binding& binding) { return in(binding.value); });
        if (found == bindings.end()) return false;
        flip_.binding = found->name;
        return true;
    }

    bool in(const Cell& cell) const { return in(*cell.column) || in(cell.values); }

    /// A cell is written without its column, and is told with it.
    bool in(const Condition& condition) {
        if (condition.cell == nullptr) return in(condition.parts);
        if (!in(*condition.cell) || (cell_ != nullptr && cell_ != &condition)) return false;
        if (condition.cell->column->root.get() == site_.expr) {
            flip_.comparison = to_source(condition);
            flip_.place = condition.place;
        }
        return true;
    }
    bool in_parts(const Rule& rule) {
        return (rule.each && in(rule.each->value)) ||
               std::any_of(rule.conditions.begin(), rule.conditions.end(),
                           [&](const Condition& condition) { return in(condition); }) ||
               in(rule.outputs) || in(rule.cites);
    }

    bool in(const Rule& rule) {
        if (!in_parts(rule)) {
            const auto exception = std::find_if(rule.exceptions.begin(), rule.exceptions.end(),
                                                [&](const Rule& one) { return in_parts(one); });
            if (exception == rule.exceptions.end()) return false;
            flip_.exception = exception->id;
        }
        flip_.rule = rule.id;
        return true;
    }

    bool in(const Decision& decision) {
        const bool found =
            std::any_of(decision.needs.begin(), decision.needs.end(),
                        [&](const Need& need) { return in(need.when); }) ||
            in(decision.require) || (decision.each && in(decision.each->value)) ||
            (decision.pick && in(decision.pick->value)) || in(decision.where) || in(decision.order) ||
            in(decision.let) || in(decision.always) ||
            std::any_of(decision.rules.begin(), decision.rules.end(), [&](const Rule& rule) { return in(rule); });
        if (found) flip_.decision = decision.name;
        return found;
    }

    /// The value that a name inside the decision (or outside of any) is defined by; null for other names.
    const Expr* definition(const std::string& name, const Decision* decision) const {
        if (decision != nullptr) {
            for (const Binding& let : decision->let) {
                if (let.name == name) return let.value.root.get();
            }
        }
        const auto found = model_.globals.find(name);
        const bool is_definition =
            found != model_.globals.end() && found->second.kind == Model::Global::Kind::definition;
        return is_definition ? model_.define[found->second.index].value.root.get() : nullptr;
    }

    std::string parameter(const Expr& expr, const Decision* decision) const {
        if (expr.kind == ExprKind::ident) {
            const auto found = model_.globals.find(expr.name);
            if (found != model_.globals.end() && found->second.kind == Model::Global::Kind::parameter) return expr.name;
            const Expr* const defined = definition(expr.name, decision);
            return defined == nullptr ? std::string() : parameter(*defined, decision);
        }
        for (const ExprPtr& arg : expr.args) {
            if (std::string found = parameter(*arg, decision); !found.empty()) return found;
        }
        return {};
    }

    const Model& model_;
    const FlipSite& site_;
    Flip& flip_;
    const Condition* cell_ = nullptr;  // that it stands in, where it stands in one
};

}  // namespace

Flip flip_of(const Model& model, const Decision& decision, const FlipSite& site) {
    Flip flip;
    flip.fact = site.fact;
    if (site.expr == nullptr) {
        flip.decision = decision.name;
        flip.place = decision.place;
        const auto need = std::find_if(decision.needs.begin(), decision.needs.end(),
                                       [&](const Need& one) { return one.fact == site.fact; });
        if (need != decision.needs.end()) flip.place = need->place;
        return flip;
    }
    flip.comparison = to_source(*site.expr);
    flip.place = {site.source, site.expr->span};
    Search search(model, site, flip);
    search.in_program();
    if (flip.fact.empty()) flip.fact = search.parameter();
    return flip;
}

Flip flip_of_dates(const Model& model, Instant flip) {
    const bool from = model.effective_from == flip;
    return {.decision = {},
            .rule = {},
            .exception = {},
            .binding = {},
            .comparison = {},
            .fact = from ? "effective.from" : "effective.until",
            .place = from ? model.effective_from_place : model.effective_until_place};
}

}  // namespace praxe
