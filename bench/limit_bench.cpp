// How far from the limit: praxe beside the same policy written by hand in C++ (by_hand/), in one run, over the same
// distinct cases in the same shuffled order. Before anything is measured, both have given the same outcomes by the
// same rules in all of them.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <praxe/crm.hpp>
#include <praxe/session.hpp>
#include <random>

#include "by_hand/facts.hpp"
#include "cases.hpp"
#ifdef PRAXE_BENCH_LUAJIT
#include "by_hand/lua_policy.hpp"
#endif

namespace praxe::bench {
namespace {

constexpr std::size_t case_count = 1 << 14;
const std::vector<std::string> decisions = {"reservations", "lead_owner", "debt", "commission"};

template <typename T>
T value_of(Result<T> result) {
    if (result) return *std::move(result);
    fmt::print(stderr, "{}", result.diagnostics().to_string());
    std::exit(2);
}

struct Data {
    Ruleset ruleset = value_of(Ruleset::load(PRAXE_SOURCE_DIR "/rules/company.yaml"));
    Facts<crm::Case> facts = value_of(crm::binder(ruleset).facts_of<crm::Case>());
    std::vector<Case> cases;           // read from JSON
    std::vector<crm::Case> structs;    // the host's
    std::vector<by_hand::Case> plain;  // those of the limit
    by_hand::Ids ids;
    by_hand::Calendar calendar = by_hand::calendar_of(ruleset);
};

Data make_data() {
    Data data;
    for (std::size_t i = 0; i < case_count; ++i)
        data.cases.push_back(value_of(data.ruleset.read_case(std::make_shared<Source>("case.json", case_json(i)))));
    std::shuffle(data.cases.begin(), data.cases.end(), std::mt19937_64(1));
    for (const Case& one : data.cases) {
        data.structs.push_back(value_of(data.facts.read(one)));
        data.plain.push_back(by_hand::case_of(data.structs.back(), data.ids));
    }
    return data;
}

Data& data() {
    static Data made = make_data();
    return made;
}

/// The four questions in a session.
class FourOfASession {
  public:
    explicit FourOfASession(const Ruleset& ruleset) : session_(ruleset) {
        for (const std::string& decision : decisions) questions_.push_back(value_of(session_.question(decision)));
    }

    Session& session() { return session_; }
    const std::vector<AnswerView>& decide() {
        answers_.clear();
        for (const Session::Question& question : questions_) answers_.push_back(session_.decide(question));
        return answers_;
    }

