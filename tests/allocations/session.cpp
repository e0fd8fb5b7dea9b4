// A session asks for no memory once it has met the cases: every question of the company's ruleset that the clients of
// the shipped day answer, with lists, texts, reasons and `valid_until`.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <praxe/crm.hpp>
#include <praxe/session.hpp>
#include <set>
#include <vector>

#include "counting_new.hpp"

namespace praxe {
namespace {

using allocations::Count;

/// Decisions that take memory still. One that takes none any more is to be taken out.
const std::set<std::string> take_memory = {
    "agenda_items",   // the machine gives up on some of the cases, and the reference answers them
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

/// `begin(session, i)` begins one of so many cases; `prepare(session)` comes first.
template <typename Begin, typename Prepare>
void expect_no_memory(const Ruleset& ruleset, std::size_t cases, const Begin& begin, const Prepare& prepare) {
    ASSERT_GE(cases, 30u);
    std::size_t answered = 0;
    for (const std::string& name : ruleset.decisions()) {
        Session session(ruleset);
        prepare(session);
        const auto question = *session.question(name);
        std::vector<std::size_t> answering;
        for (std::size_t i = 0; i < cases; ++i) {
            begin(session, i);
            if (session.decide(question).has_outcome()) answering.push_back(i);
        }
        std::size_t seen = 0;
        const auto round = [&] {
            for (const std::size_t i : answering) {
                begin(session, i);
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

Ruleset company() {
    auto ruleset = Ruleset::load(PRAXE_SOURCE_DIR "/rules/company.yaml");
    EXPECT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    return *std::move(ruleset);
}

TEST(Session, TakesNoMemoryFromTheSecondRoundOn) {
    const Ruleset ruleset = company();
    const std::vector<Case> cases = cases_of_the_day(ruleset);
    expect_no_memory(
        ruleset, cases.size(), [&](Session& session, std::size_t i) { session.begin(cases[i]); }, [](Session&) {});
}

TEST(Session, TakesNoMemoryForStructs) {
    const Ruleset ruleset = company();
    const auto bound = *crm::binder(ruleset).facts_of<crm::Case>();
    std::vector<crm::Case> structs;
    for (const Case& facts : cases_of_the_day(ruleset)) structs.push_back(*bound.read(facts));
    const auto begin = [&](Session& session, std::size_t i) { session.begin(bound.in_place(structs[i])); };
    expect_no_memory(ruleset, structs.size(), begin, [](Session&) {});
}

}  // namespace
}  // namespace praxe
