// The whole pipeline on one page: files → located rules → parsed program → order → types; then cases and answers.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <praxe/ruleset.hpp>
#include <sstream>

#include "case_data.hpp"
#include "check/build.hpp"
#include "check/calendar_use.hpp"
#include "check/equal_cells.hpp"
#include "check/patterns.hpp"
#include "check/slots.hpp"
#include "check/specificity.hpp"
#include "check/types.hpp"
#include "document/calendar_file.hpp"
#include "document/rules.hpp"
#include "document/vocabulary_file.hpp"
#include "facts/host_reader.hpp"
#include "facts/schema.hpp"
#include "located_case.hpp"
#include "machine/answers.hpp"
#include "machine/machines.hpp"
#include "plan/bounds.hpp"
#include "plan/cost.hpp"
#include "plan/dependencies.hpp"
#include "program/program.hpp"
#include "run/answer.hpp"
#include "run/answer_json.hpp"
#include "run/assumptions.hpp"
#include "run/host_check.hpp"
#include "table/decision_index.hpp"

namespace praxe {

namespace {

/// Reads a file that a ruleset names; what is wrong is reported where it is named.
SourcePtr read_named(const Excerpt& name, const FileReader& read_file, Diagnostics& diagnostics) {
    const std::string path = beside(name.source->name(), name.text);
    std::string message;
    SourcePtr source = read_file(path, message);
    if (source == nullptr) diagnostics.error(name.place(), fmt::format("cannot read \"{}\": {}", path, message));
    return source;
}

std::unique_ptr<Schema> load_schema(const RawRuleset& raw, const FileReader& read_file, const RulesetLimits& limits,
                                    std::vector<OverlayChange>& changes, Diagnostics& diagnostics) {
    const SourcePtr source = read_named(*raw.vocabulary, read_file, diagnostics);
    if (source == nullptr) return nullptr;
    const auto document = read_vocabulary(source, read_file, limits, changes, diagnostics);
    return document ? read_schema(*document, diagnostics) : nullptr;
}

/// A calendar has the name of its file, without its ending.
std::string calendar_name(const Excerpt& file) {
    return std::filesystem::path(file.text).stem().string();
}

/// The calendars that the files hold, by name; without rules where a file was wrong (reported).
CalendarRulesByName read_calendars(const RawRuleset& raw, const FileReader& read_file, Diagnostics& diagnostics) {
    std::map<std::string, Node, std::less<>> documents;
    std::map<std::string, std::string> paths;
    for (const Excerpt& file : raw.calendars) {
        const std::string path = beside(file.source->name(), file.text);
        const auto [known, is_new] = paths.emplace(calendar_name(file), path);
        if (!is_new && known->second != path) {
            diagnostics.error(file.place(),
                              fmt::format("there is already a calendar \"{}\": {}", known->first, known->second));
        }
        if (!is_new) continue;
        const SourcePtr source = read_named(file, read_file, diagnostics);
        if (source == nullptr) continue;
        if (auto document = read_document(source, diagnostics)) documents.emplace(known->first, *std::move(document));
    }
    CalendarRulesByName calendars = read_calendar_files(documents, diagnostics);
    for (const auto& [name, path] : paths) calendars.emplace(name, std::nullopt);
    return calendars;
}

void load_calendars(const RawRuleset& raw, Model& model, const FileReader& read_file, Diagnostics& diagnostics) {
    const CalendarRulesByName all = read_calendars(raw, read_file, diagnostics);
    for (const auto& [name, rules] : all) {
        if (rules) model.calendars.emplace(name, std::make_shared<Calendar>(*rules, model.zone));
    }
    if (!raw.calendar) return;
    if (const auto own = read_calendar_rules(*raw.calendar, all, diagnostics))
        model.calendar = std::make_shared<Calendar>(*own, model.zone);
}

std::optional<Day> read_day(const std::optional<Excerpt>& date, Diagnostics& diagnostics) {
    if (!date) return std::nullopt;
    const auto day = parse_date(date->text);
    if (!day) diagnostics.error(date->place(), fmt::format("\"{}\" is not a date", date->text), "write YYYY-MM-DD");
    return day;
}

void set_currency(const RawRuleset& raw, Model& model, Diagnostics& diagnostics) {
    if (!raw.currency) return;
    model.currency = raw.currency->text;
    const bool code =
        model.currency.size() == 3 && std::ranges::all_of(model.currency, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!code) {
        diagnostics.error(raw.currency->place(), fmt::format("\"{}\" is not a currency", model.currency),
                          "currencies have the codes of ISO 4217, such as EUR");
    }
}

void set_time(const RawRuleset& raw, Model& model, Diagnostics& diagnostics) {
    model.zone_data = zone_database_version();
    if (raw.zone) {
        if (const auto zone = Zone::find(raw.zone->text)) {
            model.zone = *zone;
        } else {
            diagnostics.error(raw.zone->place(), fmt::format("there is no time zone \"{}\"", raw.zone->text),
                              "zones have IANA names, such as America/Sao_Paulo");
        }
    }
    const auto first = read_day(raw.effective_from, diagnostics);
    const auto last = read_day(raw.effective_until, diagnostics);
    if (first && last && *last < *first) {
        diagnostics.error(raw.effective_until->place(),
                          fmt::format("the last day in force is before the first, {}", raw.effective_from->text));
    }
    if (first) model.effective_from = model.zone.start_of_day(*first);
    if (last) model.effective_until = model.zone.start_of_day(*last + 1);
    if (first) model.effective_from_place = raw.effective_from->place();
    if (last) model.effective_until_place = raw.effective_until->place();
}

/// What the program keeps of a decision's rows counts as memory of its index.
void count_rows(const Program& program, std::vector<Cost>& costs) {
    for (const RowTable& table : program.tables) {
        for (Cost& cost : costs) {
            if (cost.index && cost.decision == table.decision->name) cost.index->bytes += table.bytes();
        }
    }
}

Result<std::shared_ptr<const Model>> load_model(const SourcePtr& source, const FileReader& read_file,
                                                const RulesetLimits& limits) {
    Diagnostics diagnostics;
    const RawRuleset raw = read_ruleset(source, read_file, diagnostics, limits);
    if (!raw.complete) return diagnostics;  // what is missing would make everything that names it wrong too
    auto model = std::make_shared<Model>();
    if (raw.name) model->name = raw.name->text;
    set_currency(raw, *model, diagnostics);
    for (const auto& [language, title] : raw.title.languages) model->title.emplace(language, title.text);
    model->schema = load_schema(raw, read_file, limits, model->changes, diagnostics);
    set_time(raw, *model, diagnostics);
    load_calendars(raw, *model, read_file, diagnostics);
    if (model->schema == nullptr) return diagnostics;

    build_model(raw, *model, diagnostics);
    build_assumptions(*model, diagnostics);
    const std::vector<Dependent> dependents = dependencies_of(*model);
    const std::vector<std::size_t> order = order_of(dependents, diagnostics);
    check_bounds(dependents, order, limits, diagnostics);
    check_types(*model, order, diagnostics);
    tell_of_equal_cells(*model, diagnostics);
    if (diagnostics.empty()) check_calendars(*model, diagnostics);
    if (diagnostics.empty()) order_by_specificity(*model, diagnostics);
    for (const std::size_t index : order) {
        if (index >= model->define.size() + model->decisions.size()) continue;  // nothing uses an indicator
        for (const auto& [used, place] : dependents[index].uses) model->uses.emplace_back(index, used);
    }
    if (!diagnostics.empty()) return diagnostics;
    find_slots(*model);
    index_tables(*model);
    compile_patterns(*model);
    model->costs = costs_of(*model);
    check_costs(model->costs, limits, diagnostics);
    if (!diagnostics.empty()) return diagnostics;
    model->program = make_program(*model);
    count_rows(*model->program, model->costs);
    model->machines = std::make_shared<Machines>(*model);
    return std::shared_ptr<const Model>(std::move(model));
}

}  // namespace

SourcePtr Ruleset::read_file(const std::string& path, std::string& message) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    const bool empty = in.peek() == std::ifstream::traits_type::eof();  // of an empty file nothing can be put out
    if (in.bad() || !in.is_open() || (!empty && !(text << in.rdbuf()))) {
        message = "no such file, or it cannot be read";
        return nullptr;
    }
    return std::make_shared<Source>(path, text.str());
}

