// A regular expression of RE2's, compiled within the limits of an evaluation.
#pragma once

#include <re2/re2.h>

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "value/functions.hpp"

namespace praxe {

/// True of functions whose second argument is a regular expression.
bool takes_pattern(std::string_view function);

/// Those that a program writes out, compiled once for all evaluations. They are charged for each time all the same.
class Patterns {
  public:
    void add(const std::string& text);
    /// Null if it was not added.
    const RE2* find(const std::string& text) const;

  private:
    std::map<std::string, std::unique_ptr<const RE2>> programs_;
};

class Pattern {
  public:
    /// Compiles, unless that was done before, and charges for it.
    Pattern(const FunctionContext& context, const std::string& text);

    /// Why there is no program: the text is no regular expression, or too big a one.
    const std::optional<Value>& error() const { return error_; }
    const RE2& program() const { return *program_; }
    std::uint64_t instructions() const;
    /// To be asked before a text of so many bytes is searched.
    std::optional<Value> refuse_search(const FunctionContext& context, std::size_t bytes) const;
    /// Besides, where all matches are looked for: before each search, of so many bytes that are left.
    std::optional<Value> refuse_next(const FunctionContext& context, std::size_t left) const;

  private:
    std::optional<RE2> own_;  // where the context has none
    const RE2* program_;
    std::optional<Value> error_;
};

}  // namespace praxe
