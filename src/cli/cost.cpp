// `praxe cost`: what each decision can take at its worst, and what takes most of it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <praxe/ruleset.hpp>

#include "cli/commands.hpp"
#include "document/json_writer.hpp"

namespace praxe {
namespace {

constexpr std::size_t max_parts_shown = 3;
constexpr std::size_t kib = 1024;

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
    if (cost.index) {
        out += fmt::format("  index of {} rules by {} columns: {} KiB\n", grouped(cost.index->rules),
                           cost.index->columns, grouped((cost.index->bytes + kib - 1) / kib));
    }
    for (std::size_t i = 0; i < cost.parts.size() && i < max_parts_shown; ++i) {
        const Cost::Part& part = cost.parts[i];
        out += fmt::format("  {:>20}  {}", steps_text(part.steps), part.name);
        if (!part.costliest.empty()) out += fmt::format(": {}  {}", part.costliest, place_text(part.place));
        out += '\n';
    }
    return out;
}

void write_steps(JsonWriter& json, const std::optional<std::uint64_t>& steps) {
    json.key("steps");
    if (steps) {
        json.number(*steps);
    } else {
        json.null();
    }
}

std::string json_of(const Cost& cost) {
    JsonWriter json;
    json.begin_object();
    json.text("decision", cost.decision);
    write_steps(json, cost.steps);
    if (cost.missing) {
        json.key("missing");
        json.begin_object();
        json.text("field", cost.missing->field);
        json.text("bound", cost.missing->bound);
        json.text("place", place_text(cost.missing->place));
        json.end_object();
    }
    if (cost.index) {
        json.key("index");
        json.begin_object();
        json.number("rules", cost.index->rules);
        json.number("columns", cost.index->columns);
        json.number("bytes", cost.index->bytes);
        json.end_object();
    }
    json.objects("parts", cost.parts, [&](const Cost::Part& part) {
        json.text("name", part.name);
        write_steps(json, part.steps);
        json.text("costliest", part.costliest);
        json.text("place", place_text(part.place));
    });
    json.end_object();
    return json.take();
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
