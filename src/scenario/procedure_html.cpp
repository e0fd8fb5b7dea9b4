// The procedure as one page: contents, failures first, then section by section terms, clauses, rules and scenarios.
#include <fmt/format.h>

#include <algorithm>

#include "check/indicator.hpp"
#include "run/display.hpp"
#include "run/outcome_words.hpp"
#include "scenario/fact_words.hpp"
#include "scenario/markup.hpp"
#include "scenario/procedure.hpp"
#include "scenario/procedure_style.hpp"

namespace praxe {
namespace {

using Clause = Procedure::ClauseEntry;
using Told = Procedure::ScenarioEntry;

constexpr std::size_t min_usual = 4;  // scenarios of a file: below that, nothing goes without saying

class ProcedurePage {
  public:
    ProcedurePage(const Procedure& procedure, std::string language)
        : procedure_(procedure), language_(std::move(language)) {}

    std::string write() {
        const std::string title = procedure_.model == nullptr ? "" : text_in(procedure_.model->title, language_);
        title_ = title.empty() && procedure_.model != nullptr ? procedure_.model->name : title;
        out_ = fmt::format(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
            "<style>\n{}</style>\n</head>\n<body>\n",
            language_ == "pt" ? "pt-BR" : "en", escaped(title_), procedure_style);
        header();
        contents();
        out_ += "<main>\n";
        failures();
        for (std::size_t i = 0; i < procedure_.sections.size(); ++i) section(procedure_.sections[i], i);
        out_ += "</main>\n</body>\n</html>\n";
        return std::move(out_);
    }

  private:
    std::string phrase(std::string_view portuguese, std::string_view english) const {
        return std::string(language_ == "pt" ? portuguese : english);
    }

    // ------------------------------------------------------------------------------------------- the page's head

    void header() {
        const auto failed = std::ranges::count_if(procedure_.scenarios, [](const Told& told) { return !told.passed; });
        std::size_t cases = 0;
        for (const Told& told : procedure_.scenarios) cases += told.cases.size();
        out_ += fmt::format("<header>\n<h1>{}</h1>\n<p>{}</p>\n", escaped(title_),
                            phrase("O que a política diz, cláusula por cláusula, e os cenários que o comprovam.",
                                   "What the policy says, clause by clause, and the scenarios that prove it."));
        out_ +=
            fmt::format("<p class=\"counts\"><span>{} {}</span> <span>{} {}</span> <span class=\"{}\">{}</span></p>\n",
                        procedure_.scenarios.size(), phrase("cenários", "scenarios"), cases, phrase("casos", "cases"),
                        failed == 0 ? "passed" : "failed", verdict_of_all(static_cast<std::size_t>(failed)));
        out_ += "</header>\n";
    }

    std::string verdict_of_all(std::size_t failed) const {
        if (failed == 0) return phrase("✓ todos como esperado", "✓ all as expected");
        return fmt::format("✗ {} {}", failed,
                           failed == 1 ? phrase("cenário não sai como esperado", "scenario is not as expected")
                                       : phrase("cenários não saem como esperado", "scenarios are not as expected"));
    }

    void contents() {
        out_ += fmt::format("<nav aria-label=\"{0}\">\n<h2>{0}</h2>\n<ol>\n", phrase("Conteúdo", "Contents"));
        for (std::size_t i = 0; i < procedure_.sections.size(); ++i) {
            const auto& section = procedure_.sections[i];
            std::size_t told = section.told.size();
            for (const Clause& clause : section.clauses) told += clause.told.size();
            out_ += fmt::format("<li><a href=\"#s{}\">{}</a> <small>{} {}</small></li>\n", i, heading(section), told,
                                told == 1 ? phrase("cenário", "scenario") : phrase("cenários", "scenarios"));
        }
        out_ += "</ol>\n</nav>\n";
    }

    std::string heading(const Procedure::SectionEntry& section) const {
        const std::string number = section.id.empty() ? "" : fmt::format("§{} ", escaped(section.id));
        const std::string title = escaped(text_in(section.title, language_));
        return number + (title.empty() ? escaped(title_) : title);
    }

    void failures() {
        if (std::ranges::all_of(procedure_.scenarios, &Told::passed)) return;
        out_ += fmt::format("<section class=\"failures\">\n<h2>{}</h2>\n<ul>\n",
                            phrase("Não saiu como esperado", "Not as expected"));
        for (std::size_t i = 0; i < procedure_.scenarios.size(); ++i) {
            if (!procedure_.scenarios[i].passed) out_ += fmt::format("<li>{}</li>\n", link(i));
        }
        out_ += "</ul>\n</section>\n";
    }

