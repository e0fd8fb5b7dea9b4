// A regular expression of RE2's: its size, and what searching with it may take.
#include "value/pattern.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "value/budget.hpp"
#include "value/charges.hpp"

namespace praxe {
namespace {

constexpr std::string_view functions_of_patterns[] = {"matches", "regex.replace", "regex.extract", "regex.extractAll"};

constexpr std::int64_t max_memory_bytes = 1 << 20;  // of the program, and of what a search remembers

RE2::Options options() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(max_memory_bytes);
    return options;
}

Value no_pattern(const std::string& text, const RE2& program) {
    if (program.error_code() == RE2::ErrorPatternTooLarge) {
        return Value::error(Error::Code::limit, "this regular expression is too big");
    }
    return Value::error(Error::Code::conversion, fmt::format("{} is not a regular expression of RE2's: {}",
                                                             to_text(Value::string(text)), program.error()));
}

}  // namespace

bool takes_pattern(std::string_view function) {
    return std::ranges::find(functions_of_patterns, function) != std::end(functions_of_patterns);
}

void Patterns::add(const std::string& text) {
    std::unique_ptr<const RE2>& program = programs_[text];
    if (program == nullptr) program = std::make_unique<const RE2>(text, options());
}

const RE2* Patterns::find(const std::string& text) const {
    const auto found = programs_.find(text);
    return found == programs_.end() ? nullptr : found->second.get();
}

Pattern::Pattern(const FunctionContext& context, const std::string& text)
    : program_(context.patterns == nullptr ? nullptr : context.patterns->find(text)) {
    if (program_ == nullptr) program_ = &own_.emplace(text, options());
    const std::size_t most = limits_of(context).max_pattern_instructions;
    if (!program_->ok()) {
        error_ = no_pattern(text, *program_);
    } else if (instructions() > most) {
        error_ = Value::error(
            Error::Code::limit,
            fmt::format("this regular expression takes {} instructions; at most {} are run", instructions(), most));
    } else {
        error_ = refuse_steps(context, steps_to_compile(instructions()));
    }
}

std::uint64_t Pattern::instructions() const {
    return program_->ok() ? static_cast<std::uint64_t>(program_->ProgramSize()) : 0;
}

std::optional<Value> Pattern::refuse_search(const FunctionContext& context, std::size_t bytes) const {
    return refuse_steps(context, steps_to_search(bytes, instructions()));
}

std::optional<Value> Pattern::refuse_next(const FunctionContext& context, std::size_t left) const {
    return refuse_search(context, bytes_of_next_search(program_->pattern(), left));
}

}  // namespace praxe
