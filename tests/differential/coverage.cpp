// Counts by name, and the closed sets they are held against.
#include "differential/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "random/function_ruleset.hpp"
#include "value/error_name.hpp"
#include "value/functions.hpp"

namespace praxe::differential {
namespace {

/// Functions that the machine knows itself: the instructions they become.
struct OwnFunction {
    std::string_view function;
    std::string_view opcode;
};
constexpr std::array own_functions{
    OwnFunction{"!_", "negate"},
    OwnFunction{"_&&_", "jump_if_false"},
    OwnFunction{"_||_", "jump_if_true"},
    OwnFunction{"_?_:_", "jump_if_false"},
    OwnFunction{"_[_]", "at_index"},
    OwnFunction{"@in", "in_list"},
    OwnFunction{"first", "at_index"},
    OwnFunction{"last", "at_index"},
    OwnFunction{"hasValue", "has_value"},
    OwnFunction{"value", "value"},
    OwnFunction{"or", "jump_if_ok"},
    OwnFunction{"orValue", "jump_if_ok"},
    OwnFunction{"optional.of", "move"},
    OwnFunction{"optional.none", "none"},
    OwnFunction{"days_since", "days_to"},
    OwnFunction{"so_far", "so_far"},
    OwnFunction{"sum", "sum"},
    OwnFunction{"trim", "trim"},
    OwnFunction{"term_end", "term_end"},
};

/// What cannot come up, and why.
struct Exception {
    std::string_view what;
    std::string_view why;
};
constexpr std::array exceptions{
    Exception{"function business_days_since", "business time that moves is the tree walk's alone"},
    Exception{"function business_hours_since", "business time that moves is the tree walk's alone"},
    Exception{"function format", "lists of mixed types have no register"},
    Exception{"function bytes", "bytes have no register"},
    Exception{"function base64.encode", "bytes have no register"},
    Exception{"function base64.decode", "bytes have no register"},
    Exception{"function type", "types have no register"},
    Exception{"error of code no_such_field", "the fields of records are known when a ruleset is loaded"},
    Exception{"error of code no_such_overload", "so are the types that functions are called with"},
};

constexpr std::array policies{
    std::pair{HitPolicy::unique, "unique"},
    std::pair{HitPolicy::first, "first"},
    std::pair{HitPolicy::priority, "priority"},
    std::pair{HitPolicy::any, "any"},
    std::pair{HitPolicy::most_specific, "most_specific"},
    std::pair{HitPolicy::collect, "collect"},
    std::pair{HitPolicy::rule_order, "rule_order"},
};

constexpr std::array codes{
    Error::Code::missing_fact, Error::Code::no_such_field, Error::Code::no_such_key, Error::Code::no_such_overload,
    Error::Code::arithmetic,   Error::Code::range,         Error::Code::conversion,  Error::Code::limit,
    Error::Code::no_rule,      Error::Code::conflict,      Error::Code::other,
};

/// The message without what is the case's own: quoted texts and numbers.
std::string kind_of_message(std::string_view message) {
    std::string kind;
    bool quoted = false;
    for (const char c : message) {
        if (c == '"') quoted = !quoted;
        const bool number = std::isdigit(static_cast<unsigned char>(c)) != 0;
        if (quoted && c != '"') continue;
        if (!number || kind.empty() || kind.back() != '#') kind += number ? '#' : c;
    }
    return kind;
}

std::string rows_of(const std::map<std::string, std::uint64_t>& counts) {
    std::string out;
    for (const auto& [name, count] : counts) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", name, count);
    return out;
}

std::string signature(const FunctionCall& call) {
    return call.overload == nullptr ? call.name : fmt::format("{} {}", call.name, call.overload->signature);
}

}  // namespace

void Coverage::executed(const Machine& machine) {
    const auto names = opcode_names();
    for (std::size_t i = 0; i < machine.executed().size(); ++i) {
        const std::uint64_t times = machine.executed()[i];
        if (times == 0) continue;
        const Instruction& instruction = machine.program().code[i];
        opcodes_[names[static_cast<std::size_t>(instruction.op)]] += times;
        if (instruction.op != Op::call) continue;
        const FunctionCall& call = machine.program().calls[instruction.d];
        functions_[call.name] += times;
        overloads_[signature(call)] += times;
    }
}

void Coverage::compared(const Model& model, const Answer& answer, bool machine_answered) {
    ++decisions_;
    by_machine_ += machine_answered ? 1 : 0;
    const Decision& decision = *model.find(answer.decision);
    for (const auto& [policy, name] : policies) {
        if (decision.hit == policy && !decision.rules.empty()) ++policies_[name];
    }
    if (answer.outcome.is_error()) {
        ++errors_;
        ++codes_[name_of(answer.outcome.as_error().code)];
        ++messages_[kind_of_message(answer.outcome.as_error().message)];
        return;
    }
    if (machine_answered) return;
    const auto& questions = model.program->questions;
    const auto question = std::find_if(questions.begin(), questions.end(),
                                       [&](const Question& one) { return one.decision == &decision; });
    const std::string at_work = question->is_question ? "limits near" : "it gives a fact's record";
    ++left_[question->refused.empty() ? at_work : question->refused];
}

void Coverage::compared_columns(std::size_t rows, bool in_blocks) {
    rows_ += rows;
    if (in_blocks) in_blocks_ += rows;
}

double Coverage::share_of_errors() const {
    return static_cast<double>(errors_) / static_cast<double>(std::max<std::uint64_t>(decisions_, 1));
}

std::vector<std::string> Coverage::not_met() const {
    std::vector<std::string> missing;
    const auto look = [&](std::string_view set, std::string_view name, bool is_met) {
        const std::string what = fmt::format("{} {}", set, name);
        const bool cannot =
            std::any_of(exceptions.begin(), exceptions.end(), [&](const Exception& one) { return one.what == what; });
        if (is_met && cannot) missing.push_back(what + " came up, and is an exception");
        if (!is_met && !cannot) missing.push_back(what);
    };
    if (counts_instructions) {
        for (const char* name : opcode_names()) look("opcode", name, opcodes_.contains(name));
        std::string_view before;
        for (const Overload* row : random_rules::rows_for_rulesets()) {
            if (row->name == before) continue;
            before = row->name;
            const auto* own = std::find_if(own_functions.begin(), own_functions.end(),
                                           [&](const OwnFunction& one) { return one.function == row->name; });
            const bool by_itself = own != own_functions.end() && opcodes_.contains(std::string(own->opcode));
            look("function", row->name, by_itself || functions_.contains(row->name));
        }
    }
    for (const auto& [policy, name] : policies) look("hit policy", name, policies_.contains(name));
    for (const Error::Code code : codes) look("error of code", name_of(code), codes_.contains(name_of(code)));
    return missing;
}

std::string Coverage::report() const {
    std::string out = fmt::format(
        "| compared | |\n|-|-|\n| decisions, tree walk and machine | {} |\n| of these errors | {} ({:.1f} %) |\n"
        "| the machine answered itself | {} |\n| rows of columns | {} |\n| of these in blocks | {} |\n",
        decisions_, errors_, 100 * share_of_errors(), by_machine_, rows_, in_blocks_);
    out += fmt::format("| hit policies | {} |\n| errors by code | {} |\n| kinds of messages | {} |\n",
                       rows_of(policies_), rows_of(codes_), messages_.size());
    out += fmt::format("| values left to the tree walk | {} |\n", rows_of(left_));
    if (!counts_instructions) return out + "| opcodes, functions | not counted: this build has no assertions |\n";
    out += fmt::format("| opcodes, {} of {} | {} |\n", opcodes_.size(), opcode_names().size(), rows_of(opcodes_));
    out += fmt::format("| functions called by the table, {} in {} rows | {} |\n", functions_.size(), overloads_.size(),
                       rows_of(functions_));
    for (const Exception& one : exceptions) out += fmt::format("| not: {} | {} |\n", one.what, one.why);
    return out;
}

}  // namespace praxe::differential
