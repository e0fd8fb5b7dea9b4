// `praxe decide`: answers for one case, several, or a stream of them.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>

#include "cli/case_files.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "run/answer_json.hpp"

namespace praxe {
namespace {

struct DecideCall {
    std::string ruleset;
    std::vector<std::string> cases;
    std::string at, background;
    std::optional<Node> shared;  // facts that all cases have
    std::string format = "text";
    std::string language;
    bool jsonl = false;
    bool no_valid_until = false;
    bool no_colour = false;
    DecideOptions options;
};

constexpr int bad_input = 2;
constexpr const char* cannot_write = "error: cannot write to standard output\n";

int fail(const std::string& text) {
    std::cerr << text;
    return bad_input;
}

const Node* shared_facts(const DecideCall& call) {
    return call.shared ? &*call.shared : nullptr;
}

/// One case a line in, one answer a line out; a bad line is answered by its error, and the stream goes on.
int decide_lines(const Ruleset& ruleset, const DecideCall& call) {
    const DecideOptions& options = call.options;
    int status = 0;
    std::string line;
    for (std::uint32_t number = 1; std::getline(std::cin, line); ++number) {
        const auto source = std::make_shared<Source>("<stdin>", std::move(line), number);
        const auto facts = read_dated_case(ruleset, source, true, options.at, shared_facts(call));
        std::string out = facts ? answers_json(ruleset.model(), ruleset.decide(*facts, options), options.explain)
                                : diagnostics_json(facts.diagnostics());
        if (!facts) status = bad_input;
        out += '\n';
        if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size()) return fail(cannot_write);
        line.clear();
    }
    return std::fflush(stdout) == 0 ? status : fail(cannot_write);
}

struct NamedCase {
    std::string title;
    Case facts;
};

/// All cases of a call; what is wrong with any goes to `errors`.
std::vector<NamedCase> read_cases(const Ruleset& ruleset, const DecideCall& call, std::string& errors) {
    std::vector<NamedCase> cases;
    for (const std::string& path : call.cases) {
        auto facts = read_case_file(ruleset, path, call.options.at, errors, shared_facts(call));
        if (facts) cases.push_back({std::filesystem::path(path).stem().string(), *std::move(facts)});
    }
    return cases;
}

/// Reads all cases before anything is decided, so that bad input leaves nothing half done.
int decide_files(const Ruleset& ruleset, const DecideCall& call) {
    std::string errors;
    const std::vector<NamedCase> cases = read_cases(ruleset, call, errors);
    if (!errors.empty()) return fail(errors);
    const bool brief = call.options.decisions.empty() && !call.options.explain;
    const ReportStyle style{call.language, !call.no_colour && isatty(STDOUT_FILENO) == 1, brief};
    NextChange next;
    for (const auto& [title, facts] : cases) {
        const std::vector<Answer> answers = ruleset.decide(facts, call.options);
        if (call.format == "json") {
            std::cout << answers_json(ruleset.model(), answers, call.options.explain) << '\n';
            continue;
        }
        std::cout << report(ruleset, title, call.options.at ? *call.options.at : *facts.at(), answers, style);
        next.add(title, answers);
    }
    if (call.format == "text" && cases.size() > 1) std::cout << summary(ruleset, cases.size(), next, style);
    return std::cout.flush() ? 0 : fail(cannot_write);
}

int decide(DecideCall& call) {
    const auto ruleset = Ruleset::load(call.ruleset);
    if (!ruleset) return fail(ruleset.diagnostics().to_string());
    if (const std::string error = unknown_decision(*ruleset, call.options.decisions); !error.empty())
        return fail(error);
    if (!call.at.empty()) {
        std::string error;
        call.options.at = read_instant(call.at, error);
        if (!error.empty()) return fail(error);
    }
    std::string error;
    call.shared = read_background(call.background, error);
    if (!error.empty()) return fail(error);
    call.options.valid_until = !call.no_valid_until;
    const bool for_a_person = call.format == "text" && !call.jsonl;
    call.options.texts = for_a_person || call.options.explain;
    if (call.jsonl) return decide_lines(*ruleset, call);
    if (call.cases.empty())
        return fail(
            "error: no case given\n    hint: name case files, or pass --jsonl to read them from standard input\n");
    return decide_files(*ruleset, call);
}

}  // namespace

void add_decide(CLI::App& app, int& exit_status) {
    auto call = std::make_shared<DecideCall>();
    call->language = default_language();
    CLI::App* command = app.add_subcommand("decide", "decides cases: who, until when, why");
    command->add_option("-r,--ruleset", call->ruleset, "the ruleset file")->required();
    command->add_option("case", call->cases, "case files, YAML or JSON");
    command->add_option("--decision", call->options.decisions, "only these decisions")->allow_extra_args(false);
    command->add_option("--at", call->at, "the instant of decision, instead of the case's own");
    command->add_option("--background", call->background, "a file of facts that every case starts from");
    command->add_flag("--explain", call->options.explain,
                      "why other rules did not decide; what ends each answer, and what then");
    command->add_option("--format", call->format, "text or json")->check(CLI::IsMember({"text", "json"}));
    command->add_flag("--jsonl", call->jsonl, "one case a line from standard input, one answer a line out");
    command->add_option("--lang", call->language, "pt or en; by default as LANG says")
        ->check(CLI::IsMember({"pt", "en"}));
    command->add_flag("--no-valid-until", call->no_valid_until,
                      "do not look for the instant until which the answer holds");
    command->add_flag("--no-color", call->no_colour, "no colours, also on a terminal");
    command->callback([call, &exit_status] { exit_status = decide(*call); });
}

}  // namespace praxe