    std::string title_of(const Told& told) const { return text_in(told.cases.front().scenario->titles, language_); }

    std::string link(std::size_t scenario) const {
        return fmt::format("<a href=\"#c{}\">{}</a>", scenario, escaped(title_of(procedure_.scenarios[scenario])));
    }

    // -------------------------------------------------------------------------------------- sections and clauses

    void section(const Procedure::SectionEntry& section, std::size_t index) {
        out_ += fmt::format("<section id=\"s{}\">\n<h2>{}</h2>\n", index, heading(section));
        terms(section);
        for (const Clause& clause : section.clauses) this->clause(clause);
        if (!section.told.empty()) {
            out_ +=
                fmt::format("<article class=\"clause\">\n<h3>{}</h3>\n", phrase("Outros cenários", "Other scenarios"));
            for (const std::size_t told : section.told) scenario(told);
            out_ += "</article>\n";
        }
        out_ += "</section>\n";
    }

    void terms(const Procedure::SectionEntry& section) {
        if (section.parameters.empty()) return;
        const OutcomeWords words(*procedure_.model, language_);
        out_ += fmt::format("<table class=\"terms\">\n<caption>{}</caption>\n<tbody>\n",
                            phrase("Termos que a empresa define", "Terms that the company sets"));
        for (const Parameter* parameter : section.parameters) {
            out_ += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n",
                                escaped(text_in(parameter->say, language_)),
                                escaped(words.value(parameter->value, parameter->type)));
        }
        out_ += "</tbody>\n</table>\n";
    }

    void clause(const Clause& clause) {
        const std::string text = escaped(text_in(clause.text, language_));
        const std::string reading = escaped(text_in(clause.reading, language_));
        out_ += fmt::format("<article class=\"clause\">\n<h3>{}{}</h3>\n",
                            clause.text.empty() ? "" : fmt::format("<span class=\"id\">{}</span> ", escaped(clause.id)),
                            text.empty() ? reading : text);
        if (!text.empty() && !reading.empty()) out_ += fmt::format("<p>{}</p>\n", reading);
        rules(clause);
        for (const std::size_t told : clause.told) scenario(told);
        std::string also;
        for (const std::size_t other : clause.scenarios) {
            if (std::ranges::find(clause.told, other) == clause.told.end())
                also += (also.empty() ? "" : "; ") + link(other);
        }
        if (!also.empty())
            out_ += fmt::format("<p class=\"also\">{} {}</p>\n", phrase("Veja também:", "See also:"), also);
        for (const std::string& file : clause.tests)
            out_ += fmt::format("<p class=\"also\">{} <code>{}</code></p>\n", phrase("Conferido por", "Held by"),
                                escaped(file));
        out_ += "</article>\n";
    }

    void rules(const Clause& clause) {
        std::string items;
        for (const std::size_t index : clause.rules) {
            const Rule& rule = *procedure_.rules[index].rule;
            const auto said = rule.say.find(language_);
            if (said != rule.say.end())
                items += fmt::format("<li>{} <small>{}</small></li>\n", with_holes(said->second), escaped(rule.id));
        }
        for (const auto& indicator : procedure_.model->indicators) {
            if (std::ranges::find(clause.by, indicator->name) == clause.by.end()) continue;
            items += fmt::format("<li>{} <small>{}</small></li>\n", escaped(text_in(indicator->title, language_)),
                                 escaped(indicator->name));
        }
        if (!items.empty()) out_ += fmt::format("<ul class=\"rules\">\n{}</ul>\n", items);
    }

    static std::string with_holes(const Template& text) {
        std::string out;
        for (const Template::Piece& piece : text.pieces) {
            out += escaped(piece.text);
            if (piece.hole) out += fmt::format("<var>{}</var>", escaped(to_source(*piece.hole->root)));
        }
        return out;
    }

    // ------------------------------------------------------------------------------------------------- scenarios

