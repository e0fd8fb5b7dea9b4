// The CEL conformance suite: every test of the core and of the extensions named here must pass, value and type, doubles
// bit for bit.
//
// The tests that fail are listed by name in cel_red.txt, which must be exact: one that passes must leave the list.
// What needs anything else (messages, above all) is counted and printed, not asserted.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "facts/typed_json.hpp"
#include "run/expression_line.hpp"
#include "value/type.hpp"

namespace praxe {
namespace {

const std::string cases_path = std::string(PRAXE_CONFORMANCE_DIR) + "/cel/public.jsonl";
const std::string red_path = std::string(PRAXE_SOURCE_DIR) + "/tests/conformance/cel_red.txt";

/// What a test may need beside the core and must pass all the same (`needs` in the suite's README).
const std::set<std::string> met_needs = {
    "bindings_ext", "custom_functions", "encoders_ext", "escaped_identifiers", "macros2",
    "math_ext",     "optional",         "string_ext",   "type_deduction",      "wkt_type_names",
};
/// Tests that need this are asserted whatever else they need: those that fail are listed with their reason.
const std::string listed_need = "type_deduction";

/// The same value and type; the order of a map's entries does not matter.
bool agrees(const Value& got, const Value& expected) {
    if (got.is(Kind::list) && expected.is(Kind::list)) {
        const List& a = got.as_list();
        const List& b = expected.as_list();
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), agrees);
    }
    if (!got.is(Kind::map) || !expected.is(Kind::map)) return identical(got, expected);
    const auto& a = got.as_map().entries;
    const auto& b = expected.as_map().entries;
    return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const auto& entry) {
               return std::any_of(b.begin(), b.end(), [&](const auto& other) {
                   return agrees(entry.first, other.first) && agrees(entry.second, other.second);
               });
           });
}

/// What is wrong with the answer; empty if nothing is.
std::string complaint(const ExpressionAnswer& got, const nlohmann::json& expect) {
    if (expect.contains("error")) {
        return got.error.empty() ? "expected an error, got " + to_json(got) : "";
    }
    if (expect.contains("value")) {
        const auto expected = read_typed(expect["value"]);
        if (!expected) return "the expected value cannot be read";
        if (!got.value) return "expected " + to_text(*expected) + ", got " + to_json(got);
        if (!agrees(*got.value, *expected)) return "expected " + to_text(*expected) + ", got " + to_text(*got.value);
    }
    if (expect.contains("deduced_type")) {
        const std::string expected = expect["deduced_type"];
        if (!got.type || *got.type != expected) return "expected type " + expected + ", got " + to_json(got);
    }
    return "";
}

struct Outcome {
    std::size_t line;
    std::string suite, name, expr, complaint;
    std::set<std::string> needs;

    bool is_core() const { return needs.empty(); }
    bool is_asserted() const {
        return needs.contains(listed_need) ||
               std::includes(met_needs.begin(), met_needs.end(), needs.begin(), needs.end());
    }
};

Outcome run(std::size_t number, const std::string& text) {
    const auto json = nlohmann::json::parse(text);
    Outcome outcome{number, json["suite"], "", json["expr"], "", json["needs"]};
    outcome.name =
        fmt::format("{}/{}/{}", outcome.suite, json["section"].get<std::string>(), json["name"].get<std::string>());
    const auto line = read_expression_line(json, outcome.complaint);
    if (line) outcome.complaint = complaint(answer(*line, {}), json["expect"]);
    return outcome;
}

std::vector<Outcome> run_all(std::istream& in) {
    std::vector<Outcome> outcomes;
    std::string text;
    while (std::getline(in, text)) outcomes.push_back(run(outcomes.size() + 1, text));
    return outcomes;
}

std::set<std::string> red_tests() {
    std::set<std::string> names;
    std::ifstream file(red_path);
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line.front() != '#') names.insert(line);
    }
    return names;
}

void print_counts(const std::vector<Outcome>& outcomes) {
    struct Count {
        int passed = 0, all = 0, core_passed = 0, core = 0;
    };
    std::map<std::string, Count> suites, needs;
    for (const Outcome& o : outcomes) {
        const std::string tags = o.is_core() ? "core" : fmt::format("{}", fmt::join(o.needs, ", "));
        for (Count* count : {&suites[o.suite], &suites["total"], &needs[tags]}) {
            ++count->all;
            count->passed += o.complaint.empty();
            count->core += o.is_core();
            count->core_passed += o.is_core() && o.complaint.empty();
        }
    }
    for (const auto& [suite, c] : suites) {
        fmt::print("{:16} core {:3}/{:3}  all {:4}/{:4}\n", suite, c.core_passed, c.core, c.passed, c.all);
    }
    for (const auto& [tags, c] : needs) fmt::print("{:40} {:4}/{:4}\n", tags, c.passed, c.all);
    std::fflush(stdout);
}

TEST(CelConformance, EveryTestOfTheCoreAndTheExtensionsPassesButTheRedOnes) {
    std::ifstream file(cases_path);
    if (!file) GTEST_SKIP() << "the conformance data are not at hand: " << cases_path;
    const std::vector<Outcome> outcomes = run_all(file);
    ASSERT_FALSE(outcomes.empty());
    print_counts(outcomes);

    const std::set<std::string> red = red_tests();
    std::set<std::string> failed;
    for (const Outcome& o : outcomes) {
        if (!o.is_asserted() || o.complaint.empty()) continue;
        failed.insert(o.name);
        EXPECT_TRUE(red.contains(o.name))
            << cases_path << ":" << o.line << ": " << o.name << "\n  " << o.expr << "\n  " << o.complaint;
    }
    for (const std::string& name : red) {
        EXPECT_TRUE(failed.contains(name)) << name << " passes: take it off " << red_path;
    }
    if (std::getenv("PRAXE_SHOW_EXTENSIONS") != nullptr) {
        for (const Outcome& o : outcomes) {
            if (!o.is_asserted() && !o.complaint.empty()) fmt::print("{}\n  {}\n  {}\n", o.name, o.expr, o.complaint);
        }
    }
}

}  // namespace
}  // namespace praxe
