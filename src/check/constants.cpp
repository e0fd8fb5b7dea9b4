// Literals, parameters, and functions of these.
#include "check/constants.hpp"

#include "value/budget.hpp"
#include "value/functions.hpp"

namespace praxe {
namespace {

std::optional<Value> parameter(std::string_view name, const Model& model) {
    const auto found = model.globals.find(name);
    if (found == model.globals.end() || found->second.kind != Model::Global::Kind::parameter) return std::nullopt;
    return model.parameters[found->second.index].value;
}

std::optional<Value> called(const Expr& call, const Model& model) {
    if (!has_style(functions_named(call.name), call.receiver)) return std::nullopt;
    if (call.type.kind == TypeKind::list || call.type.kind == TypeKind::map) return std::nullopt;  // may be long
    std::vector<Value> args;
    for (const ExprPtr& arg : call.args) {
        auto value = constant(*arg, model);
        if (!value) return std::nullopt;
        args.push_back(*std::move(value));
    }
    Budget budget(EvaluationLimits{});
    const FunctionContext context{&model.zone, model.calendar.get(), &model.calendars, &budget};
    return call_function(call.name, call.receiver, args, context);
}

}  // namespace

std::optional<Value> constant(const Expr& expr, const Model& model) {
    std::optional<Value> value;
    if (expr.kind == ExprKind::literal) value = expr.value;
    if (expr.kind == ExprKind::ident) value = parameter(expr.name, model);
    if (expr.kind == ExprKind::call) value = called(expr, model);
    return value && !value->is_error() && !value->is_absent() ? value : std::nullopt;
}

}  // namespace praxe
