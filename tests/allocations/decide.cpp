// What deciding a case takes from memory, told for each kind of call; only the counter itself is held to numbers.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <praxe/ruleset.hpp>
#include <vector>

#include "../../bench/cases.hpp"
#include "counting_new.hpp"

namespace praxe {
namespace {

using allocations::Count;

TEST(CountingNew, CountsWhatIsAskedFor) {
    std::unique_ptr<std::int64_t> number;  // kept, so that no compiler leaves it out
    const Count one = allocations::during([&] { number = std::make_unique<std::int64_t>(1); });
    EXPECT_EQ(one.times, 1u);
    EXPECT_EQ(one.bytes, sizeof(std::int64_t));
    struct alignas(64) Line {
        char bytes[64];
    };
    std::unique_ptr<char[]> text;
    std::unique_ptr<Line> line;
    const Count others = allocations::during([&] {
        text = std::make_unique<char[]>(100);
        line = std::make_unique<Line>();
    });
    EXPECT_EQ(others.times, 2u);
    EXPECT_EQ(others.bytes, 164u);
    EXPECT_EQ(allocations::during([] {}).times, 0u);
}

TEST(Decide, TellsWhatACaseTakes) {
    constexpr std::size_t number_of_cases = 64;
    const auto ruleset = Ruleset::load(PRAXE_SOURCE_DIR "/rules/company.yaml");
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    std::vector<Case> cases;
    for (std::size_t i = 0; i < number_of_cases; ++i) {
        auto facts = ruleset->read_case(std::make_shared<Source>("case.json", bench::case_json(i)));
        ASSERT_TRUE(facts) << facts.diagnostics().to_string();
        cases.push_back(*std::move(facts));
    }
    struct Row {
        const char* name;
        DecideOptions options;
    };
    DecideOptions plain;
    plain.valid_until = false;
    DecideOptions one = plain;
    one.decisions = {"lead_owner"};
    for (const auto& [name, options] : {Row{"every question, with `valid_until`", {}}, Row{"every question", plain},
                                        Row{"`lead_owner` alone", one}}) {
        for (const Case& facts : cases) ruleset->decide(facts, options);  // what is kept from the first time on
        const Count taken = allocations::during([&] {
            for (const Case& facts : cases) ruleset->decide(facts, options);
        });
        fmt::print("{}: {} allocations a case, {} bytes\n", name, taken.times / number_of_cases,
                   taken.bytes / number_of_cases);
    }
}

}  // namespace
}  // namespace praxe
