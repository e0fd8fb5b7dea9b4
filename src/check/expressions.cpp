// A walk over everything of a program that holds expressions.
#include "check/expressions.hpp"

#include "check/indicator.hpp"

namespace praxe {
namespace {

class Walk {
  public:
    explicit Walk(const VisitExpression& visit) : visit_(visit) {}

    void over(const Expression& expression) {
        if (expression.root != nullptr) visit_(expression);
    }
    void over(const std::optional<Expression>& expression) {
        if (expression) over(*expression);
    }
    void over(const std::vector<Expression>& expressions) {
        for (const Expression& expression : expressions) over(expression);
    }
    void over(const std::optional<Binding>& binding) {
        if (binding) over(binding->value);
    }
    void over(const std::vector<Output>& outputs) {
        for (const Output& output : outputs) over(output.value);
    }
    void over(const Rule& rule) {
        over(rule.each);
        for (const Condition& condition : rule.conditions) over(condition.parts);
        over(rule.outputs);
        for (const Cite& cite : rule.cites) over(cite.when);
        for (const auto& [language, text] : rule.say) {
            for (const Template::Piece& piece : text.pieces) over(piece.hole);
        }
        for (const Rule& exception : rule.exceptions) over(exception);
    }
    void over(const Decision& decision) {
        for (const Need& need : decision.needs) over(need.when);
        over(decision.require);
        over(decision.each);
        over(decision.pick);
        over(decision.where);
        over(decision.order);
        for (const Binding& let : decision.let) over(let.value);
        over(decision.always);
        for (const Expression& column : decision.columns) over(column);
        for (const Cell& cell : decision.cells) over(cell.values);
        for (const Rule& rule : decision.rules) over(rule);
    }

  private:
    const VisitExpression& visit_;
};

}  // namespace

void for_each_expression(const Decision& decision, const VisitExpression& visit) {
    Walk(visit).over(decision);
}

void for_each_expression(const Indicator& indicator, const VisitExpression& visit) {
    Walk walk(visit);
    walk.over(indicator.looks_at);
    walk.over(indicator.of);
    walk.over(indicator.to);
    walk.over(indicator.by);
}

void for_each_expression(const Model& model, const VisitExpression& visit) {
    Walk walk(visit);
    for (const Binding& definition : model.define) walk.over(definition.value);
    for (const auto& decision : model.decisions) walk.over(*decision);
    for (const auto& indicator : model.indicators) for_each_expression(*indicator, visit);
}

}  // namespace praxe
