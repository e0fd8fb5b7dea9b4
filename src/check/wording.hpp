// What the checker says when types do not fit, in words: verbs for operators, and what would fit instead.
#pragma once

#include <string>
#include <vector>

#include "check/checker.hpp"

namespace praxe {

struct Complaint {
    Span where;
    std::string message;
    std::string hint;
};

/// `did you mean "x"?`, or empty where no known name is near.
std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known);

/// An operator whose operands' types have no row together. REQUIRES: the operands were checked, none is wrong itself.
Complaint operands_do_not_fit(const Expr& call);

/// A function whose arguments' types have no row together; `dynamic` where there is dyn. REQUIRES: `rows`, all of its
/// name, are not empty.
Complaint arguments_do_not_fit(const Expr& call, std::span<const Overload> rows, bool dynamic);

/// A text that is none of those the function knows at that argument. REQUIRES: the argument is a literal text.
Complaint no_such_word(const Expr& call, std::size_t argument);

/// A name that no function has.
Complaint no_such_function(const Expr& call, const Scope& scope, bool of_variable);

/// A value where another type is asked for: `bool is needed here, not int`.
Complaint not_assignable(const Expr& value, const Type& expected);

/// How to write `value` so that it has the type, or empty: `write business_days(2)`.
std::string conversion_hint(const Expr& value, const Type& wanted);

/// Whether it is the name of an operator (`_+_`).
bool is_operator(std::string_view function);

}  // namespace praxe
