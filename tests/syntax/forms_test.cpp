// The forms that an expression prints itself in: tokens, tree, typed tree, laid out. Rows are in forms.txt; the
// environment variable PRAXE_RECORD writes them anew, to be reviewed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "check/checker.hpp"
#include "syntax/layout.hpp"
#include "syntax/lexer.hpp"
#include "syntax/parser.hpp"

namespace praxe {
namespace {

constexpr const char* path = PRAXE_SOURCE_DIR "/tests/syntax/forms.txt";
constexpr std::string_view row_mark = "=== ";

std::string forms_of(const std::string& text) {
    Diagnostics diagnostics;
    const Excerpt excerpt = Excerpt::whole(std::make_shared<Source>("expression", text));
    std::string out = "--- tokens\n" + to_text(tokenize(excerpt, diagnostics));
    auto expression = parse_expression(excerpt, diagnostics);
    if (!expression) return out + diagnostics.to_string();
    out += "--- tree\n" + to_tree(*expression->root);
    Scope scope;
    scope.dynamic = true;
    scope.variables["n"] = Type::of(TypeKind::integer);
    scope.variables["names"] = Type::list(Type::of(TypeKind::string));
    check(*expression, scope, nullptr, diagnostics);
    out += "--- typed tree\n" + (diagnostics.empty() ? to_tree(*expression->root) : diagnostics.to_string());
    return out + "--- laid out\n" + format_expression(text) + "\n";
}

TEST(Forms, AreAsRecorded) {
    std::ifstream in(path);
    std::ostringstream whole;
    whole << in.rdbuf();
    std::istringstream lines(whole.str());
    std::string printed;
    std::size_t rows = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# ")) printed += line + "\n";
        if (!line.starts_with(row_mark)) continue;
        printed += "\n" + line + "\n" + forms_of(line.substr(row_mark.size()));
        ++rows;
    }
    EXPECT_GT(rows, 5u);
    if (std::getenv("PRAXE_RECORD") != nullptr) {
        std::ofstream(path) << printed;
    } else {
        EXPECT_EQ(printed, whole.str());
    }
}

}  // namespace
}  // namespace praxe
