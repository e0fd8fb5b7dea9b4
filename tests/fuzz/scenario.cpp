// Any text as a file of scenarios of the shipped ruleset; what can be read is judged.
#include "scenario/scenario.hpp"

#include "inputs.hpp"
#include "scenario/report.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace praxe;
    static const std::string ruleset = std::string(PRAXE_SOURCE_DIR) + "/rules/company.yaml";
    static Rulesets rulesets;
    Diagnostics diagnostics;
    const auto source = std::make_shared<const Source>("fuzz.scenario.yaml", fuzz::text_of(data, size));
    auto file = read_scenarios(source, ruleset, rulesets, diagnostics);
    diagnostics.to_string();
    if (!file) return 0;
    std::vector<FileVerdicts> verdicts(1, FileVerdicts{*std::move(file), {}});
    FileVerdicts& own = verdicts.front();
    for (const Scenario& scenario : own.file.scenarios) own.verdicts.push_back(judge(own.file.ruleset, scenario));
    verdicts_json(verdicts);
    verdicts_text(verdicts, {});
    return 0;
}
