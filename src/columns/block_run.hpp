// A block program at work on the columns of one array: which rule decides each row of a block.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "columns/block_facts.hpp"

namespace praxe {

class BlockRun {
  public:
    /// The program, the model and the view must outlive it. `at`: the instant of all rows; nothing: the fact `at`.
    BlockRun(const BlockProgram& program, const Model& model, const ColumnView& cases, std::optional<std::int64_t> at);
    BlockRun(const BlockRun&) = delete;

    /// Writes for each of the rows from `first` on the number of the rule that decides it, or `by_row()` where only
    /// the row alone can say. True if there is one of these.
    bool decide(std::int64_t first, std::span<std::uint8_t> which);
    std::uint8_t by_row() const { return static_cast<std::uint8_t>(program_.rules.size()); }

  private:
    struct Truth {
        bool known = false;  // for this block
        bool has_wrong = false;
        Mask yes, wrong;
    };
    struct Number {
        bool known = false;
        BlockNumbers numbers;
        Mask absent;
        std::vector<std::int64_t> values;  // of sums and differences
    };

    void begin(std::int64_t first, std::size_t rows);
    FactColumn& fact(std::size_t index);
    const BlockNumbers& number(std::size_t index);
    void add_up(const BlockNumber& sum, Number& out);
    const Truth& truth(std::size_t index);
    void compare(const BlockTest& test, Truth& out);
    void among(const BlockTest& test, Truth& out);
    void flag(const BlockTest& test, Truth& out);
    void present(const BlockTest& test, Truth& out);
    void opposite(const Truth& of, Truth& out) const;
    void all(const BlockTest& test, Truth& out);
    void any(const BlockTest& test, Truth& out);
    void choice(const BlockTest& test, Truth& out);
    bool keep(const BlockCondition& condition, Mask& kept);
    static void narrow_sure(const Truth& one, bool holds, Mask& sure);
    static void narrow_possible(const Truth& one, bool holds, Mask& possible);
    void give_up(const Mask& rows);
    void look_at_instants(const Model& model);
    const Mask& asked() const { return program_.asks_all ? open_ : remaining_; }
    void hit(std::size_t rule);
    void write(std::span<std::uint8_t> which) const;

    const BlockProgram& program_;
    const Model& model_;
    std::vector<FactColumn> facts_;
    std::vector<bool> loaded_;
    std::vector<Number> numbers_;
    std::vector<Truth> truths_;
    std::optional<BlockFact> at_fact_;
    std::optional<FactColumn> at_column_;
    BlockNumbers at_;
    std::int64_t first_ = 0;
    std::size_t rows_ = 0;
    Mask full_{};               // all rows of the block
    Mask remaining_{};          // rows that no rule has decided yet
    Mask open_{};               // rows that are not left; all rules are asked about these, or only about the remaining
    Mask left_{};               // rows that are decided alone
    std::vector<Mask> digits_;  // of the rules' numbers, the lowest first
};

}  // namespace praxe
