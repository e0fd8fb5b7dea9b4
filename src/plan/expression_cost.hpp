// What one expression takes at its worst, and the size of what it makes: the tree walk of run/evaluate.cpp, without
// values.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "plan/reckoning.hpp"

namespace praxe {

class ExpressionCost {
  public:
    using Result = std::pair<Bound, SizeRef>;

    /// What the expression reads is noted in the frame.
    ExpressionCost(Reckoning& all, Reckoning::Frame& frame) : all_(all), frame_(frame), sizes_(all.sizes_) {}

    Result of(const Expr& e);
    /// Reads a fact: `client.appointments`.
    void path(std::string_view path);
    /// True for values that functions read as a whole.
    static bool has_parts(const Type& type);

  private:
    SizeRef name(std::string_view name);
    SizeRef global(const Model::Global& global);
    SizeRef let(std::size_t index);
    SizeRef field(const RecordType& type, std::size_t index, SizeRef record);
    Result select(const Expr& e);
    Result index(const Expr& e);
    Result call(const Expr& e);
    Result logic(const Expr& e);
    Result conditional(const Expr& e);
    Result before(const Expr& e);
    Result alternative(const Expr& e);
    Result function(const Expr& e, const std::vector<const Expr*>& args, const std::vector<SizeRef>& sizes);
    /// What a regular expression takes beside reading its text.
    Bound matching(const Expr& e, const std::vector<const Expr*>& args, const std::vector<SizeRef>& sizes);
    Result list(const Expr& e);
    Result map(const Expr& e);
    Result comprehension(const Expr& e);
    Result bind(const Expr& e);
    /// With names bound by a macro.
    template <typename Body>
    auto with(const Expr& e, const std::vector<SizeRef>& bound, const Body& body);

    Reckoning& all_;
    Reckoning::Frame& frame_;
    Sizes& sizes_;
    std::vector<std::pair<std::string_view, SizeRef>> locals_;  // the innermost last
};

}  // namespace praxe
