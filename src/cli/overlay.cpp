// `praxe overlay`: what a ruleset changes in the one it extends, each change with its place.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <praxe/ruleset.hpp>

#include "cli/commands.hpp"
#include "document/json_writer.hpp"

namespace praxe {
namespace {

using What = OverlayChange::What;
using How = OverlayChange::How;

std::string_view word(What what) {
    switch (what) {
        case What::setting:
            return "setting";
        case What::vocabulary:
            return "vocabulary";
        case What::parameter:
            return "parameter";
        case What::definition:
            return "definition";
        case What::decision:
            return "decision";
        case What::rule:
            return "rule";
        case What::exception:
            return "exception";
        case What::let:
            return "let";
        case What::always:
            return "always";
        case What::question:
            return "asks";
    }
    return {};
}

std::string_view word(How how) {
    switch (how) {
        case How::added:
            return "added";
        case How::changed:
            return "changed";
        case How::dropped:
            return "dropped";
    }
    return {};
}

std::string place_text(const Place& place) {
    const auto [line, column] = place.source->position(place.span.begin);
    return fmt::format("{}:{}:{}", place.source->name(), line, column);
}

/// Rules are long: before and after stand on lines of their own.
bool is_long(What what) {
    return what == What::rule || what == What::exception;
}

std::string text_of(const OverlayChange& change) {
    std::string out =
        fmt::format("{}: {} {} {}", place_text(change.place), word(change.what), change.name, word(change.how));
    if (!change.anchor.empty()) out += fmt::format(", {}", change.anchor);
    if (!is_long(change.what)) {
        if (change.how == How::changed && !change.after.empty())
            out += fmt::format(": {} → {}", change.before.empty() ? "(none)" : change.before, change.after);
        if (change.how == How::added && !change.after.empty()) out += ": " + change.after;
        return out + "\n";
    }
    out += "\n";
    if (!change.before.empty()) out += fmt::format("  - {}\n", change.before);
    if (!change.after.empty()) out += fmt::format("  + {}\n", change.after);
    return out;
}

std::string json_of(const OverlayChange& change) {
    JsonWriter json;
    json.begin_object();
    json.text_if_any("what", word(change.what));
    json.text_if_any("how", word(change.how));
    json.text_if_any("name", change.name);
    json.text_if_any("anchor", change.anchor);
    json.text_if_any("before", change.before);
    json.text_if_any("after", change.after);
    json.text_if_any("place", place_text(change.place));
    json.end_object();
    return json.take();
}

struct OverlayCall {
    std::string ruleset;
    std::string format = "text";
};

int overlay(const OverlayCall& call) {
    const auto ruleset = Ruleset::load(call.ruleset);
    if (!ruleset) {
        std::cerr << ruleset.diagnostics().to_string();
        return 2;
    }
    for (const OverlayChange& change : ruleset->changes())
        std::cout << (call.format == "json" ? json_of(change) + "\n" : text_of(change));
    return 0;
}

}  // namespace

void add_overlay(CLI::App& app, int& exit_status) {
    auto call = std::make_shared<OverlayCall>();
    CLI::App* command = app.add_subcommand("overlay", "what a ruleset changes in the one it extends");
    command->add_option("ruleset", call->ruleset, "the ruleset file")->required();
    command->add_option("--format", call->format, "text, or json: one object a line")
        ->check(CLI::IsMember({"text", "json"}));
    command->callback([call, &exit_status] { exit_status = overlay(*call); });
}

}  // namespace praxe
