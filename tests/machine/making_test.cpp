// Outcomes that are looked at while they are made, and what they rest on, by the machine as by the tree walk.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ostream>
#include <praxe/ruleset.hpp>
#include <string>

#include "machine/answers.hpp"
#include "machine/machines.hpp"

namespace praxe {
namespace {

constexpr std::string_view vocabulary = "vocabulary: v\nfacts: {n: int, m: int}\n";

/// A decision `q` beside one whose outcome it may rest on.
Ruleset with(const std::string& decision) {
    const std::string text =
        "ruleset: r\nvocabulary: v.yaml\nzone: UTC\nclauses: {P.1: {pt: um, en: one}}\ndecisions:\n"
        "  other:\n    gives: {level: int}\n    hit: first\n    rules: [{id: o, cite: P.1, then: {level: n}}]\n"
        "  q:\n" +
        decision;
    auto loaded = Ruleset::load("r.yaml", [&](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, path == "r.yaml" ? text : std::string(vocabulary));
    });
    EXPECT_TRUE(loaded) << text << loaded.diagnostics().to_string();
    return *std::move(loaded);
}

/// More rows than are looked at one by one, of which the last applies.
std::string rows(const std::string& given) {
    std::string text = "    table: |\n      id | n || x\n";
    for (int r = 0; r < 70; ++r) text += fmt::format("      r{0} | {1} || {2}\n", r, r == 69 ? 3 : 100 + r, given);
    return text;
}

bool is_made_by_machine(const Ruleset& ruleset, const Case& facts) {
    const Machines::Lent machine = ruleset.model().machines->lend();
    machine->begin_case(ruleset.facts(facts), decision_limits);
    return answers_by(*machine, std::vector<std::size_t>{1}, 0, {}).front().how == Judged::How::made;
}

struct Made {
    const char* name;
    std::string decision;
    friend void PrintTo(const Made& made, std::ostream* out) { *out << made.decision; }
};

class Making : public testing::TestWithParam<Made> {};

TEST_P(Making, IsThatOfTheWalk) {
    const Ruleset ruleset = with(GetParam().decision);
    const auto facts = ruleset.read_case(std::make_shared<const Source>("case.yaml", "n: 3\nm: 3\n"));
    ASSERT_TRUE(facts);
    EXPECT_TRUE(is_made_by_machine(ruleset, *facts));
    DecideOptions options{.decisions = {"q"}, .at = 0};
    const auto ours = ruleset.decide(*facts, options);
    options.by_reference = true;
    EXPECT_EQ(ruleset.to_json(ours.front()), ruleset.to_json(ruleset.decide(*facts, options).front()));
}

const std::string gives =
    "    gives: {x: int, early: bool, late: int, now: bool}\n    optional: [late]\n    hit: first\n";
const std::string rule = "    rules: [{id: a, then: {x: 1}}]\n";

std::string always(const std::string& late) {
    return fmt::format("    always: {{early: has(this.late), late: {}, now: has(this.late)}}\n", late);
}

const std::string excepted = R"(    rules:
      - id: a
        then: {x: m}
        except: [{id: b, when: general.x == 3, then: {x: general.x + 1}}]
)";

/// Each rule rests on what it reads itself, whatever was read before.
const std::string rests = "    gives: {x: int}\n    hit: first\n    require: other.level > 0\n";
const std::string resting_rule = "    rules: [{id: a, when: other.level == 3, then: {x: 1}}";

INSTANTIATE_TEST_SUITE_P(Machine, Making,
                         testing::Values(Made{"SetBetweenTwoLooks", gives + always("n") + rule},
                                         Made{"KnownAtLoad", gives + always("7") + rule},
                                         Made{"ThereWhereAnExceptionLooks", gives + always("7") + excepted},
                                         Made{"OfARow", gives + always("n") + rows("1")},
                                         Made{"OfARowKnownAtLoad", gives + always("7") + rows("1")},
                                         Made{"InCodeOfARow", gives + always("7") + rows("m")},
                                         Made{"RuleThatRests", rests + resting_rule + ", {id: b, then: {x: 2}}]\n"},
                                         Made{"RuleBeforeRowsThatRests", rests + resting_rule + "]\n" + rows("1")},
                                         Made{"RowThatRests", rests + rows("other.level")}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace praxe
