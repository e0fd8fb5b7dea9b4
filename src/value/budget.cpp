// Counting down, and what to say at the end.
#include "value/budget.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "value/charges.hpp"

namespace praxe {
namespace {

Value limit_error(std::string message) {
    return Value::error(Error::Code::limit, std::move(message));
}

std::optional<Value> too_long_text(const EvaluationLimits& limits, std::uint64_t bytes) {
    if (bytes <= limits.max_text_bytes) return std::nullopt;
    return limit_error(
        fmt::format("this would be a text of {} bytes; at most {} are made", bytes, limits.max_text_bytes));
}

std::optional<Value> too_many_items(const EvaluationLimits& limits, std::uint64_t items, std::string_view what) {
    if (items <= limits.max_items) return std::nullopt;
    return limit_error(
        fmt::format("this would be a {} of {} items; at most {} are made", what, items, limits.max_items));
}

std::size_t items_of(const Value& value) {
    if (value.is(Kind::list)) return value.as_list().size();
    return value.is(Kind::map) ? value.as_map().entries.size() : 0;
}

/// What a value holds itself, without what is in its parts.
std::uint64_t own_bytes(const Value& value) {
    if (value.is(Kind::string) || value.is(Kind::bytes)) return value.as_string().size();
    if (value.is(Kind::list)) return value.as_list().size() * sizeof(Value);
    if (value.is(Kind::map)) return value.as_map().entries.size() * 2 * sizeof(Value);
    if (value.is(Kind::record)) return value.as_record().fields.size() * sizeof(Value);
    return 0;
}

std::optional<Value> too_big(const EvaluationLimits& limits, const Value& value) {
    if (value.is(Kind::string) || value.is(Kind::bytes)) return too_long_text(limits, value.as_string().size());
    if (auto refused = too_many_items(limits, items_of(value), value.is(Kind::map) ? "map" : "list")) return refused;
    if (value.written_bytes() <= limits.max_value_bytes) return std::nullopt;
    return refused_bytes(limits);
}

bool is_read(std::string_view function, const Value& arg) {
    return has_parts(arg) && reads_all(function, arg.is(Kind::string) || arg.is(Kind::bytes), arg.is(Kind::map));
}

}  // namespace

bool Budget::spend(std::int64_t& left, std::uint64_t much) {
    const bool enough = left >= 0 && much <= static_cast<std::uint64_t>(left);
    left = enough ? left - static_cast<std::int64_t>(much) : -1;
    return enough;
}

bool Budget::spend_bytes(std::uint64_t bytes) {
    if (spend(bytes_left_, bytes)) return true;
    steps_left_ = -1;
    return false;
}

std::size_t Budget::steps_taken() const {
    return limits_.max_steps - static_cast<std::size_t>(std::max<std::int64_t>(steps_left_, 0));
}

Value Budget::error() const {
    if (bytes_left_ < 0) {
        return limit_error(
            fmt::format("this makes more than {} bytes of texts, lists and maps on its way", limits_.max_made_bytes));
    }
    return limit_error(fmt::format("this takes more than {} steps", limits_.max_steps));
}

const EvaluationLimits& limits_of(const FunctionContext& context) {
    static constexpr EvaluationLimits own;
    return context.budget == nullptr ? own : context.budget->limits();
}

Value refused_bytes(const EvaluationLimits& limits) {
    return limit_error(fmt::format("written out, this value would take more than {} bytes", limits.max_value_bytes));
}

std::optional<Value> refuse_text(const FunctionContext& context, std::uint64_t bytes) {
    return too_long_text(limits_of(context), bytes);
}

std::optional<Value> refuse_items(const FunctionContext& context, std::uint64_t items) {
    return too_many_items(limits_of(context), items, "list");
}

std::optional<Value> refuse_steps(const FunctionContext& context, std::uint64_t steps) {
    if (context.budget == nullptr || context.budget->spend_steps(steps)) return std::nullopt;
    return context.budget->error();
}

Value charged(Budget& budget, Value made) {
    if (!has_parts(made)) return made;
    if (auto refused = too_big(budget.limits(), made)) return *std::move(refused);
    return budget.spend_bytes(own_bytes(made)) ? std::move(made) : budget.error();
}

std::uint64_t steps_to_read(std::string_view function, std::span<const Value> args) {
    std::uint64_t bytes = 0;
    for (const Value& arg : args) {
        if (is_read(function, arg)) bytes += arg.written_bytes();
    }
    return steps_to_read(bytes);
}

std::uint64_t steps_to_sort(std::span<const Value> keys) {
    std::uint64_t bytes = 0;
    for (const Value& key : keys) bytes += key.written_bytes();
    return steps_to_sort(bytes, keys.size());
}

}  // namespace praxe
