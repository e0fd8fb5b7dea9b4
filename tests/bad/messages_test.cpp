// How much is held of what is said of wrong expressions: rows of (source, message), each once.
#include <cstdio>
#include <set>
#include <utility>

#include "golden.hpp"

namespace praxe {
namespace {

struct RowsOfMessages {
    const char* what;
    const char* path;
};
constexpr RowsOfMessages files[] = {
    {"written wrong", "/tests/syntax/wrong.txt"},
    {"of types that do not fit", "/tests/check/types.txt"},
    {"failing at work", "/tests/run/wrong.txt"},
};
/// Beside these, places in YAML: every error of these files is of an expression.
constexpr RowsOfMessages yaml_files[] = {
    {"in YAML, when read", "/tests/bad/expression_places.expected"},
    {"in YAML, when decided", "/tests/bad/failures.expected"},
};

std::size_t errors_in(const std::string& path) {
    std::ifstream file(path);
    std::size_t errors = 0;
    for (std::string line; std::getline(file, line);) errors += line.find(": error: ") != std::string::npos;
    return errors;
}

TEST(Messages, OfExpressionsAreHeldToTheLetter) {
    std::set<std::pair<std::string, std::string>> distinct;
    for (const auto& [what, path] : files) {
        std::size_t errors = 0;
        for (const GoldenRow& row : golden_rows(PRAXE_SOURCE_DIR + std::string(path))) {
            if (row.is_error()) errors += distinct.emplace(row.source, row.said).second;
        }
        std::printf("%4zu rows %s\n", errors, what);
    }
    std::size_t in_yaml = 0;
    for (const auto& [what, path] : yaml_files) {
        const std::size_t errors = errors_in(PRAXE_SOURCE_DIR + std::string(path));
        std::printf("%4zu messages %s\n", errors, what);
        in_yaml += errors;
    }
    std::printf("%4zu in all\n", distinct.size() + in_yaml);
    EXPECT_GE(distinct.size(), 150u);
    EXPECT_GE(in_yaml, 30u);
}

}  // namespace
}  // namespace praxe
