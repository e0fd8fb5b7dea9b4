// `praxe test`: runs scenario files and says what is not as expected.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "scenario/coverage.hpp"
#include "scenario/procedure.hpp"
#include "scenario/report.hpp"

namespace praxe {
namespace {

constexpr int all_well = 0;
constexpr int found_failures = 1;
constexpr int bad_input = 2;
constexpr std::string_view scenario_ending = ".scenario.yaml";

struct TestCall {
    std::string ruleset;
    std::vector<std::string> paths;
    std::string filter;
    std::string format = "text";
    std::string junit_path, coverage_path, report_path, clauses_path;
    VerdictStyle style;
    bool no_colour = false;
};

/// Reads everything before anything is decided, so that bad input leaves nothing half done.
std::vector<FileVerdicts> read_files(const TestCall& call, Diagnostics& diagnostics) {
    std::vector<FileVerdicts> files;
    Rulesets rulesets;
    for (const std::string& path : call.paths) {
        for (const std::string& file : files_below(path, scenario_ending, "scenario", diagnostics)) {
            std::string message;
            const SourcePtr source = Ruleset::read_file(file, message);
            if (source == nullptr) {
                diagnostics.error({}, fmt::format("cannot read \"{}\": {}", file, message));
            } else if (auto read = read_scenarios(source, call.ruleset, rulesets, diagnostics)) {
                files.push_back({*std::move(read), {}});
            }
        }
    }
    return files;
}

void keep_wanted(const std::string& filter, std::vector<FileVerdicts>& files, Diagnostics& diagnostics) {
    std::size_t left = 0;
    for (FileVerdicts& file : files) {
        std::erase_if(file.file.scenarios,
                      [&](const Scenario& scenario) { return scenario.name.find(filter) == std::string::npos; });
        left += file.file.scenarios.size();
    }
    std::erase_if(files, [](const FileVerdicts& file) { return file.file.scenarios.empty(); });
    if (left == 0) diagnostics.error({}, fmt::format("no scenario has \"{}\" in its name", filter));
}

bool write_file(const std::string& path, const std::string& text, Diagnostics& diagnostics) {
    std::ofstream out(path, std::ios::binary);
    if (out << text && out.flush()) return true;
    diagnostics.error({}, fmt::format("cannot write \"{}\"", path));
    return false;
}

/// The page and the table, where they are asked for.
void write_procedure(const TestCall& call, const std::vector<FileVerdicts>& files, Diagnostics& diagnostics) {
    if (call.report_path.empty() && call.clauses_path.empty()) return;
    const Procedure procedure = procedure_of(files);
    if (!call.report_path.empty())
        write_file(call.report_path, procedure_html(procedure, call.style.language), diagnostics);
    if (call.clauses_path.empty()) return;
    const bool json = call.clauses_path.ends_with(".json");
    write_file(call.clauses_path,
               json ? procedure_json(procedure) + "\n" : procedure_markdown(procedure, call.style.language),
               diagnostics);
}

int complain(const Diagnostics& diagnostics) {
    std::cerr << diagnostics.to_string();
    return bad_input;
}

int test(TestCall& call) {
    Diagnostics diagnostics;
    std::vector<FileVerdicts> files = read_files(call, diagnostics);
    if (!diagnostics.empty()) return complain(diagnostics);
    keep_wanted(call.filter, files, diagnostics);
    if (!diagnostics.empty()) return complain(diagnostics);

    Coverage coverage;
    for (FileVerdicts& file : files) {
        for (const Scenario& scenario : file.file.scenarios) {
            file.verdicts.push_back(judge(file.file.ruleset, scenario));
            if (!call.coverage_path.empty()) coverage.add(file.file.ruleset, scenario);
        }
    }
    if (!call.junit_path.empty()) write_file(call.junit_path, verdicts_junit(files), diagnostics);
    if (!call.coverage_path.empty()) write_file(call.coverage_path, coverage.lcov(), diagnostics);
    write_procedure(call, files, diagnostics);
    if (!diagnostics.empty()) return complain(diagnostics);

    call.style.colour = !call.no_colour && isatty(STDOUT_FILENO) == 1;
    std::cout << (call.format == "json" ? verdicts_json(files) + "\n" : verdicts_text(files, call.style)) << std::flush;
    if (!std::cout) {
        std::cerr << "error: cannot write to standard output\n";
        return bad_input;
    }
    return count_failed(files) == 0 ? all_well : found_failures;
}

}  // namespace

void add_test(CLI::App& app, int& exit_status) {
    const auto call = std::make_shared<TestCall>();
    CLI::App* command = app.add_subcommand("test", "runs scenario files: cases with what is expected of them");
    command->add_option("-r,--ruleset", call->ruleset, "the ruleset file, instead of the one each scenario file names");
    command->add_option("path", call->paths, "scenario files, or folders with *.scenario.yaml")->required();
    command->add_option("--filter", call->filter, "only scenarios with this text in their name");
    command->add_option("--format", call->format, "text or json")->check(CLI::IsMember({"text", "json"}));
    command->add_option("--junit", call->junit_path, "write JUnit XML to this file");
    command->add_option("--coverage", call->coverage_path, "write to this file which rules decided, as LCOV");
    command->add_option("--report", call->report_path,
                        "write to this file the policy with its scenarios, as one page of HTML");
    command->add_option(
        "--clauses", call->clauses_path,
        "write to this file each clause with its rules and scenarios: JSON if it ends in .json, else Markdown");
    command->add_option("--lang", call->style.language, "language of the rules' texts: pt or en")
        ->check(CLI::IsMember({"pt", "en"}));
    command->add_flag("--no-color", call->no_colour, "no colours, also on a terminal");
    command->callback([call, &exit_status] { exit_status = test(*call); });
}

}  // namespace praxe
