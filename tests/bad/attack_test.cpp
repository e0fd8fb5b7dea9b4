// Rulesets broken in every place: each value in turn becomes a list, a map, an empty text, a huge number and so on, and
// each line in turn is left out. Whatever comes of it, it is either a ruleset or complaints that each have a place.
//
// PRAXE_ATTACK_STEP in the environment sets how many places are passed over between two attacks (0: none).
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <praxe/ruleset.hpp>

#include "document/node.hpp"

namespace praxe {
namespace {

namespace fs = std::filesystem;

const fs::path tests = fs::path(PRAXE_SOURCE_DIR) / "tests";

constexpr const char* replacements[] = {
    "[]", "{}", "[[x]]", "{a: {b: c}}", "\"\"", "99999999999999999999", "-1", "no such thing", "at", "'<'", "general",
};

/// Where the scalars of a document stand.
void collect(const Node& node, std::vector<Span>& spans) {
    if (node.is_scalar()) spans.push_back(node.span);
    for (const Node& item : node.items) collect(item, spans);
    for (const auto& [key, value] : node.entries) {
        spans.push_back(key.span);
        collect(value, spans);
    }
}

/// Loads the ruleset with one file's text replaced.
void load(const fs::path& ruleset, const fs::path& file, const std::string& text, const std::string& what) {
    const auto read = [&](const std::string& path, std::string& message) -> SourcePtr {
        if (fs::path(path).lexically_normal() == file.lexically_normal())
            return std::make_shared<const Source>(path, text);
        return Ruleset::read_file(path, message);
    };
    const auto loaded = Ruleset::load(ruleset.string(), read);
    if (loaded) return;
    for (const Diagnostic& one : loaded.diagnostics().sorted()) {
        EXPECT_TRUE(one.place) << what << ": " << one.message;
        EXPECT_FALSE(one.message.empty()) << what;
    }
}

void attack(const fs::path& ruleset, const fs::path& file) {
    std::string message;
    const SourcePtr source = Ruleset::read_file(file.string(), message);
    ASSERT_TRUE(source) << file << ": " << message;
    const std::string& text = source->text();
    Diagnostics diagnostics;
    const auto document = read_document(source, diagnostics);
    ASSERT_TRUE(document) << diagnostics.to_string();
    std::vector<Span> spans;
    collect(*document, spans);
    const char* set = std::getenv("PRAXE_ATTACK_STEP");
    const std::size_t step = 1 + (set == nullptr ? 6 : static_cast<std::size_t>(std::atoi(set)));
    std::size_t number = 0;
    for (const Span span : spans) {
        for (const char* replacement : replacements) {
            if (number++ % step != 0) continue;
            std::string broken = text;
            broken.replace(span.begin, span.end - span.begin, replacement);
            load(ruleset, file, broken, file.filename().string() + " with " + replacement);
        }
    }
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
        load(ruleset, file, text.substr(0, begin) + text.substr(end), file.filename().string() + " less a line");
        begin = end;
    }
}

TEST(Attack, RulesetInOneFile) {
    const fs::path file = tests / "bad" / "rulesets" / "one_rule.yaml";
    attack(file, file);
}

TEST(Attack, Overlay) {
    attack(tests / "bad" / "rulesets" / "over_one_rule.yaml", tests / "bad" / "rulesets" / "over_one_rule.yaml");
    attack(tests / "bad" / "rulesets" / "over_one_rule.yaml", tests / "bad" / "rulesets" / "one_rule.yaml");
}

TEST(Attack, Vocabulary) {
    attack(tests / "bad" / "rulesets" / "one_rule.yaml", tests / "bad" / "vocabularies" / "shop.yaml");
}

TEST(Attack, Indicators) {
    attack(tests / "measure" / "measures.yaml", tests / "measure" / "measures.yaml");
}

TEST(Attack, ExtendedVocabularyAndSections) {
    const fs::path extended = tests / "bad" / "rulesets" / "extended.yaml";
    attack(extended, extended);
    attack(extended, tests / "bad" / "vocabularies" / "more.yaml");
    attack(extended, tests / "bad" / "vocabularies" / "shop.yaml");
}

TEST(Attack, CalendarAndTime) {
    attack(tests / "format" / "standing.yaml", tests / "format" / "standing.yaml");
    attack(tests / "format" / "standing.yaml", tests / "format" / "week.yaml");
}

}  // namespace
}  // namespace praxe
