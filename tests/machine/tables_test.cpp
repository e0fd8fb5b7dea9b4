// Decisions by the machine over random tables of more than 64 rows against a scan of all rules by the tree walk: the
// same outcomes, rules, clauses, errors and ends in time, to the letter.
//
// PRAXE_ROUNDS in the environment sets how many rulesets are made.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <praxe/ruleset.hpp>

#include "machine/answers.hpp"
#include "machine/machines.hpp"
#include "random/table_ruleset.hpp"
#include "table/decision_index.hpp"

namespace praxe {
namespace {

using random_rules::TableRules;

Ruleset load(const std::string& text) {
    auto loaded = Ruleset::load("r.yaml", [&](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path,
                                              path == "r.yaml" ? text : std::string(random_rules::table_vocabulary));
    });
    EXPECT_TRUE(loaded) << text << loaded.diagnostics().to_string();
    return *std::move(loaded);
}

/// As an answer of one decision that was made, or as an error.
std::string told(const Ruleset& ruleset, const Answer& answer) {
    return ruleset.to_json(answer) + (answer.outcome.is_error() ? answer.outcome.as_error().message : std::string());
}

/// Which of the decisions the machine makes without the reference.
std::vector<bool> made_by_machine(const Ruleset& ruleset, const Case& facts, const DecideOptions& options) {
    const Machines::Lent machine = ruleset.model().machines->lend();
    machine->begin_case(ruleset.facts(facts), options.limits);
    std::vector<std::size_t> places;
    for (const std::string& name : options.decisions) {
        const auto& all = ruleset.model().decisions;
        places.push_back(static_cast<std::size_t>(
            std::find_if(all.begin(), all.end(), [&](const auto& one) { return one->name == name; }) - all.begin()));
    }
    std::vector<bool> made;
    for (const Answered& one : answers_by(*machine, places, *facts.at(), options))
        made.push_back(one.how == Judged::How::made);
    return made;
}

class Tables {
  public:
    explicit Tables(std::uint32_t seed)
        : rules_(seed, 65, 160), text_(rules_.ruleset()), by_index_(load(text_)), by_scan_(load(text_)) {
        for (const auto& one : by_scan_.model().decisions) one->index = nullptr;
    }

    void compare(std::map<std::string, int>& made) {
        const std::string case_text = rules_.a_case();
        const auto source = std::make_shared<const Source>("case.yaml", case_text);
        const auto here = by_index_.read_case(source);
        const auto there = by_scan_.read_case(source);
        ASSERT_TRUE(here && there) << case_text << here.diagnostics().to_string();
        DecideOptions options;
        options.decisions = TableRules::policies();
        options.decisions.insert(options.decisions.end(), {"of_names", "over_outcomes"});
        const auto ours = by_index_.decide(*here, options);
        const auto by_itself = made_by_machine(by_index_, *here, options);
        options.by_reference = true;
        const auto theirs = by_scan_.decide(*there, options);
        for (std::size_t i = 0; i < ours.size(); ++i) {
            ASSERT_EQ(told(by_index_, ours[i]), told(by_scan_, theirs[i])) << text_ << case_text;
            made[theirs[i].decision] += by_itself[i];
        }
    }

  private:
    TableRules rules_;
    std::string text_;
    Ruleset by_index_, by_scan_;
};

TEST(MachineTables, SayWhatAScanSays) {
    const char* rounds = std::getenv("PRAXE_ROUNDS");
    std::map<std::string, int> made;  // by the machine itself
    for (int seed = 0; seed < (rounds == nullptr ? 40 : std::atoi(rounds)) && !HasFatalFailure(); ++seed) {
        Tables tables(static_cast<std::uint32_t>(seed));
        for (int i = 0; i < 20 && !HasFatalFailure(); ++i) tables.compare(made);
    }
    for (const std::string& hit : TableRules::policies()) {
        fmt::print("{}: {} by the machine\n", hit, made[hit]);
        EXPECT_GT(made[hit], 0) << hit;
    }
    EXPECT_GT(made["of_names"], 0);
}

/// So many rows that give a weight.
Ruleset of_rows(std::size_t rows, const std::string& weight) {
    std::string text =
        "ruleset: t\nvocabulary: v.yaml\nzone: UTC\ndecisions:\n  d:\n    gives: {level: grade, weight: int}\n"
        "    hit: first\n    table: |\n      id | n || level | weight\n";
    for (std::size_t r = 0; r < rows; ++r) text += fmt::format("      r{} | {} || low | {}\n", r, r, weight);
    return load(text);
}

TEST(MachineTables, RowsTakeMemoryAndNoCode) {
    const Ruleset few = of_rows(100, "7"), many = of_rows(2'000, "7");
    const Program& small = *few.model().program;
    const Program& large = *many.model().program;
    EXPECT_EQ(small.code.size(), large.code.size());
    EXPECT_EQ(small.registers, large.registers);
    ASSERT_EQ(large.tables.size(), 1u);
    const std::size_t rows_bytes = large.tables[0].bytes();
    EXPECT_GE(rows_bytes, 2'000 * 2 * sizeof(Datum));
    EXPECT_LE(rows_bytes, 2'000 * 3 * sizeof(Datum));
    const Decision& decision = *many.model().find("d");
    EXPECT_EQ(many.model().costs.at(0).index->bytes, decision.index->bytes() + rows_bytes);
}

/// One row's registers are used again for the next.
TEST(MachineTables, OutcomesThatAreWorkedOutTakeNoMoreRegistersWithTheRows) {
    const Ruleset few = of_rows(100, "n + 1"), many = of_rows(2'000, "n + 1");
    EXPECT_EQ(few.model().program->registers, many.model().program->registers);
    EXPECT_GT(many.model().program->code.size(), 2'000u);
}

}  // namespace
}  // namespace praxe
