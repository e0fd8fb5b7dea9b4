// The built-in functions and operators: one table, read by the checker, the evaluator and the documentation.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "value/calendar.hpp"
#include "value/time.hpp"
#include "value/type.hpp"

namespace praxe {

class Budget;
class Patterns;

/// What functions work under. Any pointer may be null where an expression stands alone.
struct FunctionContext {
    const Zone* zone = nullptr;          // of `date(timestamp)` and of terms in days
    const Calendar* calendar = nullptr;  // the ruleset's own
    const Calendars* calendars = nullptr;
    Budget* budget = nullptr;  // what is left of the limits (value/budget.hpp); null: of steps there is no end
    const Patterns* patterns = nullptr;  // compiled already (value/pattern.hpp)
};

using Implementation = Value (*)(const FunctionContext&, std::span<const Value>);

struct Overload {
    std::string name;          // CEL's name; operators as `_+_`, `-_`, `!_`, `@in`
    bool receiver = false;     // called as params[0].name(params[1]…)
    std::vector<Type> params;  // the receiver first
    bool variadic = false;     // the last of them stands for one argument or more: `(int...) -> int`
    Type result;
    Implementation call = nullptr;
    std::string_view signature;  // the row as written: "string.(string) -> bool"
    std::string_view doc;        // one line

    bool takes(std::size_t args) const { return variadic ? args >= params.size() : args == params.size(); }
    /// What the argument at a place must be. REQUIRES: takes(more than `arg`).
    const Type& param(std::size_t arg) const { return params[std::min(arg, params.size() - 1)]; }
};

/// A row whose result only run time knows: for plain CEL, where no other row of its name fits for sure.
bool gives_dyn(const Overload& row);

/// All rows, those of one name together.
std::span<const Overload> functions();
/// The rows of a name; empty if there are none.
std::span<const Overload> functions_named(std::string_view name);
/// True if one of the rows is called in this way: with a receiver or without.
bool has_style(std::span<const Overload> rows, bool receiver);

/// True of functions that count up to the instant of decision without naming it.
bool counts_to_now(std::string_view function);

/// The texts that an argument of a function may be, where it may only be one of some; empty: any.
std::span<const std::string_view> argument_words(std::string_view function, std::size_t argument);

/// True if the value can be passed where the row says `type` (by kind; list and map elements are not looked at).
bool accepts(const Type& type, const Value& value);
/// True if the row takes so many arguments, of these kinds.
bool accepts_all(const Overload& row, std::span<const Value> args);

/// The value's type in the author's words, without its parts: `business_days`, `list`, `Staff`.
std::string author_type_name(const Value& value);

/// Finds the row that accepts the arguments and calls it; an error value (no_such_overload) if there is none.
/// An error among the arguments is returned as it is, the leftmost first.
Value call_function(std::string_view name, bool receiver, std::span<const Value> args, const FunctionContext& context);

}  // namespace praxe
