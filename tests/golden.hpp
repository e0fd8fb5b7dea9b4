// Rows of a text file: a source text and exactly what is said of it; `----` ends a row.
//
// What is said begins at the first line that starts with `x:` (a message, of a text called x) or `: ` (a type). Lines
// before the source that start with `# `, and `needed: T` or `plain CEL`, are notes. With PRAXE_RECORD=1 in the
// environment the file is written anew with what is said now, to be reviewed.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace praxe {

struct GoldenRow {
    std::vector<std::string> notes;
    std::string source;
    std::string said;

    bool is_error() const { return said.find(": error: ") != std::string::npos; }
};

inline bool is_note(const std::string& line) {
    return line.starts_with("# ") || line.starts_with("needed: ") || line == "plain CEL";
}

inline std::vector<GoldenRow> golden_rows(const std::string& path) {
    std::ifstream file(path);
    EXPECT_TRUE(file) << path;
    std::vector<GoldenRow> rows(1);
    for (std::string line; std::getline(file, line);) {
        GoldenRow& row = rows.back();
        if (line == "----") {
            rows.emplace_back();
        } else if (row.source.empty() && is_note(line)) {
            row.notes.push_back(line);
        } else if (row.said.empty() && !line.starts_with("x:") && !line.starts_with(": ")) {
            row.source += (row.source.empty() ? "" : "\n") + line;
        } else {
            row.said += line + "\n";
        }
    }
    if (rows.back().source.empty()) rows.pop_back();
    return rows;
}

/// Holds each row to what `say` says of it now.
template <typename Say>
void expect_golden(const std::string& path, const Say& say) {
    std::vector<GoldenRow> rows = golden_rows(path);
    const bool recording = std::getenv("PRAXE_RECORD") != nullptr;
    std::string recorded;
    for (const GoldenRow& row : rows) {
        const std::string said = say(row);
        if (!recording) {
            EXPECT_EQ(said, row.said) << path << ": " << row.source;
        }
        for (const std::string& note : row.notes) recorded += note + "\n";
        recorded += row.source + "\n" + said + (&row == &rows.back() ? "" : "----\n");
    }
    if (recording) std::ofstream(path) << recorded;
}

}  // namespace praxe
