// Loading rules/company.yaml, reading cases, and deciding them, one at a time on one thread: from text that was read,
// from text that is read each time, from a host's structs.
//
// Every measure of a case walks over many distinct ones in a shuffled order, so that no branch or cache learns them.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <praxe/crm.hpp>
#include <praxe/ruleset.hpp>
#include <random>
#include <stdexcept>

#include "cases.hpp"

namespace praxe::bench {
namespace {

constexpr std::size_t case_count = 1 << 14;
constexpr const char* company = PRAXE_SOURCE_DIR "/rules/company.yaml";

template <typename T>
T value_of(Result<T> result) {
    if (!result) throw std::runtime_error(result.diagnostics().to_string());
    return *std::move(result);
}

const Ruleset& ruleset() {
    static const Ruleset loaded = value_of(Ruleset::load(company));
    return loaded;
}

std::vector<SourcePtr> shuffled_texts() {
    std::vector<SourcePtr> texts;
    for (std::size_t i = 0; i < case_count; ++i) texts.push_back(std::make_shared<Source>("case.json", case_json(i)));
    std::shuffle(texts.begin(), texts.end(), std::mt19937_64(1));
    return texts;
}

const std::vector<SourcePtr>& texts() {
    static const std::vector<SourcePtr> all = shuffled_texts();
    return all;
}

const std::vector<Case>& cases() {
    static const std::vector<Case> all = [] {
        std::vector<Case> read;
        for (const SourcePtr& text : texts()) read.push_back(value_of(ruleset().read_case(text)));
        return read;
    }();
    return all;
}

void load(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(Ruleset::load(company));
}
BENCHMARK(load)->Unit(benchmark::kMillisecond);

void read_case(benchmark::State& state) {
    const auto& all = texts();
    std::size_t bytes = 0;
    std::size_t i = 0;
    for (auto _ : state) {
        const SourcePtr& text = all[i++ % case_count];
        benchmark::DoNotOptimize(ruleset().read_case(text));
        bytes += text->text().size();
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(read_case)->Unit(benchmark::kMicrosecond);

void decide(benchmark::State& state, bool valid_until, std::vector<std::string> decisions) {
    const auto& all = cases();
    DecideOptions options;
    options.valid_until = valid_until;
    options.decisions = std::move(decisions);
    std::size_t i = 0;
    std::size_t errors = 0;
    for (auto _ : state) {
        const std::vector<Answer> answers = ruleset().decide(all[i++ % case_count], options);
        for (const Answer& answer : answers) errors += answer.outcome.is_error();
    }
    if (errors > 0) state.SkipWithError("a case had an error for an answer");
}
BENCHMARK_CAPTURE(decide, all_outcome_only, false, {})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decide, all_with_valid_until, true, {})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decide, reservations_outcome_only, false, {"reservations"})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decide, reservations_with_valid_until, true, {"reservations"})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decide, lead_owner_outcome_only, false, {"lead_owner"})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decide, lead_owner_with_valid_until, true, {"lead_owner"})->Unit(benchmark::kMicrosecond);

/// One decision for a host that has the case as JSON text.
void from_json(benchmark::State& state, bool valid_until) {
    const auto& all = texts();
    DecideOptions options;
    options.valid_until = valid_until;
    options.decisions = {"lead_owner"};
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(ruleset().decide(*ruleset().read_case(all[i++ % case_count]), options));
}
BENCHMARK_CAPTURE(from_json, lead_owner_outcome_only, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(from_json, lead_owner_with_valid_until, true)->Unit(benchmark::kMicrosecond);

/// The same for one that has it as structs.
void from_structs(benchmark::State& state, bool valid_until) {
    const auto facts = value_of(crm::binder(ruleset()).facts_of<crm::Case>());
    std::vector<crm::Case> all;
    for (const Case& one : cases()) all.push_back(value_of(facts.read(one)));
    DecideOptions options;
    options.valid_until = valid_until;
    options.decisions = {"lead_owner"};
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(ruleset().decide(facts.of(all[i++ % case_count]), options));
}
BENCHMARK_CAPTURE(from_structs, lead_owner_outcome_only, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(from_structs, lead_owner_with_valid_until, true)->Unit(benchmark::kMicrosecond);

void answers_to_json(benchmark::State& state) {
    const auto& all = cases();
    std::vector<std::vector<Answer>> answers;
    for (const Case& one : all) answers.push_back(ruleset().decide(one));
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(ruleset().to_json(answers[i++ % case_count]));
}
BENCHMARK(answers_to_json)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace praxe::bench
