// The names an expression may use: its own scope's, then those of the scopes around it.
#include <set>

#include "check/checker.hpp"

namespace praxe {

const Type* Scope::find(std::string_view name) const {
    for (const Scope* s = this; s != nullptr; s = s->parent) {
        if (const auto found = s->variables.find(name); found != s->variables.end()) return &found->second;
    }
    return nullptr;
}

const Callable* Scope::find_callable(std::string_view name) const {
    for (const Scope* s = this; s != nullptr; s = s->parent) {
        if (const auto found = s->callables.find(name); found != s->callables.end()) return &found->second;
    }
    return nullptr;
}

std::span<const Overload> Scope::find_functions(std::string_view name) const {
    if (const auto rows = functions_named(name); !rows.empty()) return rows;
    for (const Scope* s = this; s != nullptr; s = s->parent) {
        if (const auto found = s->functions.find(name); found != s->functions.end()) return found->second;
    }
    return {};
}

std::vector<std::string> Scope::names() const {
    std::set<std::string> names;
    for (const Scope* s = this; s != nullptr; s = s->parent) {
        for (const auto& [name, type] : s->variables) names.insert(name);
    }
    return {names.begin(), names.end()};
}

}  // namespace praxe
