// Every mistake has a file: what is wrong in `NAME.case.yaml`, `NAME.case.json`, `NAME.vocabulary.yaml`,
// `NAME.ruleset.yaml` or `NAME.facts.yaml` (facts without a vocabulary) is told in `NAME.expected`, to the letter. With
// PRAXE_RECORD=1 in the environment the expected files are written anew. `NAME.decided.yaml` is a ruleset that is well
// until it decides. `NAME.events.yaml` are types of events, `NAME.event.json` is one event of rules/events.yaml.
//
// A case is read against rules/vocabulary.yaml, or against the one that its first line names:
// `# vocabulary: vocabularies/small.yaml`. What rulesets name stands in the folders beside them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <praxe/ruleset.hpp>

#include "facts/plain_values.hpp"
#include "facts/schema.hpp"
#include "history/event.hpp"

namespace praxe {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(PRAXE_SOURCE_DIR) / "tests" / "bad";

std::string contents(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Reads a file that a ruleset of this folder names.
SourcePtr read_here(const std::string& path, std::string& message) {
    const SourcePtr source = Ruleset::read_file((folder / path).string(), message);
    return source ? std::make_shared<const Source>(path, source->text()) : nullptr;
}

SourcePtr source_of(const fs::path& file) {
    return std::make_shared<const Source>(file.filename().string(), contents(file));
}

std::unique_ptr<Schema> vocabulary(const fs::path& file, Diagnostics& diagnostics) {
    const auto document = read_document(source_of(file), diagnostics);
    return document ? read_schema(*document, diagnostics) : nullptr;
}

fs::path vocabulary_for(const std::string& text) {
    constexpr std::string_view directive = "# vocabulary: ";
    if (!text.starts_with(directive)) return fs::path(PRAXE_SOURCE_DIR) / "rules" / "vocabulary.yaml";
    return folder / text.substr(directive.size(), text.find('\n') - directive.size());
}

/// What the decisions of a ruleset fail with, of a case with nothing in it but its instant.
std::string failures_of(const std::string& name) {
    const auto ruleset = Ruleset::load(name, read_here);
    if (!ruleset) return ruleset.diagnostics().to_string();
    const auto empty = ruleset->read_case(std::make_shared<const Source>("case", "at: 2024-05-02T10:00:00Z"));
    if (!empty) return empty.diagnostics().to_string();
    Diagnostics diagnostics;
    for (const Answer& answer : ruleset->decide(*empty, {.decisions = ruleset->decisions()})) {
        if (!answer.outcome.is_error()) continue;
        diagnostics.error(answer.outcome.as_error().place, answer.outcome.as_error().message);
    }
    return diagnostics.to_string();
}

/// What is wrong with types of events, or with one event of the shipped types.
std::string complaints_about_events(const fs::path& file) {
    Diagnostics diagnostics;
    const fs::path rules = fs::path(PRAXE_SOURCE_DIR) / "rules";
    const auto schema = vocabulary(rules / "vocabulary.yaml", diagnostics);
    const bool one = file.extension() == ".json";
    const auto document = read_document(source_of(one ? rules / "events.yaml" : file), diagnostics);
    const auto types = document ? read_event_types(*document, *schema, diagnostics) : std::nullopt;
    if (one && types) read_event(source_of(file), *types, *schema, diagnostics);
    return diagnostics.to_string();
}

/// What reading the file says is wrong.
std::string complaints_about(const fs::path& file) {
    Diagnostics diagnostics;
    const std::string name = file.filename().string();
    if (name.ends_with(".ruleset.yaml")) {
        const auto ruleset = Ruleset::load(name, read_here);
        return ruleset ? "" : ruleset.diagnostics().to_string();
    }
    if (name.ends_with(".events.yaml") || name.ends_with(".event.json")) return complaints_about_events(file);
    if (name.ends_with(".decided.yaml")) return failures_of(name);
    if (name.ends_with(".facts.yaml")) {
        if (const auto document = read_document(source_of(file), diagnostics)) plain_variables(*document, diagnostics);
        return diagnostics.to_string();
    }
    if (name.ends_with(".vocabulary.yaml")) {
        vocabulary(file, diagnostics);
        return diagnostics.to_string();
    }
    const SourcePtr source = source_of(file);
    const auto schema = vocabulary(vocabulary_for(source->text()), diagnostics);
    if (!schema) return "the vocabulary itself is wrong:\n" + diagnostics.to_string();
    if (auto document = read_document(source, diagnostics)) read_case(*std::move(document), *schema, diagnostics);
    return diagnostics.to_string();
}

std::vector<fs::path> bad_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        for (const std::string_view ending : {".case.yaml", ".case.json", ".vocabulary.yaml", ".ruleset.yaml",
                                              ".facts.yaml", ".decided.yaml", ".events.yaml", ".event.json"}) {
            if (name.ends_with(ending)) files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

class BadFile : public testing::TestWithParam<fs::path> {};

TEST_P(BadFile, IsToldToTheLetter) {
    const std::string name = GetParam().filename().string();
    const fs::path expected = folder / (name.substr(0, name.find('.')) + ".expected");
    const std::string complaints = complaints_about(GetParam());
    EXPECT_FALSE(complaints.empty()) << name << " is not bad";
    if (std::getenv("PRAXE_RECORD")) std::ofstream(expected, std::ios::binary) << complaints;
    EXPECT_EQ(complaints, contents(expected));
}

std::string test_name(const testing::TestParamInfo<fs::path>& file) {
    std::string name = file.param.filename().string();
    for (char& c : name) {
        if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
    }
    return name;
}

INSTANTIATE_TEST_SUITE_P(Files, BadFile, testing::ValuesIn(bad_files()), test_name);

TEST(BadFiles, EachExpectationHasItsFile) {
    std::vector<std::string> stems;
    for (const fs::path& file : bad_files()) {
        const std::string name = file.filename().string();
        stems.push_back(name.substr(0, name.find('.')));
    }
    EXPECT_EQ(std::adjacent_find(stems.begin(), stems.end()), stems.end()) << "two files share one expectation";
    EXPECT_FALSE(stems.empty());
}

}  // namespace
}  // namespace praxe