Result<Ruleset> Ruleset::load(const std::string& path) {
    return load(path, read_file);
}

Result<Ruleset> Ruleset::load(const std::string& path, const FileReader& read_file, const RulesetLimits& limits) {
    std::string message;
    const SourcePtr source = read_file(path, message);
    if (source == nullptr) {
        Diagnostics diagnostics;
        diagnostics.error({}, fmt::format("cannot read \"{}\": {}", path, message));
        return diagnostics;
    }
    auto model = load_model(source, read_file, limits);
    if (!model) return model.diagnostics();
    return Ruleset(*model);
}

Result<Case> Ruleset::read_case(const SourcePtr& source, bool json) const {
    Diagnostics diagnostics;
    auto document = json ? read_json(source, diagnostics) : read_document(source, diagnostics);
    if (!document) return diagnostics;
    return praxe::read_case(*this, *std::move(document));
}

Result<Case> read_case(const Ruleset& ruleset, Node document) {
    Diagnostics diagnostics;
    auto facts = read_case(std::move(document), *ruleset.model().schema, diagnostics);
    if (!facts) return diagnostics;
    for (const Error& error : broken_assumptions(ruleset.model(), facts->facts)) {
        diagnostics.error(facts->place_of(error.path), error.message);
    }
    if (!diagnostics.empty()) return diagnostics;
    const Program* const program = ruleset.model().program.get();
    CaseData data{.facts = *std::move(facts)};
    if (program != nullptr) data.cells = std::make_shared<const CaseCells>(*program, *data.facts.facts);
    return Case(ruleset.model_, std::make_shared<const CaseData>(std::move(data)));
}

