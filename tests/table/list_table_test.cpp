// Tables that are lists of rows: the same rules as the same table written as text, however YAML or JSON writes the
// lists.
#include <gtest/gtest.h>

#include <praxe/ruleset.hpp>
#include <regex>

namespace praxe {
namespace {

const std::string head =
    "ruleset: rates\nvocabulary: v.yaml\nzone: UTC\nclauses: {C.1: {pt: c, en: c}, C.2: {pt: d, en: d}}\ndecisions:\n"
    "  rate:\n    gives: {rate: percent}\n    hit: first\n    table:";
constexpr const char* vocabulary =
    "vocabulary: v\nrecords: {}\nclosed_sets: {family: [tools, parts]}\n"
    "facts:\n  at?: timestamp\n  family?: family\n  state?: string\n  items?: int\n";
constexpr const char* text_table =
    " |\n      id | cite | family | state | items || rate || pt | en\n"
    "      south | C.1, C.2 | tools | \"RS\", \"SC\" | [1..5) || percent(\"5.50\") || Sul, \"tudo\" | <state>'s\n"
    "      many  | C.2 | - | - | 7 || percent(\"5.50\") || muitas | many\n"
    "      rest | C.1 | - | - | - || percent(\"5.00\") || o resto | The rest\n";

struct Form {
    const char* name;
    const char* table;
};
void PrintTo(const Form& form, std::ostream* out) {
    *out << form.name;
}

constexpr Form forms[] = {
    {"flow",
     "\n      - [id, cite, family, state, items, '|| rate', '|| pt', en]\n"
     "      - [south, 'C.1, C.2', tools, '\"RS\", \"SC\"', '[1..5)', percent(\"5.50\"), 'Sul, \"tudo\"', "
     "\"<state>'s\"]\n"
     "      - [many, C.2, '-', '', 7, 'percent(\"5.50\")', muitas, many]\n"
     "      - [rest, C.1, -, \"\", \" - \", percent(\"5.00\"), o resto, The rest]\n"},
    {"one_bracket",
     " [[id, cite, family, state, items, \"||rate\", \"||  pt\", en], [south, \"C.1, C.2\", \" tools \",\n"
     "      \"\\\"RS\\\",\n      \\\"SC\\\"\", \"[1..5)\", percent(\"5.50\"), 'Sul, \"tudo\"', '<state>''s'],\n"
     "      [many, C.2, \"\", \"\", 7, percent(\"5.50\"), muitas, many],\n"
     "      [rest, C.1, \"\", \"\", \"\", percent(\"5.00\"), o resto, The rest]]\n"},
    {"lines",
     "\n    - - id\n      - cite\n      - family\n      - state\n      - items\n      - '|| rate'\n      - '|| pt'\n   "
     "   - en\n"
     "    - - south\n      - C.1, C.2\n      - tools\n      - >-\n        \"RS\",\n        \"SC\"\n      - '[1..5)'\n"
     "      - |\n        percent(\"5.50\")\n      - Sul, \"tudo\"  # of the country\n      - <state>'s\n"
     "    - [many, C.2, '', '', \"7\", percent(\"5.50\"), muitas, many]\n"
     "    # and at last\n"
     "    - [rest, C.1, '', '', '', percent(\"5.00\"), o resto, The rest]\n"},
};

Result<Ruleset> load(const std::string& text, const std::string& name = "r.yaml") {
    return Ruleset::load(name, [&](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, path == name ? text : vocabulary);
    });
}

/// Answers and errors with their reasons; where a rule stands is each table's own.
std::string answers(const Ruleset& ruleset) {
    std::string out;
    for (const char* facts : {"family: tools\nstate: RS\nitems: 1", "family: tools\nstate: SC\nitems: 5",
                              "family: parts\nstate: RS\nitems: 7", "family: parts\nitems: 2", "items: 7"}) {
        const auto read = ruleset.read_case(
            std::make_shared<const Source>("case.yaml", std::string("at: 2024-05-02T10:00:00Z\n") + facts));
        out += ruleset.to_json(ruleset.decide(*read, {.decisions = {"rate"}, .texts = true})) + "\n";
    }
    return std::regex_replace(out, std::regex(R"(r\.(yaml|json):\d+:\d+)"), "PLACE");
}

class ListTable : public testing::TestWithParam<Form> {};

TEST_P(ListTable, SaysWhatTheTextTableSays) {
    const auto text = load(head + text_table);
    const auto list = load(head + GetParam().table);
    ASSERT_TRUE(text) << text.diagnostics().to_string();
    ASSERT_TRUE(list) << list.diagnostics().to_string();
    const std::string due = answers(*text);
    EXPECT_NE(due.find("Sul, \\\"tudo\\\""), std::string::npos) << due;
    EXPECT_EQ(answers(*list), due);
}

/// A text cut off anywhere is a table or has a place where it is wrong.
TEST_P(ListTable, CutOffAnywhereIsWellOrWrongSomewhere) {
    const std::string whole = GetParam().table;
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const auto list = load(head + whole.substr(0, length) + "\n");
        if (list) continue;
        for (const Diagnostic& one : list.diagnostics().sorted()) EXPECT_TRUE(one.place) << length << one.message;
    }
}

