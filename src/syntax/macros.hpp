// The macros of the expression language: calls whose arguments are names and expressions, not values.
#pragma once

#include <functional>

#include "syntax/expr.hpp"

namespace praxe {

/// A call as written, before anyone knows whether it is a macro.
struct WrittenCall {
    Span whole;
    Span name_span;
    std::string name;
    ExprPtr target;  // before the dot; null if there is none
    std::vector<ExprPtr> args;
};

using ReportError = std::function<void(Span where, std::string message, std::string hint)>;

/// `has`, `cel.bind`, `list.all` and the others.
bool is_macro(const WrittenCall& call);

/// The macro's node, or null if its arguments are wrong (reported). REQUIRES: is_macro(call).
ExprPtr expand_macro(WrittenCall call, const ReportError& report);

}  // namespace praxe
