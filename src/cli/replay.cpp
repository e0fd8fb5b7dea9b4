// `praxe replay`: a stream of events through time, and what changes on the way.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <praxe/history.hpp>

#include "cli/case_files.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "run/answer_json.hpp"
#include "value/time.hpp"

namespace praxe {
namespace {

constexpr int bad_input = 2;
constexpr std::string_view standard_input = "-";

struct ReplayCall {
    std::vector<std::string> rulesets;
    std::string events;
    std::string until, facts_at, window;
    std::optional<std::int64_t> until_instant;  // what `until` says
    std::string of;
    std::string format;  // where nothing is said, JSON for changes, YAML for the facts of one case
    std::string language = default_language();
    bool progress = false;
    bool no_colour = false;
    ReplayOptions options;
};

int fail(const std::string& text) {
    std::cerr << text;
    return bad_input;
}

/// How far the stream has come.
std::string progress_text(const Replay& replay, double seconds) {
    const ReplayCounts counts = replay.counts();
    const auto now = replay.now();
    return fmt::format("{} events ({:.0f} a second), {} cases, {} changes{}", counts.events,
                       static_cast<double>(counts.events) / seconds, counts.cases, counts.changes,
                       now ? ", " + format_utc(*now, 0) : "");
}

std::string cause_text(const Replay& replay, const Cause& cause, const std::string& language) {
    const bool pt = language == "pt";
    std::string text;
    switch (cause.kind) {
        case Cause::Kind::time:
            return pt ? "o tempo passou" : "time passed";
        case Cause::Kind::ruleset:
            return fmt::format("{} \"{}\"",
                               pt ? "passou a valer a política" : "a ruleset came into force:", cause.ruleset);
        case Cause::Kind::event:
            text = replay.title_of(cause.type, language);
            break;
    }
    text +=
        cause.id.empty() ? fmt::format(", {} {}", pt ? "linha" : "line", cause.line) : fmt::format(", {}", cause.id);
    return text + (!cause.late ? "" : pt ? "; chegou atrasado" : "; came late");
}

std::string summary_text(const ReplayCounts& counts, const std::string& language) {
    const char* format = language == "pt"
                             ? "{} eventos de {} casos ({} repetidos, {} atrasados, {} recusados); {} mudanças\n"
                             : "{} events of {} cases ({} duplicates, {} late, {} refused); {} changes\n";
    return fmt::format(fmt::runtime(format), counts.events, counts.cases, counts.duplicates, counts.late,
                       counts.refused, counts.changes);
}

/// Writes what a replay tells; a person reads of events that are refused on standard error.
class Teller {
  public:
    Teller(const Replay& replay, const ReplayCall& call)
        : replay_(replay),
          text_(call.format == "text"),
          style_{call.language, !call.no_colour && isatty(STDOUT_FILENO) == 1} {}

    Replay::Sink sink() {
        return {[this](const ReplayedChange& change) { tell(change); },
                [this](const Diagnostics& diagnostics) { refuse(diagnostics); }};
    }
    bool refused() const { return refused_; }
    bool wrote_all() const { return wrote_all_; }

    void write(const std::string& text) {
        if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) wrote_all_ = false;
    }

  private:
    void tell(const ReplayedChange& change) {
        write(text_ ? report(change, cause_text(replay_, change.cause, style_.language), style_)
                    : replay_.to_json(change) + "\n");
    }
    void refuse(const Diagnostics& diagnostics) {
        refused_ = true;
        text_ ? static_cast<void>(std::cerr << diagnostics.to_string()) : write(diagnostics_json(diagnostics) + "\n");
    }