  private:
    Session session_;
    std::vector<Session::Question> questions_;
    std::vector<AnswerView> answers_;
};

std::vector<Answer> standing_alone(const std::vector<AnswerView>& views) {
    std::vector<Answer> answers;
    for (const AnswerView& view : views) {
        Answer& answer = answers.emplace_back();
        answer.decision = view.decision();
        answer.outcome = view.has_outcome() ? view.outcome().value() : Value::error(view.error());
        for (const ReasonView& reason : view.because()) {
            Because& because = answer.because.emplace_back();
            because.decision = reason.decision;
            because.rule = reason.rule;
        }
    }
    return answers;
}

/// How many cases are decided differently; the first of them is shown.
std::size_t differences() {
    std::size_t found = 0;
    by_hand::Answers answers;
    FourOfASession four(data().ruleset);
    for (std::size_t i = 0; i < case_count; ++i) {
        by_hand::decide(data().plain[i], data().calendar, answers);
        const auto ours = by_hand::to_json(answers, data().structs[i], data().ids, data().ruleset);
        const auto told = data().ruleset.decide(data().cases[i], {.decisions = decisions, .valid_until = false});
        const auto theirs = by_hand::to_json(told, data().ruleset);
        four.session().begin(data().cases[i]);
        const auto shown = by_hand::to_json(standing_alone(four.decide()), data().ruleset);
        if (ours == theirs && ours == shown) continue;
        if (found++ > 0) continue;
        fmt::print(stderr, "by hand {}\npraxe   {}\nsession {}\n", ours.dump(), theirs.dump(), shown.dump());
    }
    return found;
}

void four_by_hand(benchmark::State& state) {
    by_hand::Answers answers;
    std::size_t i = 0;
    for (auto _ : state) {
        by_hand::decide(data().plain[i++ % case_count], data().calendar, answers);
        benchmark::DoNotOptimize(answers);
    }
}

void four(benchmark::State& state, bool valid_until, bool by_reference = false) {
    const DecideOptions options{.decisions = decisions, .valid_until = valid_until, .by_reference = by_reference};
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(data().ruleset.decide(data().cases[i++ % case_count], options));
}

void four_in_a_session(benchmark::State& state, bool valid_until) {
    FourOfASession four(data().ruleset);
    std::size_t i = 0;
    for (auto _ : state) {
        four.session().begin(data().cases[i++ % case_count]);
        for (const AnswerView& answer : four.decide()) benchmark::DoNotOptimize(answer.because().data());
        for (const AnswerView& answer : four.decide()) {
            if (valid_until && answer.has_outcome()) benchmark::DoNotOptimize(answer.valid_until());
        }
    }
}

void four_from_structs(benchmark::State& state) {
    const DecideOptions options{.decisions = decisions, .valid_until = false};
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(data().ruleset.decide(data().facts.of(data().structs[i++ % case_count]), options));
}

/// The host's structs in place: fields are read as they are asked for.
void four_in_a_session_from_structs(benchmark::State& state) {
    FourOfASession four(data().ruleset);
    std::size_t i = 0;
    for (auto _ : state) {
        four.session().begin(data().facts.in_place(data().structs[i++ % case_count]));
        for (const AnswerView& answer : four.decide()) benchmark::DoNotOptimize(answer.because().data());
    }
}

#ifdef PRAXE_BENCH_LUAJIT
by_hand::LuaPolicy make_lua() {
    return {PRAXE_SOURCE_DIR "/bench/by_hand/policy.lua", data().calendar};
}

std::size_t differences_of_lua() {
    by_hand::LuaPolicy lua = make_lua();
    std::size_t found = 0;
    by_hand::Answers answers, told;
    for (std::size_t i = 0; i < case_count; ++i) {
        by_hand::decide(data().plain[i], data().calendar, answers);
        lua.decide(data().plain[i], data().ids, told);
        const auto ours = by_hand::to_json(answers, data().structs[i], data().ids, data().ruleset);
        const auto theirs = by_hand::to_json(told, data().structs[i], data().ids, data().ruleset);
        if (ours == theirs) continue;
        if (found++ == 0) fmt::print(stderr, "C++ {}\nLua {}\n", ours.dump(), theirs.dump());
    }
    return found;
}

/// Facts as tables made for each case, answers read back.
void four_in_luajit(benchmark::State& state) {
    by_hand::LuaPolicy lua = make_lua();
    by_hand::Answers answers;
    std::size_t i = 0;
    for (auto _ : state) {
        lua.decide(data().plain[i++ % case_count], data().ids, answers);
        benchmark::DoNotOptimize(answers);
    }
}
BENCHMARK(four_in_luajit);
#endif

BENCHMARK(four_by_hand);
BENCHMARK_CAPTURE(four_in_a_session, outcome_and_reasons, false);
BENCHMARK_CAPTURE(four_in_a_session, with_valid_until, true);
BENCHMARK_CAPTURE(four, outcome_and_reasons, false);
BENCHMARK_CAPTURE(four, with_valid_until, true);
BENCHMARK_CAPTURE(four, by_the_reference_engine, false, true);
BENCHMARK_CAPTURE(four, by_the_reference_engine_with_valid_until, true, true);
BENCHMARK(four_from_structs);
BENCHMARK(four_in_a_session_from_structs);

}  // namespace
}  // namespace praxe::bench

int main(int argc, char** argv) {
    std::size_t different = praxe::bench::differences();
#ifdef PRAXE_BENCH_LUAJIT
    different += praxe::bench::differences_of_lua();
#endif
    fmt::print(stderr, "{} of {} cases are decided differently\n", different, praxe::bench::case_count);
    if (different > 0) return 1;
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
