// `praxe measure`: the ruleset's indicators over many cases, as a table, as JSON, or as facts of the base.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <iostream>
#include <praxe/measure.hpp>

#include "check/indicator.hpp"
#include "cli/case_files.hpp"
#include "cli/commands.hpp"
#include "cli/measure_text.hpp"

namespace praxe {
namespace {

constexpr int found_something = 1, bad_input = 2;
constexpr const char* lines_ending = ".jsonl";

struct MeasureCall {
    std::string ruleset, at, background;
    std::vector<std::string> files;
    std::string format = "text";
    std::string language;
    bool jsonl = false;
    bool no_colour = false;
    MeasureOptions options;
};

int fail(const std::string& text) {
    std::cerr << text;
    return bad_input;
}

/// Cases one after another; those that are wrong are told, each with its place, and counted.
class CaseReader {
  public:
    CaseReader(const Ruleset& ruleset, const MeasureCall& call, const std::optional<Node>& background,
               Measures& measures)
        : ruleset_(ruleset), call_(call), background_(background ? &*background : nullptr), measures_(measures) {}

    void read_file(const std::string& path) {
        if (!path.ends_with(lines_ending)) {
            std::string errors;
            if (const auto facts = read_case_file(ruleset_, path, call_.options.at, errors, background_))
                add(*facts, path);
            if (!errors.empty()) refuse(errors);
            return;
        }
        std::ifstream in(path, std::ios::binary);
        if (in.peek(); in.bad() || !in.is_open())
            return refuse(fmt::format("{}: error: no such file, or it cannot be read\n", path));
        read_lines(in, path);
    }

    void read_lines(std::istream& in, const std::string& name) {
        std::string line;
        for (std::uint32_t number = 1; std::getline(in, line); ++number) {
            const auto source = std::make_shared<Source>(name, std::move(line), number);
            const auto facts = read_dated_case(ruleset_, source, true, call_.options.at, background_);
            facts ? add(*facts, fmt::format("{}:{}", name, number)) : refuse(facts.diagnostics().to_string());
            line.clear();
        }
        if (in.bad()) refuse(fmt::format("{}: error: it cannot be read to its end\n", name));
    }

    std::uint64_t refused = 0;  // what could not be read as a case
    bool all_well = true;

  private:
    /// What is wrong may stand in the ruleset, so the case is named too.
    void add(const Case& facts, const std::string& where) {
        const Diagnostics wrong = measures_.add(facts);
        if (wrong.empty()) return;
        std::cerr << wrong.to_string() << "    of the case at " << where << '\n';
        all_well = false;
    }

    void refuse(const std::string& errors) {
        std::cerr << errors;
        ++refused;
        all_well = false;
    }

    const Ruleset& ruleset_;
    const MeasureCall& call_;
    const Node* background_;
    Measures& measures_;
};

bool misses_a_goal(const std::vector<IndicatorResult>& results) {
    return std::any_of(results.begin(), results.end(), [](const IndicatorResult& result) {
        return std::any_of(result.measured.begin(), result.measured.end(),
                           [](const Measured& one) { return one.goal_met == false; });
    });
}

bool is_broken(const std::vector<IndicatorResult>& results) {
    return std::any_of(results.begin(), results.end(), [](const IndicatorResult& result) {
        return result.broken.is_error() || std::any_of(result.measured.begin(), result.measured.end(),
                                                       [](const Measured& one) { return one.value.is_error(); });
    });
}

bool stands_for_facts(const Ruleset& ruleset) {
    const auto& indicators = ruleset.model().indicators;
    return std::any_of(indicators.begin(), indicators.end(), [](const auto& one) { return !one->fact.empty(); });
}

/// What is wrong with the call; what it says in words is read into its options.
std::string read_call(MeasureCall& call, const Ruleset& ruleset) {
    std::string error;
    if (!call.at.empty()) call.options.at = read_instant(call.at, error);
    if (call.files.empty() && !call.jsonl)
        error +=
            "error: no case given\n    hint: name files of cases, or pass --jsonl to read them from standard input\n";
    if (!call.files.empty() && call.jsonl) error += "error: --jsonl reads cases from standard input, not from files\n";
    if (call.format == "facts" && !stands_for_facts(ruleset))
        error +=
            fmt::format("error: no indicator of the ruleset \"{}\" stands for a fact\n    hint: write fact: PATH\n",
                        ruleset.name());
    return error;
}

int measure(MeasureCall& call) {
    const auto ruleset = Ruleset::load(call.ruleset);
    if (!ruleset) return fail(ruleset.diagnostics().to_string());
    std::string error = read_call(call, *ruleset);
    const auto background = read_background(call.background, error);
    if (!error.empty()) return fail(error);
    auto measures = Measures::open(*ruleset, call.options);
    if (!measures) return fail(measures.diagnostics().to_string());
    CaseReader reader(*ruleset, call, background, *measures);
    for (const std::string& file : call.files) reader.read_file(file);
    if (call.jsonl) reader.read_lines(std::cin, "<stdin>");
    const std::vector<IndicatorResult> results = measures->results();
    if (call.format == "json") {
        std::cout << measures->to_json() << '\n';
    } else if (call.format == "facts") {
        std::cout << measures->facts_json() << '\n';
    } else {
        std::cout << measures_text({measures->cases(), reader.refused, results}, *ruleset,
                                   {call.language, !call.no_colour && isatty(STDOUT_FILENO) == 1});
    }
    if (!std::cout.flush()) return fail("error: cannot write to standard output\n");
    if (!reader.all_well || is_broken(results)) return bad_input;
    return misses_a_goal(results) ? found_something : 0;
}

}  // namespace

void add_measure(CLI::App& app, int& exit_status) {
    auto call = std::make_shared<MeasureCall>();
    call->language = default_language();
    CLI::App* command = app.add_subcommand("measure", "the ruleset's indicators over many cases, against their goals");
    command->add_option("-r,--ruleset", call->ruleset, "the ruleset file")->required();
    command->add_option("cases", call->files, "files of cases: .jsonl one a line, others YAML or JSON");
    command->add_option("--indicator", call->options.indicators, "only these indicators")->allow_extra_args(false);
    command->add_option("--at", call->at, "the instant of decision, instead of the cases' own");
    command->add_option("--background", call->background, "a file of facts that every case starts from");
    command->add_option("--format", call->format, "text, json, or facts: those that indicators stand for")
        ->check(CLI::IsMember({"text", "json", "facts"}));
    command->add_flag("--jsonl", call->jsonl, "cases from standard input, one a line");
    command->add_option("--lang", call->language, "pt or en; by default as LANG says")
        ->check(CLI::IsMember({"pt", "en"}));
    command->add_flag("--no-color", call->no_colour, "no colours, also on a terminal");
    command->callback([call, &exit_status] { exit_status = measure(*call); });
}

}  // namespace praxe
