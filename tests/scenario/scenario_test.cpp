// Scenario files that fail, or are wrong, against the exact words said of them; those of the domains hold.
//
// Each golden/NAME.yaml is read and run; what comes out is NAME.expected. With PRAXE_RECORD=1 in the environment the
// expected files are written anew, to be looked through before they are kept.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "document/merge.hpp"
#include "scenario/coverage.hpp"
#include "scenario/report.hpp"

namespace praxe {
namespace {

namespace fs = std::filesystem;

const fs::path root = PRAXE_SOURCE_DIR;
const fs::path golden = root / "tests" / "scenario" / "golden";

std::string text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// File names as from the top of the project.
std::string without_root(std::string text) {
    const std::string prefix = root.string() + "/";
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at))
        text.erase(at, prefix.size());
    return text;
}

void expect_golden(const fs::path& file, const std::string& actual) {
    const std::string text = without_root(actual);
    if (std::getenv("PRAXE_RECORD") != nullptr) std::ofstream(file, std::ios::binary) << text;
    EXPECT_EQ(text_of(file), text) << "differs from " << file;
}

struct Ran {
    std::vector<FileVerdicts> files;
    Diagnostics diagnostics;
    Coverage coverage;
};

Ran run(const fs::path& path) {
    Ran ran;
    Rulesets rulesets;
    std::string message;
    const SourcePtr source = Ruleset::read_file(path.string(), message);
    if (source == nullptr) {
        ran.diagnostics.error({}, message);
        return ran;
    }
    auto file = read_scenarios(source, {}, rulesets, ran.diagnostics);
    if (!file) return ran;
    ran.files.push_back({*std::move(file), {}});
    for (const Scenario& scenario : ran.files[0].file.scenarios) {
        ran.files[0].verdicts.push_back(judge(ran.files[0].file.ruleset, scenario));
        ran.coverage.add(ran.files[0].file.ruleset, scenario);
    }
    return ran;
}

std::vector<fs::path> files_below(const fs::path& folder, std::string_view ending) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().string().ends_with(ending)) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

TEST(ScenarioFiles, SayWhatIsWrongAndWhatFails) {
    const auto files = files_below(golden, ".yaml");
    ASSERT_FALSE(files.empty());
    for (const fs::path& path : files) {
        const Ran ran = run(path);
        EXPECT_NE(ran.files.empty(), ran.diagnostics.empty()) << path;
        const std::string text = ran.files.empty() ? ran.diagnostics.to_string() : verdicts_text(ran.files, {});
        expect_golden(fs::path(path).replace_extension(".expected"), text);
    }
}

TEST(ScenarioFiles, AreReportedInEveryFormat) {
    const Ran ran = run(golden / "formats.yaml");
    ASSERT_FALSE(ran.files.empty()) << ran.diagnostics.to_string();
    expect_golden(golden / "formats.json.expected", verdicts_json(ran.files) + "\n");
    expect_golden(golden / "formats.junit.expected", verdicts_junit(ran.files));
    expect_golden(golden / "formats.lcov.expected", ran.coverage.lcov());
    expect_golden(golden / "formats.pt_colour.expected", verdicts_text(ran.files, {"pt", true}));
}

TEST(Domains, HoldAndEveryRuleOfTheirsDecides) {
    const auto files = files_below(root / "tests" / "domains", ".scenario.yaml");
    ASSERT_FALSE(files.empty());
    Coverage coverage;
    for (const fs::path& path : files) {
        const Ran ran = run(path);
        ASSERT_FALSE(ran.files.empty()) << ran.diagnostics.to_string();
        EXPECT_EQ(count_failed(ran.files), 0U) << verdicts_text(ran.files, {});
        for (const Scenario& scenario : ran.files[0].file.scenarios) coverage.add(ran.files[0].file.ruleset, scenario);
    }
    const std::string lcov = coverage.lcov();
    EXPECT_EQ(lcov.find(",0\n"), std::string::npos) << lcov;
}

TEST(ScenarioFiles, AnotherRulesetStandsInThePlaceOfTheOneNamed) {
    const fs::path library = root / "tests" / "domains" / "library";
    std::string message;
    const SourcePtr source = Ruleset::read_file((library / "branch.scenario.yaml").string(), message);
    Rulesets rulesets;
    Diagnostics diagnostics;
    const auto file = read_scenarios(source, (library / "branch.yaml").string(), rulesets, diagnostics);
    ASSERT_TRUE(file) << diagnostics.to_string();
    EXPECT_EQ(file->ruleset.name(), "library.branch");
    // The library itself knows no clause of the branch's.
    EXPECT_FALSE(read_scenarios(source, (library / "library.yaml").string(), rulesets, diagnostics));
    EXPECT_NE(diagnostics.to_string().find("there is no clause \"B.1\""), std::string::npos) << diagnostics.to_string();
}

Node read(const std::string& text) {
    Diagnostics diagnostics;
    auto node = read_yaml(std::make_shared<Source>("facts.yaml", text), diagnostics);
    EXPECT_TRUE(node) << diagnostics.to_string();
    return node ? *std::move(node) : Node();
}

/// The tree on one line, with the line each scalar came from.
std::string shown(const Node& node) {
    std::string out;
    if (node.is_scalar()) return node.text.text + "@" + std::to_string(node.source->position(node.span.begin).line);
    for (const Node& item : node.items) out += shown(item) + " ";
    for (const auto& [key, value] : node.entries) out += key.text.text + ": " + shown(value) + " ";
    return node.is_list() ? "[ " + out + "]" : "{ " + out + "}";
}

TEST(Facts, AreLaidOverFacts) {
    const Node base = read("a: 1\nb: {c: 2, d: [3, 4]}\ne: 5\n");
    EXPECT_EQ(shown(laid_over(base, read("# above\n\n\nb: {d: [6], f: 7}\ng: 8\n"))),
              "{ a: 1@1 b: { c: 2@2 d: [ 6@4 ] f: 7@4 } e: 5@3 g: 8@5 }");
    EXPECT_EQ(shown(laid_over(base, read("\n\n\na: {h: 9}\nb: 10\n"))), "{ a: { h: 9@4 } b: 10@5 e: 5@3 }");
    EXPECT_EQ(shown(laid_over(base, read("{}"))), shown(base));
}

}  // namespace
}  // namespace praxe
