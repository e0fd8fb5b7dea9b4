// What a differential run met: instructions and functions that machines executed, hit policies, kinds of error.
#pragma once

#include <cstdint>
#include <map>
#include <praxe/ruleset.hpp>
#include <string>
#include <vector>

#include "machine/machine.hpp"

namespace praxe::differential {

class Coverage {
  public:
    /// What a machine executed, over all cases it was given.
    void executed(const Machine& machine);
    /// An answer of the tree walk that the machine was held to. `machine_answered`: it was not left to the tree walk.
    void compared(const Model& model, const Answer& answer, bool machine_answered);
    /// Answers that columns were held to; `in_blocks`: of a decision that is made in blocks of rows.
    void compared_columns(std::size_t rows, bool in_blocks);

    /// The tables, in Markdown.
    std::string report() const;
    /// What no run met though it can come up: `opcode sort`, `function split`, `hit policy any`, `error of code range`.
    std::vector<std::string> not_met() const;
    /// Of the outcomes compared, from 0 to 1.
    double share_of_errors() const;
    std::uint64_t decisions() const { return decisions_; }

  private:
    using Counts = std::map<std::string, std::uint64_t>;

    Counts opcodes_, functions_, policies_, codes_, messages_, left_;
    std::map<std::string, std::uint64_t> overloads_;
    std::uint64_t decisions_ = 0, errors_ = 0, by_machine_ = 0, rows_ = 0, in_blocks_ = 0;
};

}  // namespace praxe::differential
