// The extension module praxe._core: rulesets and answers. The package around it (praxe/*.py) is what Python sees.
#include <fmt/format.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <map>

#include "agenda.hpp"
#include "answers.hpp"
#include "book.hpp"
#include "check/model.hpp"
#include "columns.hpp"
#include "document/node.hpp"
#include "duplicates.hpp"
#include "errors.hpp"
#include "facts.hpp"
#include "instants.hpp"
#include "measures.hpp"
#include "python_types.hpp"
#include "replay.hpp"

namespace praxe::python {

Instant instant_asked(const py::object& at, const std::string& zone) {
    const Moment moment = moment_of(at);
    if (moment == Moment::naive) {
        throw_call_error(fmt::format("at has no time zone: {}", py::str(at).cast<std::string>()),
                         fmt::format("value.replace(tzinfo=zoneinfo.ZoneInfo(\"{}\"))", zone));
    }
    std::string text;
    if (moment == Moment::instant) text = instant_text(at);
    if (PyUnicode_Check(at.ptr())) text = at.cast<std::string>();
    const auto instant = parse_instant(text);
    if (!instant || instant->nanos_below != 0) {
        throw_call_error(fmt::format("at is not an instant: {}", py::str(at).cast<std::string>()),
                         "an aware datetime, or text such as 2024-05-02T10:00:00-03:00");
    }
    return instant->micros;
}

namespace {

// ------------------------------------------------------------------------------------------------- loading

/// Texts in memory stand before the files on disk.
Ruleset::FileReader reader_of(const std::map<std::string, std::string>& texts) {
    return [&texts](const std::string& path, std::string& message) -> SourcePtr {
        const auto text = texts.find(path);
        if (text != texts.end()) return std::make_shared<const Source>(path, text->second);
        return Ruleset::read_file(path, message);
    };
}

LoadedRulesetPtr load(const std::string& path, const std::map<std::string, std::string>& texts) {
    auto loaded = [&] {
        const py::gil_scoped_release unlocked;
        return Ruleset::load(path, reader_of(texts));
    }();
    if (!loaded) throw_ruleset_error(loaded.diagnostics());
    py::object zone = python_zone(loaded->model().zone);
    return std::make_shared<const LoadedRuleset>(LoadedRuleset{*std::move(loaded), std::move(zone)});
}

// ------------------------------------------------------------------------------------------------- options

void check_decisions(const Ruleset& ruleset, const std::vector<std::string>& asked) {
    const std::vector<std::string> known = ruleset.decisions();
    for (const std::string& name : asked) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        throw_call_error(fmt::format("the ruleset \"{}\" has no decision \"{}\"", ruleset.name(), name),
                         hint_for_name(name, known));
    }
}

void check_language(const std::string& language) {
    static const std::vector<std::string> known = {"pt", "en"};
    if (std::find(known.begin(), known.end(), language) == known.end())
        throw_call_error(fmt::format("there are no texts in \"{}\"", language), hint_for_name(language, known));
}

AskedOptions make_options(const LoadedRuleset& by, std::vector<std::string> decisions, const py::object& at,
                          bool valid_until, bool explain, bool texts, std::string language,
                          std::int64_t max_evaluations, std::optional<std::int64_t> horizon) {
    check_decisions(by.ruleset, decisions);
    check_language(language);
    if (max_evaluations < 1)
        throw_call_error(fmt::format("max_evaluations is at least 1, not {}", max_evaluations), {});
    AskedOptions asked;
    asked.language = std::move(language);
    asked.options.decisions = std::move(decisions);
    if (!at.is_none()) asked.options.at = instant_asked(at, by.ruleset.model().zone.name());
    asked.options.valid_until = valid_until;
    asked.options.explain = explain;
    asked.options.texts = texts;
    asked.options.max_evaluations = static_cast<std::size_t>(max_evaluations);
    asked.options.horizon = horizon;
    return asked;
}

// ------------------------------------------------------------------------------------------------- deciding

/// Reads and decides, in no need of the GIL.
Result<std::vector<Answer>> answer_case(const Ruleset& ruleset, GivenCase given, const DecideOptions& options) {
    const auto facts = read_given(ruleset, std::move(given));
    if (!facts) return facts.diagnostics();
    if (options.at || facts->at()) return ruleset.decide(*facts, options);
    Diagnostics diagnostics;
    diagnostics.error({}, "the case does not say when it is decided", "give the fact \"at\", or call decide(…, at=…)");
    return diagnostics;
}

py::tuple decide(const LoadedRulesetPtr& by, const py::object& facts, const AskedOptions& asked) {
    const std::string& zone = by->ruleset.model().zone.name();
    GivenCase given = take_case(facts, zone);
    auto answers = [&] {
        const py::gil_scoped_release unlocked;
        return answer_case(by->ruleset, std::move(given), asked.options);
    }();
    if (!answers) throw_case_error(answers.diagnostics(), facts, zone);
    py::tuple out(answers->size());
    for (std::size_t i = 0; i < answers->size(); ++i)
        out[i] = std::make_shared<GivenAnswer>(GivenAnswer{std::move((*answers)[i]), by, asked.language});
    return out;
}

std::string answers_json(const LoadedRuleset& by, const std::vector<std::shared_ptr<GivenAnswer>>& given) {
    std::vector<Answer> answers;
    answers.reserve(given.size());
    for (const auto& one : given) answers.push_back(one->answer);
    return by.ruleset.to_json(answers);
}

// ------------------------------------------------------------------------------------------------- words

std::string said(const Languages& languages, const std::string& language, const std::string& otherwise) {
    const auto found = languages.find(language);
    return found == languages.end() ? otherwise : found->second;
}

/// The question that a decision answers, as people put it; its name where there is none.
std::string question(const LoadedRuleset& by, const std::string& decision, const std::string& language) {
    const Decision* found = by.ruleset.model().find(decision);
    return found == nullptr ? decision : said(found->asks, language, decision);
}

std::string word(const LoadedRuleset& by, const std::string& name, const std::string& language) {
    const auto& words = by.ruleset.model().words;
    const auto found = words.find(name);
    return found == words.end() ? name : said(found->second, language, name);
}

// ------------------------------------------------------------------------------------------------- module

std::string answer_repr(const py::object& answer) {
    const auto& given = answer.cast<const GivenAnswer&>();
    if (given.answer.outcome.is_error())
        return fmt::format("<praxe.Answer {}: error: {}>", given.answer.decision,
                           given.answer.outcome.as_error().message);
    return fmt::format("<praxe.Answer {}: {}>", given.answer.decision, py::repr(outcome_of(given)).cast<std::string>());
}

py::object html_of(const py::object& answer) {
    return py::module_::import("praxe._html").attr("answer")(answer);
}

void define_ruleset(py::module_& module) {
    const py::class_<AskedOptions> options(module, "Options",
                                           "How cases are to be decided; made by Ruleset.options, immutable.");
    py::class_<LoadedRuleset, std::shared_ptr<LoadedRuleset>>(module, "Ruleset", "A compiled ruleset; immutable.")
        .def_static(
            "load",
            [](const std::string& path, const std::map<std::string, std::string>& texts) {
                return std::const_pointer_cast<LoadedRuleset>(load(path, texts));
            },
            py::arg("path"), py::arg("files"))
        .def(
            "options",
            [](const LoadedRuleset& by, std::vector<std::string> decisions, const py::object& at, bool valid_until,
               bool explain, bool texts, std::string lang, std::int64_t max_evaluations,
               std::optional<std::int64_t> horizon) {
                return make_options(by, std::move(decisions), at, valid_until, explain, texts, std::move(lang),
                                    max_evaluations, horizon);
            },
            py::kw_only(), py::arg("decisions"), py::arg("at"), py::arg("valid_until"), py::arg("explain"),
            py::arg("texts"), py::arg("lang"), py::arg("max_evaluations"), py::arg("horizon"))
        .def(
            "decide",
            [](const std::shared_ptr<LoadedRuleset>& by, const py::object& facts, const AskedOptions& asked) {
                return decide(by, facts, asked);
            },
            py::arg("case"), py::arg("options"))
        .def("to_json", &answers_json, py::arg("answers"))
        .def("question", &question, py::arg("decision"), py::arg("lang"))
        .def("word", &word, py::arg("name"), py::arg("lang"))
        .def(
            "title",
            [](const LoadedRuleset& by, const std::string& language) {
                return said(by.ruleset.model().title, language, by.ruleset.name());
            },
            py::arg("lang"))
        .def_property_readonly("name", [](const LoadedRuleset& by) { return by.ruleset.name(); })
        .def_property_readonly("zone", [](const LoadedRuleset& by) { return by.zone; })
        .def_property_readonly("decisions",
                               [](const LoadedRuleset& by) { return py::tuple(py::cast(by.ruleset.decisions())); });
}

void define_answer(py::module_& module) {
    py::class_<GivenAnswer, std::shared_ptr<GivenAnswer>>(
        module, "Answer", "What one decision answers. Immutable; keeps its ruleset alive. Made by Ruleset.decide.")
        .def_property_readonly(
            "decision", [](const GivenAnswer& given) { return given.answer.decision; }, "The decision's name.")
        .def_property_readonly("outcome", &outcome_of,
                               "Plain Python values: dict, list, str, int, bool, Decimal for money and percent, date, "
                               "datetime in the\nruleset's zone; None where there is none. Raises the DecisionError "
                               "where the decision could not be made.")
        .def_property_readonly("because", &because_of,
                               "A list of Because: the deciding rule first; one for each item where the decision is "
                               "made per item.")
        .def_property_readonly("valid_until", &valid_until_of,
                               "The first instant at which the outcome differs for this same case, as a datetime in "
                               "the ruleset's zone;\nNone: never. Raises the DecisionError where the decision could "
                               "not be made, CallError where it was decided\nwith valid_until=False.")
        .def_property_readonly(
            "limited",
            [](const GivenAnswer& given) {
                return given.answer.valid_until && given.answer.valid_until->limited_by != LimitedBy::nothing;
            },
            "True where the search ended at its horizon, or where a calendar ends: the outcome holds at least until "
            "valid_until.")
        .def_property_readonly("validity", &validity_of,
                               "The Validity: until when and what limited it; with explain=True what ends it, and the "
                               "outcome from then on.\nNone where the decision could not be made, or with "
                               "valid_until=False.")
        .def_property_readonly(
            "error",
            [](const GivenAnswer& given) {
                return given.answer.outcome.is_error() ? decision_error(given.answer) : py::object(py::none());
            },
            "None, or the DecisionError that outcome raises.")
        .def_property_readonly("why_not", &why_not_of,
                               "A list of WhyNot, for every rule that did not decide; empty unless explain=True.")
        .def_property_readonly("workings", &workings_of,
                               "A list of Working: how amounts came about; empty unless explain=True.")
        .def(
            "to_json", [](const GivenAnswer& given) { return given.by->ruleset.to_json(given.answer); },
            "The answer as one JSON object, as the command `praxe decide` writes it.")
        .def_property_readonly(
            "_ruleset", [](const GivenAnswer& given) { return std::const_pointer_cast<LoadedRuleset>(given.by); })
        .def_property_readonly("_has_validity",
                               [](const GivenAnswer& given) { return given.answer.valid_until.has_value(); })
        .def_property_readonly("_lang", [](const GivenAnswer& given) { return given.language; })
        .def("__repr__", &answer_repr)
        .def("_repr_html_", &html_of);
}

}  // namespace
}  // namespace praxe::python

PYBIND11_MODULE(_core, module) {
    praxe::python::python_types();
    module.doc() = "praxe's engine; the package praxe is its interface.";
    module.attr("__version__") = PRAXE_VERSION;
    module.def("nearest", &praxe::nearest, pybind11::arg("wrong"), pybind11::arg("known"),
               "The known name nearest to a misspelt one, or an empty text.");
    praxe::python::define_ruleset(module);
    praxe::python::define_answer(module);
    praxe::python::define_book(module);
    praxe::python::define_measures(module);
    praxe::python::define_duplicates(module);
    praxe::python::define_replay(module);
    praxe::python::define_columns(module);
    praxe::python::define_agenda(module);
}
