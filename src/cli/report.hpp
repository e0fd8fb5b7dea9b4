// Answers for a person: the question, the answer, until when, why.
#pragma once

#include <praxe/history.hpp>
#include <praxe/ruleset.hpp>
#include <string>
#include <vector>

namespace praxe {

struct ReportStyle {
    std::string language = "en";  // or `pt`
    bool colour = false;
    bool brief = false;  // leaves out questions to which there is nothing to say, now and later
};

/// One case with its answers; ends with a line break.
std::string report(const Ruleset& ruleset, const std::string& title, std::int64_t at,
                   const std::vector<Answer>& answers, const ReportStyle& style);

/// A change of an answer, with what brought it about; ends with an empty line.
std::string report(const ReplayedChange& told, const std::string& cause, const ReportStyle& style);

/// After several cases: how many, and when the first of their answers changes.
struct NextChange {
    std::optional<std::int64_t> at;
    std::string title, decision;
    void add(const std::string& of, const std::vector<Answer>& answers);
};
std::string summary(const Ruleset& ruleset, std::size_t cases, const NextChange& next, const ReportStyle& style);

}  // namespace praxe
