// Reading a line, answering it, writing the answer.
#include "run/expression_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "check/checker.hpp"
#include "facts/typed_json.hpp"
#include "syntax/parser.hpp"
#include "value/budget.hpp"

namespace praxe {
namespace {

using Json = nlohmann::json;

const Json* member(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

/// The text of a member that may be left out.
bool read_text(const Json& line, const char* name, std::string& text) {
    const Json* json = member(line, name);
    if (json == nullptr) return true;
    if (!json->is_string()) return false;
    text = json->get<std::string>();
    return true;
}

bool read_flag(const Json& line, const char* name, bool& flag) {
    const Json* json = member(line, name);
    if (json == nullptr) return true;
    if (!json->is_boolean()) return false;
    flag = json->get<bool>();
    return true;
}

/// `read` of each member of an object that may be left out; the name of the first that cannot be read.
template <typename ReadOne>
std::optional<std::string> read_each(const Json& line, const char* name, ReadOne read) {
    const Json* json = member(line, name);
    if (json == nullptr) return std::nullopt;
    if (!json->is_object()) return name;
    for (const auto& [key, value] : json->items()) {
        if (!read(key, value)) return fmt::format("{} \"{}\"", name, key);
    }
    return std::nullopt;
}

/// False for names that are no type here: what the reader of types does not know, it takes for a parameter.
bool is_known(const Type& type) {
    if (type.kind == TypeKind::param && type.name.size() != 1) return false;
    return std::all_of(type.args.begin(), type.args.end(), is_known);
}

/// One of `functions`: `{"name", "member", "params", "result"}`, types as texts.
bool read_function(const Json& json, ExpressionLine& line) {
    Overload overload;
    std::string result;
    const Json* params = json.is_object() ? member(json, "params") : nullptr;
    const bool read = params != nullptr && params->is_array() && read_text(json, "name", overload.name) &&
                      read_text(json, "result", result) && read_flag(json, "member", overload.receiver);
    if (!read || overload.name.empty() || result.empty()) return false;
    for (const Json& param : *params) {
        if (!param.is_string()) return false;
        overload.params.push_back(parse_type(param.get<std::string>()));
    }
    overload.result = parse_type(result);
    std::string name = overload.name;
    line.functions[std::move(name)].push_back(std::move(overload));
    return true;
}

/// The functions declared, if any; false if one cannot be read.
bool read_functions(const Json& json, ExpressionLine& line) {
    const Json* functions = member(json, "functions");
    if (functions == nullptr) return true;
    return functions->is_array() && std::all_of(functions->begin(), functions->end(),
                                                [&](const Json& function) { return read_function(function, line); });
}

Scope scope_of(const ExpressionLine& line, const FunctionContext& context) {
    Scope scope;
    scope.variables = line.types;
    scope.functions = line.functions;
    scope.container = line.container;
    scope.dynamic = true;
    scope.calendars = context.calendars;
    return scope;
}

ExpressionAnswer failure(const Diagnostics& diagnostics) {
    std::string error;
    for (const Diagnostic& d : diagnostics.sorted()) {
        const auto at = d.place ? d.place.source->position(d.place.span.begin) : Source::Position{0, 0};
        error += fmt::format("{}{}:{}: {}", error.empty() ? "" : "; ", at.line, at.column, d.message);
    }
    return {std::nullopt, std::nullopt, error};
}

}  // namespace

std::optional<ExpressionLine> read_expression_line(const nlohmann::json& json, std::string& error) {
    ExpressionLine line;
    bool unchecked = false;
    if (!json.is_object() || member(json, "expr") == nullptr) {
        error = "expected an object with the member \"expr\"";
        return std::nullopt;
    }
    if (!read_text(json, "expr", line.expr) || !read_text(json, "container", line.container)) {
        error = "\"expr\" and \"container\" are strings";
        return std::nullopt;
    }
    if (!read_flag(json, "disable_check", unchecked) || !read_flag(json, "check_only", line.only_check)) {
        error = "\"disable_check\" and \"check_only\" are true or false";
        return std::nullopt;
    }
    line.check = !unchecked;
    auto unread = read_each(json, "bindings", [&](std::string name, const Json& typed) {
        auto value = read_typed(typed);
        if (!value) return false;
        line.types[name] = type_of(*value);
        line.bindings[std::move(name)] = std::move(*value);
        return true;
    });
    if (!unread) {
        unread = read_each(json, "type_env", [&](std::string name, const Json& type) {
            if (!type.is_string()) return false;
            const Type& read = line.types[std::move(name)] = parse_type(type.get<std::string>());
            return is_known(read);
        });
    }
    if (!unread && !read_functions(json, line)) unread = "functions";
    if (!unread) return line;
    error = "cannot read " + *unread;
    return std::nullopt;
}

ExpressionAnswer answer(const ExpressionLine& line, const FunctionContext& context, const EvaluationLimits& limits) {
    Diagnostics diagnostics;
    const auto source = std::make_shared<const Source>("expression", line.expr);
    auto expression = parse_expression(Excerpt::whole(source), diagnostics);
    if (!expression) return failure(diagnostics);
    std::optional<std::string> type;
    if (line.check || line.only_check) {
        type = to_cel(check(*expression, scope_of(line, context), nullptr, diagnostics));
        if (!diagnostics.empty()) return failure(diagnostics);
    }
    if (line.only_check) return {std::nullopt, std::move(type), {}};

    Budget budget(limits);
    FunctionContext bounded = context;
    bounded.budget = &budget;
    Bindings environment(line.bindings, bounded, line.container);
    environment.source = source;
    Value value = evaluate(*expression->root, environment);
    if (value.is_error()) return {std::nullopt, std::nullopt, value.as_error().message};
    return {std::move(value), std::move(type), {}};
}

std::string answer_line(std::string_view text, const FunctionContext& context, bool& readable) {
    const nlohmann::json json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
    std::string error = "the line is not JSON";
    const auto line = json.is_discarded() ? std::nullopt : read_expression_line(json, error);
    readable = line.has_value();
    return to_json(line ? answer(*line, context) : ExpressionAnswer{std::nullopt, std::nullopt, error});
}

std::string to_json(const ExpressionAnswer& answer) {
    JsonWriter out;
    out.begin_object();
    if (answer.value) {
        out.key("value");
        write_typed(*answer.value, out);
    } else if (answer.type) {
        out.text("type", *answer.type);
    } else {
        out.text("error", answer.error);
    }
    out.end_object();
    return out.take();
}

}  // namespace praxe
