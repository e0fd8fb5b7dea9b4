// What uses what: a walk over every expression of the ruleset.
#include "plan/dependencies.hpp"

#include <algorithm>

namespace praxe {
namespace {

class Uses {
  public:
    Uses(const Model& model, Dependent& into) : model_(model), into_(into) {}

    void of(const Expression& expression) { walk(*expression.root, expression); }
    void of(const std::optional<Expression>& expression) {
        if (expression) of(*expression);
    }
    template <typename Expressions>
    void of_all(const Expressions& expressions) {
        for (const Expression& expression : expressions) of(expression);
    }
    void of(const std::vector<Output>& outputs) {
        for (const Output& output : outputs) of(output.value);
    }
    void of(const Rule& rule) {
        for (const Condition& condition : rule.conditions) {
            of_all(condition.parts);
            if (condition.cell) {
                of(condition.cell->column);
                of_all(condition.cell->values);
            }
        }
        of(rule.outputs);
        for (const Cite& cite : rule.cites) of(cite.when);
        for (const auto& [language, text] : rule.say) {
            for (const Template::Piece& piece : text.pieces) of(piece.hole);
        }
        for (const Rule& exception : rule.exceptions) of(exception);
    }

  private:
    void walk(const Expr& expr, const Expression& whole) {
        const bool named = expr.kind == ExprKind::ident || expr.kind == ExprKind::call;
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
        Dependent dependent{definition.name, {}};
        Uses(model, dependent).of(definition.value);
        all.push_back(std::move(dependent));
    }
    for (const auto& decision : model.decisions) {
        Dependent dependent{decision->name, {}};
        Uses uses(model, dependent);
        for (const Need& need : decision->needs) uses.of(need.when);
        uses.of_all(decision->require);
        if (decision->each) uses.of(decision->each->value);
        if (decision->pick) uses.of(decision->pick->value);
        uses.of(decision->where);
        uses.of_all(decision->order);
        for (const Binding& let : decision->let) uses.of(let.value);
        uses.of(decision->always);
        for (const Rule& rule : decision->rules) uses.of(rule);
        all.push_back(std::move(dependent));
    }
    return all;
}

}  // namespace praxe
