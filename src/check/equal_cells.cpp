// Messages by their places, moved from one cell to another.
#include "check/equal_cells.hpp"

#include <map>

namespace praxe {
namespace {

using At = std::pair<const Source*, std::uint32_t>;

class Telling {
  public:
    explicit Telling(Diagnostics& diagnostics) : diagnostics_(diagnostics) {
        for (Diagnostic& said : diagnostics.sorted())
            said_.emplace(At(said.place.source.get(), said.place.span.begin), std::move(said));
    }

    void of(const Condition& condition) {
        if (condition.cell == nullptr) return;
        const Place& first = condition.cell->place;
        const std::uint32_t begin = condition.place.span.begin;
        if (first.span.begin == begin && first.source == condition.place.source) return;
        const auto end = said_.upper_bound(At(first.source.get(), first.span.end));
        for (auto said = said_.lower_bound(At(first.source.get(), first.span.begin)); said != end; ++said) {
            const Diagnostic& one = said->second;
            const auto there = [&](std::uint32_t at) { return at - first.span.begin + begin; };
            diagnostics_.error({condition.place.source, {there(one.place.span.begin), there(one.place.span.end)}},
                               one.message, one.hint);
        }
    }

  private:
    Diagnostics& diagnostics_;
    std::multimap<At, Diagnostic> said_;
};

}  // namespace

void tell_of_equal_cells(const Model& model, Diagnostics& diagnostics) {
    if (diagnostics.empty()) return;
    Telling telling(diagnostics);
    for (const auto& decision : model.decisions) {
        for (const Rule& rule : decision->rules) {
            for (const Condition& condition : rule.conditions) telling.of(condition);
        }
    }
}

}  // namespace praxe
