// The check of one expression: its type, and whether that is the type its place asks for.
#include "check/checker.hpp"

#include "check/inference.hpp"
#include "check/unify.hpp"

namespace praxe {
namespace {

/// In plain CEL what nothing is known of is dyn.
void close_types(Expr& e) {
    e.type = closed(std::move(e.type));
    for (const ExprPtr& a : e.args) close_types(*a);
}

}  // namespace

Type check(Expression& expression, const Scope& scope, const Type* expected, Diagnostics& diagnostics) {
    Inference inference(expression, scope, diagnostics);
    Expr& root = *expression.root;
    const Type type = expected ? inference.infer_as(root, *expected) : inference.infer(root, nullptr);
    if (!scope.dynamic) return type;
    close_types(root);
    return closed(type);
}

}  // namespace praxe
