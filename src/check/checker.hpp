// Static types of an expression: names, overloads, closed sets, units, and the taint of the instant of decision.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/schema.hpp"
#include "syntax/expr.hpp"
#include "value/functions.hpp"

namespace praxe {

/// What can be called by name and is not in the function table: decisions with arguments.
struct Callable {
    std::vector<std::pair<std::string, Type>> params;
    Type result;
};

/// The names an expression may use. A scope sees its parent's names too.
struct Scope {
    const Scope* parent = nullptr;
    std::map<std::string, Type, std::less<>> variables;  // qualified names allowed (conformance: "a.b.c")
    std::map<std::string, Callable, std::less<>> callables;
    /// A host's functions, beside those of the table.
    std::map<std::string, std::vector<Overload>, std::less<>> functions;
    std::string container;           // where names of variables, types and functions are looked for first
    bool dynamic = false;            // `dyn` and mixed lists allowed, as plain CEL does; false in rulesets
    const Schema* schema = nullptr;  // closed sets and records by name; may be null
    const Calendars* calendars = nullptr;

    const Type* find(std::string_view name) const;
    const Callable* find_callable(std::string_view name) const;
    /// The rows of a function, of the table or else of a host's; empty if there are none.
    std::span<const Overload> find_functions(std::string_view name) const;
    std::vector<std::string> names() const;
};

/// Checks the tree and fills in its types; everything wrong goes to `diagnostics`, once per culprit.
/// `expected` (may be null) is the type the place asks for: literals take it (a member of a closed set, a count of days
/// from a plain integer is NOT taken: units are written), and anything else must be assignable to it.
Type check(Expression& expression, const Scope& scope, const Type* expected, Diagnostics& diagnostics);

/// True if a value of type `from` can stand where `to` is asked for.
bool assignable(const Type& from, const Type& to);

}  // namespace praxe
