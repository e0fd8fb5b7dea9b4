// Located rules → a program whose expressions are parsed.
#include "check/build.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "syntax/parser.hpp"

namespace praxe {
namespace {

std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known) {
    const std::string near = nearest(wrong, known);
    return near.empty() ? "" : fmt::format("did you mean \"{}\"?", near);
}

Languages languages_of(const RawText& text) {
    Languages out;
    for (const auto& [language, said] : text.languages) out.emplace(language, said.text);
    return out;
}

bool is_name(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !text.empty() && letter(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

/// The text of a literal that stands for itself: a member of a closed set, written bare.
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

struct HitName {
    std::string_view name;
    HitPolicy policy;
};
constexpr std::array hit_names{
    HitName{"unique", HitPolicy::unique},     HitName{"first", HitPolicy::first},
    HitName{"priority", HitPolicy::priority}, HitName{"any", HitPolicy::any},
    HitName{"collect", HitPolicy::collect},   HitName{"rule_order", HitPolicy::rule_order},
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> cell_comparisons{
    {{">=", "_>=_"}, {"<=", "_<=_"}, {"!=", "_!=_"}, {">", "_>_"}, {"<", "_<_"}}};

class Builder {
  public:
    Builder(const RawRuleset& raw, Model& model, Diagnostics& diagnostics)
        : raw_(raw), model_(model), diagnostics_(diagnostics) {}

    void build() {
        name_everything();
        for (const auto& [id, text] : raw_.clauses) model_.clauses.push_back({id.text, languages_of(text), id.place()});
        for (const auto& [word, text] : raw_.words) model_.words.emplace(word.text, languages_of(text));
        for (const RawParameter& parameter : raw_.parameters) build_parameter(parameter);
        for (const RawAssignment& definition : raw_.define) {
            if (auto binding = bind(definition)) model_.define.push_back(*std::move(binding));
        }
        for (std::size_t i = 0; i < raw_.decisions.size(); ++i) build_decision(raw_.decisions[i], *model_.decisions[i]);
    }

  private:
    void name_everything() {
        using Kind = Model::Global::Kind;
        const auto& facts = model_.schema->facts.fields;
        for (std::size_t i = 0; i < facts.size(); ++i)
            model_.globals.emplace(facts[i].name, Model::Global{Kind::fact, i});
        for (const RawParameter& parameter : raw_.parameters) claim(parameter.name, Kind::parameter);
        for (const RawAssignment& definition : raw_.define) claim(definition.name, Kind::definition);
        for (const RawDecision& raw : raw_.decisions) {
            model_.decisions.push_back(std::make_unique<Decision>());
            model_.decisions.back()->name = raw.name.text;
            model_.decisions.back()->outcome.name = raw.name.text;
            claim(raw.name, Kind::decision);
        }
    }

    void claim(const Excerpt& name, Model::Global::Kind kind) {
        if (!is_name(name.text)) {
            diagnostics_.error(name.place(), fmt::format("\"{}\" is not a name", name.text),
                               "use letters, digits and _, and begin with a letter");
            return;
        }
        const std::size_t index = counts_[kind]++;
        if (model_.globals.emplace(name.text, Model::Global{kind, index}).second) return;
        diagnostics_.error(name.place(), fmt::format("the name \"{}\" is taken", name.text),
                           "facts, parameters, definitions and decisions share one space of names");
    }

    void build_parameter(const RawParameter& raw) {
        Parameter parameter;
        parameter.name = raw.name.text;
        parameter.place = raw.place;
        parameter.say = languages_of(raw.say);
        if (raw.is) parameter.type = type_or_members(*raw.is, parameter.name);
        const auto read = [&](const std::optional<Excerpt>& text) -> std::optional<Value> {
            return text ? read_parameter_value(parameter.type, *text, model_, diagnostics_) : std::nullopt;
        };
        parameter.minimum = read(raw.minimum);
        parameter.maximum = read(raw.maximum);
        if (auto value = read(raw.value)) parameter.value = *std::move(value);
        const bool bounded = !parameter.value.is_absent();
        if (bounded && parameter.minimum && parameter.value.as_int() < parameter.minimum->as_int()) {
            diagnostics_.error(raw.value->place(),
                               fmt::format("\"{}\" must be at least {}", parameter.name, raw.minimum->text));
        }
        if (bounded && parameter.maximum && parameter.value.as_int() > parameter.maximum->as_int()) {
            diagnostics_.error(raw.value->place(),
                               fmt::format("\"{}\" must be at most {}", parameter.name, raw.maximum->text));
        }
        model_.parameters.push_back(std::move(parameter));
    }

    /// A type's name, or a list of members that makes a closed set of its own.
    Type type_or_members(const Node& node, const std::string& set_name) {
        if (node.is_scalar()) return read_type(node.text, model_, diagnostics_);
        if (!node.is_list()) {
            diagnostics_.error(node.place(), "a type is a name, or a list of members");
            return Type::of(TypeKind::error);
        }
        ClosedSet set{set_name, {}};
        for (const Node& member : node.items) {
            if (member.is_scalar()) set.members.push_back(member.text.text);
        }
        model_.schema->closed_sets.insert_or_assign(set_name, std::move(set));
        return Type::enumeration(set_name);
    }

    std::optional<Expression> parse(const Excerpt& text) { return parse_expression(text, diagnostics_); }

    std::optional<Binding> bind(const RawAssignment& raw) {
        auto expression = parse(raw.value);
        if (!expression) return std::nullopt;
        return Binding{raw.name.text, *std::move(expression), {}};
    }

    void build_decision(const RawDecision& raw, Decision& decision) {
        decision.place = raw.place;
        decision.asks = languages_of(raw.asks);
        for (const RawNeed& need : raw.needs) build_need(need, decision);
        for (const RawAssignment& param : raw.given)
            decision.params.emplace_back(param.name.text, read_type(param.value, model_, diagnostics_));
        if (raw.each) decision.each = bind(*raw.each);
        if (raw.pick) decision.pick = bind(*raw.pick);
        if (raw.where) decision.where = parse(*raw.where);
        parse_all(raw.order, decision.order);
        parse_all(raw.require, decision.require);
        build_outcome(raw, decision);
        for (const RawAssignment& let : raw.let) {
            if (auto binding = bind(let)) decision.let.push_back(*std::move(binding));
        }
        for (const RawAssignment& output : raw.always) build_output(output, decision, decision.always);
        build_hit_policy(raw, decision);
        for (const RawRule& rule : raw.rules) build_rules(rule, {}, raw, decision);
        check_shape(raw, decision);
        set_type(decision);
    }

    void parse_all(const std::vector<Excerpt>& texts, std::vector<Expression>& out) {
        for (const Excerpt& text : texts) {
            if (auto expression = parse(text)) out.push_back(*std::move(expression));
        }
    }

    void build_need(const RawNeed& raw, Decision& decision) {
        Need need{raw.fact.text, std::nullopt, raw.fact.place()};
        const RecordType* record = &model_.schema->facts;
        std::size_t begin = 0;
        while (begin <= need.fact.size()) {
            const std::size_t end = std::min(need.fact.find('.', begin), need.fact.size());
            const std::string name = need.fact.substr(begin, end - begin);
            const int field = record == nullptr ? -1 : record->find(name);
            if (field < 0) {
                diagnostics_.error(raw.fact.place(), fmt::format("there is no fact \"{}\"", need.fact),
                                   record == nullptr ? "" : did_you_mean(name, record->field_names()));
                return;
            }
            record = record->fields[static_cast<std::size_t>(field)].type.record;
            begin = end + 1;
        }
        if (raw.when) need.when = parse(*raw.when);
        decision.needs.push_back(std::move(need));
    }

    void build_outcome(const RawDecision& raw, Decision& decision) {
        for (const auto& [name, node] : raw.gives) {
            Field field;
            field.name = name.text;
            field.type = type_or_members(node, fmt::format("{}.{}", decision.name, name.text));
            field.required = true;
            field.place = name.place();
            decision.outcome.fields.push_back(std::move(field));
        }
        decision.shown_fields = decision.outcome.fields.size();
        decision.outcome.key = decision.outcome.find("id");
        for (const Excerpt& name : raw.optional) {
            const int field = decision.outcome.find(name.text);
            if (field < 0) {
                unknown_output(name, decision);
            } else {
                decision.outcome.fields[static_cast<std::size_t>(field)].required = false;
            }
        }
        if (decision.each) {
            Field element;
            element.name = decision.each->name;
            decision.outcome.fields.push_back(std::move(element));
        }
    }

    void unknown_output(const Excerpt& name, const Decision& decision) {
        std::vector<std::string> known;
        for (std::size_t i = 0; i < decision.shown_fields; ++i) known.push_back(decision.outcome.fields[i].name);
        diagnostics_.error(name.place(), fmt::format("\"{}\" does not give \"{}\"", decision.name, name.text),
                           did_you_mean(name.text, known));
    }

    void build_output(const RawAssignment& raw, const Decision& decision, std::vector<Output>& out) {
        const int field = decision.outcome.find(raw.name.text);
        if (field < 0 || static_cast<std::size_t>(field) >= decision.shown_fields)
            return unknown_output(raw.name, decision);
        const Type& type = decision.outcome.fields[static_cast<std::size_t>(field)].type;
        std::optional<Expression> value;
        if (type.kind == TypeKind::enumeration && is_name(raw.value.text)) {
            const auto& members = model_.schema->closed_sets.find(type.name)->second.members;
            if (std::find(members.begin(), members.end(), raw.value.text) != members.end())
                value = member_literal(raw.value);
        }
        if (!value) value = parse(raw.value);
        if (value) out.push_back({static_cast<std::size_t>(field), *std::move(value), raw.name.place()});
    }

    void build_hit_policy(const RawDecision& raw, Decision& decision) {
        if (!raw.hit) {
            if (!raw.rules.empty())
                diagnostics_.error(raw.place, fmt::format("\"{}\" has rules but no hit policy", decision.name),
                                   "write hit: first, or another of unique, priority, any, collect, rule_order");
            return;
        }
        const auto found =
            std::find_if(hit_names.begin(), hit_names.end(), [&](const HitName& h) { return h.name == raw.hit->text; });
        if (found == hit_names.end()) {
            std::vector<std::string> known;
            for (const HitName& hit : hit_names) known.emplace_back(hit.name);
            diagnostics_.error(raw.hit->place(), fmt::format("there is no hit policy \"{}\"", raw.hit->text),
                               fmt::format("known are: {}", fmt::join(known, ", ")));
            return;
        }
        decision.hit = found->policy;
        if (decision.hit != HitPolicy::priority) return;
        if (raw.priority) decision.priority = decision.outcome.find(raw.priority->text);
        if (decision.priority < 0 ||
            decision.outcome.fields[static_cast<std::size_t>(decision.priority)].type.kind != TypeKind::enumeration) {
            diagnostics_.error(raw.priority ? raw.priority->place() : raw.hit->place(),
                               "the hit policy priority needs an output whose members are listed",
                               "write priority: OUTPUT; the order of its members is the order of the rules");
            decision.hit = HitPolicy::first;
        }
    }

    /// What the groups around a rule give it.
    struct Surroundings {
        std::vector<const RawRule*> groups;
    };

    void build_rules(const RawRule& raw, Surroundings around, const RawDecision& raw_decision, Decision& decision) {
        if (!raw.is_group) {
            Rule rule = build_rule(raw, around, decision);
            for (const RawRule& exception : raw.exceptions)
                rule.exceptions.push_back(build_rule(exception, {}, decision));
            for (const RawException& exception : raw_decision.exceptions) {
                const auto names_it = [&](const Excerpt& id) { return id.text == raw.id.text; };
                if (std::any_of(exception.to.begin(), exception.to.end(), names_it))
                    rule.exceptions.push_back(build_rule(exception.rule, {}, decision));
            }
            decision.rules.push_back(std::move(rule));
            return;
        }
        around.groups.push_back(&raw);
        for (const RawRule& inner : raw.rules) build_rules(inner, around, raw_decision, decision);
    }

    Rule build_rule(const RawRule& raw, const Surroundings& around, const Decision& decision) {
        Rule rule;
        rule.id = raw.id.text;
        rule.place = raw.place;
        const std::vector<RawCite>* cites = &raw.cites;
        for (const RawRule* group : around.groups) {
            build_conditions(*group, rule);
            if (raw.cites.empty() && !group->cites.empty()) cites = &group->cites;
        }
        build_conditions(raw, rule);
        for (const RawCite& cite : *cites) build_cite(cite, rule);
        for (const RawAssignment& output : raw.then) build_output(output, decision, rule.outputs);
        rule.say = build_texts(raw.say);
        check_outputs(raw, rule, decision);
        if (!decision.asks.empty() && raw.say.languages.empty()) {
            diagnostics_.error(raw.place, fmt::format("the rule \"{}\" has no text", rule.id),
                               "write say: {pt: …, en: …}");
        }
        return rule;
    }

    void build_conditions(const RawRule& raw, Rule& rule) {
        const auto add = [&](Condition::Form form, const std::vector<Excerpt>& texts) {
            for (const Excerpt& text : texts) {
                auto expression = parse(text);
                if (!expression) continue;
                Condition condition;
                condition.form = form;
                condition.parts.push_back(*std::move(expression));
                condition.place = text.place();
                rule.conditions.push_back(std::move(condition));
            }
        };
        add(Condition::Form::when, raw.when);
        add(Condition::Form::unless, raw.unless);
        add(Condition::Form::require, raw.require);
        if (!raw.any.empty()) {
            Condition condition;
            condition.form = Condition::Form::any;
            condition.place = raw.any.front().place();
            parse_all(raw.any, condition.parts);
            rule.conditions.push_back(std::move(condition));
        }
        for (const RawAssignment& cell : raw.cells) build_cell(cell, rule);
    }

    void build_cell(const RawAssignment& raw, Rule& rule) {
        Condition condition;
        condition.form = Condition::Form::cell;
        condition.place = raw.value.place();
        Cell cell;
        cell.place = raw.value.place();
        auto column = parse(raw.name);
        if (!column) return;
        cell.column = *std::move(column);
        Excerpt rest = raw.value;
        if (rest.text == "yes" || rest.text == "no") {
            cell.form = rest.text == "yes" ? Cell::Form::yes : Cell::Form::no;
        } else {
            for (const auto& [sign, name] : cell_comparisons) {
                if (cell.form == Cell::Form::compare || !rest.text.starts_with(sign)) continue;
                cell.form = Cell::Form::compare;
                cell.comparison = name;
                rest = rest.part(sign.size(), rest.text.size()).trimmed();
            }
            parse_cell_values(rest, cell);
        }
        condition.cell = std::move(cell);
        rule.conditions.push_back(std::move(condition));
    }

    /// Values separated by commas that stand outside brackets and quotes.
    void parse_cell_values(const Excerpt& text, Cell& cell) {
        int depth = 0;
        char quote = 0;
        std::size_t begin = 0;
        for (std::size_t i = 0; i <= text.text.size(); ++i) {
            const char c = i < text.text.size() ? text.text[i] : ',';
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(' || c == '[' || c == '{') {
                ++depth;
            } else if (c == ')' || c == ']' || c == '}') {
                --depth;
            } else if (i == text.text.size() || (c == ',' && depth == 0)) {
                if (auto value = parse(text.part(begin, i).trimmed())) cell.values.push_back(*std::move(value));
                begin = i + 1;
            }
        }
    }

    void build_cite(const RawCite& raw, Rule& rule) {
        const auto same = [&](const Clause& clause) { return clause.id == raw.clause.text; };
        if (std::none_of(model_.clauses.begin(), model_.clauses.end(), same)) {
            std::vector<std::string> known;
            for (const Clause& clause : model_.clauses) known.push_back(clause.id);
            const std::string hint = did_you_mean(raw.clause.text, known);
            diagnostics_.error(raw.clause.place(), fmt::format("there is no clause \"{}\"", raw.clause.text),
                               hint.empty() ? "name it under clauses: with its text" : hint);
            return;
        }
        Cite cite{raw.clause.text, std::nullopt, raw.clause.place()};
        if (raw.when) cite.when = parse(*raw.when);
        rule.cites.push_back(std::move(cite));
    }

    /// Text with holes between `<` and `>`.
    Texts build_texts(const RawText& raw) {
        Texts texts;
        for (const auto& [language, said] : raw.languages) {
            Template& text = texts[language];
            std::size_t begin = 0;
            while (begin < said.text.size()) {
                const std::size_t open = said.text.find('<', begin);
                const std::size_t close = open == std::string::npos ? open : said.text.find('>', open);
                Template::Piece piece{said.text.substr(begin, close == std::string::npos ? close : open - begin),
                                      std::nullopt};
                begin = close == std::string::npos ? said.text.size() : close + 1;
                if (close != std::string::npos) piece.hole = parse(said.part(open + 1, close));
                text.pieces.push_back(std::move(piece));
            }
        }
        return texts;
    }

    void check_outputs(const RawRule& raw, const Rule& rule, const Decision& decision) {
        for (std::size_t i = 0; i < decision.shown_fields; ++i) {
            const Field& field = decision.outcome.fields[i];
            const auto sets_it = [&](const Output& output) { return output.field == i; };
            const auto in_rule = std::count_if(rule.outputs.begin(), rule.outputs.end(), sets_it);
            const auto in_always = std::count_if(decision.always.begin(), decision.always.end(), sets_it);
            if (in_rule > 0 && in_always > 0) {
                diagnostics_.error(
                    raw.place, fmt::format("\"{}\" sets \"{}\", which \"always\" sets already", rule.id, field.name));
            } else if (field.required && in_rule + in_always == 0 && rule.outputs.size() == raw.then.size()) {
                diagnostics_.error(raw.place,
                                   fmt::format("the rule \"{}\" does not say what \"{}\" is", rule.id, field.name),
                                   fmt::format("write then: {{{}: …}}", field.name));
            }
        }
    }

    void check_shape(const RawDecision& raw, const Decision& decision) {
        std::set<std::string> ids;
        check_ids(raw.rules, ids);
        std::vector<std::string> rule_ids(ids.begin(), ids.end());
        for (const RawException& exception : raw.exceptions) {
            check_id(exception.rule, ids);
            for (const Excerpt& id : exception.to) {
                if (std::find(rule_ids.begin(), rule_ids.end(), id.text) == rule_ids.end()) {
                    diagnostics_.error(id.place(),
                                       fmt::format("the decision \"{}\" has no rule \"{}\"", decision.name, id.text),
                                       did_you_mean(id.text, rule_ids));
                }
            }
        }
        if (raw.pick && (raw.each || !raw.gives.empty() || !raw.rules.empty())) {
            diagnostics_.error(
                raw.place, fmt::format("\"{}\" picks one of a list, so it has no rules and gives nothing of its own",
                                       decision.name));
        }
        if (!raw.pick && raw.gives.empty()) {
            diagnostics_.error(raw.place, fmt::format("\"{}\" does not say what it gives", decision.name),
                               "write gives: {NAME: TYPE}");
        }
        if (raw.pick && raw.order.empty()) {
            diagnostics_.error(raw.place, fmt::format("\"{}\" does not say in which order it picks", decision.name),
                               "write order: [EXPRESSION, …], the smallest first");
        }
        if (raw.each && !raw.given.empty()) {
            diagnostics_.error(raw.place,
                               fmt::format("\"{}\" is made for each element, so it takes no arguments", decision.name));
        }
    }

    void check_ids(const std::vector<RawRule>& rules, std::set<std::string>& ids) {
        for (const RawRule& rule : rules) {
            if (!rule.is_group) check_id(rule, ids);
            check_ids(rule.rules, ids);
            check_ids(rule.exceptions, ids);
        }
    }

    void check_id(const RawRule& rule, std::set<std::string>& ids) {
        if (!ids.insert(rule.id.text).second)
            diagnostics_.error(rule.id.place(),
                               fmt::format("there is already a rule \"{}\" in this decision", rule.id.text));
    }

    static void set_type(Decision& decision) {
        Type one = Type::record_of(decision.outcome);
        const bool many = decision.each || decision.hit == HitPolicy::collect || decision.hit == HitPolicy::rule_order;
        decision.type = many ? Type::list(std::move(one)) : std::move(one);
    }

    const RawRuleset& raw_;
    Model& model_;
    Diagnostics& diagnostics_;
    std::map<Model::Global::Kind, std::size_t> counts_;
};

}  // namespace

void build_model(const RawRuleset& raw, Model& model, Diagnostics& diagnostics) {
    Builder(raw, model, diagnostics).build();
}

}  // namespace praxe
