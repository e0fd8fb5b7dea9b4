// Rules: the conditions of the groups around them, citations, outputs, texts, exceptions.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "check/building.hpp"
#include "check/wording.hpp"
#include "facts/schema_fields.hpp"

namespace praxe {
namespace {

/// A member of a closed set, written bare: it stands for itself.
Expression member_literal(const Excerpt& text) {
    Expression expression;
    expression.text = text;
    expression.root = std::make_unique<Expr>();
    expression.root->kind = ExprKind::literal;
    expression.root->value = Value::string(text.text);
    expression.root->span = text.span(0, text.text.size());
    expression.root->name_span = expression.root->span;
    return expression;
}

enum class Kind { rule, exception };

std::string described(const RawRule& rule, Kind kind) {
    const std::string_view what = kind == Kind::rule ? "rule" : "exception";
    return rule.id.text.empty() ? fmt::format("this {}", what) : fmt::format("the {} \"{}\"", what, rule.id.text);
}

class RuleBuilder {
  public:
    RuleBuilder(const RawDecision& raw, Decision& decision, const OwnNames& own, const Building& building)
        : raw_(raw), decision_(decision), own_(own), building_(building), cells_(decision, own, building) {}

    void build(const RawRule& raw) {
        if (raw.is_group) {
            groups_.push_back(&raw);
            for (const RawRule& inner : raw.rules) build(inner);
            groups_.pop_back();
            return;
        }
        Rule rule = build_rule(raw, Kind::rule, groups_);
        const std::vector<RawCite>& cites = cites_of(raw, groups_);
        for (const RawRule& exception : raw.exceptions) rule.exceptions.push_back(build_exception(exception, cites));
        for (const RawException& exception : raw_.exceptions) {
            const auto names_it = [&](const Excerpt& id) { return id.text == raw.id.text; };
            if (std::any_of(exception.to.begin(), exception.to.end(), names_it))
                rule.exceptions.push_back(build_exception(exception.rule, cites));
        }
        decision_.rules.push_back(std::move(rule));
    }

  private:
    Rule build_rule(const RawRule& raw, Kind kind, const std::vector<const RawRule*>& groups) {
        Rule rule;
        rule.id = raw.id.text;
        rule.place = raw.place;
        if (raw.each) build_each(*raw.each, rule);
        for (const RawRule* group : groups) build_conditions(*group, rule);
        build_conditions(raw, rule);
        const std::vector<RawCite>& cites = cites_of(raw, groups);
        for (const RawCite& cite : cites) build_cite(cite, rule);
        for (const RawAssignment& output : raw.then) build_output(output, decision_, own_, building_, rule.outputs);
        if (kind == Kind::rule) give_clause(cites, rule);
        rule.say = build_texts(raw.say, building_);
        check_outputs(raw, kind, rule);
        if (!raw.broken) check_texts(raw, kind);
        return rule;
    }

    /// An exception that cites nothing of its own leaves its rule's clause.
    Rule build_exception(const RawRule& raw, const std::vector<RawCite>& general) {
        Rule exception = build_rule(raw, Kind::exception, {});
        give_clause(raw.cites.empty() ? general : raw.cites, exception);
        return exception;
    }

    /// A rule's own citations, or those of the innermost group around it that has any.
    static const std::vector<RawCite>& cites_of(const RawRule& raw, const std::vector<const RawRule*>& groups) {
        const std::vector<RawCite>* cites = &raw.cites;
        for (const RawRule* group : groups) {
            if (raw.cites.empty() && !group->cites.empty()) cites = &group->cites;
        }
        return *cites;
    }

    void build_each(const RawAssignment& raw, Rule& rule) {
        if (!check_name(raw.name, building_.diagnostics)) return;
        if (own_.contains(raw.name.text) || building_.model.globals.contains(raw.name.text) ||
            decision_.outcome.find(raw.name.text) >= 0) {
            building_.diagnostics.error(raw.name.place(), fmt::format("the name \"{}\" is taken", raw.name.text),
                                        "give it another name: names do not hide each other");
        }
        rule.each = building_.bind(raw);
    }

    /// The outputs that are the clause cited first, where the rule does not say them.
    void give_clause(const std::vector<RawCite>& cites, Rule& rule) {
        for (const std::size_t field : decision_.cited) {
            const auto sets_it = [&](const Output& output) { return output.field == field; };
            if (std::any_of(rule.outputs.begin(), rule.outputs.end(), sets_it)) continue;
            if (!cites.empty() && !cites.front().when)
                rule.outputs.push_back({field, member_literal(cites.front().clause), cites.front().clause.place()});
        }
    }

    void build_conditions(const RawRule& raw, Rule& rule) {
        add(Condition::Form::when, raw.when, rule);
        add(Condition::Form::unless, raw.unless, rule);
        add(Condition::Form::require, raw.require, rule);
        if (!raw.any.empty()) {
            Condition condition;
            condition.form = Condition::Form::any;
            condition.place = raw.any.front().place();
            building_.parse_all(raw.any, condition.parts);
            rule.conditions.push_back(std::move(condition));
        }
        for (const RawAssignment& cell : raw.cells) {
            if (auto condition = cells_.build(cell)) rule.conditions.push_back(*std::move(condition));
        }
    }

    void add(Condition::Form form, const std::vector<Excerpt>& texts, Rule& rule) {
        for (const Excerpt& text : texts) {
            auto expression = building_.parse(text);
            if (!expression) continue;
            Condition condition;
            condition.form = form;
            condition.parts.push_back(*std::move(expression));
            condition.place = text.place();
            rule.conditions.push_back(std::move(condition));
        }
    }

