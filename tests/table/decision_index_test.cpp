// Decisions over random tables with their index against the same without one: every answer is the same, to the letter,
// with its reasons, its errors and until when it holds.
//
// PRAXE_ROUNDS in the environment sets how many rulesets are made.
#include "table/decision_index.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <praxe/ruleset.hpp>
#include <random>

#include "run/run.hpp"

namespace praxe {
namespace {

constexpr const char* vocabulary = R"(vocabulary: tables
closed_sets: {grade: [low, middle, high, top]}
records:
  Client:
    fields:
      opened?: {is: timestamp, happens: true}
      mode?: {is: string, with: opened}
      kind?: grade
facts:
  at?: timestamp
  n?: int
  m?: int
  u?: int
  grade?: grade
  region?: string
  blocked?: {is: bool, absent: false}
  amount?: money
  rate?: percent
  ratio?: double
  day?: date
  closed?: timestamp
  client?: Client
  names?: {list: string}
)";

class Random {
  public:
    explicit Random(std::uint32_t seed) : engine_(seed) {}
    int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(n)); }
    bool chance(int in_100) { return below(100) < in_100; }
    const std::string& of(const std::vector<std::string>& all) {
        return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
    }

  private:
    std::mt19937 engine_;
};

struct Column {
    std::string expression;
    std::vector<std::string> cells;
};

const std::vector<Column>& all_columns() {
    static const std::vector<Column> columns = {
        {"n", {"3", "1, 4", ">= 2", "[1..5)", "!= 3", "limit", "<= limit", "m", "> limit + 1", "(2..6]"}},
        {"n + m", {"5", "< 6", "[4..9]"}},
        {"uint(u)", {"uint(3)", "> uint(2)", "uint(0), uint(5)"}},
        {"grade", {"low", "middle, top", "!= high", "high"}},
        {"client.kind", {"low", "middle, top", "!= high"}},
        {"region", {"\"a\"", "\"b\", \"c\"", "!= \"a\"", ">= \"b\"", "\"zz\""}},
        {"blocked", {"yes", "no", "true"}},
        {"amount", {">= money(\"5.00\")", "[money(\"1.00\")..money(\"6.00\"))", "money(\"5.00\")"}},
        {"rate", {"percent(\"5.00\")", "> percent(\"4.50\")"}},
        {"ratio", {"[0.5..1.5]", "< 0.0", "1.5", "!= 0.0"}},
        {"day", {">= date(\"2024-05-15\")", "date(\"2024-05-14\")", "[date(\"2024-05-10\")..date(\"2024-05-20\")]"}},
        {"closed",
         {"< timestamp(\"2024-05-15T12:00:00Z\")", ">= client.opened", "<= timestamp(\"2024-05-15T12:00:00.0000001Z\")",
          "timestamp(\"2024-05-15T12:00:00Z\")"}},
        {"client.mode", {"\"x\"", "!= \"x\"", "\"x\", \"y\""}},
        {"has(client.opened)", {"yes", "no"}},
        {"closed + duration(\"1ns\")",
         {"> timestamp(\"2024-05-15T12:00:00Z\")", "<= timestamp(\"2024-05-15T12:00:00Z\")"}},
        {"at", {">= timestamp(\"2024-05-15T12:00:00Z\")", "< timestamp(\"2024-06-15T12:00:00Z\")"}},
        {"at >= closed", {"yes", "no"}},
        {"other.level", {"1", ">= 2"}},
        {"twice", {"6", "> 5", "< 9"}},
        {"n / m", {"1", ">= 2"}},
    };
    return columns;
}

