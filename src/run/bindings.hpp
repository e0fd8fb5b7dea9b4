// The plainest environment: variables by name, and nothing else.
#pragma once

#include <map>
#include <string>

#include "run/evaluate.hpp"

namespace praxe {

using VariableValues = std::map<std::string, Value, std::less<>>;

/// The values, the context and the container's name must outlive it.
class Bindings final : public Environment {
  public:
    Bindings(const VariableValues& values, const FunctionContext& context, std::string_view container = {})
        : values_(values), context_(context), container_(container) {}

    std::optional<Value> variable(std::string_view name) override {
        const auto found = values_.find(name);
        return found == values_.end() ? std::nullopt : std::optional(found->second);
    }
    std::string_view container() const override { return container_; }
    const FunctionContext& functions() const override { return context_; }

  private:
    const VariableValues& values_;
    const FunctionContext& context_;
    std::string_view container_;
};

}  // namespace praxe
