// `praxe eval`: the value of one expression, or one answer for each line of standard input.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

#include "check/checker.hpp"
#include "cli/commands.hpp"
#include "facts/plain_values.hpp"
#include "run/bindings.hpp"
#include "run/expression_line.hpp"
#include "syntax/lexer.hpp"
#include "syntax/parser.hpp"
#include "value/budget.hpp"

namespace praxe {
namespace {

constexpr int all_well = 0;
constexpr int wrong_input = 2;

struct EvalOptions {
    std::string expression;
    std::string facts_path;
    std::string zone_name;
    bool type_only = false;
    bool tokens = false, tree = false, typed_tree = false;
    bool lines = false;
    bool functions = false;
};

int complain(const Diagnostics& diagnostics) {
    std::cerr << diagnostics.to_string();
    return wrong_input;
}
int complain(std::string_view message) {
    std::cerr << "error: " << message << "\n";
    return wrong_input;
}
int print(const std::string& text) {
    std::cout << text;
    return all_well;
}

std::optional<VariableValues> read_facts(const std::string& path, Diagnostics& diagnostics) {
    if (path.empty()) return VariableValues{};
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) {
        diagnostics.error({}, fmt::format("cannot read {}", path));
        return std::nullopt;
    }
    const auto document = read_document(std::make_shared<const Source>(path, std::move(text)), diagnostics);
    return document ? plain_variables(*document, diagnostics) : std::nullopt;
}

int eval_one(const EvalOptions& options, const FunctionContext& context) {
    Diagnostics diagnostics;
    const auto values = read_facts(options.facts_path, diagnostics);
    if (!values || !diagnostics.empty()) return complain(diagnostics);

    const auto source = std::make_shared<const Source>("expression", options.expression);
    if (options.tokens) {
        const std::string text = to_text(tokenize(Excerpt::whole(source), diagnostics));
        return diagnostics.empty() ? print(text) : complain(diagnostics);
    }
    auto expression = parse_expression(Excerpt::whole(source), diagnostics);
    if (!expression) return complain(diagnostics);
    if (options.tree) return print(to_tree(*expression->root));
    Scope scope;
    scope.dynamic = true;
    for (const auto& [name, value] : *values) scope.variables[name] = type_of(value);
    const Type type = check(*expression, scope, nullptr, diagnostics);
    if (!diagnostics.empty()) return complain(diagnostics);
    if (options.typed_tree) return print(to_tree(*expression->root));
    if (options.type_only) {
        std::cout << to_cel(type) << "\n";
        return all_well;
    }

    Budget budget;
    FunctionContext bounded = context;
    bounded.budget = &budget;
    Bindings environment(*values, bounded);
    environment.source = source;
    const Value value = evaluate(*expression->root, environment);
    if (value.is_error()) {
        diagnostics.error(value.as_error().place, value.as_error().message);
        return complain(diagnostics);
    }
    std::cout << to_text(value) << "\n";
    return all_well;
}

int eval_lines(const FunctionContext& context) {
    int status = all_well;
    for (std::string line; std::getline(std::cin, line);) {
        bool readable = true;
        std::cout << answer_line(line, context, readable) << "\n";
        if (!readable) status = wrong_input;
    }
    std::cout.flush();
    return status;
}

int eval_command(const EvalOptions& options) {
    if (options.functions) {
        print_functions();
        return all_well;
    }
    if (options.lines == !options.expression.empty() || (options.lines && options.type_only)) {
        return complain("give one expression, or --jsonl and lines on standard input");
    }
    const auto zone = Zone::find(options.zone_name.empty() ? "UTC" : options.zone_name);
    if (!zone) return complain(fmt::format("\"{}\" is not a time zone", options.zone_name));
    FunctionContext context;
    if (!options.zone_name.empty()) context.zone = &*zone;
    return options.lines ? eval_lines(context) : eval_one(options, context);
}

}  // namespace

void add_eval(CLI::App& app, int& exit_status) {
    const auto options = std::make_shared<EvalOptions>();
    CLI::App* command = app.add_subcommand("eval", "the value of an expression");
    command->add_option("expression", options->expression, "what to evaluate");
    command->add_option("--facts", options->facts_path, "values of the names in it: a YAML or JSON map");
    command->add_option("--zone", options->zone_name, "time zone of local days, as America/Sao_Paulo");
    command->add_flag("--type", options->type_only, "the type it has, as CEL writes it, in place of its value");
    CLI::Option* tokens =
        command->add_flag("--tokens", options->tokens, "its tokens, one a line, in place of its value");
    CLI::Option* tree = command->add_flag("--tree", options->tree, "its tree, as parsed");
    CLI::Option* typed = command->add_flag("--typed-tree", options->typed_tree, "its tree with types, as checked");
    tokens->excludes(tree)->excludes(typed);
    tree->excludes(typed);
    CLI::Option* lines = command->add_flag("--jsonl", options->lines,
                                           "answer each line of standard input: {\"expr\": …} in, a value out");
    for (CLI::Option* form : {tokens, tree, typed}) form->excludes(lines);
    command->add_flag("--functions", options->functions, "list the functions, operators and macros of the language");
    command->callback([options, &exit_status] { exit_status = eval_command(*options); });
}

}  // namespace praxe
