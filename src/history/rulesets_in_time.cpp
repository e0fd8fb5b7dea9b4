// Rulesets by their dates.
#include "history/rulesets_in_time.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "check/model.hpp"
#include "facts/packed_record.hpp"

namespace praxe {
namespace {

Instant beginning(const Ruleset& ruleset) {
    return ruleset.model().effective_from.value_or(min_instant);
}

}  // namespace

RulesetsInTime::RulesetsInTime(std::vector<Ruleset> rulesets, Diagnostics& diagnostics)
    : rulesets_(std::move(rulesets)) {
    std::ranges::stable_sort(rulesets_, {}, beginning);
    check_order(diagnostics);
    check_facts(diagnostics);
}

void RulesetsInTime::check_order(Diagnostics& diagnostics) const {
    for (std::size_t i = 1; i < rulesets_.size(); ++i) {
        const Ruleset& earlier = rulesets_[i - 1];
        const Ruleset& later = rulesets_[i];
        const Zone& zone = later.model().zone;
        if (beginning(earlier) == beginning(later)) {
            diagnostics.error({},
                              fmt::format("the rulesets \"{}\" and \"{}\" come into force at one instant",
                                          earlier.name(), later.name()),
                              "say in each effective: {from: DATE}");
        } else if (earlier.model().effective_until && *earlier.model().effective_until > beginning(later)) {
            diagnostics.error({}, fmt::format("the rulesets \"{}\" and \"{}\" are both in force at {}", earlier.name(),
                                              later.name(), zone.format(beginning(later))));
        }
    }
}

void RulesetsInTime::check_facts(Diagnostics& diagnostics) const {
    for (std::size_t i = 1; i < rulesets_.size(); ++i) {
        if (same_facts(*rulesets_.front().model().schema, *rulesets_[i].model().schema)) continue;
        diagnostics.error({},
                          fmt::format("the rulesets \"{}\" and \"{}\" have other facts", rulesets_.front().name(),
                                      rulesets_[i].name()),
                          "rulesets that follow one another name one vocabulary");
    }
}

std::size_t RulesetsInTime::in_force(Instant at) const {
    const auto next = std::ranges::upper_bound(rulesets_, at, {}, beginning);
    return next == rulesets_.begin() ? 0 : static_cast<std::size_t>(next - rulesets_.begin()) - 1;
}

std::optional<Instant> RulesetsInTime::next_after(Instant at) const {
    const auto next = std::ranges::upper_bound(rulesets_, at, {}, beginning);
    if (next == rulesets_.end() || next == rulesets_.begin()) {
        // before the first one it is the first that answers already
        return rulesets_.size() > 1 && next == rulesets_.begin() ? std::optional(beginning(rulesets_[1]))
                                                                 : std::nullopt;
    }
    return beginning(*next);
}

}  // namespace praxe
