// The tree walk itself, one expression from top to bottom; its parts stand in evaluate, names, access and
// comprehension.
#pragma once

#include <absl/container/inlined_vector.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "run/evaluate.hpp"
#include "value/budget.hpp"

namespace praxe {

/// The error of a value that is not what its place takes: "a bool".
Value expected(std::string_view what, const Value& got);
bool is_map_key(const Value& v);

class Evaluator {
  public:
    explicit Evaluator(Environment& environment) : environment_(environment), budget_(environment.functions().budget) {}

    /// The value of the subexpression; an error that arises here gets its place.
    Value value_of(const Expr& e);

  private:
    // evaluate.cpp
    Value dispatch(const Expr& e);
    /// An error that has no place yet is one of this subexpression.
    Value placed(Value value, const Expr& e) const;
    using Arguments = absl::InlinedVector<Value, 3>;  // few calls have more

    Value call(const Expr& e);
    Value logic(const Expr& e, bool decisive);
    Value conditional(const Expr& e);
    Value before(const Expr& e);
    Value first_with_value(const Expr& e, const Value& left);
    Value call_by_name(std::string_view function, std::span<const ExprPtr> args);
    Value apply(const Expr& e, std::span<const Value> args);
    /// The function's own value; no argument is an error.
    Value applied(const Expr& e, std::span<const Value> args);
    /// The same of arguments of which some are parts of the clock that move.
    Value with_parts(const Expr& e, std::span<const Value> args);
    /// What was made here: itself, or the error of a limit that it passes.
    Value made(Value value) const;
    bool used_up() const { return budget_ != nullptr && budget_->used_up(); }
    Value list(const Expr& e);
    Value map(const Expr& e);
    Value bind(const Expr& e);
    /// The subexpression's value as a function may take it: a moving part of the clock is not settled yet.
    Value as_argument(const Expr& e);
    Arguments arguments_of(const Expr& call);
    Arguments values_of(std::span<const ExprPtr> args);

    // names.cpp
    Value name(const Expr& e);
    std::optional<Value> named(const Expr& e);
    const Value* local(std::string_view name) const;
    /// The variable that a whole chain `a.b.c` names, if it does and its first name is not bound by a macro.
    std::optional<Value> qualified_variable(const Expr& e);
    std::optional<Value> global(std::string_view name, bool absolute);
    std::optional<Value> known(std::string_view name);
    bool begins_with_local(const Expr& e) const;
    /// In a tree that was not checked: the function that the dots of a call, or its container, make of it.
    std::optional<std::string> qualified_function(const Expr& call);
    /// True if the chain `e` or what it begins with is a variable.
    bool begins_with_variable(const Expr& e);

    // access.cpp
    Value select(const Expr& e);
    Value index(const Expr& e);
    Value has(const Expr& e);
    /// The field or entry that `.name` reads; absent where it is not there, an error where it cannot be.
    Value member(const Value& of, const Expr& select);
    Value field(const Value& record, const Expr& select);

    // comprehension.cpp
    class Walk;
    Value comprehension(const Expr& e);
    Value optional_map(const Expr& e, const Value& range);

    struct Local {
        std::string_view name;
        Value value;
    };

    Environment& environment_;
    Budget* budget_;             // null: there are no limits
    std::vector<Local> locals_;  // the innermost last
};

}  // namespace praxe
