// What an evaluation may still do: steps, and bytes of what it makes. One budget serves a whole evaluation.
//
// A function whose result is not much longer than its arguments need not look at it: the evaluator charges each call by
// the size of its arguments, and what it made. One that can make more of little (`join`, `replace`, `lists.range`), or
// that works longer than it reads, asks first, and returns what it is given:
//
//     if (auto refused = refuse_text(context, bytes)) return *refused;
#pragma once

#include <cstdint>
#include <optional>
#include <praxe/limits.hpp>
#include <praxe/value.hpp>

#include "value/functions.hpp"

namespace praxe {

class Budget {
  public:
    explicit Budget(const EvaluationLimits& limits = {})
        : limits_(limits),
          steps_left_(static_cast<std::int64_t>(limits.max_steps)),
          bytes_left_(static_cast<std::int64_t>(limits.max_made_bytes)) {}

    /// One step; false if there was none left.
    bool step() { return --steps_left_ >= 0; }
    /// The same for many steps, and for the bytes of what is made. Once one is used up, no step is left.
    bool spend_steps(std::uint64_t steps) { return spend(steps_left_, steps); }
    bool spend_bytes(std::uint64_t bytes);

    bool used_up() const { return steps_left_ < 0; }
    std::size_t steps_taken() const;
    /// What to say once it is used up.
    Value error() const;
    const EvaluationLimits& limits() const { return limits_; }

  private:
    static bool spend(std::int64_t& left, std::uint64_t much);

    EvaluationLimits limits_;
    std::int64_t steps_left_;
    std::int64_t bytes_left_;
};

/// The error of a text (or bytes) of so many bytes, of a list or map of so many items, or of so much more work;
/// nothing if it is within the limits. To be asked before it is made or done.
std::optional<Value> refuse_text(const FunctionContext& context, std::uint64_t bytes);
std::optional<Value> refuse_items(const FunctionContext& context, std::uint64_t items);
std::optional<Value> refuse_steps(const FunctionContext& context, std::uint64_t steps);

/// The error of a value that would take more bytes, written out, than any may.
Value refused_bytes(const EvaluationLimits& limits);

/// True for values that take bytes of their own: texts, lists, maps, records, optionals.
inline bool has_parts(const Value& value) {
    return value.is(Kind::string) || value.is(Kind::bytes) || value.kind() >= Kind::list;
}
/// Charges a value that was made: itself, or the error of the limit that it passes.
Value charged(Budget& budget, Value made);
/// The steps that a call of a function takes for what it reads.
std::uint64_t steps_to_read(std::string_view function, std::span<const Value> args);
/// The steps that sorting takes, beside making the keys.
std::uint64_t steps_to_sort(std::span<const Value> keys);

/// The limits that hold: the budget's, or else the library's own.
const EvaluationLimits& limits_of(const FunctionContext& context);

}  // namespace praxe
