// The operators and macros of the expression language: tables for reading and printing them.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "syntax/expr.hpp"
#include "syntax/lexer.hpp"

namespace praxe {

/// How strongly parts hold together; a part that holds less strongly than its place asks needs parentheses.
enum class Precedence { conditional, disjunction, conjunction, relation, sum, product, unary, member };

struct BinaryOperator {
    TokenKind token;
    std::string_view name;    // as a function
    std::string_view symbol;  // as written
    Precedence precedence;
};

inline constexpr std::array binary_operators = {
    BinaryOperator{TokenKind::or_else, "_||_", "||", Precedence::disjunction},
    BinaryOperator{TokenKind::and_also, "_&&_", "&&", Precedence::conjunction},
    BinaryOperator{TokenKind::equal, "_==_", "==", Precedence::relation},
    BinaryOperator{TokenKind::not_equal, "_!=_", "!=", Precedence::relation},
    BinaryOperator{TokenKind::less, "_<_", "<", Precedence::relation},
    BinaryOperator{TokenKind::less_equal, "_<=_", "<=", Precedence::relation},
    BinaryOperator{TokenKind::greater, "_>_", ">", Precedence::relation},
    BinaryOperator{TokenKind::greater_equal, "_>=_", ">=", Precedence::relation},
    BinaryOperator{TokenKind::in, "@in", "in", Precedence::relation},
    BinaryOperator{TokenKind::plus, "_+_", "+", Precedence::sum},
    BinaryOperator{TokenKind::minus, "_-_", "-", Precedence::sum},
    BinaryOperator{TokenKind::times, "_*_", "*", Precedence::product},
    BinaryOperator{TokenKind::divide, "_/_", "/", Precedence::product},
    BinaryOperator{TokenKind::remainder, "_%_", "%", Precedence::product},
};

/// The row of a function name like `_+_`, or null.
constexpr const BinaryOperator* find_binary_operator(std::string_view name) {
    for (const auto& o : binary_operators) {
        if (o.name == name) return &o;
    }
    return nullptr;
}

/// `&&` and `||` chains become balanced trees: their order of evaluation is the order of their leaves all the same.
constexpr bool is_balanced(Precedence p) {
    return p == Precedence::disjunction || p == Precedence::conjunction;
}

/// Where the tree of a chain of operands [begin, end) divides.
constexpr std::size_t balanced_middle(std::size_t begin, std::size_t end) {
    return begin + (end - begin + 1) / 2;
}

/// A macro is called as `target.name(variables…, expressions…)`.
struct MacroRow {
    std::string_view name;
    Macro macro;
    std::size_t min_vars, max_vars;
    std::size_t min_exprs, max_exprs;
    std::string_view usage;
};

inline constexpr std::array macro_rows = {
    MacroRow{"all", Macro::all, 1, 2, 1, 1, "list.all(x, condition)"},
    MacroRow{"exists", Macro::exists, 1, 2, 1, 1, "list.exists(x, condition)"},
    MacroRow{"exists_one", Macro::exists_one, 1, 2, 1, 1, "list.exists_one(x, condition)"},
    MacroRow{"existsOne", Macro::exists_one, 1, 2, 1, 1, "list.existsOne(x, condition)"},
    MacroRow{"map", Macro::map, 1, 1, 1, 2, "list.map(x, value) or list.map(x, condition, value)"},
    MacroRow{"filter", Macro::filter, 1, 1, 1, 1, "list.filter(x, condition)"},
    MacroRow{"sortBy", Macro::sort_by, 1, 1, 1, 1, "list.sortBy(x, key)"},
    MacroRow{"transformList", Macro::transform_list, 2, 2, 1, 2, "list.transformList(i, x, value)"},
    MacroRow{"transformMap", Macro::transform_map, 2, 2, 1, 2, "map.transformMap(k, v, value)"},
    MacroRow{"optMap", Macro::opt_map, 1, 1, 1, 1, "optional.optMap(x, value)"},
    MacroRow{"optFlatMap", Macro::opt_flat_map, 1, 1, 1, 1, "optional.optFlatMap(x, optional value)"},
};

/// The row to print a macro by: the first of it.
constexpr const MacroRow& row_of(Macro macro) {
    for (const auto& row : macro_rows) {
        if (row.macro == macro) return row;
    }
    return macro_rows.front();
}

}  // namespace praxe
