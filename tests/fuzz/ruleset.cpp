// One text, split into files, as a ruleset with its vocabulary, parts and calendars; what loads is asked everything.
#include "inputs.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace praxe;
    const auto files = fuzz::files_of(fuzz::text_of(data, size));
    const auto read = [&](const std::string& path, std::string& message) -> SourcePtr {
        const auto found = files.find(path);
        if (found != files.end()) return std::make_shared<const Source>(path, found->second);
        message = "no such file";
        return nullptr;
    };
    const auto ruleset = Ruleset::load("main.yaml", read);
    if (!ruleset) {
        ruleset.diagnostics().to_string();
        return 0;
    }
    const auto given = files.find("case.yaml");
    const std::string text = given == files.end() ? "at: 2024-05-02T12:00:00-03:00\n" : given->second;
    const auto facts = ruleset->read_case(std::make_shared<const Source>("case.yaml", text));
    if (!facts) return 0;
    DecideOptions options;
    options.decisions = ruleset->decisions();
    options.texts = options.explain = true;
    options.max_evaluations = 50;
    ruleset->to_json(ruleset->decide(*facts, options));
    return 0;
}