    const Replay& replay_;
    bool text_;
    ReportStyle style_;
    bool refused_ = false;
    bool wrote_all_ = true;
};

/// The facts of one case, or of all, one a line. An event that is refused is told on standard error.
int print_facts(const Replay& replay, const ReplayCall& call, Teller& teller) {
    if (call.of.empty()) {
        for (const std::string& id : replay.cases()) teller.write(*replay.facts(id, Replay::Notation::json) + "\n");
        return 0;
    }
    const auto notation = call.format == "json" ? Replay::Notation::json : Replay::Notation::yaml;
    const auto facts = replay.facts(call.of, notation);
    if (!facts) return fail(fmt::format("error: no event until then is of the {} \"{}\"\n", replay.subject(), call.of));
    teller.write(call.format == "json" ? *facts + "\n" : *facts);
    return 0;
}

int run_through(Replay& replay, std::istream& in, const ReplayCall& call) {
    const bool facts_only = !call.options.decide;
    Teller teller(replay, call);
    Replay::Sink sink = teller.sink();
    bool refused = false;
    if (facts_only) {
        sink.refused = [&](const Diagnostics& diagnostics) {
            refused = true;
            std::cerr << diagnostics.to_string();
        };
    }
    Progress progress(call.progress, [&](double seconds) { return progress_text(replay, seconds); });
    const std::string name = call.events == standard_input ? "<stdin>" : call.events;
    std::string line;
    for (std::uint32_t number = 1; !replay.ended() && teller.wrote_all() && std::getline(in, line); ++number) {
        replay.read(std::make_shared<Source>(name, std::move(line), number), sink);
        progress.step();
        line.clear();
    }
    replay.finish(sink);
    if (const auto until = call.until_instant ? call.until_instant : call.options.last) replay.advance(*until, sink);
    progress.end();
    int status = teller.refused() || refused ? bad_input : 0;
    if (facts_only && print_facts(replay, call, teller) != 0) status = bad_input;
    if (!facts_only && call.format == "text") teller.write(summary_text(replay.counts(), call.language));
    if (std::fflush(stdout) != 0 || !teller.wrote_all()) return fail("error: cannot write to standard output\n");
    return status;
}

/// What is wrong with the call, or nothing.
std::string take_times(ReplayCall& call) {
    std::string error;
    if (!call.until.empty()) call.until_instant = read_instant(call.until, error);
    if (!call.facts_at.empty()) call.options.last = read_instant(call.facts_at, error);
    if (!error.empty()) return error;
    if (!call.of.empty() && call.facts_at.empty())
        return "error: --case is for facts\n    hint: add --facts-at INSTANT\n";
    call.options.decide = call.facts_at.empty();
    if (call.window.empty()) return {};
    const auto window = parse_duration(call.window);
    if (!window || window->micros < 0 || window->nanos_below != 0)
        return fmt::format("error: \"{}\" is no span of time\n    hint: write 90m, 48h or 1h30m\n", call.window);
    call.options.window = window->micros;
    return {};
}

int replay(ReplayCall& call) {
    if (const std::string error = take_times(call); !error.empty()) return fail(error);
    std::vector<Ruleset> rulesets;
    std::string errors;
    for (const std::string& path : call.rulesets) {
        auto ruleset = Ruleset::load(path);
        ruleset ? rulesets.push_back(*std::move(ruleset))
                : static_cast<void>(errors += ruleset.diagnostics().to_string());
    }
    if (!errors.empty()) return fail(errors);
    call.options.texts = call.options.explain = call.format == "text";
    auto replay = Replay::open(std::move(rulesets), call.options);
    if (!replay) return fail(replay.diagnostics().to_string());
    if (call.events == standard_input) return run_through(*replay, std::cin, call);
    std::ifstream file(call.events, std::ios::binary);
    if (!file.is_open() || (file.peek(), file.bad()))
        return fail(fmt::format("{}: error: no such file, or it cannot be read\n", call.events));
    return run_through(*replay, file, call);
}

}  // namespace

void add_replay(CLI::App& app, int& exit_status) {
    auto call = std::make_shared<ReplayCall>();
    CLI::App* command = app.add_subcommand("replay", "a stream of events through time: every change, and why");
    command->add_option("-r,--ruleset", call->rulesets, "the ruleset file; again for those that followed it")
        ->required()
        ->allow_extra_args(false);
    command->add_option("events", call->events, "the events, one JSON object a line; - for standard input")->required();
    command->add_option("--events", call->options.events,
                        "the file of the types of events, instead of events.yaml beside the vocabulary");
    command->add_option("--decision", call->options.decisions, "only these decisions")->allow_extra_args(false);
    command->add_option("--until", call->until, "let time go on until there after the last event");
    command->add_option("--window", call->window, "events wait so long for earlier ones that come later, as 48h");
    command->add_option("--facts-at", call->facts_at, "decide nothing; print the facts as of that instant");
    command->add_option("--case", call->of, "of facts, those of this case only");
    command
        ->add_option("--format", call->format, "json or text; of the facts of one case text is YAML, and the default")
        ->check(CLI::IsMember({"json", "text"}));
    command->add_option("--lang", call->language, "pt or en; by default as LANG says")
        ->check(CLI::IsMember({"pt", "en"}));
    command->add_flag("--progress", call->progress, "say on standard error how far it has come, though no terminal");
    command->add_flag("--no-color", call->no_colour, "no colours, also on a terminal");
    command->callback([call, &exit_status] { exit_status = replay(*call); });
}

}  // namespace praxe
