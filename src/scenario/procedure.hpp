// Scenarios as the written policy's own documentation: each under the clause that it expects, beside the rules that
// say it.
//
// The outline is that of the first ruleset with `sections`; decisions of files that no section names make sections of
// their own, and a ruleset without any is one section. All refer into the verdicts, which must outlive the procedure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "scenario/report.hpp"

namespace praxe {

struct Procedure {
    struct RuleEntry {
        const Model* model;
        const Decision* decision;
        const Rule* rule;
        std::set<std::size_t> met;  // the scenarios in which it decided
        Languages said;             // what it first said there
        std::string name() const { return decision->name + "." + rule->id; }
    };
    /// One case of a scenario, with an answer for each decision expected, texts included.
    struct CaseEntry {
        const Scenario* scenario;
        const Verdict* verdict;
        std::shared_ptr<const Record> facts;
        std::vector<Answer> answers;
    };
    /// All cases of one name.
    struct ScenarioEntry {
        const FileVerdicts* file;
        std::string title;
        std::vector<CaseEntry> cases;
        bool passed = true;
    };
    /// A clause as a section has it; a reading, which no rule cites, says what brings it about.
    struct ClauseEntry {
        std::string id;
        Languages text;     // of the clause itself; empty for a reading
        Languages reading;  // in this section; may be empty
        std::vector<std::string> by;
        std::vector<std::string> tests;  // what holds it where no scenario can
        std::vector<std::size_t> rules;
        std::vector<std::size_t> scenarios;  // that expect it; else those in which a rule that cites it decided
        std::vector<std::size_t> told;       // of those, the ones whose first clause it is
    };
    struct SectionEntry {
        std::string id;
        Languages title;
        std::vector<std::string> files;
        std::vector<const Parameter*> parameters;
        std::vector<ClauseEntry> clauses;
        std::vector<std::size_t> uncited;  // rules on which others rest
        std::vector<std::size_t> told;     // scenarios that expect no clause
    };

    const Model* model = nullptr;  // of the outline; null without files
    std::vector<RuleEntry> rules;
    std::vector<ScenarioEntry> scenarios;
    std::vector<SectionEntry> sections;
};

/// `what` in the language, else in any, else empty.
std::string text_in(const Languages& what, const std::string& language);

Procedure procedure_of(const std::vector<FileVerdicts>& files);

/// A table for each section: clause, what it says, rules, scenarios.
std::string procedure_markdown(const Procedure& procedure, const std::string& language);
/// The same with every name, text and answer, for programs; one object, on one line.
std::string procedure_json(const Procedure& procedure);
/// One page, for reading and printing; it refers to nothing outside of itself.
std::string procedure_html(const Procedure& procedure, const std::string& language);

}  // namespace praxe
