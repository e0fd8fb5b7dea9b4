// Columns: every row says what the same case says alone, and every mistake of a schema or an array is told.
#include <gtest/gtest.h>

#include <algorithm>
#include <praxe/columns.hpp>
#include <thread>

#include "../../bench/cases.hpp"
#include "columns/arrow_text.hpp"

namespace praxe {
namespace {

using columns_test::Array;
using columns_test::FactColumns;
using columns_test::text_of;

Ruleset load(const std::string& path) {
    auto ruleset = Ruleset::load(path);
    EXPECT_TRUE(ruleset) << (ruleset ? "" : ruleset.diagnostics().to_string());
    return *ruleset;
}

const Ruleset& company() {
    static const Ruleset ruleset = load(PRAXE_SOURCE_DIR "/rules/company.yaml");
    return ruleset;
}

std::vector<Case> company_cases(std::size_t count) {
    std::vector<Case> cases;
    for (std::size_t i = 0; i < count; ++i) {
        auto one = company().read_case(std::make_shared<Source>("case.json", bench::case_json(i)));
        if (one) cases.push_back(*std::move(one));
    }
    return cases;
}

Columns bind(const Ruleset& ruleset, const ArrowSchema& schema, const ColumnsOptions& options) {
    auto columns = Columns::bind(ruleset, schema, options);
    EXPECT_TRUE(columns) << (columns ? "" : columns.diagnostics().to_string());
    return *std::move(columns);
}

/// The rows of all decisions as text, one decision after another.
std::vector<std::string> rows_of(const Columns& columns, const ArrowArray& facts, std::int64_t first,
                                 std::int64_t count) {
    const std::size_t decisions = columns.decisions().size();
    std::vector<Array> answers(decisions);
    std::vector<ArrowArray> given(decisions);
    const Diagnostics wrong = columns.decide(facts, first, count, given);
    EXPECT_TRUE(wrong.empty()) << wrong.to_string();
    std::vector<std::string> rows;
    for (std::size_t i = 0; i < decisions; ++i) {
        static_cast<ArrowArray&>(answers[i]) = given[i];
        columns_test::Schema schema;
        columns.schema(i, schema);
        EXPECT_EQ(answers[i].length, count);
        for (std::int64_t row = 0; row < count; ++row) rows.push_back(text_of(schema, answers[i], row));
    }
    return rows;
}

std::vector<std::string> alone(const Ruleset& ruleset, const std::vector<Case>& cases, const Columns& columns,
                               bool valid_until) {
    std::vector<std::string> rows;
    for (const std::string& decision : columns.decisions()) {
        for (const Case& one : cases) {
            const auto answers = ruleset.decide(one, {.decisions = {decision}, .valid_until = valid_until});
            rows.push_back(text_of(ruleset.model(), answers.front()));
        }
    }
    return rows;
}

TEST(Columns, EveryDecisionOfTheCompanyIsAsOfEachCaseAlone) {
    const auto cases = company_cases(300);
    const FactColumns facts(company(), cases);
    const Columns columns = bind(company(), facts.schema, {.decisions = company().decisions(), .valid_until = true});
    const auto count = static_cast<std::int64_t>(cases.size());
    const auto rows = rows_of(columns, facts.array, 0, count);
    EXPECT_EQ(rows, alone(company(), cases, columns, true));
    const auto is_error = [](const std::string& row) { return row.starts_with("{error: "); };
    EXPECT_GT(std::count_if(rows.begin(), rows.end(), is_error), 100);  // facts that cases do not hold
    EXPECT_GT(std::count_if(rows.begin(), rows.end(), [&](const auto& row) { return !is_error(row); }), 3'000);
}

TEST(Columns, ThreadsDecideRowsOfTheirOwn) {
    const auto cases = company_cases(200);
    const FactColumns facts(company(), cases);
    const Columns columns = bind(company(), facts.schema, {.decisions = {"lead_owner"}});
    constexpr std::int64_t of_each = 50;
    std::vector<std::vector<std::string>> parts(4);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        threads.emplace_back(
            [&, i] { parts[i] = rows_of(columns, facts.array, static_cast<std::int64_t>(i) * of_each, of_each); });
    }
    for (std::thread& thread : threads) thread.join();
    std::vector<std::string> rows;
    for (const auto& part : parts) rows.insert(rows.end(), part.begin(), part.end());
    EXPECT_EQ(rows, alone(company(), cases, columns, false));
}

}  // namespace
}  // namespace praxe