/// Rows over some of the columns; of `most_specific` ones that cannot tie.
std::string table(const std::string& hit, int rows, Random& random) {
    std::vector<const Column*> columns;
    for (const Column& column : all_columns()) {
        if (random.chance(25)) columns.push_back(&column);
    }
    if (columns.empty()) columns.push_back(&all_columns().front());
    std::shuffle(columns.begin(), columns.end(), std::mt19937(static_cast<unsigned>(random.below(1000))));
    std::string text = "      id | cite";
    if (hit == "most_specific") {
        text += " | n | grade || level || pt | en\n";
        for (int r = 0; r < rows; ++r)
            text += fmt::format("      r{} | P.1 | {} | {} || {} || p | e\n", r, r / 2,
                                r % 2 == 0 ? "-" : random.of(all_columns()[3].cells), "middle");
        return text;
    }
    for (const Column* column : columns) text += " | " + column->expression;
    text += " || level || pt | en\n";
    const int any = 20 + random.below(60);
    for (int r = 0; r < rows; ++r) {
        text += fmt::format("      r{} | P.1", r);
        for (const Column* column : columns) text += " | " + (random.chance(any) ? "-" : random.of(column->cells));
        text += fmt::format(" || {} || row {} of <n> | row\n",
                            hit == "any" ? "low" : random.of({"low", "middle", "high", "grade"}), r);
    }
    return text;
}

std::string decision(const std::string& hit, Random& random) {
    std::string text = fmt::format("  {}:\n    asks: {{pt: \"q\", en: \"q\"}}\n    gives: {{level: grade}}\n", hit);
    text += fmt::format("    let: {{twice: n * 2}}\n    hit: {}\n", hit);
    if (hit == "priority") text += "    priority: level\n";
    return text + "    table: |\n" + table(hit, 8 + random.below(40), random);
}

const std::vector<std::string> policies = {"first",   "unique",     "any",          "priority",
                                           "collect", "rule_order", "most_specific"};

/// Rules whose columns read outcomes of another decision, on which this one then rests.
std::string over_outcomes(Random& random) {
    std::string text =
        "  over_outcomes:\n    each: {o: rule_order}\n    gives: {level: grade}\n    hit: any\n    table: |\n"
        "      id | n | o.level || level\n";
    for (int r = 0; r < 12; ++r)
        text += fmt::format("      r{} | {} | {} || low\n", r, r < 3 ? random.of({"-", "1", ">= 2"}) : "-",
                            r < 3 ? "-" : random.of({"low", "middle", "top"}));
    return text;
}

std::string ruleset(Random& random) {
    std::string text =
        "ruleset: tables\nvocabulary: v.yaml\nzone: UTC\nclauses:\n  P.1: {pt: \"c\", en: \"c\"}\n"
        "parameters:\n  limit: {is: int, value: 4, pt: limite, en: limit}\n"
        "decisions:\n  other:\n    gives: {level: int}\n    always: {level: \"at >= closed ? 1 : n\"}\n";
    for (const std::string& hit : policies) text += decision(hit, random);
    return text + over_outcomes(random);
}

std::string a_case(Random& random) {
    std::string text = "at: 2024-05-15T12:00:00Z\n";
    const auto add = [&](const char* name, const std::vector<std::string>& values) {
        if (random.chance(92)) text += fmt::format("{}: {}\n", name, random.of(values));
    };
    add("n", {"0", "1", "2", "3", "4", "5", "6", "7", "-2", "9223372036854775807"});
    add("m", {"0", "1", "2", "3", "4"});
    add("u", {"0", "3", "5", "-1"});
    add("grade", {"low", "middle", "high", "top"});
    add("region", {"a", "b", "c", "zz", "\"\""});
    add("blocked", {"true", "false"});
    add("amount", {"\"0.00\"", "\"5.00\"", "\"5.99\"", "\"6.00\""});
    add("rate", {"\"5.00\"", "\"4.50\"", "\"9.00\""});
    add("ratio", {"0.0", "-0.0", "1.5", "0.49", "-3.0"});
    add("day", {"2024-05-14", "2024-05-15", "2024-05-21"});
    add("closed", {"2024-05-15T12:00:00Z", "2024-05-15T11:59:59Z", "2024-05-16T12:00:00Z"});
    if (random.chance(90)) {
        text += fmt::format("client: {{mode: {}, kind: low, opened: {}}}\n", random.of({"x", "y", "z"}),
                            random.of({"2024-05-14T12:00:00Z", "2024-05-14T12:00:00Z", "2024-05-17T12:00:00Z"}));
    }
    return text;
}

