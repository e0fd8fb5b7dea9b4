// `praxe duplicates`: which registrations of a whole base are one client's, and which record to keep. Merges nothing.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <praxe/duplicates.hpp>

#include "cli/case_files.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"

namespace praxe {
namespace {

constexpr int found_some = 1;
constexpr int bad_input = 2;
constexpr std::size_t ids_in_a_line = 20;

struct DuplicatesCall {
    std::string ruleset, registrations, at;
    std::string format = "text";
    std::string language = default_language();
    bool progress = false;
};

int fail(const std::string& text) {
    std::cerr << text;
    return bad_input;
}

/// What was found, told one by one, and counted.
class Teller {
  public:
    Teller(const Duplicates& duplicates, const DuplicatesCall& call)
        : duplicates_(duplicates), json_(call.format == "json"), pt_(call.language == "pt"), language_(call.language) {}

    void tell(const DuplicateGroup& group) {
        ++(group.ids.size() > 1 ? groups_ : alone_);
        if (group.ids.size() > 1) in_groups_ += group.ids.size();
        if (group.answer.outcome.is_error()) failed_ = true;
        write(json_ ? duplicates_.to_json(group) + "\n" : text(group));
    }
    void summary() {
        if (json_) return;
        const char* format =
            pt_ ? "{} cadastros: {} grupos com {} deles, {} que não se sabe de quem são\n"
                : "{} registrations: {} groups with {} of them, {} of which nobody knows whose they are\n";
        write(fmt::format(fmt::runtime(format), duplicates_.size(), groups_, in_groups_, alone_));
    }

    bool found() const { return groups_ + alone_ > 0; }
    bool failed() const { return failed_; }
    bool wrote_all() const { return wrote_all_; }

  private:
    std::string text(const DuplicateGroup& group) const {
        const char* more = pt_ ? " e mais {}" : " and {} more";
        const std::size_t shown = std::min(group.ids.size(), ids_in_a_line);
        std::string text = fmt::format(
            "{}", fmt::join(group.ids.begin(), group.ids.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
        if (shown < group.ids.size()) text += fmt::format(fmt::runtime(more), group.ids.size() - shown);
        text += "\n";
        if (group.unclear)
            text += pt_ ? "  tem algo em comum com clientes diferentes: não se sabe de quem é\n"
                        : "  shares something with different clients: nobody knows whose it is\n";
        if (group.answer.outcome.is_error())
            text += fmt::format("  error: {}\n", group.answer.outcome.as_error().message);
        for (const Because& because : group.answer.because) {
            const auto said = because.text.find(language_);
            if (group.ids.size() > 1 && said != because.text.end())
                text += fmt::format("  {} {}\n", fmt::join(because.cite, ", "), said->second);
        }
        return text + "\n";
    }

    void write(const std::string& text) {
        if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) wrote_all_ = false;
    }

    const Duplicates& duplicates_;
    bool json_, pt_;
    std::string language_;
    std::size_t groups_ = 0, in_groups_ = 0, alone_ = 0;
    bool failed_ = false, wrote_all_ = true;
};

/// Reads the registrations, one a line; false where one of them is wrong, which is told.
bool read_all(std::istream& in, const std::string& name, Duplicates& duplicates, bool progress_wanted) {
    std::uint64_t lines = 0;
    bool all_well = true;
    Progress progress(progress_wanted, [&](double seconds) {
        return fmt::format("{} registrations ({:.0f} a second)", lines, static_cast<double>(lines) / seconds);
    });
    std::string line;
    while (std::getline(in, line)) {
        const auto source = std::make_shared<Source>(name, std::move(line), static_cast<std::uint32_t>(++lines));
        if (const Diagnostics wrong = duplicates.add(source); !wrong.empty()) {
            all_well = false;
            std::cerr << wrong.to_string();
        }
        progress.step();
        line.clear();
    }
    progress.end();
    return all_well;
}

int tell_all(const Duplicates& duplicates, const DuplicatesCall& call) {
    Teller teller(duplicates, call);
    std::uint64_t groups = 0;
    Progress progress(call.progress, [&](double seconds) {
        return fmt::format("{} groups ({:.0f} a second)", groups, static_cast<double>(groups) / seconds);
    });
    duplicates.find([&](const DuplicateGroup& group) {
        ++groups;
        teller.tell(group);
        progress.step();
    });
    progress.end();
    teller.summary();
    if (std::fflush(stdout) != 0 || !teller.wrote_all()) return fail("error: cannot write to standard output\n");
    if (teller.failed()) return bad_input;
    return teller.found() ? found_some : 0;
}

int duplicates(const DuplicatesCall& call) {
    DuplicateOptions options;
    options.texts = call.format == "text";
    std::string error;
    if (!call.at.empty()) options.at = read_instant(call.at, error);
    if (!error.empty()) return fail(error);
    const auto ruleset = Ruleset::load(call.ruleset);
    if (!ruleset) return fail(ruleset.diagnostics().to_string());
    auto found = Duplicates::of(*ruleset, options);
    if (!found) return fail(found.diagnostics().to_string());
    std::ifstream file;
    if (call.registrations != "-") {
        file.open(call.registrations, std::ios::binary);
        if (!file.is_open() || (file.peek(), file.bad()))
            return fail(fmt::format("{}: error: no such file, or it cannot be read\n", call.registrations));
    }
    std::istream& in = call.registrations == "-" ? std::cin : file;
    const std::string name = call.registrations == "-" ? "<stdin>" : call.registrations;
    if (!read_all(in, name, *found, call.progress)) return bad_input;
    return tell_all(*found, call);
}

}  // namespace

void add_duplicates(CLI::App& app, int& exit_status) {
    auto call = std::make_shared<DuplicatesCall>();
    CLI::App* command =
        app.add_subcommand("duplicates", "which registrations of a base are one client's, and which to keep");
    command->add_option("-r,--ruleset", call->ruleset, "the ruleset file")->required();
    command
        ->add_option("registrations", call->registrations,
                     "the registrations, one JSON object a line; - for standard input")
        ->required();
    command->add_option("--at", call->at, "as of that instant; otherwise all that is told has happened");
    command->add_option("--format", call->format, "text, or json: one object a line")
        ->check(CLI::IsMember({"json", "text"}));
    command->add_option("--lang", call->language, "pt or en; by default as LANG says")
        ->check(CLI::IsMember({"pt", "en"}));
    command->add_flag("--progress", call->progress, "say on standard error how far it has come, though no terminal");
    command->callback([call, &exit_status] { exit_status = duplicates(*call); });
}

}  // namespace praxe
