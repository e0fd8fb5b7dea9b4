// The table clause → rules → scenarios, as Markdown and as JSON.
#include <fmt/format.h>

#include <algorithm>

#include "document/json_writer.hpp"
#include "scenario/procedure.hpp"

namespace praxe {
namespace {

constexpr std::size_t max_names = 12;  // of scenarios in one cell of the page

class MarkdownTable {
  public:
    MarkdownTable(const Procedure& procedure, std::string language)
        : procedure_(procedure), language_(std::move(language)) {}

    std::string write() {
        for (const auto& section : procedure_.sections) {
            const std::string title = text_in(section.title, language_);
            out_ += fmt::format("\n## {}{}\n", section.id.empty() ? "" : fmt::format("§{} ", section.id), title);
            if (!section.clauses.empty()) {
                heading({"clause", "what it says", "rules", "scenarios"},
                        {"cláusula", "o que diz", "regras", "cenários"});
                for (const auto& clause : section.clauses) row(clause);
            }
            if (section.uncited.empty()) continue;
            heading({"rules beneath", "scenarios that meet them"}, {"regras de apoio", "cenários que passam por elas"});
            for (const std::size_t rule : section.uncited) row(procedure_.rules[rule]);
        }
        return std::move(out_);
    }

  private:
    void heading(const std::vector<std::string>& english, const std::vector<std::string>& portuguese) {
        const auto& titles = language_ == "pt" ? portuguese : english;
        out_ += fmt::format("\n| {} |\n|{}\n", fmt::join(titles, " | "),
                            fmt::join(std::vector<std::string>(titles.size(), " --- |"), ""));
    }

    void row(const Procedure::ClauseEntry& clause) {
        const std::string said = text_in(clause.reading.empty() ? clause.text : clause.reading, language_);
        out_ += fmt::format("| {} | {} | {} | {} |\n", clause.id, cell(said), rules_of(clause),
                            names(clause.scenarios) + tests(clause));
    }

    void row(const Procedure::RuleEntry& rule) {
        out_ += fmt::format("| {} | {} |\n", rule.name(), names({rule.met.begin(), rule.met.end()}));
    }

    /// `lead_owner: owner_away, owner_silent`.
    std::string rules_of(const Procedure::ClauseEntry& clause) const {
        std::string out, decision;
        for (const std::size_t index : clause.rules) {
            const auto& rule = procedure_.rules[index];
            const bool same = rule.decision->name == decision;
            decision = rule.decision->name;
            out += fmt::format("{}{}", same ? ", " : fmt::format("{}{}: ", out.empty() ? "" : "; ", decision),
                               rule.rule->id);
        }
        for (const std::string& by : clause.by) out += (out.empty() ? "" : ", ") + by;
        return out;
    }

    static std::string tests(const Procedure::ClauseEntry& clause) {
        std::string out;
        for (const std::string& file : clause.tests)
            out += fmt::format("{}`{}`", out.empty() && clause.scenarios.empty() ? "" : "<br>", file);
        return out;
    }

    std::string names(const std::vector<std::size_t>& scenarios) const {
        std::string out;
        for (std::size_t i = 0; i < std::min(scenarios.size(), max_names); ++i) {
            const auto& scenario = procedure_.scenarios[scenarios[i]];
            out += (i == 0 ? "" : "<br>") + cell(scenario.title);
            const std::string& ruleset = scenario.file->file.ruleset.name();
            if (ruleset != procedure_.model->name) out += fmt::format(" ({})", ruleset);
        }
        if (scenarios.size() > max_names) {
            const std::size_t more = scenarios.size() - max_names;
            out += language_ == "pt" ? fmt::format("<br>… e mais {}", more) : fmt::format("<br>… and {} more", more);
        }
        return out;
    }

    static std::string cell(const std::string& text) {
        std::string out;
        for (const char c : text) {
            if (c == '|') out += '\\';
            out += c == '<' ? "&lt;" : std::string(1, c);
        }
        return out;
    }

    const Procedure& procedure_;
    std::string language_;
    std::string out_;
};

class JsonTable {
  public:
    explicit JsonTable(const Procedure& procedure) : procedure_(procedure) {}

    std::string write() {
        json_.begin_object();
        json_.objects("sections", procedure_.sections, [&](const auto& section) { write(section); });
        json_.objects("rules", procedure_.rules, [&](const auto& rule) { write(rule); });
        json_.objects("scenarios", procedure_.scenarios, [&](const auto& scenario) { write(scenario); });
        json_.end_object();
        return json_.take();
    }

  private:
    void write(const Procedure::SectionEntry& section) {
        json_.text("section", section.id);
        texts("title", section.title);
        json_.objects("clauses", section.clauses, [&](const Procedure::ClauseEntry& clause) {
            json_.text("clause", clause.id);
            texts("text", clause.text);
            texts("reading", clause.reading);
            json_.texts("by", clause.by);
            json_.texts("tests", clause.tests);
            rules("rules", clause.rules);
            numbers("scenarios", clause.scenarios);
        });
        rules("uncited", section.uncited);
    }

    /// `vence em <ends>`.
    static Languages templates(const Texts& texts) {
        Languages out;
        for (const auto& [language, text] : texts) {
            for (const Template::Piece& piece : text.pieces) {
                out[language] += piece.text;
                if (piece.hole) out[language] += fmt::format("<{}>", to_source(*piece.hole->root));
            }
        }
        return out;
    }

    void write(const Procedure::RuleEntry& rule) {
        json_.text("rule", rule.name());
        texts("say", templates(rule.rule->say));
        texts("said", rule.said);
        numbers("scenarios", {rule.met.begin(), rule.met.end()});
    }

    void write(const Procedure::ScenarioEntry& scenario) {
        json_.text("file", scenario.file->file.path);
        json_.text("ruleset", scenario.file->file.ruleset.name());
        json_.text("name", scenario.title);
        json_.boolean("passed", scenario.passed);
    }

    void rules(std::string_view name, const std::vector<std::size_t>& indices) {
        json_.list(name, indices, [&](std::size_t index) { json_.text(procedure_.rules[index].name()); });
    }
    /// Places in the list of scenarios.
    void numbers(std::string_view name, const std::vector<std::size_t>& indices) {
        json_.list(name, indices, [&](std::size_t index) { json_.number(index); });
    }
    void texts(std::string_view name, const Languages& said) {
        if (!said.empty()) json_.labelled(name, said);
    }

    const Procedure& procedure_;
    JsonWriter json_;
};

}  // namespace

std::string procedure_markdown(const Procedure& procedure, const std::string& language) {
    return MarkdownTable(procedure, language).write();
}

std::string procedure_json(const Procedure& procedure) {
    return JsonTable(procedure).write();
}

}  // namespace praxe
