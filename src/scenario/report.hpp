// Verdicts on scenario files for a person, for programs, and for the servers that read JUnit's XML.
#pragma once

#include <string>
#include <vector>

#include "scenario/verdict.hpp"

namespace praxe {

struct FileVerdicts {
    ScenarioFile file;
    std::vector<Verdict> verdicts;
};

struct VerdictStyle {
    std::string language = "en";  // of the rules' own texts, where they have it
    bool colour = false;
};

/// Each failing scenario with what differs and why; the last line is `N passed, N failed`.
std::string verdicts_text(const std::vector<FileVerdicts>& files, const VerdictStyle& style);
/// `{"passed": N, "failed": N, "files": […]}`, on one line.
std::string verdicts_json(const std::vector<FileVerdicts>& files);
/// A test suite for each file, a test case for each scenario.
std::string verdicts_junit(const std::vector<FileVerdicts>& files);

std::size_t count_passed(const std::vector<FileVerdicts>& files);
std::size_t count_failed(const std::vector<FileVerdicts>& files);
/// One scenario's failures; ends with a line break.
std::string failures_text(const Verdict& verdict, const VerdictStyle& style);

}  // namespace praxe
