// Indicators over many cases, one a line, against their goals.
#include <fstream>
#include <iostream>
#include <praxe/measure.hpp>

int main(int argc, char** argv) {
    const auto ruleset = praxe::Ruleset::load(argc > 1 ? argv[1] : "rules/company.yaml");
    if (!ruleset) return std::cerr << ruleset.diagnostics().to_string(), 2;
    constexpr std::int64_t end_of_may = 1'717'189'200'000'000;  // 2024-05-31T18:00:00-03:00
    auto measures = praxe::Measures::open(*ruleset, {.indicators = {"sold_in_one_call"}, .at = end_of_may});
    if (!measures) return std::cerr << measures.diagnostics().to_string(), 2;
    std::ifstream lines(argc > 2 ? argv[2] : "docs/examples/month/clients.jsonl");
    for (std::string line; std::getline(lines, line);) {
        const auto client = ruleset->read_case(std::make_shared<praxe::Source>("clients.jsonl", line), true);
        std::cerr << (client ? measures->add(*client) : client.diagnostics()).to_string();
    }
    for (const praxe::IndicatorResult& result : measures->results()) {
        for (const praxe::Measured& one : result.measured)
            std::cout << result.name << ": " << praxe::to_text(one.value) << " of " << one.elements
                      << (one.goal_met == false ? ", goal missed" : "") << '\n';
    }
    std::cout << measures->to_json() << '\n';
}
