// Verdicts → sections, clauses, rules and the scenarios of each.
#include "scenario/procedure.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "run/run.hpp"

namespace praxe {
namespace {

using Clause = Procedure::ClauseEntry;

constexpr std::size_t max_evaluations = 200;  // in search of an end of validity to show; what takes more is not shown

std::string file_of(const Place& place) {
    return place.source == nullptr ? "" : std::filesystem::path(place.source->name()).lexically_normal().string();
}

/// Adds to a list in which everything stands once.
template <typename Item>
void add_once(std::vector<Item>& list, const Item& item) {
    if (std::ranges::find(list, item) == list.end()) list.push_back(item);
}

void collect_clauses(const Expected& expected, std::vector<std::string>& clauses) {
    for (const Excerpt& clause : expected.because) add_once(clauses, clause.text);
    for (const Expected& part : expected.parts) collect_clauses(part, clauses);
}

std::vector<std::string> clauses_expected(const ExpectedAnswer& expected) {
    std::vector<std::string> clauses;
    for (const Excerpt& clause : expected.because) add_once(clauses, clause.text);
    if (expected.outcome) collect_clauses(*expected.outcome, clauses);
    return clauses;
}

class ProcedureBuilder {
  public:
    explicit ProcedureBuilder(const std::vector<FileVerdicts>& files) : files_(files) {}

    Procedure build() {
        for (const FileVerdicts& file : files_) add_once(models_, &file.file.ruleset.model());
        if (models_.empty()) return {};
        const auto outlined =
            std::ranges::find_if(models_, [](const Model* model) { return !model->sections.empty(); });
        out_.model = outlined == models_.end() ? models_.front() : *outlined;
        outline();
        for (const Model* model : models_) add_rules(*model);
        for (const FileVerdicts& file : files_) add_scenarios(file);
        fill_from_rules();
        return std::move(out_);
    }

  private:
    void outline() {
        for (const Section& section : out_.model->sections) {
            Procedure::SectionEntry entry{section.id, section.title, section.files, {}, {}, {}, {}};
            for (const Section::Reading& reading : section.says) {
                entry.clauses.push_back(
                    {reading.id, text_of_clause(reading.id), reading.text, reading.by, reading.tests, {}, {}, {}});
            }
            out_.sections.push_back(std::move(entry));
        }
        if (out_.sections.empty()) out_.sections.push_back({"", out_.model->title, {}, {}, {}, {}, {}});
        for (const Parameter& parameter : out_.model->parameters)
            out_.sections[section_of_file(file_of(parameter.place))].parameters.push_back(&parameter);
    }

    Languages text_of_clause(const std::string& id) const {
        for (const Model* model : models_) {
            for (const auto& clause : model->clauses) {
                if (clause.id == id) return clause.text;
            }
        }
        return {};
    }

    /// A section for the file is made where none names it.
    std::size_t section_of_file(const std::string& file) {
        if (out_.model->sections.empty()) return 0;
        for (std::size_t i = 0; i < out_.sections.size(); ++i) {
            if (std::ranges::find(out_.sections[i].files, file) != out_.sections[i].files.end()) return i;
        }
        const std::string stem = std::filesystem::path(file).stem().string();
        out_.sections.push_back({"", {{"pt", stem}, {"en", stem}}, {file}, {}, {}, {}, {}});
        return out_.sections.size() - 1;
    }

    std::size_t section_of(const Decision& decision) {
        const auto known = section_of_decision_.find(decision.name);
        if (known != section_of_decision_.end()) return known->second;
        const std::size_t section = section_of_file(file_of(decision.place));
        return section_of_decision_.emplace(decision.name, section).first->second;
    }

    void add_rules(const Model& model) {
        for (const auto& decision : model.decisions) {
            section_of(*decision);  // from here on no section is added
            for (const Rule& rule : decision->rules) add_rule(model, *decision, rule);
        }
    }

    /// A rule that two rulesets have is one; the first one's text is shown.
    void add_rule(const Model& model, const Decision& decision, const Rule& rule) {
        const auto [known, is_new] = rule_by_name_.emplace(decision.name + "." + rule.id, out_.rules.size());
        const std::size_t index = known->second;
        rule_by_address_.emplace(&rule, index);
        if (is_new) {
            out_.rules.push_back({&model, &decision, &rule, {}, {}});
            auto& section = out_.sections[section_of(decision)];
            for (const Cite& cite : rule.cites) add_once(clause(section, cite.clause).rules, index);
            if (rule.cites.empty()) section.uncited.push_back(index);
        }
        for (const Rule& exception : rule.exceptions) add_rule(model, decision, exception);
    }

    Clause& clause(Procedure::SectionEntry& section, const std::string& id) {
        const auto known = std::ranges::find(section.clauses, id, &Clause::id);
        if (known != section.clauses.end()) return *known;
        section.clauses.push_back({id, text_of_clause(id), {}, {}, {}, {}, {}, {}});
        return section.clauses.back();
    }

    void add_scenarios(const FileVerdicts& file) {
        for (std::size_t i = 0; i < file.file.scenarios.size(); ++i) {
            const Scenario& scenario = file.file.scenarios[i];
            const bool goes_on = i > 0 && file.file.scenarios[i - 1].title == scenario.title;
            if (!goes_on) out_.scenarios.push_back({&file, scenario.title, {}, true});
            add_case(file.file.ruleset, scenario, file.verdicts[i], out_.scenarios.back());
            const bool last = i + 1 == file.file.scenarios.size() || file.file.scenarios[i + 1].title != scenario.title;
            if (last) place(out_.scenarios.size() - 1);
        }
    }

