// `praxe agenda`: who has what on for a day, what is too much, where it can move, and who takes over.
#include "agenda/agenda.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "cli/agenda_report.hpp"
#include "cli/case_files.hpp"
#include "cli/commands.hpp"
#include "document/node.hpp"

namespace praxe {
namespace {

constexpr int bad_input = 2;
constexpr std::int64_t most_items = 1'000'000;

struct AgendaCall {
    std::string ruleset;
    std::vector<std::string> files;
    std::string person, day, at;
    std::string format = "text";
    std::string language;
    bool jsonl = false;
    bool no_colour = false;
    AgendaOptions options;
};

int fail(const std::string& text) {
    std::cerr << text;
    return bad_input;
}

/// What the call gives in words, as options; what is wrong with it goes to `error`.
void read_options(AgendaCall& call, std::string& error) {
    if (!call.at.empty()) call.options.at = read_instant(call.at, error);
    if (call.day.empty()) return;
    call.options.day = parse_date(call.day);
    if (!call.options.day) error += fmt::format("error: \"{}\" is not a date\n    hint: write YYYY-MM-DD\n", call.day);
}

/// The cases that can be read and decided; the others are told, each with its place, and counted.
class CaseReader {
  public:
    CaseReader(const Ruleset& ruleset, const AgendaCall& call, Agenda& agenda)
        : ruleset_(ruleset), call_(call), agenda_(agenda) {}

    void read_files() {
        for (const std::string& path : call_.files) {
            std::string error;
            const auto facts = read_case_file(ruleset_, path, call_.options.at, error);
            if (facts) agenda_.add(std::filesystem::path(path).stem().string(), *facts, error) ? ++read : 0;
            report(error);
        }
    }

    void read_lines() {
        std::string line;
        for (std::uint32_t number = 1; std::getline(std::cin, line); ++number) {
            const auto source = std::make_shared<Source>("<stdin>", std::move(line), number);
            const auto facts = read_dated_case(ruleset_, source, true, call_.options.at);
            std::string error = facts ? "" : facts.diagnostics().to_string();
            if (facts) agenda_.add(fmt::format("line {}", number), *facts, error) ? ++read : 0;
            report(error);
            line.clear();
        }
    }

    std::size_t read = 0;
    bool all_well = true;

  private:
    void report(const std::string& error) {
        std::cerr << error;
        all_well = all_well && error.empty();
    }

    const Ruleset& ruleset_;
    const AgendaCall& call_;
    Agenda& agenda_;
};

std::string unknown_person(const Agenda& agenda, const std::string& person) {
    if (person.empty() || agenda.knows(person)) return {};
    const std::string near = nearest(person, agenda.people());
    return fmt::format("error: no case knows \"{}\"\n{}", person,
                       near.empty() ? "" : fmt::format("    hint: did you mean \"{}\"?\n", near));
}

std::string written(const AgendaPage& page, const Ruleset& ruleset, const AgendaCall& call) {
    if (call.format == "ical") return agenda_calendar(page, ruleset, call.language);
    if (call.format == "text")
        return agenda_text(page, ruleset, {call.language, !call.no_colour && isatty(STDOUT_FILENO) == 1});
    std::string lines;
    for (const PersonDay& person : page.people) lines += agenda_json(person, page.day, ruleset) + "\n";
    return lines;
}

int agenda(AgendaCall& call) {
    const auto ruleset = Ruleset::load(call.ruleset);
    if (!ruleset) return fail(ruleset.diagnostics().to_string());
    std::string error;
    read_options(call, error);
    if (!error.empty()) return fail(error);
    if (call.files.empty() && !call.jsonl)
        return fail(
            "error: no case given\n    hint: name case files, or pass --jsonl to read them from standard input\n");
    if (!call.files.empty() && call.jsonl)
        return fail("error: --jsonl reads cases from standard input, not from files\n");
    auto agenda = Agenda::of(*ruleset, call.options);
    if (!agenda) return fail(agenda.diagnostics().to_string());
    CaseReader reader(*ruleset, call, *agenda);
    call.jsonl ? reader.read_lines() : reader.read_files();
    if (reader.read == 0) return reader.all_well && call.jsonl ? 0 : bad_input;
    if (error = unknown_person(*agenda, call.person); !error.empty()) return fail(error);
    AgendaPage page{agenda->day(), reader.read, *agenda->latest(), agenda->plan()};
    if (!call.person.empty())
        std::erase_if(page.people, [&](const PersonDay& one) { return one.person != call.person; });
    std::cout << written(page, *ruleset, call);
    if (!std::cout.flush()) return fail("error: cannot write to standard output\n");
    return reader.all_well ? 0 : bad_input;
}

}  // namespace

void add_agenda(CLI::App& app, int& exit_status) {
    auto call = std::make_shared<AgendaCall>();
    call->language = default_language();
    CLI::App* command = app.add_subcommand("agenda", "who has what on for a day, what can move, who takes over");
    command->add_option("-r,--ruleset", call->ruleset, "the ruleset file")->required();
    command->add_option("case", call->files, "case files, YAML or JSON");
    command->add_option("--for", call->person, "only this person");
    command->add_option("--day", call->day, "the day; by default that of the first case");
    command->add_option("--at", call->at, "the instant of decision, instead of the cases' own");
    command->add_option("--capacity", call->options.capacity, "items a day, instead of the ruleset's")
        ->check(CLI::Range(std::int64_t{0}, most_items));
    command->add_option("--format", call->format, "text, json (one person a line) or ical")
        ->check(CLI::IsMember({"text", "json", "ical"}));
    command->add_flag("--jsonl", call->jsonl, "cases from standard input, one a line");
    command->add_option("--lang", call->language, "pt or en; by default as LANG says")
        ->check(CLI::IsMember({"pt", "en"}));
    command->add_flag("--no-color", call->no_colour, "no colours, also on a terminal");
    command->callback([call, &exit_status] { exit_status = agenda(*call); });
}

}  // namespace praxe
