// Tables in CSV files: the same rules as the same table written as text, and places in the file where one is wrong.
#include <gtest/gtest.h>

#include <map>
#include <praxe/ruleset.hpp>

namespace praxe {
namespace {

using Files = std::map<std::string, std::string>;

const std::string head =
    "ruleset: rates\nvocabulary: v.yaml\nzone: UTC\nclauses: {C.1: {pt: c, en: c}}\ndecisions:\n  rate:\n"
    "    gives: {rate: percent}\n    hit: first\n";
constexpr const char* vocabulary =
    "vocabulary: v\nrecords: {}\nclosed_sets: {family: [tools, parts]}\n"
    "facts:\n  at?: timestamp\n  family?: family\n  state?: string\n";
constexpr const char* text_table =
    "    table: |\n      id | cite | family | state || rate || pt | en\n"
    "      south | C.1 | tools | \"RS\", \"SC\" || percent(\"5.50\") || Sul, quase \"tudo\" | South\n"
    "      rest | C.1 | - | - || percent(\"5.00\") || <state> | The rest\n";
constexpr const char* csv_table =
    "\xEF\xBB\xBFid,cite,family,state,|| rate,|| pt,en\r\n"
    "south,C.1, tools ,\"\"\"RS\"\", \"\"SC\"\"\",\"percent(\"\"5.50\"\")\",\"Sul, quase \"\"tudo\"\"\",South\r\n"
    "\r\n"
    "rest,C.1,,-,\"percent(\"\"5.00\"\")\",<state>,\"The rest\"";

Result<Ruleset> load(const std::string& table, const Files& more, const RulesetLimits& limits = {}) {
    return Ruleset::load(
        "folder/r.yaml",
        [&](const std::string& path, std::string& message) -> SourcePtr {
            if (path == "folder/r.yaml") return std::make_shared<const Source>(path, head + table);
            if (path == "folder/v.yaml") return std::make_shared<const Source>(path, vocabulary);
            const auto found = more.find(path);
            if (found == more.end()) message = "no such file";
            return found == more.end() ? nullptr : std::make_shared<const Source>(path, found->second);
        },
        limits);
}

std::string answers(const Result<Ruleset>& ruleset) {
    std::string out;
    for (const char* facts : {"{at: 2024-05-02T10:00:00Z, family: tools, state: RS}",
                              "{at: 2024-05-02T10:00:00Z, family: parts, state: SP}", "{at: 2024-05-02T10:00:00Z}"}) {
        const auto read = ruleset->read_case(std::make_shared<const Source>("case.yaml", facts));
        out += ruleset->to_json(ruleset->decide(*read, {.decisions = {"rate"}, .texts = true})) + "\n";
    }
    return out;
}

TEST(CsvTable, SaysWhatTheTextTableSays) {
    const auto text = load(text_table, {});
    const auto csv = load("    table: {file: tables/rates.csv}\n", {{"folder/tables/rates.csv", csv_table}});
    ASSERT_TRUE(text) << text.diagnostics().to_string();
    ASSERT_TRUE(csv) << csv.diagnostics().to_string();
    const std::string by_csv = answers(csv);
    EXPECT_NE(by_csv.find("quase \\\"tudo\\\""), std::string::npos) << by_csv;
    // An error says where the cell stands: in the file.
    EXPECT_NE(by_csv.find("folder/tables/rates.csv:1:"), std::string::npos) << by_csv;
    const auto without_places = [](std::string json) { return json.substr(0, json.rfind("\n{")); };
    EXPECT_EQ(without_places(by_csv), without_places(answers(text)));
}

TEST(CsvTable, AddsRowsToABase) {
    const std::string base =
        "    table: |\n      id | cite | family | state || rate\n      any | C.1 | - | - || percent(\"5.00\")\n";
    const std::string over = "ruleset: over\nextends: base.yaml\ndecisions:\n  rate:\n    table: {file: more.csv}\n";
    const auto read = [&](const std::string& hit) {
        return Ruleset::load("over.yaml", [&, hit](const std::string& path, std::string&) -> SourcePtr {
            std::string text = head + base;
            text.replace(text.find("first"), 5, hit);
            if (path == "over.yaml") text = over;
            if (path == "v.yaml") text = vocabulary;
            if (path == "more.csv") text = "id,cite,family,|| rate\ntools,C.1,tools,\"percent(\"\"6.00\"\")\"\n";
            return std::make_shared<const Source>(path, text);
        });
    };
    const auto added = read("most_specific");
    ASSERT_TRUE(added) << added.diagnostics().to_string();
    EXPECT_NE(answers(added).find("\"rate\":6"), std::string::npos);
    ASSERT_EQ(added->changes().size(), 1u);
    EXPECT_EQ(added->changes()[0].name, "rate.tools");
    const auto refused = read("first");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.diagnostics().to_string().find("over.yaml:5:12"), std::string::npos)
        << refused.diagnostics().to_string();
}

TEST(CsvTable, CountsAmongTheFiles) {
    RulesetLimits limits;
    limits.max_files = 1;
    const auto csv = load("    table: {file: rates.csv}\n", {{"folder/rates.csv", csv_table}}, limits);
    ASSERT_FALSE(csv);
    EXPECT_NE(csv.diagnostics().to_string().find("a ruleset can have 1 files at most"), std::string::npos);
}

/// A file cut off anywhere is a table or has a place where it is wrong.
TEST(CsvTable, CutOffAnywhereIsWellOrWrongSomewhere) {
    const std::string whole = csv_table;
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const auto csv = load("    table: {file: rates.csv}\n", {{"folder/rates.csv", whole.substr(0, length)}});
        if (csv) continue;
        for (const Diagnostic& one : csv.diagnostics().sorted()) EXPECT_TRUE(one.place) << length << one.message;
    }
}

}  // namespace
}  // namespace praxe
