// What the names of a ruleset's expressions stand for while a run evaluates them.
#pragma once

#include "run/run.hpp"

namespace praxe {

class RunEnvironment final : public Environment {
  public:
    RunEnvironment(Run& run, Activation* activation) : run_(run), activation_(activation) {
        traces = run.watched_ != never;
        notes_calls = run.workings_ != nullptr;
    }

    std::optional<Value> variable(std::string_view name) override;
    Value at(const Slot& slot) override;
    std::optional<Value> call(const Expr& call, std::span<const Value> args) override;
    Value before(Instant instant, const Body& body) override;
    Value field(const std::shared_ptr<const Record>& record, std::size_t field) override;
    void holds_until(Instant until) override;
    void known_until(Instant until) override;
    void was_read(const Expr& expr, const Value& value) override;
    void was_called(const Expr& call, std::span<const Value> args, const Value& value) override;
    const FunctionContext& functions() const override;

  private:
    Run& run_;
    Activation* activation_;
};

/// Where a field stands: `client.appointments[0].owner`, or `lead_owner.owner` of an outcome.
std::string fact_path(const Record& record, std::size_t field);

}  // namespace praxe
