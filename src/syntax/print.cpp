// A tree as source text with no more parentheses than needed, and as an indented tree.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "syntax/expr.hpp"
#include "syntax/operators.hpp"

namespace praxe {
namespace {

/// The text of an expression and how strongly it holds together.
struct Printed {
    std::string text;
    Precedence strength;
};

Printed print(const Expr& e);

/// In parentheses where it holds less strongly than its place asks.
std::string print_in(const Expr& e, Precedence place) {
    const Printed p = print(e);
    return p.strength < place ? "(" + p.text + ")" : p.text;
}

std::string print_anywhere(const Expr& e) {
    return print_in(e, Precedence::conditional);
}

std::string print_list(const std::vector<ExprPtr>& args, std::size_t from = 0) {
    std::string out;
    for (std::size_t i = from; i < args.size(); ++i) out += (i == from ? "" : ", ") + print_anywhere(*args[i]);
    return out;
}

bool is_call(const Expr& e, std::string_view name) {
    return e.kind == ExprKind::call && e.name == name && !e.receiver;
}

/// A number with a minus is written like `-x`, and read as one literal.
bool is_number(const Expr& e) {
    return e.kind == ExprKind::literal && (e.value.is(Kind::integer) || e.value.is(Kind::real));
}
bool is_negative(const Expr& e) {
    return is_number(e) && (e.value.is(Kind::integer) ? e.value.as_int() < 0 : std::signbit(e.value.as_double()));
}

/// What the text of a member expression begins with: `1` of `1.f()[0]`.
const Expr& first_written(const Expr& e) {
    const bool has_target = e.kind == ExprKind::select || e.kind == ExprKind::index ||
                            e.kind == ExprKind::comprehension || (e.kind == ExprKind::call && e.receiver);
    return has_target ? first_written(*e.args[0]) : e;
}

/// The operands of a tree of `&&` or `||`, in order.
void collect_operands(const Expr& e, std::string_view name, std::vector<const Expr*>& operands) {
    if (!is_call(e, name)) {
        operands.push_back(&e);
        return;
    }
    for (const auto& a : e.args) collect_operands(*a, name, operands);
}

/// Whether a chain of these many operands, written without parentheses, is read as this tree.
bool has_balanced_shape(const Expr& e, std::string_view name, std::size_t operands) {
    if (operands == 1) return !is_call(e, name);
    const std::size_t left = balanced_middle(0, operands);
    return is_call(e, name) && has_balanced_shape(*e.args[0], name, left) &&
           has_balanced_shape(*e.args[1], name, operands - left);
}

std::string print_balanced(const Expr& e, const BinaryOperator& op) {
    std::vector<const Expr*> operands;
    collect_operands(e, op.name, operands);
    if (!has_balanced_shape(e, op.name, operands.size())) operands = {e.args[0].get(), e.args[1].get()};
    std::string out;
    for (const Expr* operand : operands) {
        const bool same = is_call(*operand, op.name);
        const std::string text = same ? "(" + print(*operand).text + ")" : print_in(*operand, op.precedence);
        out += out.empty() ? text : fmt::format(" {} {}", op.symbol, text);
    }
    return out;
}

Printed print_binary(const Expr& e, const BinaryOperator& op) {
    if (is_balanced(op.precedence)) return {print_balanced(e, op), op.precedence};
    const auto stronger = static_cast<Precedence>(static_cast<int>(op.precedence) + 1);
    return {fmt::format("{} {} {}", print_in(*e.args[0], op.precedence), op.symbol, print_in(*e.args[1], stronger)),
            op.precedence};
}

std::string print_name(const Expr& e) {
    return (e.absolute ? "." : "") + e.name;
}

Printed print_call(const Expr& e) {
    if (e.receiver) {
        return {fmt::format("{}.{}({})", print_in(*e.args[0], Precedence::member), e.name, print_list(e.args, 1)),
                Precedence::member};
    }
    if (const BinaryOperator* op = find_binary_operator(e.name)) return print_binary(e, *op);
    if (e.name == "_?_:_") {
        return {fmt::format("{} ? {} : {}", print_in(*e.args[0], Precedence::disjunction),
                            print_in(*e.args[1], Precedence::disjunction), print_anywhere(*e.args[2])),
                Precedence::conditional};
    }
    if (e.name == "!_") return {"!" + print_in(*e.args[0], Precedence::unary), Precedence::unary};
    if (e.name == "-_") {
        const Expr& first = first_written(*e.args[0]);
        const bool would_merge = is_number(first) && !is_negative(first);
        const std::string operand = print_in(*e.args[0], Precedence::unary);
        return {would_merge ? "-(" + operand + ")" : "-" + operand, Precedence::unary};
    }
    return {fmt::format("{}({})", print_name(e), print_list(e.args)), Precedence::member};
}

/// A field's name, between backticks where it could not be read otherwise.
std::string field_text(const std::string& name) {
    constexpr std::array<std::string_view, 4> keywords = {"true", "false", "null", "in"};
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool plain = !name.empty() && !digit(name[0]) &&
                       std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || digit(c); }) &&
                       std::find(keywords.begin(), keywords.end(), name) == keywords.end();
    return plain ? name : "`" + name + "`";
}

