// One walk over a tree that finds the type of every part; its parts stand in inference, names, collections and calls.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "check/checker.hpp"
#include "check/unify.hpp"
#include "check/wording.hpp"

namespace praxe {

class Inference {
  public:
    Inference(const Expression& expression, const Scope& scope, Diagnostics& diagnostics)
        : expression_(expression), scope_(scope), diagnostics_(diagnostics) {}

    /// The type of `e`, which stands in the tree. `expected` (may be null) only tells what literals are taken for.
    const Type& infer(Expr& e, const Type* expected);
    /// As `infer`, and reports a value that does not fit `expected`.
    Type infer_as(Expr& e, const Type& expected);

  private:
    // inference.cpp
    Type dispatch(Expr& e, const Type* expected);
    Type literal(Expr& e, const Type* expected);
    Type bind(Expr& e, const Type* expected);
    /// As `infer`, where the instant of decision may not stand.
    Type infer_still(Expr& e, const Type* expected);
    void report_moving(const Expr& e, std::string_view hint);
    void report(Complaint complaint);
    Type wrong(Complaint complaint);  // reports; the type `error`

    // names.cpp
    Type name(Expr& e);
    Type select(Expr& e);
    std::optional<Type> variable(Expr& e);
    /// True if the chain `e` or what it begins with is a variable.
    bool begins_with_variable(Expr& e);
    std::optional<std::string> qualified_function(const Expr& call);
    const Type* local(std::string_view name) const;
    Type unknown_name(const Expr& e);
    Type member(const Type& of, const Expr& e);
    Type field(const Type& record, const Expr& e);

    // collections.cpp
    Type list(Expr& e, const Type* expected);
    Type mixed_list(Expr& e);
    Type map(Expr& e, const Type* expected);
    Type index(Expr& e);
    Type element_at(const Type& of, Expr& e);
    Type comprehension(Expr& e, const Type* expected);
    bool declare_variables(const Expr& e, const Type& range);
    Type macro_result(Expr& e, const Type& range, const Type* expected);
    void condition(Expr& e, std::string_view macro);
    Type merged_elements(const std::vector<Expr*>& elements, const std::vector<bool>& optionals, const Type* expected,
                         std::string_view what);
    Type infer_element(Expr& e, bool optional, const Type* expected);

    // calls.cpp
    Type call(Expr& e, const Type* expected);
    Type callable(Expr& e, const Callable& callable);
    Type before(Expr& e, const Type* expected);
    void infer_arguments(Expr& e, std::span<const Overload> rows, const Type* expected);
    std::optional<Type> expectation(const Expr& e, std::size_t arg, const std::vector<bool>& known,
                                    std::span<const Overload> rows, const Type* expected) const;
    Type resolve(Expr& e, std::span<const Overload> rows);
    Type moving_result(Expr& e, Type result);
    Type no_fit(const Expr& e, std::span<const Overload> rows);

    struct Local {
        std::string name;
        Type type;
    };

    const Expression& expression_;
    const Scope& scope_;
    Diagnostics& diagnostics_;
    std::vector<Local> locals_;  // variables of macros, the innermost last
};

inline constexpr std::string_view moving_remedy =
    "compare it with a fixed value: at >= x, date(at) > x, days_since(x) <= n";

/// A text, or a list or choice of nothing but texts: what it is a text of, its place says.
bool is_bare(const Expr& e);

}  // namespace praxe
