// Which clauses an outcome cites.
#include <algorithm>

#include "program/program.hpp"

namespace praxe {

std::size_t most_clauses(const Rule* rule, const Rule* exception) {
    return (rule != nullptr ? rule->cites.size() : 0) + (exception != nullptr ? exception->cites.size() : 0);
}

std::size_t cited(const Rule* rule, std::uint32_t cites, const Rule* exception, std::uint32_t exception_cites,
                  std::string_view* into) {
    std::string_view* end = into;
    const auto add = [&](const Rule* of, std::uint32_t chosen) {
        for (std::size_t i = 0; of != nullptr && i < of->cites.size(); ++i) {
            const std::string_view clause = of->cites[i].clause;
            if ((chosen >> i & 1u) != 0 && std::find(into, end, clause) == end) *end++ = clause;
        }
    };
    add(rule, cites);
    add(exception, exception_cites);
    return static_cast<std::size_t>(end - into);
}

}  // namespace praxe
