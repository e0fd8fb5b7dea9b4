// Located rules → a program whose expressions are parsed: all names first, then each thing under its name.
#include "check/build.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "check/building.hpp"
#include "document/overlay_changes.hpp"
#include "facts/schema_fields.hpp"
#include "syntax/lexer.hpp"
#include "syntax/parser.hpp"
#include "value/functions.hpp"

namespace praxe {
namespace {

using Kind = Model::Global::Kind;

constexpr std::array<std::string_view, 4> words = {"true", "false", "null", "in"};

bool is_word(std::string_view name) {
    return is_reserved_word(name) || std::find(words.begin(), words.end(), name) != words.end();
}

/// Names that stand for an outcome in the making.
struct OutcomeName {
    std::string_view name, meaning;
};
constexpr std::array<OutcomeName, 2> outcome_names = {
    OutcomeName{"general", "in an exception it is the outcome that the exception replaces"},
    OutcomeName{"this", "in \"always\" it is the outcome that a rule gives"},
};

/// Functions that stand in no table: the language itself knows them.
constexpr std::array<std::string_view, 3> special_functions = {"has", "before", "dyn"};

bool is_function(std::string_view name) {
    const bool special = std::find(special_functions.begin(), special_functions.end(), name) != special_functions.end();
    return special || has_style(functions_named(name), /*receiver=*/false);
}

/// Gives every fact, parameter, definition and decision its name.
class Naming {
  public:
    explicit Naming(const Building& building) : building_(building), model_(building.model) {}

    void name_all() {
        const RawRuleset& raw = building_.raw;
        const auto& facts = model_.schema->facts.fields;
        for (std::size_t i = 0; i < facts.size(); ++i)
            model_.globals.emplace(facts[i].name, Model::Global{Kind::fact, i});
        for (std::size_t i = 0; i < raw.parameters.size(); ++i) {
            const RawParameter& parameter = raw.parameters[i];
            if (parameter.is && parameter.is->is_list()) check_type_name(parameter.name);
            claim(parameter.name, Kind::parameter, i);
        }
        for (std::size_t i = 0; i < raw.define.size(); ++i) claim(raw.define[i].name, Kind::definition, i);
        for (std::size_t i = 0; i < raw.decisions.size(); ++i) {
            const Excerpt& name = raw.decisions[i].name;
            auto decision = std::make_unique<Decision>();
            decision->name = name.text;
            decision->outcome.name = name.text;
            decision->outcome.is_outcome = true;
            model_.decisions.push_back(std::move(decision));
            check_type_name(name);
            if (is_function(name.text)) taken(name, "it is a function of the expression language");
            claim(name, Kind::decision, i);
        }
    }

  private:
    void claim(const Excerpt& name, Kind kind, std::size_t index) {
        if (!check_name(name, building_.diagnostics)) return;
        const auto [holder, claimed] = model_.globals.emplace(name.text, Model::Global{kind, index});
        if (claimed || (holder->second.kind == Kind::fact && is_question(kind, index))) return;
        taken(name, "facts, parameters, definitions and decisions share one space of names");
    }

    /// What only hosts ask for may bear a fact's name: in expressions the name is the fact's.
    bool is_question(Kind kind, std::size_t index) const {
        if (kind != Kind::decision) return false;
        const RawDecision& decision = building_.raw.decisions[index];
        return !decision.asks.languages.empty() && decision.given.empty();
    }

    /// A decision's outcome and a parameter's members are types by their names.
    void check_type_name(const Excerpt& name) {
        if (is_type_name(name.text, *model_.schema)) taken(name, "it is the name of a type");
    }

    void taken(const Excerpt& name, std::string why) {
        building_.diagnostics.error(name.place(), fmt::format("the name \"{}\" is taken", name.text), std::move(why));
    }

    const Building& building_;
    Model& model_;
};

void check_instant(const Schema& schema, Diagnostics& diagnostics) {
    const int at = schema.facts.find("at");
    if (at < 0) return;
    const Field& field = schema.facts.fields[static_cast<std::size_t>(at)];
    if (field.type.kind != TypeKind::timestamp)
        diagnostics.error(field.place, "\"at\" is the instant of decision, so it must be a timestamp");
}

}  // namespace

std::optional<Expression> Building::parse(const Excerpt& text) const {
    return parse_expression(text, diagnostics);
}

void Building::parse_all(const std::vector<Excerpt>& texts, std::vector<Expression>& out) const {
    for (const Excerpt& text : texts) {
        if (auto expression = parse(text)) out.push_back(*std::move(expression));
    }
}

Binding Building::bind(const RawAssignment& assignment) const {
    Binding binding;
    binding.name = assignment.name.text;
    binding.place = assignment.name.place();
    if (auto expression = parse(assignment.value)) binding.value = *std::move(expression);
    return binding;
}

Languages languages_of(const RawText& text) {
    Languages out;
    for (const auto& [language, said] : text.languages) out.emplace(language, said.text);
    return out;
}

bool check_name(const Excerpt& name, Diagnostics& diagnostics) {
    if (!is_name(name.text)) {
        diagnostics.error(name.place(), fmt::format("\"{}\" is not a name", name.text),
                          "use letters, digits and _, and begin with a letter");
        return false;
    }
    if (is_word(name.text)) {
        diagnostics.error(name.place(), fmt::format("\"{}\" is a word of the expression language", name.text),
                          "give it another name");
        return false;
    }
    for (const auto& [taken, meaning] : outcome_names) {
        if (name.text != taken) continue;
        diagnostics.error(name.place(), fmt::format("the name \"{}\" is taken", taken), std::string(meaning));
        return false;
    }
    return true;
}

void build_model(const RawRuleset& raw, Model& model, Diagnostics& diagnostics) {
    const Building building{raw, model, diagnostics};
    check_instant(*model.schema, diagnostics);
    Naming(building).name_all();
    for (const auto& [id, text] : raw.clauses) model.clauses.push_back({id.text, languages_of(text), id.place()});
    for (const auto& [word, text] : raw.words) model.words.emplace(word.text, languages_of(text));
    for (const RawParameter& parameter : raw.parameters) {
        model.parameters.push_back(build_parameter(parameter, building));
    }
    for (const RawAssignment& definition : raw.define) model.define.push_back(building.bind(definition));
    for (std::size_t i = 0; i < raw.decisions.size(); ++i)
        build_decision(raw.decisions[i], *model.decisions[i], building);
    for (const RawIndicator& indicator : raw.indicators)
        model.indicators.push_back(build_indicator(indicator, building));
    build_sections(building);
    model.changes.insert(model.changes.begin(), raw.changes.begin(), raw.changes.end());
    sort_by_place(model.changes);
}

}  // namespace praxe
