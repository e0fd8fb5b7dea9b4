// `praxe graph`: the decisions and what they need, as DOT, Mermaid or SVG.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <praxe/ruleset.hpp>
#include <set>

#include "check/model.hpp"
#include "cli/commands.hpp"

namespace praxe {
namespace {

/// A node of the picture: a question, a decision of its own, a definition or a fact.
struct Drawing {
    struct Node {
        std::string name, label;
        enum class Look { question, decision, definition, fact } look;
    };
    std::vector<Node> nodes;
    std::vector<std::pair<std::string, std::string>> edges;  // needed → needing
};

Drawing draw(const Model& model, const std::string& language) {
    Drawing drawing;
    std::vector<std::string> names;
    for (const Binding& definition : model.define) {
        names.push_back(definition.name);
        drawing.nodes.push_back({definition.name, definition.name, Drawing::Node::Look::definition});
    }
    std::set<std::string> facts;
    for (const auto& decision : model.decisions) {
        names.push_back(decision->name);
        const auto asked = decision->asks.find(language);
        const bool question = asked != decision->asks.end();
        drawing.nodes.push_back({decision->name,
                                 question ? fmt::format("{}\\n{}", decision->name, asked->second) : decision->name,
                                 question ? Drawing::Node::Look::question : Drawing::Node::Look::decision});
        for (const Need& need : decision->needs) {
            facts.insert(need.fact);
            drawing.edges.emplace_back(need.fact, decision->name);
        }
    }
    for (const std::string& fact : facts) drawing.nodes.push_back({fact, fact, Drawing::Node::Look::fact});
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto& [user, used] : model.uses) {
        if (seen.emplace(names[used], names[user]).second) drawing.edges.emplace_back(names[used], names[user]);
    }
    return drawing;
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string dot_of(const Drawing& drawing, const std::string& name) {
    static constexpr const char* looks[] = {
        "shape=box style=\"rounded,filled\" fillcolor=\"#dbeafe\"",
        "shape=box style=\"rounded\"",
        "shape=box style=\"rounded,dashed\"",
        "shape=note style=filled fillcolor=\"#f3f4f6\"",
    };
    std::string out =
        fmt::format("digraph {} {{\n  rankdir=LR;\n  node [fontname=\"Helvetica\" fontsize=11];\n", in_quotes(name));
    for (const auto& node : drawing.nodes) {
        out += fmt::format("  {} [label={} {}];\n", in_quotes(node.name), in_quotes(node.label),
                           looks[static_cast<std::size_t>(node.look)]);
    }
    for (const auto& [from, to] : drawing.edges) out += fmt::format("  {} -> {};\n", in_quotes(from), in_quotes(to));
    return out + "}\n";
}

std::string mermaid_of(const Drawing& drawing) {
    static constexpr std::pair<const char*, const char*> looks[] = {
        {"([", "])"}, {"[", "]"}, {"[/", "/]"}, {"[(", ")]"}};
    std::map<std::string, std::string> ids;
    std::string out = "flowchart LR\n";
    for (const auto& node : drawing.nodes) {
        const auto [open, close] = looks[static_cast<std::size_t>(node.look)];
        const std::string id = fmt::format("n{}", ids.size());
        ids.emplace(node.name, id);
        out += fmt::format("  {}{}{}{}\n", id, open, in_quotes(node.name), close);
    }
    for (const auto& [from, to] : drawing.edges) out += fmt::format("  {} --> {}\n", ids[from], ids[to]);
    return out;
}

/// Graphviz draws it, where it is installed.
int print_svg(const std::string& dot) {
    std::FILE* graphviz = popen("dot -Tsvg", "w");
    const bool written = graphviz != nullptr && std::fwrite(dot.data(), 1, dot.size(), graphviz) == dot.size();
    if (graphviz != nullptr && pclose(graphviz) == 0 && written) return 0;
    std::cerr
        << "error: SVG needs Graphviz's command \"dot\"\n    hint: install graphviz, or use --format dot or mermaid\n";
    return 2;
}

struct GraphCall {
    std::string ruleset;
    std::string format = "dot";
    std::string language = "en";
};

int graph(const GraphCall& call) {
    const auto ruleset = Ruleset::load(call.ruleset);
    if (!ruleset) {
        std::cerr << ruleset.diagnostics().to_string();
        return 2;
    }
    const Drawing drawing = draw(ruleset->model(), call.language);
    if (call.format == "svg") return print_svg(dot_of(drawing, ruleset->name()));
    std::cout << (call.format == "dot" ? dot_of(drawing, ruleset->name()) : mermaid_of(drawing));
    return 0;
}

}  // namespace

void add_graph(CLI::App& app, int& exit_status) {
    auto call = std::make_shared<GraphCall>();
    CLI::App* command = app.add_subcommand("graph", "draws the decisions and what they need");
    command->add_option("ruleset", call->ruleset, "the ruleset file")->required();
    command->add_option("--format", call->format, "dot, mermaid or svg")
        ->check(CLI::IsMember({"dot", "mermaid", "svg"}));
    command->add_option("--lang", call->language, "pt or en")->check(CLI::IsMember({"pt", "en"}));
    command->callback([call, &exit_status] { exit_status = graph(*call); });
}

}  // namespace praxe