    void add_case(const Ruleset& ruleset, const Scenario& scenario, const Verdict& verdict,
                  Procedure::ScenarioEntry& entry) {
        DecideOptions options;
        options.texts = true;
        options.max_evaluations = max_evaluations;
        for (const ExpectedAnswer& expected : scenario.expect) options.decisions.push_back(expected.decision->name);
        entry.cases.push_back(
            {&scenario, &verdict, ruleset.facts(scenario.facts), ruleset.decide(scenario.facts, options)});
        entry.passed = entry.passed && verdict.passed();
        for (const Answer& answer : entry.cases.back().answers) keep_said(answer);
        for (const Rule* rule : rules_met(ruleset, scenario)) {
            const auto known = rule_by_address_.find(rule);
            if (known != rule_by_address_.end()) out_.rules[known->second].met.insert(out_.scenarios.size() - 1);
        }
    }

    void keep_said(const Answer& answer) {
        for (const Because& because : answer.because) {
            const auto rule = rule_by_name_.find(because.decision + "." + because.rule);
            const auto exception = rule_by_name_.find(because.decision + "." + because.exception);
            const auto& said_by = exception == rule_by_name_.end() ? rule : exception;
            if (said_by == rule_by_name_.end()) continue;
            Languages& said = out_.rules[said_by->second].said;
            if (said.empty()) said = because.text;
        }
    }

    static std::set<const Rule*> rules_met(const Ruleset& ruleset, const Scenario& scenario) {
        std::set<const Rule*> met;
        const auto at = scenario.facts.at();
        if (!at) return met;
        Run run(ruleset.model(), ruleset.facts(scenario.facts), *at);
        for (const ExpectedAnswer& expected : scenario.expect) {
            if (run.unmet_need(*expected.decision).need == nullptr) run.decide(*expected.decision);
        }
        for (const auto& [record, reason] : run.reasons()) {
            if (reason.rule != nullptr) met.insert(reason.rule);
            if (reason.exception != nullptr) met.insert(reason.exception);
        }
        return met;
    }

    /// Under what it expects to be cited, what it is about, or else what was cited; first things first.
    void place(std::size_t index) {
        const Procedure::ScenarioEntry& scenario = out_.scenarios[index];
        std::vector<Clause*> clauses;
        for (const auto& one : scenario.cases) {
            for (const ExpectedAnswer& expected : one.scenario->expect) {
                for (const std::string& id : clauses_expected(expected))
                    add(clauses, id, section_of(*expected.decision));
            }
        }
        for (const auto& one : scenario.cases) {
            for (const std::string& reading : one.scenario->about) add(clauses, reading, 0);
        }
        if (clauses.empty()) add_cited(scenario, clauses);
        for (Clause* clause : clauses) clause->scenarios.push_back(index);
        if (!clauses.empty()) {
            clauses.front()->told.push_back(index);
        } else {
            const Scenario& first = *scenario.cases.front().scenario;
            out_.sections[first.expect.empty() ? 0 : section_of(*first.expect.front().decision)].told.push_back(index);
        }
    }

    void add_cited(const Procedure::ScenarioEntry& scenario, std::vector<Clause*>& clauses) {
        for (const auto& one : scenario.cases) {
            for (const Answer& answer : one.answers) {
                if (answer.because.empty() || answer.because.front().cite.empty()) continue;
                const Decision& decision = *scenario.file->file.ruleset.model().find(answer.decision);
                add(clauses, answer.because.front().cite.front(), section_of(decision));
            }
        }
    }

    /// The clause in that section, or in the first that has it.
    void add(std::vector<Clause*>& clauses, const std::string& id, std::size_t preferred) {
        Clause* found = find(out_.sections[preferred], id);
        for (std::size_t i = 0; found == nullptr && i < out_.sections.size(); ++i) found = find(out_.sections[i], id);
        if (found != nullptr) add_once(clauses, found);
    }

    static Clause* find(Procedure::SectionEntry& section, const std::string& id) {
        const auto known = std::ranges::find(section.clauses, id, &Clause::id);
        return known == section.clauses.end() ? nullptr : &*known;
    }

    void fill_from_rules() {
        for (auto& section : out_.sections) {
            for (Clause& clause : section.clauses) {
                if (!clause.scenarios.empty()) continue;
                std::set<std::size_t> met;
                for (const std::size_t rule : clause.rules) met.merge(std::set(out_.rules[rule].met));
                clause.scenarios.assign(met.begin(), met.end());
            }
        }
    }

    const std::vector<FileVerdicts>& files_;
    std::vector<const Model*> models_;
    Procedure out_;
    std::map<std::string, std::size_t> section_of_decision_;
    std::map<std::string, std::size_t> rule_by_name_;
    std::map<const Rule*, std::size_t> rule_by_address_;
};

}  // namespace

std::string text_in(const Languages& what, const std::string& language) {
    const auto found = what.find(language);
    if (found != what.end()) return found->second;
    return what.empty() ? std::string() : what.begin()->second;
}

Procedure procedure_of(const std::vector<FileVerdicts>& files) {
    return ProcedureBuilder(files).build();
}

}  // namespace praxe
