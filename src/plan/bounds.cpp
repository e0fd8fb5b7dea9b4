// Sums over the graph of what uses what: levels along the deepest path, calls along all of them.
#include "plan/bounds.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace praxe {
namespace {

constexpr std::size_t own_levels = 10;  // what working out a definition or decision takes beside its expressions

struct Bound {
    std::size_t levels = 0;
    std::size_t calls = 0;
};

}  // namespace

void check_bounds(const std::vector<Dependent>& dependents, const std::vector<std::size_t>& order,
                  const RulesetLimits& limits, Diagnostics& diagnostics) {
    std::vector<Bound> bounds(dependents.size());
    for (const std::size_t index : order) {
        const Dependent& dependent = dependents[index];
        Bound& bound = bounds[index];
        std::size_t below = 0;
        for (const auto& [used, place] : dependent.uses) {
            below = std::max(below, bounds[used].levels);
            if (dependents[used].is_called) bound.calls += 1 + bounds[used].calls;
            const std::size_t levels = dependent.levels + own_levels + below;
            if (levels > limits.max_levels) {
                diagnostics.error(place, fmt::format("\"{}\" builds on more than {} levels of others", dependent.name,
                                                     limits.max_levels));
                return;
            }
            if (bound.calls > limits.max_calls) {
                diagnostics.error(place,
                                  fmt::format("\"{}\" can call others more than {} times, through those it calls",
                                              dependent.name, limits.max_calls));
                return;
            }
        }
        bound.levels = dependent.levels + own_levels + below;
    }
}

}  // namespace praxe
