// What uses what: a walk over every expression of the ruleset.
#include "plan/dependencies.hpp"

#include <algorithm>

#include "check/expressions.hpp"
#include "check/indicator.hpp"

namespace praxe {
namespace {

/// The definitions and decisions that an expression names, but for names that its macros bind.
class Uses {
  public:
    Uses(const Model& model, Dependent& into) : model_(model), into_(into) {}

    void of(const Expression& expression) {
        into_.levels = std::max<std::size_t>(into_.levels, expression.root->depth);
        walk(*expression.root, expression);
    }

  private:
    void walk(const Expr& expr, const Expression& whole) {
        const bool named = expr.kind == ExprKind::ident || (expr.kind == ExprKind::call && !expr.receiver);
        const bool hidden = std::find(bound_.begin(), bound_.end(), expr.name) != bound_.end();
        if (named && !hidden) use(expr, whole);
        const bool binds = expr.kind == ExprKind::comprehension || expr.kind == ExprKind::bind;
        for (std::size_t i = 0; i < expr.args.size(); ++i) {
            const bool inside = binds && i > 0;
            if (inside) bound_.insert(bound_.end(), expr.vars.begin(), expr.vars.end());
            walk(*expr.args[i], whole);
            if (inside) bound_.resize(bound_.size() - expr.vars.size());
        }
    }

    void use(const Expr& expr, const Expression& whole) {
        const auto found = model_.globals.find(expr.name);
        if (found == model_.globals.end()) return;
        using Kind = Model::Global::Kind;
        if (found->second.kind == Kind::definition) into_.uses.emplace_back(found->second.index, whole.place(expr));
        if (found->second.kind == Kind::decision)
            into_.uses.emplace_back(model_.define.size() + found->second.index, whole.place(expr));
    }

    const Model& model_;
    Dependent& into_;
    std::vector<std::string> bound_;
};

}  // namespace

std::vector<Dependent> dependencies_of(const Model& model) {
    std::vector<Dependent> all;
    for (const Binding& definition : model.define) {
        Dependent& dependent = all.emplace_back();
        dependent.name = definition.name;
        if (definition.value.root != nullptr) Uses(model, dependent).of(definition.value);
    }
    for (const auto& decision : model.decisions) {
        Dependent& dependent = all.emplace_back();
        dependent.name = decision->name;
        dependent.is_called = decision->has_arguments();
        Uses uses(model, dependent);
        for_each_expression(*decision, [&](const Expression& expression) { uses.of(expression); });
    }
    for (const auto& indicator : model.indicators) {
        Dependent& dependent = all.emplace_back();
        dependent.name = indicator->name;
        Uses uses(model, dependent);
        for_each_expression(*indicator, [&](const Expression& expression) { uses.of(expression); });
    }
    return all;
}

}  // namespace praxe