Case case_of(const Ruleset& ruleset, std::shared_ptr<const Record> facts) {
    return Case(ruleset.model_, std::make_shared<const CaseData>(CaseData{.facts = {std::move(facts), {}}}));
}

namespace {

/// The fact `at` as it stands in the case: an instant, an error, or absent.
Value instant_in(const Record& facts) {
    const int field = facts.type->find("at");
    return field < 0 ? Value() : facts.at(static_cast<std::size_t>(field));
}

}  // namespace

std::optional<std::int64_t> Case::at() const {
    const Value at = instant_in(*data_->record());
    return at.is(Kind::timestamp) ? std::optional(at.as_int()) : std::nullopt;
}

Place Case::place_of(const std::string& path) const {
    return data_->object == nullptr ? data_->facts.place_of(path) : Place();
}

namespace {

Answer error_answer(const std::string& decision, Error error) {
    Answer answer;
    answer.decision = decision;
    answer.outcome = Value::error(std::move(error));
    return answer;
}

/// The error of a decision that cannot be asked for by that name; nothing if it can.
std::optional<Answer> unanswerable(const Model& model, const std::string& name) {
    const Decision* decision = model.find(name);
    if (decision != nullptr && !decision->has_arguments()) return std::nullopt;
    std::string message = decision == nullptr
                              ? fmt::format("there is no decision \"{}\"", name)
                              : fmt::format("\"{}\" takes arguments: only other decisions ask it", name);
    return error_answer(name, Error{Error::Code::other, std::move(message), {}, {}});
}

}  // namespace

namespace {

/// The instant to decide at, or why there is none.
Value instant_of_decision(const Record& facts, const DecideOptions& options) {
    if (options.at) return Value::timestamp(*options.at);
    Value at = instant_in(facts);
    if (!at.is_absent()) return at;
    return Value::error(Error{Error::Code::missing_fact, "\"at\" is not given: the instant of the decision", "at", {}});
}

void let_go_of_the_object(Validity& validity) {
    if (validity.next) validity.next = validity.next->owned();
}

/// The answer without anything of the host's object that it was read from.
void let_go_of_the_object(Answer& answer) {
    answer.outcome = answer.outcome.owned();
    if (answer.valid_until) let_go_of_the_object(*answer.valid_until);
    for (Because& because : answer.because) {
        if (because.valid_until) let_go_of_the_object(*because.valid_until);
    }
    for (WhyNot& why : answer.why_not) {
        for (auto& [name, value] : why.read) value = value.owned();
    }
    for (Working& working : answer.workings) {
        for (Value& value : working.of) value = value.owned();
    }
}

}  // namespace

