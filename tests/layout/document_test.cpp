// Documents laid out: what is said stays, twice is once; and what cannot be laid out is left alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <praxe/ruleset.hpp>
#include <sstream>

#include "check/expressions.hpp"
#include "check/model.hpp"
#include "format/document_layout.hpp"

namespace praxe {
namespace {

namespace fs = std::filesystem;

const std::string root = PRAXE_SOURCE_DIR;

std::string text_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// The text laid out, or what is wrong with it.
std::string laid_out(const std::string& name, const std::string& text) {
    Diagnostics diagnostics;
    const auto laid = format_document(std::make_shared<const Source>(name, text), diagnostics);
    return laid ? *laid : diagnostics.to_string();
}

std::vector<std::string> yaml_files() {
    std::vector<std::string> files;
    for (const char* folder : {"rules", "tests/format", "tests/domains", "tests/overlays", "tests/layout"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root + "/" + folder)) {
            if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

TEST(DocumentLayout, TwiceIsOnce) {
    const std::vector<std::string> files = yaml_files();
    EXPECT_GT(files.size(), 50u);
    for (const std::string& file : files) {
        Diagnostics diagnostics;
        const auto once = format_document(std::make_shared<const Source>(file, text_of(file)), diagnostics);
        ASSERT_TRUE(once) << diagnostics.to_string();
        EXPECT_EQ(laid_out(file, *once), *once) << file;
    }
}

TEST(DocumentLayout, AsRecorded) {
    const std::string expected = root + "/tests/layout/messy.expected";
    const std::string laid = laid_out("messy.yaml", text_of(root + "/tests/layout/messy.yaml"));
    if (std::getenv("PRAXE_RECORD") != nullptr) std::ofstream(expected, std::ios::binary) << laid;
    EXPECT_EQ(laid, text_of(expected));
}

/// All that a ruleset says, apart from where it stands.
std::string printed(const Ruleset& ruleset) {
    std::string out = ruleset.name() + "\n";
    for (const std::string& name : ruleset.decisions()) out += name + "\n";
    for_each_expression(ruleset.model(), [&](const Expression& expression) { out += to_tree(*expression.root); });
    const auto texts = [&](const Texts& said) {
        for (const auto& [language, text] : said) {
            for (const auto& piece : text.pieces) out += language + ": " + piece.text + "\n";
        }
    };
    for (const auto& decision : ruleset.model().decisions) {
        for (const Rule& rule : decision->rules) {
            out += decision->name + "." + rule.id + "\n";
            texts(rule.say);
            for (const Cite& cite : rule.cites) out += cite.clause + "\n";
        }
    }
    return out;
}

TEST(DocumentLayout, RulesetsSayTheSame) {
    const auto laid_file = [](const std::string& path, std::string& message) -> SourcePtr {
        const SourcePtr source = Ruleset::read_file(path, message);
        return source ? std::make_shared<const Source>(path, laid_out(path, source->text())) : nullptr;
    };
    std::size_t count = 0;
    for (const std::string& file : yaml_files()) {
        const auto before = Ruleset::load(file);
        if (!before) continue;  // no ruleset, or a part of one
        const auto after = Ruleset::load(file, laid_file);
        ASSERT_TRUE(after) << after.diagnostics().to_string();
        EXPECT_EQ(printed(*after), printed(*before)) << file;
        ++count;
    }
    EXPECT_GT(count, 10u);
}

struct Row {
    std::string text, laid;
};

TEST(DocumentLayout, Rows) {
    const std::vector<Row> rows = {
        {"a: b", "a: b\n"},
        {"a:   b  \n\n\n", "a: b\n"},
        {"\n\na: b\n\n\n\nc: d\n", "a: b\n\n\n\nc: d\n"},
        {"a:\n- b\n- c", "a:\n  - b\n  - c\n"},
        {"- - a\n  - b\n-   - c\n", "- - a\n  - b\n- - c\n"},
        {"[ a,b ,{c : d}]", "[a, b, {c: d}]\n"},
        {"a: {\"b\":1}", "a: {\"b\": 1}\n"},
        {"a: [b: c]", "a: [b: c]\n"},
        {"---\na: b\n", "---\na: b\n"},
        {"a: b\r\nc: |\r\n  d\r\n  e\r\n", "a: b\nc: |\n  d\n  e\n"},
        {"\uFEFFa:  b\n", "a: b\n"},  // without the byte order mark
        {"a: b # c\n#d\n", "a: b # c\n#d\n"},
        {"a:\n    b: c\n    # of b\n# of d\nd: e\n", "a:\n  b: c\n  # of b\n# of d\nd: e\n"},
        {"a: [\n b,\n c # last\n ]\n", "a: [\n  b,\n  c # last\n]\n"},
        {"a:\n      long\n      plain\nb: c\n", "a:\n  long\n  plain\nb: c\n"},
        {"a: |\n     b\n\n       c\n\nd: e\n", "a: |\n  b\n\n    c\n\nd: e\n"},
        {"- |\n     b\n- c\n", "- |\n  b\n- c\n"},
        {"a: [b # c\n, d]\n", "a: [b # c\n    , d]\n"},
        {"a: |\n b", "a: |\n  b\n"},
        {"given: {when:  'a  ==b'}\n", "given: {when: 'a  ==b'}\n"},  // no expression in a case
    };
    for (const Row& row : rows) {
        EXPECT_EQ(laid_out("x.yaml", row.text), row.laid);
        EXPECT_EQ(laid_out("x.yaml", row.laid), row.laid);
    }
}

TEST(DocumentLayout, LeftAlone) {
    struct Wrong {
        std::string text, message;
    };
    const std::vector<Wrong> rows = {
        {"a: [b", "x.yaml:1:4: error: this [ is not closed"},
        {"define: {a: b ==}\n", "x.yaml:1:17: error: expected a value, found the end"},
        {"decisions: {d: {rules: [{id: r, say: {pt: <a b>, en: <c>}}]}}\n", "x.yaml:1:46: error: "},
        {"a: |2\n   b\n", "x.yaml:1:4: error: a block with `+` or a number after its sign cannot be laid out"},
        {"? a\n: b\n", "x.yaml:1:1: error: this cannot be laid out"},
        {"a: \"b\\ \n  c\"\n", "x.yaml:1:1: error: this cannot be laid out without changing what it says"},
    };
    for (const Wrong& row : rows) EXPECT_EQ(laid_out("x.yaml", row.text).substr(0, row.message.size()), row.message);
}

}  // namespace
}  // namespace praxe
