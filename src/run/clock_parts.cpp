// Comparisons of parts of the clock, tried step by step.
#include "run/clock_parts.hpp"

#include <algorithm>

namespace praxe {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr int max_steps_ahead = 64;             // more than there are minutes in an hour, or days in two months
constexpr std::size_t max_looked_through = 31;  // elements of a list, at each step

/// A part of the clock and how long it holds, in seconds of local time.
struct Step {
    std::string_view name;
    std::int64_t seconds;
};
constexpr Step steps[] = {{"getMinutes", 60},       {"getHours", 3600},      {"getDate", 86400},
                          {"getDayOfMonth", 86400}, {"getDayOfWeek", 86400}, {"getDayOfYear", 86400},
                          {"getMonth", 86400},      {"getFullYear", 86400}};

const Step* step_of(std::string_view function) {
    const auto* const found = std::ranges::find(steps, function, &Step::name);
    return found == std::end(steps) ? nullptr : found;
}

/// The first instant after `now` at which the zone's offset is another, before `limit`.
Instant offset_changes(const Zone& zone, Instant now, Instant limit) {
    const int offset = zone.civil(now).offset_seconds;
    if (zone.civil(limit - 1).offset_seconds == offset) return limit;
    Instant same = now;
    Instant other = limit - 1;
    while (other - same > 1) {
        const Instant middle = same + (other - same) / 2;
        (zone.civil(middle).offset_seconds == offset ? same : other) = middle;
    }
    return other;
}

/// The call that reads a part, to be made again at later instants.
struct ClockPart {
    const Expr* call;
    std::vector<Value> args;  // the first is the moving timestamp
    Zone zone;
    Instant width;

    Instant decided_at() const { return args[0].as_int() - args[0].motion_base(); }

    /// The value at an instant of decision.
    Value value_at(Instant at, const FunctionContext& context) const {
        std::vector<Value> still = args;
        still[0] = Value::timestamp(at + args[0].motion_base());
        return call_function(call->name, call->receiver, still, context);
    }
    /// The first step after an instant of decision, or the change of offset before it.
    Instant next_step(Instant at) const {
        const Instant now = at + args[0].motion_base();
        const Instant local = now + zone.civil(now).offset_seconds * micros_per_second;
        const Instant boundary = now + width - ((local % width) + width) % width;
        return offset_changes(zone, now, boundary) - args[0].motion_base();
    }
};

const ClockPart& part_of(const Value& value) {
    return *static_cast<const ClockPart*>(value.motion_clock().get());
}

}  // namespace

bool is_part(const Value& value) {
    return value.motion() == Motion::part;
}

bool reads_part(const Expr& call, std::span<const Value> args) {
    return args[0].is(Kind::timestamp) && args[0].motion() == Motion::instant && step_of(call.name) != nullptr;
}

Value moving_part(const Expr& call, std::span<const Value> args, const FunctionContext& context) {
    const auto zone = args.size() > 1 ? Zone::find(args[1].as_string()) : std::optional(Zone::utc());
    ClockPart part{
        &call, {args.begin(), args.end()}, zone.value_or(Zone::utc()), step_of(call.name)->seconds * micros_per_second};
    const Value value = part.value_at(part.decided_at(), context);
    return value.is_error() ? value : value.moving(Motion::part, 0, std::make_shared<const ClockPart>(std::move(part)));
}

Value settled(const Value& part, Environment& environment) {
    const ClockPart& read = part_of(part);
    environment.at_work = {read.call, read.args};
    environment.holds_until(read.next_step(read.decided_at()));
    return part.moving(Motion::still, 0);
}

bool compares_parts(const Expr& call, std::span<const Value> args) {
    constexpr std::string_view functions[] = {"_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "_in_"};
    if (args.size() != 2 || std::ranges::find(functions, call.name) == std::end(functions)) return false;
    if (args[1].is(Kind::map) || (args[1].is(Kind::list) && args[1].as_list().size() > max_looked_through))
        return false;
    return std::ranges::all_of(args, [](const Value& arg) { return arg.motion() == Motion::still || is_part(arg); });
}

Value compare_parts(const Expr& call, std::span<const Value> args, Environment& environment) {
    const FunctionContext& context = environment.functions();
    const Value& any = is_part(args[0]) ? args[0] : args[1];
    const auto verdict_at = [&](Instant at) {
        Value still[] = {args[0], args[1]};
        for (Value& arg : still)
            if (is_part(arg)) arg = part_of(arg).value_at(at, context);
        return call_function(call.name, call.receiver, still, context);
    };
    const auto next_step = [&](Instant at) {
        Instant next = part_of(any).next_step(at);
        for (const Value& arg : args)
            if (is_part(arg)) next = std::min(next, part_of(arg).next_step(at));
        return next;
    };
    const Instant now = part_of(any).decided_at();
    const Value verdict = verdict_at(now);
    Instant flip = next_step(now);
    for (int steps = 1; steps < max_steps_ahead && identical(verdict_at(flip), verdict); ++steps)
        flip = next_step(flip);
    environment.holds_until(flip);
    return verdict;
}

}  // namespace praxe
