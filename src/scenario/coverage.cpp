// Coverage of rules by scenarios.
#include "scenario/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "run/run.hpp"

namespace praxe {
namespace {

std::pair<std::string, std::uint32_t> line_of(const Rule& rule) {
    return {rule.place.source->name(), rule.place.source->position(rule.place.span.begin).line};
}

bool in_force(const Model& model, Instant at) {
    return at >= model.effective_from.value_or(at) && at < model.effective_until.value_or(never);
}

}  // namespace

void Coverage::declare(const Rule& rule) {
    const auto [file, line] = line_of(rule);
    files_[file].emplace(line, 0);
    for (const Rule& exception : rule.exceptions) declare(exception);
}

void Coverage::declare(const Model& model) {
    for (const auto& decision : model.decisions) {
        for (const Rule& rule : decision->rules) declare(rule);
    }
}

void Coverage::count(const Rule& rule) {
    const auto [file, line] = line_of(rule);
    ++files_[file][line];
}

void Coverage::add(const Ruleset& ruleset, const Scenario& scenario) {
    const Model& model = ruleset.model();
    declare(model);
    const auto at = scenario.facts.at();
    if (!at || !in_force(model, *at)) return;
    Run run(model, ruleset.facts(scenario.facts), *at);
    for (const ExpectedAnswer& expected : scenario.expect) {
        if (run.unmet_need(*expected.decision).need == nullptr) run.decide(*expected.decision);
    }
    for (const auto& [record, reason] : run.reasons()) {
        if (reason.rule != nullptr) count(*reason.rule);
        if (reason.exception != nullptr) count(*reason.exception);
    }
}

std::string Coverage::lcov() const {
    std::string out = "TN:\n";
    for (const auto& [file, lines] : files_) {
        out += fmt::format("SF:{}\n", file);
        for (const auto& [line, times] : lines) out += fmt::format("DA:{},{}\n", line, times);
        const auto hit = std::count_if(lines.begin(), lines.end(), [](const auto& line) { return line.second > 0; });
        out += fmt::format("LF:{}\nLH:{}\nend_of_record\n", lines.size(), hit);
    }
    return out;
}

}  // namespace praxe