    void scenario(std::size_t index) {
        const Told& told = procedure_.scenarios[index];
        const Model& model = told.file->file.ruleset.model();
        const bool other = &model != procedure_.model && model.name != procedure_.model->name;
        out_ += fmt::format("<section class=\"scenario {}\" id=\"c{}\">\n<h4>{} {}{}</h4>\n",
                            told.passed ? "passed" : "failed", index, badge(told.passed), escaped(title_of(told)),
                            other ? fmt::format(" <small>{}</small>", escaped(model.name)) : "");
        const std::vector<FactLine> shared = shared_facts(told);
        std::vector<FactLine> shown = shared;
        std::erase_if(shown, [&](const FactLine& line) { return in(usual_facts(*told.file), line); });
        if (other) out_ += lines(changed_terms(model), "facts");
        out_ += lines(shown, "facts");
        const bool differ = std::ranges::any_of(
            told.cases, [&](const Procedure::CaseEntry& one) { return !what_differs(one, model, shared).empty(); });
        const std::string column = fmt::format("<th scope=\"col\" class=\"case\">{}</th>", phrase("Caso", "Case"));
        out_ += fmt::format(
            "<table>\n<thead><tr><th scope=\"col\" class=\"when\">{}</th>{}<th "
            "scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
            phrase("Quando", "When"), differ ? column : "", phrase("Resposta", "Answer"));
        for (const auto& one : told.cases) row(one, model, shared, differ);
        out_ += "</tbody>\n</table>\n";
        if (shared.size() > shown.size()) {
            out_ += fmt::format("<details><summary>{}</summary>\n{}</details>\n", phrase("Todos os fatos", "All facts"),
                                lines(shared, "facts"));
        }
        out_ += "</section>\n";
    }

    /// The terms that another ruleset than the page's sets otherwise.
    std::vector<FactLine> changed_terms(const Model& model) const {
        const OutcomeWords words(model, language_);
        std::vector<FactLine> terms;
        for (const OverlayChange& change : model.changes) {
            const auto parameter = std::ranges::find(model.parameters, change.name, &Parameter::name);
            if (change.what != OverlayChange::What::parameter || parameter == model.parameters.end()) continue;
            terms.push_back({text_in(parameter->say, language_) + ":", words.value(parameter->value, parameter->type)});
        }
        return terms;
    }

    std::string badge(bool passed) const {
        return passed ? fmt::format("<span class=\"badge passed\">✓ {}</span>", phrase("confere", "passes"))
                      : fmt::format("<span class=\"badge failed\">✗ {}</span>", phrase("não confere", "fails"));
    }

    std::string what_differs(const Procedure::CaseEntry& one, const Model& model,
                             const std::vector<FactLine>& shared) const {
        std::vector<FactLine> own = facts_of(one, model);
        std::erase_if(own, [&](const FactLine& line) { return in(shared, line); });
        return escaped(text_in(one.scenario->variations, language_)) + lines(own, "facts");
    }

    void row(const Procedure::CaseEntry& one, const Model& model, const std::vector<FactLine>& shared, bool differ) {
        const auto at = one.scenario->facts.at();
        out_ += fmt::format("<tr{}><td class=\"when\">{}</td>", one.verdict->passed() ? "" : " class=\"failed\"",
                            at ? escaped(when(*at, model.zone)) : phrase("sem data", "no instant"));
        if (differ) out_ += fmt::format("<td>{}</td>", what_differs(one, model, shared));
        out_ += "<td>";
        for (const Answer& answer : one.answers) this->answer(answer, model);
        for (const Failure& failure : one.verdict->failures) this->failure(failure);
        out_ += "</td></tr>\n";
    }

