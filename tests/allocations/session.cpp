// A session asks for no memory once it has met the cases: every question of the company's ruleset that the clients of
// the shipped day answer, with lists, texts, reasons and `valid_until`.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <praxe/session.hpp>
#include <set>
#include <vector>

#include "counting_new.hpp"

namespace praxe {
namespace {

using allocations::Count;

/// Decisions that take memory still. One that takes none any more is to be taken out.
const std::set<std::string> take_memory = {
    "oldest_unpaid",  // its outcome is a record of the facts, which the reference alone shows
};

std::vector<Case> cases_of_the_day(const Ruleset& ruleset) {
    std::vector<Case> cases;
    for (const auto& file : std::filesystem::directory_iterator(PRAXE_SOURCE_DIR "/rules/day/clients")) {
        std::string message;
        auto facts = ruleset.read_case(Ruleset::read_file(file.path(), message));
        EXPECT_TRUE(facts) << facts.diagnostics().to_string();
        if (facts) cases.push_back(*std::move(facts));
    }
    return cases;
}

/// So much is seen of it that nothing is left out.
std::size_t walk(const ValueView& view) {
    std::size_t seen = 1;
    if (view.kind() == Kind::string) seen += view.text().size();
    for (std::size_t i = 0; i < view.size(); ++i) seen += walk(view[i]);
    return seen;
}

std::size_t walk(const AnswerView& answer) {
    std::size_t seen = walk(answer.outcome());
    for (const ReasonView& reason : answer.because()) seen += reason.rule.size() + reason.cite.size();
    return seen + answer.valid_until().evaluations + answer.items_valid_until().size();
}

TEST(Session, TakesNoMemoryFromTheSecondRoundOn) {
    const auto ruleset = Ruleset::load(PRAXE_SOURCE_DIR "/rules/company.yaml");
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    const std::vector<Case> cases = cases_of_the_day(*ruleset);
    ASSERT_GE(cases.size(), 30u);
    std::size_t answered = 0;
    for (const std::string& name : ruleset->decisions()) {
        Session session(*ruleset);
        const auto question = *session.question(name);
        std::vector<const Case*> answering;
        for (const Case& facts : cases) {
            session.begin(facts);
            if (session.decide(question).has_outcome()) answering.push_back(&facts);
        }
        std::size_t seen = 0;
        const auto round = [&] {
            for (const Case* facts : answering) {
                session.begin(*facts);
                seen += walk(session.decide(question));
            }
        };
        round();
        const std::size_t once = seen;
        const Count taken = allocations::during([&] {
            round();
            round();
        });
        EXPECT_EQ(seen, 3 * once) << name;
        answered += answering.size();
        EXPECT_EQ(taken.times > 0, take_memory.contains(name))
            << name << ": " << taken.times << " times, " << taken.bytes << " bytes";
    }
    EXPECT_GT(answered, 200u);
}

}  // namespace
}  // namespace praxe
