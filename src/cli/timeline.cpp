// `praxe timeline`: the picture of one case through time.
#include "timeline/timeline.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "cli/case_files.hpp"
#include "cli/commands.hpp"

namespace praxe {
namespace {

struct TimelineCall {
    std::string ruleset, file, output, from, until, at;
    TimelineOptions options;
};

int fail(const std::string& text) {
    std::cerr << text;
    return 2;
}

int write(const std::string& svg, const std::string& path) {
    if (path.empty() || path == "-") {
        std::cout << svg;
        return std::cout.flush() ? 0 : fail("error: cannot write to standard output\n");
    }
    std::ofstream file(path, std::ios::binary);
    file << svg;
    return file.flush() ? 0 : fail(fmt::format("error: cannot write to \"{}\"\n", path));
}

int timeline(TimelineCall& call) {
    const auto ruleset = Ruleset::load(call.ruleset);
    if (!ruleset) return fail(ruleset.diagnostics().to_string());
    std::string error = unknown_decision(*ruleset, call.options.decisions);
    if (!call.from.empty()) call.options.from = read_instant(call.from, error);
    if (!call.until.empty()) call.options.until = read_instant(call.until, error);
    if (!error.empty()) return fail(error);
    const auto facts = read_case_file(*ruleset, call.file, {}, error);
    if (!facts) return fail(error);
    if (call.options.from && call.options.until && *call.options.from >= *call.options.until)
        return fail("error: --from is not before --until\n");
    if (call.options.title.empty()) call.options.title = std::filesystem::path(call.file).stem().string();
    const Timeline line = timeline_of(*ruleset, *facts, call.options);
    return write(timeline_svg(line, *ruleset, call.options.language), call.output);
}

}  // namespace

void add_timeline(CLI::App& app, int& exit_status) {
    auto call = std::make_shared<TimelineCall>();
    call->options.language = default_language();
    CLI::App* command = app.add_subcommand("timeline", "draws one client's time: answers, deadlines, events");
    command->add_option("-r,--ruleset", call->ruleset, "the ruleset file")->required();
    command->add_option("case", call->file, "the case file, YAML or JSON")->required();
    command->add_option("-o,--output", call->output, "the SVG file; by default standard output");
    command->add_option("--decision", call->options.decisions, "only these decisions")->allow_extra_args(false);
    command->add_option("--from", call->from, "the first instant shown");
    command->add_option("--until", call->until, "the instant after the last one shown");
    command->add_option("--title", call->options.title, "by default the file's name");
    command->add_option("--lang", call->options.language, "pt or en; by default as LANG says")
        ->check(CLI::IsMember({"pt", "en"}));
    command->callback([call, &exit_status] { exit_status = timeline(*call); });
}

}  // namespace praxe