INSTANTIATE_TEST_SUITE_P(Forms, ListTable, testing::ValuesIn(forms), [](const auto& test) { return test.param.name; });

/// What is wrong in a cell is told where it stands: each `X` in these rows, which is no column, name or member.
TEST(ListTableCells, AreToldWhereTheyStand) {
    const std::string header = head + "\n      - [id, family, items, '|| rate']\n      - ";
    for (const char* row : {
             "[a, X, 1, percent(\"1.00\")]",
             "[a, 'tools, X', 1, percent(\"1.00\")]",
             "[a, \"tools\\u002C X\", 1, percent(\"1.00\")]",
             "[a, -, '>= X', percent(\"1.00\")]",
             "[a, -, '[0..X)', percent(\"1.00\")]",
             "[a, -, 1, X]",
             "[a, -, 1, '''a'' == X']",
             "[a, -, 1, \"'\\\"' +\n            X\"]",
             "\n        - a\n        - >-\n          tools,\n          X\n        - 1\n        - percent(\"1.00\")",
         }) {
        const std::string text = header + row + "\n";
        const auto list = load(text);
        ASSERT_FALSE(list) << row;
        bool is_told = false;
        for (const Diagnostic& one : list.diagnostics().sorted())
            is_told |= one.place && one.place.span.begin == text.find('X') && one.place.span.end == text.find('X') + 1;
        EXPECT_TRUE(is_told) << row << '\n' << list.diagnostics().to_string();
    }
}

TEST(ListTableJson, IsTheSameTable) {
    const std::string json =
        R"json({"ruleset": "rates", "vocabulary": "v.yaml", "zone": "UTC",
            "clauses": {"C.1": {"pt": "c", "en": "c"}, "C.2": {"pt": "d", "en": "d"}},
            "decisions": {"rate": {"gives": {"rate": "percent"}, "hit": "first", "table": [
                ["id", "cite", "family", "state", "items", "|| rate", "|| pt", "en"],
                ["south", "C.1, C.2", "tools", "\"RS\", \"SC\"", "[1..5)", "percent(\"5.50\")", "Sul, \"tudo\"", "<state>'s"],
                ["many", "C.2", "-", "-", 7, "percent(\"5.50\")", "muitas", "many"],
                ["rest", "C.1", "", "", "", "percent(\"5.00\")", "o resto", "The rest"]]}}})json";
    const auto text = load(head + text_table);
    const auto list = load(json, "r.json");
    ASSERT_TRUE(list) << list.diagnostics().to_string();
    EXPECT_EQ(answers(*list), answers(*text));
}

}  // namespace
}  // namespace praxe