namespace {

/// The decisions to be made, by their places in the model: those named, or all that are questions.
std::vector<std::size_t> wanted(const Model& model, const std::vector<std::string>& names) {
    const auto& decisions = model.decisions;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; names.empty() && i < decisions.size(); ++i) {
        if (!decisions[i]->has_arguments() && !decisions[i]->asks.empty()) places.push_back(i);
    }
    for (const std::string& name : names) {
        const auto found = std::find_if(decisions.begin(), decisions.end(),
                                        [&](const auto& decision) { return decision->name == name; });
        if (found != decisions.end() && !(*found)->has_arguments())
            places.push_back(static_cast<std::size_t>(found - decisions.begin()));
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
}

/// What a machine answers to them; of all that none is asked, that the reference is to be asked.
std::vector<Answered> by_machine(const Model& model, const CaseData& facts, const std::shared_ptr<const Record>& record,
                                 const std::vector<std::size_t>& decisions, const Value& at,
                                 const DecideOptions& options) {
    const bool by_reference = at.is_error() || options.by_reference || options.texts || options.explain;
    if (by_reference) return std::vector<Answered>(decisions.size());
    const Machines::Lent machine = model.machines->lend();
    if (facts.cells != nullptr) {
        machine->begin_case(*facts.cells, options.limits);
    } else if (const auto* const in_place = dynamic_cast<const HostReader*>(facts.reader)) {
        machine->begin_case(*in_place, facts.object, record, options.limits);
    } else {
        machine->begin_case(record, options.limits);
    }
    return answers_by(*machine, decisions, at.as_int(), options);
}

}  // namespace

std::vector<Answer> Ruleset::decide(const Case& facts, const DecideOptions& options) const {
    std::vector<Answer> answers;
    const bool own = facts.model_ == model_;
    const std::shared_ptr<const Record> record = facts.data_->record();
    const Value at = own ? instant_of_decision(*record, options) : Value::error(Error::Code::other, case_of_another);
    const bool asked = !options.decisions.empty();
    const std::vector<std::size_t> places = wanted(*model_, options.decisions);
    std::vector<Answered> answered = by_machine(*model_, *facts.data_, record, places, at, options);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (answered[i].how == Judged::How::made) {
            if (facts.data_->object != nullptr) let_go_of_the_object(answered[i].answer);
            answers.push_back(std::move(answered[i].answer));
        }
        const bool passed_over = answered[i].how == Judged::How::lacking && !asked;
        if (answered[i].how == Judged::How::made || passed_over) continue;
        const Decision& decision = *model_->decisions[places[i]];
        auto one = at.is_error() ? error_answer(decision.name, at.as_error())
                                 : answer(*model_, decision, record, at.as_int(), options, asked);
        if (!one) continue;
        if (facts.data_->object != nullptr) let_go_of_the_object(*one);
        if (own && one->outcome.is_error() && !one->outcome.as_error().path.empty()) {
            Error placed = one->outcome.as_error();
            placed.fact_place = facts.place_of(placed.path);
            one->outcome = Value::error(std::move(placed));
        }
        answers.push_back(*std::move(one));
    }
    for (const std::string& name : options.decisions) {
        if (auto none = unanswerable(*model_, name)) answers.push_back(*std::move(none));
    }
    for (Answer& answer : answers) answer.made_by = model_;
    return answers;
}

Diagnostics Ruleset::check(const Case& facts) const {
    const bool was_read = facts.data_->object == nullptr;  // a text with mistakes would not be a case
    return was_read ? Diagnostics() : wrong_facts(*facts.model_, facts.data_->record());
}

std::string Ruleset::to_json(const Answer& answer) const {
    return answer_json(*model_, answer);
}

std::string Ruleset::to_json(const std::vector<Answer>& answers) const {
    return answers_json(*model_, answers);
}

std::shared_ptr<const Record> Ruleset::facts(const Case& facts) const {
    return facts.data_->record();
}

const CaseCells* Ruleset::laid_out(const Case& facts) const {
    return facts.data_->cells.get();
}

const std::string& Ruleset::name() const {
    return model_->name;
}

const std::string& Ruleset::zone_data() const {
    return model_->zone_data;
}

const std::vector<OverlayChange>& Ruleset::changes() const {
    return model_->changes;
}

const std::vector<Cost>& Ruleset::costs() const {
    return model_->costs;
}

std::vector<std::string> Ruleset::decisions() const {
    std::vector<std::string> names;
    for (const bool question : {true, false}) {
        for (const auto& decision : model_->decisions) {
            if (!decision->has_arguments() && decision->asks.empty() != question) names.push_back(decision->name);
        }
    }
    return names;
}

}  // namespace praxe
