// Expressions alone, without a ruleset: compiling one of a kilobyte, and ten conditions of conditions.json as policies
// have them, each over the same facts. All of them give true; anything else stops the measure.
//
//     praxe_expression_bench                       Google Benchmark
//     praxe_expression_bench --repeat TIMES PLACE  one condition so many times (instructions are counted from outside)
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "check/checker.hpp"
#include "facts/typed_json.hpp"
#include "run/bindings.hpp"
#include "syntax/parser.hpp"
#include "value/budget.hpp"

namespace praxe::bench {
namespace {

constexpr std::size_t long_bytes = 1024;

struct Data {
    VariableValues facts;
    std::vector<std::string> conditions;
};

Data read_data() {
    std::ifstream file(PRAXE_SOURCE_DIR "/bench/conditions.json");
    const auto json = nlohmann::json::parse(file);
    Data data;
    for (const auto& [name, typed] : json["facts"].items()) data.facts[name] = *read_typed(typed);
    data.conditions = json["conditions"].get<std::vector<std::string>>();
    return data;
}

const Data& data() {
    static const Data read = read_data();
    return read;
}

/// The conditions joined until they take a kilobyte.
std::string long_expression() {
    std::string text;
    for (std::size_t i = 0; text.size() < long_bytes; ++i) {
        text += (i == 0 ? "(" : " && (") + data().conditions[i % data().conditions.size()] + ")";
    }
    return text;
}

Expression compiled(const std::string& text, const Scope& scope) {
    Diagnostics diagnostics;
    auto expression = parse_expression(Excerpt::whole(std::make_shared<const Source>("x", text)), diagnostics);
    if (expression) check(*expression, scope, nullptr, diagnostics);
    if (!expression || !diagnostics.empty()) throw std::runtime_error(diagnostics.to_string());
    return *std::move(expression);
}

Scope scope_of_facts() {
    Scope scope;
    scope.dynamic = true;
    for (const auto& [name, value] : data().facts) scope.variables[name] = type_of(value);
    return scope;
}

bool holds(const Expression& expression) {
    Budget budget;
    FunctionContext context;
    context.budget = &budget;
    Bindings environment(data().facts, context);
    const Value value = evaluate(*expression.root, environment);
    return value.is(Kind::boolean) && value.as_bool();
}

void compile(benchmark::State& state, const std::string& text) {
    const Scope scope = scope_of_facts();
    for (auto _ : state) benchmark::DoNotOptimize(compiled(text, scope));
}

void evaluate_one(benchmark::State& state, const std::string& text) {
    const Expression expression = compiled(text, scope_of_facts());
    bool all = true;
    for (auto _ : state) all = holds(expression) && all;
    if (!all) state.SkipWithError("the condition does not hold");
}

int repeat(std::size_t times, std::size_t place) {
    const Expression expression = compiled(data().conditions.at(place), scope_of_facts());
    std::size_t held = 0;
    for (std::size_t i = 0; i < times; ++i) held += holds(expression);
    return held == times ? 0 : 1;
}

}  // namespace
}  // namespace praxe::bench

int main(int argc, char** argv) {
    using namespace praxe::bench;
    if (argc == 4 && std::string_view(argv[1]) == "--repeat") return repeat(std::stoul(argv[2]), std::stoul(argv[3]));
    const std::string text = long_expression();
    benchmark::RegisterBenchmark("compile/kilobyte", [text](benchmark::State& state) { compile(state, text); });
    for (const std::string& condition : data().conditions) {
        benchmark::RegisterBenchmark(("evaluate/" + condition).c_str(),
                                     [condition](benchmark::State& state) { evaluate_one(state, condition); });
    }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