    void build_cite(const RawCite& raw, Rule& rule) {
        if (!check_clause(raw.clause, building_)) return;
        Cite cite{raw.clause.text, std::nullopt, raw.clause.place()};
        if (raw.when) cite.when = building_.parse(*raw.when);
        rule.cites.push_back(std::move(cite));
    }

    bool is_cited(std::size_t field) const {
        return std::find(decision_.cited.begin(), decision_.cited.end(), field) != decision_.cited.end();
    }

    void check_outputs(const RawRule& raw, Kind kind, const Rule& rule) {
        for (std::size_t i = 0; i < decision_.shown_fields; ++i) {
            const Field& field = decision_.outcome.fields[i];
            const auto sets_it = [&](const Output& output) { return output.field == i; };
            const auto in_rule = std::find_if(rule.outputs.begin(), rule.outputs.end(), sets_it);
            const bool always = std::any_of(decision_.always.begin(), decision_.always.end(), sets_it);
            if (in_rule != rule.outputs.end() && always) {
                building_.diagnostics.error(
                    in_rule->place, fmt::format("\"{}\" is set already: \"always\" sets it for all rules", field.name));
            } else if (field.required && in_rule == rule.outputs.end() && !always && !raw.broken && !is_cited(i) &&
                       rule.outputs.size() >= raw.then.size() && decision_.always.size() == raw_.always.size()) {
                building_.diagnostics.error(
                    raw.place, fmt::format("{} does not say what \"{}\" is", described(raw, kind), field.name),
                    fmt::format("write then: {{{}: …}}", field.name));
            } else if (kind == Kind::rule && field.required && in_rule == rule.outputs.end() && !always &&
                       !raw.broken && is_cited(i)) {
                building_.diagnostics.error(
                    raw.place, fmt::format("{} does not say what \"{}\" is", described(raw, kind), field.name),
                    "it is the clause that the rule cites first, and that must be cited without a condition");
            }
        }
    }

    /// What is asked by people is answered with a text in every language; an exception may leave its rule's text.
    void check_texts(const RawRule& raw, Kind kind) {
        if (decision_.asks.empty() || (kind == Kind::exception && raw.say.languages.empty())) return;
        if (raw.say.languages.empty()) {
            building_.diagnostics.error(raw.place, fmt::format("{} has no text", described(raw, kind)),
                                        "write say: {pt: …, en: …}");
        } else if (raw.say.languages.size() < decision_.asks.size()) {
            for (const auto& [language, asked] : decision_.asks) {
                if (!raw.say.languages.contains(language))
                    building_.diagnostics.error(raw.place,
                                                fmt::format("{} has no text in {}", described(raw, kind), language));
            }
        }
    }

    const RawDecision& raw_;
    Decision& decision_;
    const OwnNames& own_;
    const Building& building_;
    CellBuilder cells_;
    std::vector<const RawRule*> groups_;  // around the rule being built, the outermost first
};

}  // namespace

bool check_clause(const Excerpt& clause, const Building& building) {
    std::vector<std::string> known;
    for (const Clause& one : building.model.clauses) known.push_back(one.id);
    if (std::find(known.begin(), known.end(), clause.text) != known.end()) return true;
    const std::string hint = did_you_mean(clause.text, known);
    building.diagnostics.error(clause.place(), fmt::format("there is no clause \"{}\"", clause.text),
                               hint.empty() ? "name it under clauses: with its text" : hint);
    return false;
}

void build_rules(const RawDecision& raw, Decision& decision, const OwnNames& own, const Building& building) {
    RuleBuilder builder(raw, decision, own, building);
    for (const RawRule& rule : raw.rules) builder.build(rule);
}

void report_unknown_output(const Excerpt& name, const Decision& decision, Diagnostics& diagnostics) {
    std::vector<std::string> known;
    for (std::size_t i = 0; i < decision.shown_fields; ++i) known.push_back(decision.outcome.fields[i].name);
    const std::string near = did_you_mean(name.text, known);
    diagnostics.error(name.place(), fmt::format("\"{}\" does not give \"{}\"", decision.name, name.text),
                      near.empty() && !known.empty() ? fmt::format("it gives {}", fmt::join(known, ", ")) : near);
}

void build_output(const RawAssignment& raw, const Decision& decision, const OwnNames& own, const Building& building,
                  std::vector<Output>& out) {
    const int found = decision.outcome.find(raw.name.text);
    const auto index = static_cast<std::size_t>(found);
    if (found < 0 || index >= decision.shown_fields)
        return report_unknown_output(raw.name, decision, building.diagnostics);
    const Type& type = decision.outcome.fields[index].type;
    if (type.kind == TypeKind::enumeration && is_name(raw.value.text)) {
        const auto& members = building.model.schema->closed_sets.find(type.name)->second.members;
        if (std::find(members.begin(), members.end(), raw.value.text) != members.end()) {
            out.push_back({index, member_literal(raw.value), raw.name.place()});
            return;
        }
        if (!own.contains(raw.value.text) && !building.model.globals.contains(raw.value.text)) {
            building.diagnostics.error(raw.value.place(),
                                       fmt::format("\"{}\" cannot be \"{}\"", raw.name.text, raw.value.text),
                                       suggestion(raw.value.text, members));
            return;
        }
    }
    if (auto value = building.parse(raw.value)) out.push_back({index, *std::move(value), raw.name.place()});
}

}  // namespace praxe
