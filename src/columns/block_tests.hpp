// Conditions over scalar facts as tests of whole columns, put into a block program; each distinct one once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "columns/block_program.hpp"

namespace praxe {

class BlockTests {
  public:
    using Test = std::optional<std::size_t>;

    /// All must outlive it. The program is given facts, numbers and tests.
    BlockTests(const Model& model, const Decision& decision, BlockProgram& program)
        : model_(model), decision_(decision), program_(program) {}

    /// Nothing (of these) where blocks cannot tell.
    Test truth(const Expr& written);
    Test condition(const Condition& condition);
    /// A fact that is there or not, by its path.
    std::optional<std::size_t> needed(std::string_view path);

  private:
    using Number = std::optional<std::size_t>;

    std::size_t fact(BlockFact fact);
    std::size_t number(const BlockNumber& n);
    std::size_t test(BlockTest t);
    std::size_t opposite(std::size_t of);

    std::optional<BlockFact> fact_of(const Expr& e) const;
    std::optional<BlockFact> ending(BlockFact fact) const;
    const ClosedSet* set_of(const Type& type) const;
    const Expr& meant(const Expr& e) const;

    Number number(const Expr& written, const ClosedSet* set);
    Number text(const Expr& e);
    std::optional<std::int64_t> place_of_text(std::size_t text, const Expr& e);

    Test flag(const Expr& e);
    Test compared(const std::string& operation, const Expr& left, const Expr& right);
    Test compared_texts(const Expr& left, const Expr& right);
    bool differing_sets(const Expr& left, const Expr& right) const;
    Test among(const Expr& of, const Expr& list);
    std::size_t one_of(std::size_t left, const std::vector<std::int64_t>& members);
    Test choice(const Expr& e);
    Test together(BlockTest::Form form, const std::vector<const Expr*>& expressions);
    std::size_t both(std::vector<std::size_t> parts);
    std::size_t either(const std::vector<std::size_t>& tests);
    bool is_there_or_not(const Field& field) const;
    Test present(const Expr& select);
    bool are_constant(const std::vector<Expression>& values) const;
    Test cell(const Cell& cell);

    const Model& model_;
    const Decision& decision_;
    BlockProgram& program_;
    std::map<std::string, std::size_t> facts_, numbers_, tests_;
};

}  // namespace praxe
