// Measuring from C++: results, cases left out, limits, and that the order of cases does not matter.
#include <gtest/gtest.h>

#include <algorithm>
#include <praxe/measure.hpp>

namespace praxe {
namespace {

const std::string folder = PRAXE_SOURCE_DIR "/tests/measure/";

Ruleset ruleset() {
    return *Ruleset::load(folder + "measures.yaml");
}

Case read(const Ruleset& by, const std::string& items) {
    const std::string text = R"({"at": "2024-05-31T12:00:00-03:00", "items": [)" + items + "]}";
    const auto facts = by.read_case(std::make_shared<Source>("case.json", text));
    EXPECT_TRUE(facts) << (facts ? "" : facts.diagnostics().to_string());
    return *facts;
}

std::string item(const std::string& rest) {
    return R"({"at": "2024-05-02T10:00:00-03:00", "colour": "red")" + rest + "}";
}

IndicatorResult result(const Measures& measures, const std::string& name) {
    const auto results = measures.results();
    const auto found = std::find_if(results.begin(), results.end(), [&](const auto& one) { return one.name == name; });
    EXPECT_NE(found, results.end()) << name;
    return *found;
}

TEST(Measures, ResultsOfSeveralCases) {
    const Ruleset by = ruleset();
    auto measures = Measures::open(by);
    ASSERT_TRUE(measures);
    EXPECT_TRUE(measures->add(read(by, item(R"(, "good": true, "amount": "7.50")") + "," + item(""))).empty());
    EXPECT_TRUE(measures->add(read(by, item(R"(, "amount": "2.51")"))).empty());
    EXPECT_EQ(measures->cases(), 2U);
    const Measured share = result(*measures, "good_share").measured.front();
    EXPECT_EQ(to_text(share.value), "percent(\"33.33\")");
    EXPECT_EQ(to_text(share.part) + " of " + to_text(share.whole), "1 of 3");
    EXPECT_EQ(share.goal_met, false);
    const Measured amount = result(*measures, "amount").measured.front();
    EXPECT_EQ(to_text(amount.value), "money(\"10.01\")");
    EXPECT_EQ(amount.elements, 2U);
    EXPECT_EQ(amount.goal_met, false);
    EXPECT_TRUE(result(*measures, "took").measured.front().value.is_absent());
    EXPECT_EQ(result(*measures, "took").measured.front().goal_met, std::nullopt);
}

TEST(Measures, TheOrderOfCasesDoesNotMatter) {
    const Ruleset by = ruleset();
    std::vector<Case> cases;
    for (int i = 0; i < 40; ++i) {
        const std::string units = R"(, "units": )" + std::to_string(i * 37 % 11) +
                                  R"(, "done_at": "2024-05-02T10:00:0)" + std::to_string(i * 13 % 7) +
                                  R"(-03:00", "by": "p)" + std::to_string(i % 5) + "\"";
        cases.push_back(read(by, item(units + (i % 3 == 0 ? R"(, "good": true)" : ""))));
    }
    auto forth = Measures::open(by);
    auto back = Measures::open(by);
    for (const Case& one : cases) forth->add(one);
    std::reverse(cases.begin(), cases.end());
    for (const Case& one : cases) back->add(one);
    EXPECT_EQ(forth->to_json(), back->to_json());
    EXPECT_EQ(forth->facts_json(), R"({"base":{"all":[5],"median":1}})");
}

TEST(Measures, ACaseCountsWholeOrNotAtAll) {
    const Ruleset by = ruleset();
    auto measures = Measures::open(by, {.indicators = {"parts_of_a_hundred"}});
    EXPECT_TRUE(measures->add(read(by, item(R"(, "units": 4)"))).empty());
    const Diagnostics wrong = measures->add(read(by, item(R"(, "units": 5)") + "," + item(R"(, "units": 0)")));
    ASSERT_EQ(wrong.size(), 1U);
    EXPECT_NE(wrong.to_string().find("\"parts_of_a_hundred\" cannot be measured"), std::string::npos)
        << wrong.to_string();
    const IndicatorResult parts = result(*measures, "parts_of_a_hundred");
    EXPECT_EQ(parts.cases_left_out, 1U);
    EXPECT_EQ(to_text(parts.measured.front().value), "25");
}

TEST(Measures, ACaseWithoutAnInstantIsLeftOutUnlessOneIsGiven) {
    const Ruleset by = ruleset();
    const auto facts = by.read_case(std::make_shared<Source>("case.json", R"({"items": [)" + item("") + "]}"));
    auto undated = Measures::open(by, {.indicators = {"items_in_all"}});
    EXPECT_EQ(undated->add(*facts).size(), 1U);
    EXPECT_EQ(result(*undated, "items_in_all").cases_left_out, 1U);
    constexpr std::int64_t before_the_item = 0;
    for (const auto& [at, items] :
         {std::pair(before_the_item, "0"), std::pair(std::int64_t{2'000'000'000'000'000}, "1")}) {
        auto dated = Measures::open(by, {.indicators = {"items_in_all"}, .at = at});
        EXPECT_TRUE(dated->add(*facts).empty());
        EXPECT_EQ(to_text(result(*dated, "items_in_all").measured.front().value), items);
    }
}

TEST(Measures, SumsAreExactBeyondAnIntUntilTheyAreShown) {
    const Ruleset by = ruleset();
    auto measures = Measures::open(by, {.indicators = {"units"}});
    const auto units = [&](const std::string& number) { return read(by, item(R"(, "units": )" + number)); };
    measures->add(units("9223372036854775807"));
    measures->add(units("9223372036854775807"));
    EXPECT_TRUE(result(*measures, "units").measured.front().value.is_error());
    measures->add(units("-9223372036854775807"));
    EXPECT_EQ(to_text(result(*measures, "units").measured.front().value), "9223372036854775807");
}

TEST(Measures, LimitsOfGroupsAndOfDifferentValues) {
    const Ruleset by = ruleset();
    for (const std::size_t limit : {2U, 3U}) {
        auto measures = Measures::open(
            by, {.indicators = {"best", "median_units"}, .max_groups = limit, .max_different_values = limit});
        for (int i = 0; i < 6; ++i) {
            const std::string number = std::to_string(i % 3);
            measures->add(read(by, item(R"(, "units": )" + number + R"(, "by": "p)" + number + "\"")));
        }
        for (const char* name : {"best", "median_units"}) {
            const Value broken = result(*measures, name).broken;
            ASSERT_EQ(broken.is_error(), limit == 2) << name;
            EXPECT_TRUE(!broken.is_error() || broken.as_error().code == Error::Code::limit) << name;
        }
    }
}

TEST(Measures, IndicatorsThatAreNotThere) {
    const auto misspelt = Measures::open(ruleset(), {.indicators = {"slowst"}});
    ASSERT_FALSE(misspelt);
    EXPECT_NE(misspelt.diagnostics().to_string().find("did you mean \"slowest\"?"), std::string::npos);
    const auto none = Measures::open(*Ruleset::load(PRAXE_SOURCE_DIR "/tests/format/standing.yaml"));
    ASSERT_FALSE(none);
    EXPECT_NE(none.diagnostics().to_string().find("has no indicators"), std::string::npos);
}

}  // namespace
}  // namespace praxe
