// Names, calls, facts and instants of a ruleset's expressions, each asked of the run they are part of.
#include "run/run_environment.hpp"

#include <fmt/format.h>

#include "run/workings.hpp"

namespace praxe {

std::optional<Value> RunEnvironment::variable(std::string_view name) {
    auto value = run_.variable(name, activation_);
    run_.place_flip(*this);
    return value;
}

Value RunEnvironment::at(const Slot& slot) {
    Value value = run_.at(slot, activation_);
    run_.place_flip(*this);
    return value;
}

std::optional<Value> RunEnvironment::call(const Expr& call, std::span<const Value> args) {
    const bool found = call.slot.kind == Slot::Kind::decision;
    const Decision* decision = found ? run_.model_.decisions[call.slot.index].get() : run_.model_.find(call.name);
    if (decision == nullptr || decision->params.size() != args.size()) return std::nullopt;
    Activation activation = run_.activation_for(*decision);
    for (std::size_t i = 0; i < args.size(); ++i) {
        if (args[i].is_error()) return args[i];
        activation.bound.emplace_back(decision->params[i].first, args[i]);
    }
    Track around = std::exchange(run_.track_, Track{});
    auto* const readings = std::exchange(run_.readings_, nullptr);
    Value value = run_.call(*decision, activation);
    run_.readings_ = readings;
    const Track inner = std::exchange(run_.track_, std::move(around));
    run_.count_in(inner);
    return value;
}

Value RunEnvironment::field(const std::shared_ptr<const Record>& record, std::size_t field) {
    Value value = run_.field(record, field);
    run_.place_flip(*this);
    return value;
}

std::string fact_path(const Record& record, std::size_t field) {
    const std::string& name = record.type->fields[field].name;
    if (record.type->is_outcome) return fmt::format("{}.{}", record.type->name, name);
    return record.path.empty() ? name : fmt::format("{}.{}", record.path, name);
}

void RunEnvironment::holds_until(Instant until) {
    // Inside `before` too: what moves there comes from outside, bound by a macro.
    run_.holds_until(until);
    if (!run_.watches(until)) return;
    const Value* const origin = origin_of(at_work.args);
    run_.flip_ = {at_work.expr, source, origin == nullptr ? "" : fact_path(*origin->from(), origin->from_field()),
                  run_.cell_at_work_};
}

void RunEnvironment::known_until(Instant until) {
    run_.track_.known_until = std::min(run_.track_.known_until, until);
    holds_until(until);
}

void Run::place_flip(const RunEnvironment& by) {
    if (!flip_ || flip_->expr != nullptr) return;
    flip_->expr = by.at_work.expr;
    flip_->source = by.source;
    flip_->cell = cell_at_work_;
}

void RunEnvironment::was_read(const Expr& expr, const Value& value) {
    if (run_.readings_ == nullptr || value.is(Kind::record) || value.is(Kind::map)) return;
    std::string name = to_source(expr);
    for (const Run::Reading& reading : *run_.readings_) {
        if (reading.name == name) return;
    }
    run_.readings_->push_back({std::move(name), value});
}

void RunEnvironment::was_called(const Expr& call, std::span<const Value> args, const Value& value) {
    auto working = working_of(call, args, value);
    if (!working) return;
    if (activation_ != nullptr) working->decision = activation_->decision->name;
    std::uint64_t bytes = value.written_bytes() + working->expression.size();
    for (const Value& arg : args) bytes += arg.written_bytes();
    if (run_.budget_.spend_bytes(bytes)) add_once(*std::move(working), *run_.workings_);
}

const FunctionContext& RunEnvironment::functions() const {
    return run_.functions_;
}

Value RunEnvironment::before(Instant instant, const Body& body) {
    if (instant > run_.moment_->now) {
        if (run_.moment_->moves) holds_until(instant);
        return Value::error(Error::Code::range, "\"before\" was asked for an instant that lies ahead");
    }
    Moment earlier;
    earlier.now = instant;
    earlier.strictly_before = true;
    earlier.moves = false;
    Moment* const outer = std::exchange(run_.moment_, &earlier);
    // Lets were worked out at the outer instant; here they are worked out anew.
    std::optional<Activation> inner;
    if (activation_ != nullptr) {
        inner = *activation_;
        for (auto& let : inner->let) let.reset();
    }
    RunEnvironment environment(run_, inner ? &*inner : nullptr);
    environment.source = source;
    Value value = body(environment);
    run_.moment_ = outer;
    return value;
}

}  // namespace praxe