    /// `qui 02/05/2024 10:00`.
    std::string when(Instant at, const Zone& zone) const {
        static constexpr const char* portuguese[] = {"dom", "seg", "ter", "qua", "qui", "sex", "sáb"};
        static constexpr const char* english[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        const auto day = static_cast<std::size_t>(weekday(zone.day_of(at)));
        return fmt::format("{} {}", phrase(portuguese[day], english[day]), display_instant(at, zone, language_));
    }

    void answer(const Answer& answer, const Model& model) {
        const Decision& decision = *model.find(answer.decision);
        const std::string asks = text_in(decision.asks, language_);
        out_ += fmt::format("<div class=\"answer\"><span class=\"question\">{}</span>",
                            escaped(asks.empty() ? answer.decision : asks));
        const bool itemised = answer.outcome.is(Kind::list) && answer.outcome.as_list().size() == answer.because.size();
        if (itemised && !answer.because.empty()) {
            for (std::size_t i = 0; i < answer.because.size(); ++i)
                out_ += outcome(answer.outcome.as_list()[i], model) + reason(answer.because[i]);
        } else {
            out_ += outcome(answer.outcome, model);
        }
        const auto& validity = answer.valid_until;
        if (validity && validity->until && validity->limited_by == LimitedBy::nothing) {
            out_ += fmt::format("<p class=\"until\">{} {}</p>", phrase("vale até", "until"),
                                escaped(when(*validity->until, model.zone)));
        }
        for (std::size_t i = 0; !itemised && i < answer.because.size(); ++i) out_ += reason(answer.because[i]);
        out_ += "</div>\n";
    }

    std::string outcome(const Value& value, const Model& model) const {
        const OutcomeWords words(model, language_);
        if (value.is_error()) return fmt::format("<p class=\"error\">{}</p>", escaped(value.as_error().message));
        if (value.is(Kind::optional)) {
            return value.has_value() ? outcome(value.as_optional(), model)
                                     : fmt::format("<p>{}</p>", phrase("nenhum", "none"));
        }
        if (value.is(Kind::record)) return fmt::format("<p>{}</p>", escaped(words.fields(value.as_record())));
        if (!value.is(Kind::list) || value.as_list().empty())
            return fmt::format("<p>{}</p>", phrase("nada", "nothing"));
        std::string out;
        for (const Value& item : value.as_list()) out += outcome(item, model);
        return out;
    }

    std::string reason(const Because& because) const {
        const auto said = because.text.find(language_);
        if (said == because.text.end()) return {};
        return fmt::format("<p class=\"reason\">{}{}{}</p>", escaped(fmt::format("{}", fmt::join(because.cite, ", "))),
                           because.cite.empty() ? "" : " ", escaped(said->second));
    }

    void failure(const Failure& failure) {
        out_ += "<div class=\"failure\">";
        for (const Mismatch& mismatch : failure.mismatches) {
            out_ += fmt::format("<p>{}: {} <ins>{}</ins>, {} <del>{}</del></p>", escaped(mismatch.path),
                                phrase("esperado", "expected"), escaped(mismatch.expected), phrase("veio", "came"),
                                escaped(mismatch.actual));
        }
        for (const Stopped& stopped : failure.stopped) {
            out_ += fmt::format("<p>{}: {}.{} – {}</p>", escaped(stopped.clause), escaped(stopped.decision),
                                escaped(stopped.rule), escaped(stopped.why));
        }
        out_ += "</div>\n";
    }

    // ----------------------------------------------------------------------------------------------------- facts

    static std::string lines(const std::vector<FactLine>& facts, std::string_view look) {
        if (facts.empty()) return {};
        std::string out = fmt::format("<ul class=\"{}\">\n", look);
        for (const FactLine& line : facts)
            out += fmt::format("<li><b>{}</b> {}</li>\n", escaped(line.thing), escaped(line.said));
        return out + "</ul>\n";
    }

    static bool in(const std::vector<FactLine>& lines, const FactLine& line) {
        return std::ranges::find(lines, line) != lines.end();
    }

    std::vector<FactLine> facts_of(const Procedure::CaseEntry& one, const Model& model) const {
        return fact_lines(model, *one.facts, language_);
    }

    std::vector<FactLine> shared_facts(const Told& told) const {
        const Model& model = told.file->file.ruleset.model();
        std::vector<FactLine> shared = facts_of(told.cases.front(), model);
        for (const auto& one : told.cases) keep_those_in(facts_of(one, model), shared);
        return shared;
    }

    /// What most scenarios of a file have in common goes without saying in each.
    const std::vector<FactLine>& usual_facts(const FileVerdicts& file) {
        const auto [known, is_new] = usual_.try_emplace(&file);
        if (!is_new) return known->second;
        std::size_t scenarios = 0;
        std::map<std::pair<std::string, std::string>, std::size_t> met;
        for (const Told& told : procedure_.scenarios) {
            if (told.file != &file) continue;
            ++scenarios;
            for (const FactLine& line : shared_facts(told)) ++met[{line.thing, line.said}];
        }
        for (const auto& [line, times] : met) {
            if (times >= min_usual && 2 * times > scenarios) known->second.push_back({line.first, line.second});
        }
        return known->second;
    }

    static void keep_those_in(const std::vector<FactLine>& those, std::vector<FactLine>& lines) {
        std::erase_if(lines, [&](const FactLine& line) { return !in(those, line); });
    }

    const Procedure& procedure_;
    std::string language_;
    std::string title_;
    std::string out_;
    std::map<const FileVerdicts*, std::vector<FactLine>> usual_;
};

}  // namespace

std::string procedure_html(const Procedure& procedure, const std::string& language) {
    return ProcedurePage(procedure, language).write();
}

}  // namespace praxe
