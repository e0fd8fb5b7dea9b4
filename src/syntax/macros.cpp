// The macros of the expression language, from their calls.
#include "syntax/macros.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "syntax/operators.hpp"

namespace praxe {
namespace {

constexpr std::string_view has_name = "has";
constexpr std::string_view bind_name = "bind";
constexpr std::string_view bind_target = "cel";
constexpr std::size_t bind_args = 3;

const MacroRow* find_row(std::string_view name) {
    const auto* row = std::find_if(macro_rows.begin(), macro_rows.end(), [&](auto& r) { return r.name == name; });
    return row == macro_rows.end() ? nullptr : row;
}

bool is_bind(const WrittenCall& call) {
    return call.name == bind_name && call.target && call.target->kind == ExprKind::ident &&
           call.target->name == bind_target && !call.target->absolute;
}

ExprPtr make(ExprKind kind, const WrittenCall& call, std::vector<ExprPtr> args) {
    auto e = std::make_unique<Expr>();
    e->kind = kind;
    e->span = call.whole;
    e->name_span = call.name_span;
    e->args = std::move(args);
    return e;
}

/// Takes the first `count` arguments, the names of variables, off the list; false if one is no name (reported).
bool take_variables(std::vector<ExprPtr>& args, std::size_t count, std::vector<std::string>& names,
                    const ReportError& report) {
    for (std::size_t i = 0; i < count; ++i) {
        const Expr& e = *args[i];
        if (e.depth == 0) return false;  // what is wrong with it was reported
        if (e.kind != ExprKind::ident || e.absolute) {
            report(e.span, "expected the name of a variable", {});
            return false;
        }
        if (std::find(names.begin(), names.end(), e.name) != names.end()) {
            report(e.span, fmt::format("the variable `{}` is named twice", e.name), {});
            return false;
        }
        names.push_back(e.name);
    }
    args.erase(args.begin(), args.begin() + static_cast<std::ptrdiff_t>(count));
    return true;
}

ExprPtr expand_has(WrittenCall call, const ReportError& report) {
    if (call.args.size() != 1 || call.args[0]->kind != ExprKind::select || call.args[0]->optional) {
        report(call.whole, "`has` asks for one field of a record or map", "write has(record.field)");
        return nullptr;
    }
    return make(ExprKind::has, call, std::move(call.args));
}

ExprPtr expand_bind(WrittenCall call, const ReportError& report) {
    if (call.args.size() != bind_args) {
        report(call.whole, "`cel.bind` takes three arguments", "write cel.bind(name, value, expression)");
        return nullptr;
    }
    std::vector<std::string> vars;
    if (!take_variables(call.args, 1, vars, report)) return nullptr;
    ExprPtr e = make(ExprKind::bind, call, std::move(call.args));
    e->vars = std::move(vars);
    return e;
}

/// How many of so many arguments are variables: where a macro takes one variable or two, its expressions are fixed.
std::size_t variables_among(const MacroRow& row, std::size_t args) {
    if (row.min_vars == row.max_vars) return row.min_vars;
    return args - std::min(args, row.min_exprs);
}

ExprPtr expand_comprehension(const MacroRow& row, WrittenCall call, const ReportError& report) {
    const std::size_t vars = variables_among(row, call.args.size());
    const std::size_t exprs = call.args.size() - std::min(vars, call.args.size());
    if (vars < row.min_vars || vars > row.max_vars || exprs < row.min_exprs || exprs > row.max_exprs) {
        report(call.whole, fmt::format("`{}` takes a variable and what to do with it", row.name),
               fmt::format("write {}", row.usage));
        return nullptr;
    }
    std::vector<std::string> names;
    if (!take_variables(call.args, vars, names, report)) return nullptr;
    call.args.insert(call.args.begin(), std::move(call.target));
    ExprPtr e = make(ExprKind::comprehension, call, std::move(call.args));
    e->macro = row.macro;
    e->vars = std::move(names);
    return e;
}

}  // namespace

bool is_macro(const WrittenCall& call) {
    if (!call.target) return call.name == has_name;
    return is_bind(call) || find_row(call.name) != nullptr;
}

ExprPtr expand_macro(WrittenCall call, const ReportError& report) {
    if (!call.target) return expand_has(std::move(call), report);
    if (is_bind(call)) return expand_bind(std::move(call), report);
    const MacroRow& row = *find_row(call.name);
    return expand_comprehension(row, std::move(call), report);
}

}  // namespace praxe
