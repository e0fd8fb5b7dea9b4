// `praxe fmt`: rulesets, vocabularies, scenarios and expressions in their one form.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <praxe/ruleset.hpp>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "format/document_layout.hpp"
#include "syntax/layout.hpp"
#include "syntax/parser.hpp"

namespace praxe {
namespace {

namespace fs = std::filesystem;

enum Status { all_well = 0, found_differences = 1, bad_input = 2 };

constexpr std::string_view standard_input = "-";
constexpr std::string_view yaml_ending = ".yaml";

struct FmtCall {
    std::vector<std::string> paths;
    std::string expression;
    bool check = false;
    bool to_stdout = false;
};

struct Laid {
    std::string path;
    std::string before, after;
};

int complain(const Diagnostics& diagnostics) {
    std::cerr << diagnostics.to_string();
    return bad_input;
}

int print(const std::string& text) {
    std::cout << text << std::flush;
    if (std::cout) return all_well;
    std::cerr << "error: cannot write to standard output\n";
    return bad_input;
}

SourcePtr read(const std::string& path, std::string& message) {
    if (path != standard_input) return Ruleset::read_file(path, message);
    std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    return std::make_shared<const Source>("standard input", std::move(text));
}

std::optional<Laid> lay_out(const std::string& path, Diagnostics& diagnostics) {
    if (path.ends_with(".json")) {
        diagnostics.error({}, fmt::format("\"{}\" is JSON, which is not laid out", path), "give YAML files");
        return std::nullopt;
    }
    std::string message;
    const SourcePtr source = read(path, message);
    if (source == nullptr) {
        diagnostics.error({}, fmt::format("cannot read \"{}\": {}", path, message));
        return std::nullopt;
    }
    auto text = format_document(source, diagnostics);
    return text ? std::optional(Laid{path, source->text(), *std::move(text)}) : std::nullopt;
}

/// The whole text or, should anything fail, what was there before: it is written beside, and then takes the name.
bool replace_file(const std::string& path, const std::string& text, Diagnostics& diagnostics) {
    std::error_code failed;
    const fs::path target = fs::canonical(path, failed);
    const fs::path beside = target.string() + ".praxe-fmt";
    if (!failed) {
        std::ofstream out(beside, std::ios::binary | std::ios::trunc);
        if (!(out << text && out.flush())) failed = std::make_error_code(std::errc::io_error);
    }
    if (!failed) fs::permissions(beside, fs::status(target).permissions(), failed);
    if (!failed) fs::rename(beside, target, failed);
    if (!failed) return true;
    std::error_code ignored;
    fs::remove(beside, ignored);
    diagnostics.error({}, fmt::format("cannot write \"{}\"", path));
    return false;
}

int fmt_expression(const std::string& text) {
    Diagnostics diagnostics;
    const auto source = std::make_shared<const Source>("expression", text);
    if (!parse_expression(Excerpt::whole(source), diagnostics)) return complain(diagnostics);
    return print(format_expression(text) + "\n");
}

int check(const std::vector<Laid>& files) {
    std::string names;
    for (const Laid& file : files) {
        if (file.before != file.after) names += file.path + "\n";
    }
    const int printed = print(names);
    return names.empty() || printed != all_well ? printed : found_differences;
}

int run(const FmtCall& call) {
    if (!call.expression.empty()) return fmt_expression(call.expression);
    Diagnostics diagnostics;
    std::vector<Laid> files;
    for (const std::string& path : call.paths) {
        for (const std::string& file : files_below(path, yaml_ending, "YAML", diagnostics)) {
            if (auto laid = lay_out(file, diagnostics)) files.push_back(*std::move(laid));
        }
    }
    if (!diagnostics.empty()) return complain(diagnostics);  // and no file is touched
    if (call.check) return check(files);
    for (const Laid& file : files) {
        if (call.to_stdout || file.path == standard_input) {
            if (print(file.after) != all_well) return bad_input;
        } else if (file.before != file.after) {
            replace_file(file.path, file.after, diagnostics);
        }
    }
    return diagnostics.empty() ? all_well : complain(diagnostics);
}

}  // namespace

void add_fmt(CLI::App& app, int& exit_status) {
    const auto call = std::make_shared<FmtCall>();
    CLI::App* command = app.add_subcommand("fmt", "lays out rulesets, vocabularies and scenarios: space, never words");
    CLI::Option* files =
        command->add_option("file", call->paths, "YAML files, folders of them, or - for standard input");
    CLI::Option* check = command->add_flag("--check", call->check, "change nothing; name the files that would change");
    CLI::Option* to_stdout = command->add_flag("--stdout", call->to_stdout, "print the result in place of writing it");
    CLI::Option* expression = command->add_option("-e,--expression", call->expression,
                                                  "an expression to lay out and print, in place of files");
    check->excludes(to_stdout)->excludes(expression);
    expression->excludes(files);
    command->callback([call, &exit_status] {
        if (call->paths.empty() && call->expression.empty()) throw CLI::RequiredError("file");
        exit_status = run(*call);
    });
}

}  // namespace praxe
