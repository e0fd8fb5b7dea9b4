// Which clauses an outcome cites.
#include <algorithm>

#include "program/program.hpp"

namespace praxe {

std::size_t most_clauses(const Firing& firing) {
    const std::size_t of_rule = firing.rule != nullptr ? firing.rule->cites.size() : 0;
    return of_rule + (firing.exception != nullptr ? firing.exception->cites.size() : 0);
}

std::size_t cited(const Firing& firing, std::uint32_t cites, std::uint32_t exception_cites, std::string_view* into) {
    std::string_view* end = into;
    const auto add = [&](const Rule* rule, std::uint32_t chosen) {
        for (std::size_t i = 0; rule != nullptr && i < rule->cites.size(); ++i) {
            const std::string_view clause = rule->cites[i].clause;
            if ((chosen >> i & 1u) != 0 && std::find(into, end, clause) == end) *end++ = clause;
        }
    };
    add(firing.rule, cites);
    add(firing.exception, exception_cites);
    return static_cast<std::size_t>(end - into);
}

}  // namespace praxe
