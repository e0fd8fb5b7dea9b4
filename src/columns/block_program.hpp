// A decision over scalar facts as a program for whole blocks of rows: what is compared, and which tests make a rule.
//
// Only what can be done so is made a program: one rule decides; conditions are comparisons, flags, presence, sums and
// products of the case's own scalar facts, parameters and the instant of decision; outcomes are constants.
// All else is the tree walk's, and so is every row in which something is an error.
#pragma once

#include <optional>
#include <praxe/limits.hpp>
#include <string>
#include <vector>

#include "check/model.hpp"

namespace praxe {

/// A fact by its place: fields from the case inwards, each but the last a record's.
struct BlockFact {
    std::vector<std::size_t> fields;
    const Field* field = nullptr;    // the last
    const ClosedSet* set = nullptr;  // its numbers are the places of members
    // Of a text those that it is compared with: its numbers are their places, and for all others one more.
    std::vector<std::string> words = {};

    const std::vector<std::string>& named() const { return set != nullptr ? set->members : words; }
    // The constants that it is compared with, and how often.
    std::int64_t least = 0, most = 0;
    std::size_t comparisons = 0;
};

/// A number for each row.
struct BlockNumber {
    enum class From { fact, at, constant, sum, difference, product } from = From::constant;
    std::size_t fact = 0;
    std::int64_t constant = 0;
    std::size_t left = 0, right = 0;   // numbers before it
    std::int64_t least = 0, most = 0;  // of what is reckoned; beyond is an error
};

/// A truth for each row.
struct BlockTest {
    enum class Form { yes, less, greater, equal, among, flag, present, opposite, all, any, choice } form = Form::yes;
    std::size_t left = 0, right = 0;         // numbers, to compare
    std::size_t fact = 0;                    // of a flag or presence
    std::vector<std::int64_t> members = {};  // among which the number `left` is
    std::vector<std::size_t> parts = {};     // tests before it; of a choice: whether, then, otherwise
    std::size_t uses = 0;                    // by rules and by other tests that are used
};

/// That a test holds, or that it does not.
struct BlockCondition {
    std::size_t test = 0;
    bool holds = true;
};

struct BlockRule {
    std::vector<BlockCondition> conditions;  // all of them
    std::vector<Value> outcome;              // by field
};

struct BlockProgram {
    std::vector<BlockFact> facts;
    std::vector<BlockNumber> numbers;
    std::vector<BlockTest> tests;
    std::vector<BlockRule> rules;
    bool asks_all = false;              // of each rule whether it applies, for only one may; else the first decides
    std::vector<std::size_t> needed;    // facts without which there is no answer
    std::vector<std::size_t> required;  // tests that must hold for there to be one
};

/// The rows of so many rules are told apart in a byte, with one number to spare.
inline constexpr std::size_t max_block_rules = 250;

/// Nothing where the decision is not of the kind.
std::optional<BlockProgram> block_program(const Model& model, const Decision& decision, const EvaluationLimits& limits);

/// As text, for tests.
std::string to_text(const BlockProgram& program);

}  // namespace praxe
