// A regular expression of RE2's: its size, and what searching with it may take.
#include "value/pattern.hpp"

#include <fmt/format.h>

#include "value/budget.hpp"

namespace praxe {
namespace {

constexpr std::int64_t max_memory_bytes = 1 << 20;    // of the program, and of what a search remembers
constexpr std::uint64_t instructions_in_a_step = 64;  // that a search may try
constexpr std::uint64_t steps_to_compile = 8;         // an instruction

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

std::uint64_t instructions(const RE2& program) {
    return static_cast<std::uint64_t>(program.ProgramSize());
}

}  // namespace

Pattern::Pattern(const FunctionContext& context, const std::string& text) : program_(text, options()) {
    const std::size_t most = limits_of(context).max_pattern_instructions;
    if (!program_.ok()) {
        error_ = no_pattern(text, program_);
    } else if (instructions(program_) > most) {
        error_ = Value::error(Error::Code::limit,
                              fmt::format("this regular expression takes {} instructions; at most {} are run",
                                          instructions(program_), most));
    } else {
        error_ = refuse_steps(context, instructions(program_) * steps_to_compile);
    }
}

std::optional<Value> Pattern::refuse_search(const FunctionContext& context, std::size_t bytes) const {
    return refuse_steps(context, bytes * instructions(program_) / instructions_in_a_step);
}

}  // namespace praxe