Ruleset load(const std::string& text) {
    auto loaded = Ruleset::load("r.yaml", [&](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, path == "r.yaml" ? text : vocabulary);
    });
    EXPECT_TRUE(loaded) << text << loaded.diagnostics().to_string();
    return *std::move(loaded);
}

std::string error_of(const Answer& answer) {
    if (!answer.outcome.is_error()) return {};
    const Error& error = answer.outcome.as_error();
    return fmt::format("{} {} {}", error.message, error.path, error.place.span.begin);
}

/// Everything that the answers say, and what the evaluations rested on.
std::string told(const Ruleset& ruleset, const std::string& text) {
    const auto facts = ruleset.read_case(std::make_shared<const Source>("case.yaml", text));
    EXPECT_TRUE(facts) << text << facts.diagnostics().to_string();
    DecideOptions options;
    options.decisions = policies;
    options.decisions.push_back("over_outcomes");
    std::string out;
    for (const Answer& answer : ruleset.decide(*facts, options))
        out += ruleset.to_json(answer) + error_of(answer) + "\n";
    std::vector<std::string> asked = policies;
    asked.push_back("over_outcomes");
    for (const std::string& hit : asked) {
        Run run(ruleset.model(), ruleset.facts(*facts), *facts->at(), decision_limits, true);
        run.decide(*ruleset.model().find(hit));
        std::size_t rested_on = 0;
        for (const auto& [outcome, reason] : run.reasons()) rested_on += reason.basis.size();
        out += fmt::format("{} {} {} {} {}\n", hit, run.track().horizon, run.track().known_until, rested_on,
                           run.reasons().size());
    }
    return out;
}

struct Taken {
    bool is_error = false;
    std::size_t steps = 0;
};

Taken taken(const Ruleset& ruleset, const std::string& text, const std::string& decision) {
    const auto facts = ruleset.read_case(std::make_shared<const Source>("case.yaml", text));
    Run run(ruleset.model(), ruleset.facts(*facts), *facts->at());
    const bool is_error = run.decide(*ruleset.model().find(decision)).is_error();
    return {is_error, run.steps_taken()};
}

TEST(DecisionIndex, AnswersAsLookingAtEveryRuleDoes) {
    const char* rounds = std::getenv("PRAXE_ROUNDS");
    std::map<std::string, int> indexed, errors, fewer_steps;
    int answers = 0;
    for (int seed = 0; seed < (rounds == nullptr ? 40 : std::atoi(rounds)) && !HasFailure(); ++seed) {
        Random random(static_cast<std::uint32_t>(seed));
        const std::string text = ruleset(random);
        const Ruleset with = load(text), without = load(text);
        for (const auto& one : without.model().decisions) one->index = nullptr;
        for (const std::string& hit : policies) indexed[hit] += with.model().find(hit)->index != nullptr;
        for (int i = 0; i < 20; ++i) {
            const std::string facts = a_case(random);
            ASSERT_EQ(told(with, facts), told(without, facts)) << "seed " << seed << "\n" << text << facts;
            for (const std::string& hit : policies) {
                const Taken by_index = taken(with, facts, hit);
                errors[hit] += by_index.is_error;
                fewer_steps[hit] += by_index.steps < taken(without, facts, hit).steps;
            }
            answers += static_cast<int>(policies.size());
        }
    }
    for (const std::string& hit : policies) {
        fmt::print("{}: {} indexed, {} errors, {} with fewer steps\n", hit, indexed[hit], errors[hit],
                   fewer_steps[hit]);
        EXPECT_GT(indexed[hit], 0) << hit;
        EXPECT_GT(errors[hit], 0) << hit;
        EXPECT_GT(fewer_steps[hit], 0) << hit;
    }
    fmt::print("{} answers\n", answers);
}

}  // namespace
}  // namespace praxe
