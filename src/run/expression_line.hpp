// One expression with all its names stand for, as one line of JSON; parsed, checked, evaluated, answered in one line.
//
// The line's form is that of the CEL conformance tests: `expr`, and optionally `bindings` (typed values by name),
// `type_env` (types by name), `functions` (declared for the checker), `container`, `disable_check`, `check_only`; other
// members are not looked at.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <praxe/limits.hpp>
#include <string>
#include <string_view>

#include "run/bindings.hpp"

namespace praxe {

struct ExpressionLine {
    std::string expr;
    std::string container;
    VariableValues bindings;
    std::map<std::string, Type, std::less<>> types;                       // declared, or else the types of the bindings
    std::map<std::string, std::vector<Overload>, std::less<>> functions;  // declared, for the checker alone
    bool check = true;
    bool only_check = false;
};

/// A value, or the type alone where only that was asked for, or what is wrong.
struct ExpressionAnswer {
    std::optional<Value> value;
    std::optional<std::string> type;  // deduced, as CEL writes it
    std::string error;
};

/// Nothing if the JSON is no such line; `error` then says why.
std::optional<ExpressionLine> read_expression_line(const nlohmann::json& json, std::string& error);

/// The context's budget, if it has one, gives way to one within these limits.
ExpressionAnswer answer(const ExpressionLine& line, const FunctionContext& context,
                        const EvaluationLimits& limits = {});

/// The answer to one line of text, as to_json gives it. `readable` is false if the text is no line of this form.
std::string answer_line(std::string_view text, const FunctionContext& context, bool& readable);

/// `{"value": typed}`, `{"type": "…"}` or `{"error": "…"}`, without a line break.
std::string to_json(const ExpressionAnswer& answer);

}  // namespace praxe
