// Evaluates an expression by walking its tree: plain and clear; faster engines are tested against it.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "syntax/expr.hpp"
#include "value/functions.hpp"

namespace praxe {

/// What an expression's names stand for while it is evaluated.
class Environment {
  public:
    virtual ~Environment() = default;
    /// The value of a variable that is not bound by a macro in the expression itself; nothing if there is none.
    /// Qualified names (`a.b`) are asked for as one name, the longest first.
    virtual std::optional<Value> variable(std::string_view name) = 0;
    /// The same where it was found beforehand where that stands. REQUIRES: the expression is one of a ruleset's
    /// program.
    virtual Value at(const Slot&) { return {}; }
    /// Calls something that is not in the function table (a decision with arguments); nothing if there is none.
    virtual std::optional<Value> call(const Expr& call, std::span<const Value> args);
    /// `before(T, body)`: the body as things stood just before an instant, worked out in the environment it is given.
    using Body = std::function<Value(Environment&)>;
    virtual Value before(Instant instant, const Body& body);
    /// Reads a field: absent if it is not there now. The default reads it as it stands.
    virtual Value field(const std::shared_ptr<const Record>& record, std::size_t field);
    /// A comparison or a step of time that a value just depended on holds until this instant.
    virtual void holds_until(Instant) {}
    /// The same where a calendar knows no further: from then on there is no value.
    virtual void known_until(Instant until) { holds_until(until); }
    /// A name or a field of a fact was read (for traces).
    virtual void was_read(const Expr&, const Value&) {}
    /// A function of the table was called and had a value. Told only where `notes_calls`.
    virtual void was_called(const Expr&, std::span<const Value>, const Value&) {}
    virtual std::string_view container() const { return {}; }
    virtual const FunctionContext& functions() const = 0;
    /// The expression being evaluated stands in this source (places of errors).
    SourcePtr source;

    /// What a value that is told to hold for a time is worked out by.
    struct AtWork {
        const Expr* expr = nullptr;
        std::span<const Value> args;  // of a call
    };
    AtWork at_work;
    /// What functions make of a fact's value says where that stands (Value::from), for explanations.
    bool traces = false;
    bool notes_calls = false;
};

/// Never throws; an error is a value of kind error with the place of the subexpression that failed.
/// CEL's rules: `&&`, `||`, `?:`, `exists`, `all` absorb errors as the language definition says; elsewhere the leftmost
/// error of the arguments is the result.
Value evaluate(const Expr& expr, Environment& environment);

/// The first argument that was read from a fact, one dated before others; null if none was.
const Value* origin_of(std::span<const Value> args);

/// The error of a fact that reads as absent: it is not there at all, or lies ahead (`stands`) of the instant judged.
Value not_there(std::string_view shown, std::string path, const Value& stands);

}  // namespace praxe
