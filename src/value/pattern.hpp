// A regular expression of RE2's, compiled within the limits of an evaluation.
#pragma once

#include <re2/re2.h>

#include <optional>
#include <string>

#include "value/functions.hpp"

namespace praxe {

class Pattern {
  public:
    /// Compiles, and charges for it.
    Pattern(const FunctionContext& context, const std::string& text);

    /// Why there is no program: the text is no regular expression, or too big a one.
    const std::optional<Value>& error() const { return error_; }
    const RE2& program() const { return program_; }
    std::uint64_t instructions() const;
    /// To be asked before a text of so many bytes is searched.
    std::optional<Value> refuse_search(const FunctionContext& context, std::size_t bytes) const;
    /// Besides, where all matches are looked for: before each search, of so many bytes that are left.
    std::optional<Value> refuse_next(const FunctionContext& context, std::size_t left) const;

  private:
    RE2 program_;
    std::optional<Value> error_;
};

}  // namespace praxe
