// The answers that rules with constant outcomes give, put into columns for many rows at once.
#pragma once

#include <span>
#include <vector>

#include "columns/answer_columns.hpp"
#include "columns/block_program.hpp"

namespace praxe {

class BlockAnswers {
  public:
    /// REQUIRES: the program is of the decision, which is not answered with a list or with `valid_until`.
    BlockAnswers(const BlockProgram& program, const AnswerType& type);

    /// A row for each of `which`, the numbers of the rules that decided.
    void append(std::span<const std::uint8_t> which, AnswerColumns& out) const;

  private:
    /// What each rule gives a column.
    struct Given {
        std::vector<std::uint8_t> values;  // one after another, as the column has them; empty where they must be made
        std::vector<std::uint8_t> there;   // 0: null; empty: none is
        bool is_number = false;            // these are the rules' own numbers, a byte each
        std::vector<Value> made;
    };
    Given given(const MadeType& type, std::vector<Value> values) const;
    static void append(std::span<const std::uint8_t> which, const Given& given, MadeColumn& out);

    const AnswerType* type_;
    std::vector<Given> outcome_;  // by field
    Given rule_, clause_;
};

}  // namespace praxe
