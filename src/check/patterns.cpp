// Every text that stands where a function takes a regular expression.
#include "check/patterns.hpp"

#include "check/expressions.hpp"
#include "value/pattern.hpp"

namespace praxe {
namespace {

void add_patterns(const Expr& e, Patterns& patterns) {
    const bool takes_one = e.kind == ExprKind::call && e.args.size() >= 2 && takes_pattern(e.name);
    if (takes_one && e.args[1]->kind == ExprKind::literal && e.args[1]->value.is(Kind::string))
        patterns.add(e.args[1]->value.as_string());
    for (const ExprPtr& arg : e.args) add_patterns(*arg, patterns);
}

}  // namespace

void compile_patterns(Model& model) {
    auto patterns = std::make_shared<Patterns>();
    for_each_expression(model, [&](const Expression& expression) { add_patterns(*expression.root, *patterns); });
    model.patterns = std::move(patterns);
}

}  // namespace praxe