std::string print_select(const Expr& e) {
    return fmt::format("{}{}{}", print_in(*e.args[0], Precedence::member), e.optional ? ".?" : ".", field_text(e.name));
}

std::string print_list_literal(const Expr& e) {
    std::string out;
    for (std::size_t i = 0; i < e.args.size(); ++i) {
        out += (i == 0 ? "" : ", ") + std::string(e.optionals[i] ? "?" : "") + print_anywhere(*e.args[i]);
    }
    return "[" + out + "]";
}

std::string print_map_literal(const Expr& e) {
    std::string out;
    for (std::size_t i = 0; i + 1 < e.args.size(); i += 2) {
        out += fmt::format("{}{}{}: {}", i == 0 ? "" : ", ", e.optionals[i / 2] ? "?" : "", print_anywhere(*e.args[i]),
                           print_anywhere(*e.args[i + 1]));
    }
    return "{" + out + "}";
}

std::string print_macro(const Expr& e) {
    std::string vars;
    for (const auto& v : e.vars) vars += v + ", ";
    return fmt::format("{}.{}({}{})", print_in(*e.args[0], Precedence::member), row_of(e.macro).name, vars,
                       print_list(e.args, 1));
}

Printed print(const Expr& e) {
    switch (e.kind) {
        case ExprKind::literal:
            return {to_text(e.value), is_negative(e) ? Precedence::unary : Precedence::member};
        case ExprKind::ident:
            return {print_name(e), Precedence::member};
        case ExprKind::select:
            return {print_select(e), Precedence::member};
        case ExprKind::call:
            return print_call(e);
        case ExprKind::index:
            return {fmt::format("{}[{}{}]", print_in(*e.args[0], Precedence::member), e.optional ? "?" : "",
                                print_anywhere(*e.args[1])),
                    Precedence::member};
        case ExprKind::list:
            return {print_list_literal(e), Precedence::member};
        case ExprKind::map:
            return {print_map_literal(e), Precedence::member};
        case ExprKind::has:
            return {"has(" + print_list(e.args) + ")", Precedence::member};
        case ExprKind::comprehension:
            return {print_macro(e), Precedence::member};
        case ExprKind::bind:
            return {fmt::format("cel.bind({}, {})", e.vars[0], print_list(e.args)), Precedence::member};
    }
    return {};
}

/// What a node is, on its own line of the tree.
std::string label(const Expr& e) {
    const std::string vars = fmt::format("{}", fmt::join(e.vars, ", "));
    switch (e.kind) {
        case ExprKind::literal:
            return to_text(e.value);
        case ExprKind::ident:
            return print_name(e);
        case ExprKind::select:
            return (e.optional ? ".?" : ".") + field_text(e.name);
        case ExprKind::call:
            return "call " + (e.receiver ? "." + e.name : print_name(e));
        case ExprKind::index:
            return e.optional ? "[?]" : "[]";
        case ExprKind::list:
            return "list";
        case ExprKind::map:
            return "map";
        case ExprKind::has:
            return "has";
        case ExprKind::comprehension:
            return fmt::format("{} {}", row_of(e.macro).name, vars);
        case ExprKind::bind:
            return "bind " + vars;
    }
    return {};
}

/// What the checker found out; nothing before it ran.
std::string findings(const Expr& e) {
    std::string out;
    if (e.type.kind != TypeKind::dyn) out += fmt::format(" : {}{}", e.type.moving ? "moving " : "", to_string(e.type));
    if (!e.resolved.empty()) out += " = " + e.resolved;
    return out;
}

void print_tree(const Expr& e, std::size_t level, std::string_view mark, std::string& out) {
    out += fmt::format("{:{}}{}{}{}\n", "", 2 * level, mark, label(e), findings(e));
    for (std::size_t i = 0; i < e.args.size(); ++i) {
        const std::size_t entry = e.kind == ExprKind::map ? i / 2 : i;
        const bool optional =
            entry < e.optionals.size() && e.optionals[entry] && (e.kind == ExprKind::list || i % 2 == 0);
        print_tree(*e.args[i], level + 1, optional ? "? " : "", out);
    }
}

}  // namespace

std::string to_source(const Expr& expr) {
    return print(expr).text;
}

std::string to_tree(const Expr& expr) {
    std::string out;
    print_tree(expr, 0, "", out);
    return out;
}

}  // namespace praxe
