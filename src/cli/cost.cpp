// `praxe cost`: what each decision can take at its worst, and what takes most of it.
#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <praxe/ruleset.hpp>

#include "cli/commands.hpp"

namespace praxe {
namespace {

using Json = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr std::size_t max_parts_shown = 3;

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
    return text;
}

std::string steps_text(const std::optional<std::uint64_t>& steps) {
    return steps ? grouped(*steps) + (*steps == 1 ? " step" : " steps") : std::string("unbounded");
}

std::string place_text(const Place& place) {
    if (!place.source) return {};
    const auto [line, column] = place.source->position(place.span.begin);
    return fmt::format("{}:{}:{}", place.source->name(), line, column);
}

std::string text_of(const Cost& cost) {
    std::string out = fmt::format("{}: {}\n", cost.decision, steps_text(cost.steps));
    if (cost.missing) {
        out += fmt::format("  \"{}\" declares no {}  {}\n", cost.missing->field, cost.missing->bound,
                           place_text(cost.missing->place));
    }
    for (std::size_t i = 0; i < cost.parts.size() && i < max_parts_shown; ++i) {
        const Cost::Part& part = cost.parts[i];
        out += fmt::format("  {:>20}  {}", steps_text(part.steps), part.name);
        if (!part.costliest.empty()) out += fmt::format(": {}  {}", part.costliest, place_text(part.place));
        out += '\n';
    }
    return out;
}

void write(Json& json, std::string_view key, const std::string& text) {
    json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    json.String(text.c_str(), static_cast<rapidjson::SizeType>(text.size()));
}

void write_steps(Json& json, const std::optional<std::uint64_t>& steps) {
    json.Key("steps");
    if (steps) {
        json.Uint64(*steps);
    } else {
        json.Null();
    }
}

std::string json_of(const Cost& cost) {
    rapidjson::StringBuffer buffer;
    Json json(buffer);
    json.StartObject();
    write(json, "decision", cost.decision);
    write_steps(json, cost.steps);
    if (cost.missing) {
        json.Key("missing");
        json.StartObject();
        write(json, "field", cost.missing->field);
        write(json, "bound", std::string(cost.missing->bound));
        write(json, "place", place_text(cost.missing->place));
        json.EndObject();
    }
    json.Key("parts");
    json.StartArray();
    for (const Cost::Part& part : cost.parts) {
        json.StartObject();
        write(json, "name", part.name);
        write_steps(json, part.steps);
        write(json, "costliest", part.costliest);
        write(json, "place", place_text(part.place));
        json.EndObject();
    }
    json.EndArray();
    json.EndObject();
    return buffer.GetString();
}

struct CostCall {
    std::string ruleset;
    std::string format = "text";
};

int cost(const CostCall& call) {
    const auto ruleset = Ruleset::load(call.ruleset);
    if (!ruleset) {
        std::cerr << ruleset.diagnostics().to_string();
        return 2;
    }
    for (const Cost& one : ruleset->costs()) std::cout << (call.format == "json" ? json_of(one) + "\n" : text_of(one));
    return 0;
}

}  // namespace

void add_cost(CLI::App& app, int& exit_status) {
    auto call = std::make_shared<CostCall>();
    CLI::App* command = app.add_subcommand("cost", "what each decision can take at its worst, in steps");
    command->add_option("ruleset", call->ruleset, "the ruleset file")->required();
    command->add_option("--format", call->format, "text, or json: one object a line")
        ->check(CLI::IsMember({"text", "json"}));
    command->callback([call, &exit_status] { exit_status = cost(*call); });
}

}  // namespace praxe
