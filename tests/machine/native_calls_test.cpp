// Functions that the machine does itself, on texts and lists of facts and on those it made: as the reference does.
#include "machine/native_calls.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <praxe/ruleset.hpp>

#include "check/model.hpp"

namespace praxe {
namespace {

constexpr const char* vocabulary = R"(
vocabulary: lists
closed_sets:
  color: [red, green, blue]
records:
  Part: {fields: {id: string, weight: int}}
facts:
  at: timestamp
  a: string
  b: string
  texts: {list: string}
  more: {list: string}
  colors: {list: color}
  numbers: {list: int}
  days: {list: date}
  parts: {list: Part}
)";

struct Row {
    const char* type;
    const char* expression;
};
constexpr Row rows[] = {
    {"string", "a.trim()"},
    {"string", "a + b"},
    {"string", "(a + b).trim()"},
    {"list(string)", "texts + more"},
    {"list(string)", "texts.map(t, t.trim()) + more.filter(t, t != a)"},
    {"list(string)", "(texts + more).distinct()"},
    {"list(string)", "texts.map(t, t + b).distinct()"},
    {"list(string)", "[texts, more, texts].flatten()"},
    {"list(color)", "colors.distinct()"},
    {"list(int)", "parts.map(p, p.weight).distinct()"},
    {"int", "numbers.max()"},
    {"int", "parts.map(p, p.weight).min()"},
    {"date", "days.max()"},
    {"date", "days.min()"},
    {"list(string)", "parts.sortBy(p, p.weight).map(p, p.id)"},
    {"list(string)", "parts.map(p, fact_path(p))"},
};

constexpr const char* cases[] = {
    "a: '  x '\nb: ''\ntexts: []\nmore: []\ncolors: []\nnumbers: []\ndays: []\nparts: []\n",
    "a: 'x'\nb: \"\\u00a0y\\u2003\"\ntexts: [x, ' x', x]\nmore: [y, x]\ncolors: [blue, red, blue]\nnumbers: [3, -7, "
    "9]\n"
    "days: [2024-05-02, 2024-01-31]\nparts: [{id: p, weight: 2}, {id: q, weight: 1}, {id: r, weight: 2}, {id: s, "
    "weight: 1}]\n",
};

TEST(NativeCalls, GiveWhatTheReferenceGives) {
    std::string rules = "ruleset: lists\nvocabulary: v.yaml\nzone: America/Sao_Paulo\ndecisions:\n";
    for (std::size_t i = 0; i < std::size(rows); ++i)
        rules += fmt::format("  d{}:\n    asks: {{pt: q, en: q}}\n    gives: {{it: {}}}\n    always: {{it: '{}'}}\n", i,
                             rows[i].type, rows[i].expression);
    const auto ruleset = Ruleset::load("r.yaml", [&](const std::string& path, std::string&) {
        return std::make_shared<const Source>(path, path == "v.yaml" ? vocabulary : rules);
    });
    ASSERT_TRUE(ruleset) << ruleset.diagnostics().to_string();
    std::size_t natives = 0;
    for (const FunctionCall& call : ruleset->model().program->calls) natives += native_call(call) != nullptr ? 1 : 0;
    EXPECT_GE(natives, 14u);
    std::string many = cases[1];  // more than are compared with all the others
    many.replace(many.find("texts: ["), 8, [] {
        std::string texts = "texts: [";
        for (int i = 0; i < 100; ++i) texts += fmt::format("t{}, ", i % 70);
        return texts;
    }());
    for (const std::string& text : {std::string(cases[0]), std::string(cases[1]), many}) {
        const auto facts =
            ruleset->read_case(std::make_shared<const Source>("case.yaml", "at: 2024-05-15T12:00:00Z\n" + text));
        ASSERT_TRUE(facts) << facts.diagnostics().to_string();
        for (std::size_t i = 0; i < std::size(rows); ++i) {
            DecideOptions options{.decisions = {fmt::format("d{}", i)}};
            const std::string ours = ruleset->to_json(ruleset->decide(*facts, options));
            options.by_reference = true;
            EXPECT_EQ(ours, ruleset->to_json(ruleset->decide(*facts, options))) << rows[i].expression;
        }
    }
}

}  // namespace
}  // namespace praxe
