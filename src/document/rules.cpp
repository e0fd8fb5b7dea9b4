// YAML → located rules, decisions and parameters: which keys each has and what shape each takes.
#include "document/rules.hpp"

#include <fmt/format.h>

#include "document/rule_shapes.hpp"

namespace praxe {

void read_languages(Fields& fields, RawText& text) {
    for (const char* language : {"pt", "en"}) {
        if (auto said = fields.need_text(language)) text.languages.emplace(language, *std::move(said));
    }
}

RawText read_text(const Node& node, std::string what, Diagnostics& diagnostics) {
    RawText text;
    text.place = node.place();
    Fields languages(node, std::move(what), diagnostics);
    read_languages(languages, text);
    languages.finish();
    return text;
}

RawText read_text(Fields& fields, std::string_view key, Diagnostics& diagnostics) {
    const Node* node = fields.take(key);
    return node == nullptr ? RawText{} : read_text(*node, fmt::format("\"{}\"", key), diagnostics);
}

std::vector<RawAssignment> read_assignments(Fields& fields, std::string_view key, Diagnostics& diagnostics) {
    std::vector<RawAssignment> out;
    for (const auto& [name, value] : fields.map(key)) {
        if (auto text = scalar_text(value, fmt::format("\"{}\"", name.text.text), diagnostics))
            out.push_back({name.text, *std::move(text)});
    }
    return out;
}

namespace {

std::optional<RawAssignment> read_one_assignment(Fields& fields, std::string_view key, Diagnostics& diagnostics) {
    const Node* node = fields.take(key);
    if (node == nullptr) return std::nullopt;
    if (!node->is_map() || node->entries.size() != 1 || !node->entries[0].second.is_scalar()) {
        diagnostics.error(node->place(), fmt::format("\"{}\" must be one name and its list", key),
                          fmt::format("write {}: {{name: list}}", key));
        return std::nullopt;
    }
    return RawAssignment{node->entries[0].first.text, node->entries[0].second.text};
}

/// One scalar or a list of scalars and of `{SCALAR: condition}`: citations and needs.
template <typename Item>
std::vector<Item> read_conditional(Fields& fields, std::string_view key, Diagnostics& diagnostics) {
    std::vector<Item> out;
    const Node* node = fields.take(key);
    if (node == nullptr) return out;
    const auto add = [&](const Node& item) {
        if (item.is_scalar()) {
            out.push_back({item.text, std::nullopt});
        } else if (item.is_map() && item.entries.size() == 1 && item.entries[0].second.is_scalar()) {
            out.push_back({item.entries[0].first.text, item.entries[0].second.text});
        } else {
            diagnostics.error(item.place(),
                              fmt::format("an entry of \"{}\" must be a name, or a name and its condition", key),
                              fmt::format("write {}: [name, {{name: condition}}]", key));
        }
    };
    if (node->is_list()) {
        for (const Node& item : node->items) add(item);
    } else {
        add(*node);
    }
    return out;
}

void read_rule_body(Fields& fields, RawRule& rule, Diagnostics& diagnostics) {
    rule.cites = read_conditional<RawCite>(fields, "cite", diagnostics);
    rule.when = fields.texts("when");
    rule.unless = fields.texts("unless");
    rule.any = fields.texts("any");
    rule.require = fields.texts("require");
}

}  // namespace

RawRule read_rule(const Node& node, std::string_view what, Diagnostics& diagnostics) {
    RawRule rule;
    rule.place = node.place();
    Fields fields(node, std::string(what), diagnostics);
    if (const Node* group = node.is_map() ? fields.take("group") : nullptr) {
        rule.is_group = true;
        rule.id = {"", group->source, group->span.begin, {}};
        rule.say = read_text(fields, "group", diagnostics);
        read_rule_body(fields, rule, diagnostics);
        rule.rules = read_rules(fields.list("rules"), "a rule", diagnostics);
    } else {
        if (auto id = fields.need_text("id")) rule.id = *std::move(id);
        read_rule_body(fields, rule, diagnostics);
        rule.then = read_assignments(fields, "then", diagnostics);
        rule.say = read_text(fields, "say", diagnostics);
        rule.exceptions = read_rules(fields.list("except"), "an exception", diagnostics);
    }
    rule.before = fields.text("before");
    rule.after = fields.text("after");
    fields.finish();
    return rule;
}

void read_replacement(const Node& node, RawRule& rule, Diagnostics& diagnostics) {
    Fields fields(node, fmt::format("the replacement of \"{}\"", rule.id.text), diagnostics);
    read_rule_body(fields, rule, diagnostics);
    rule.then = read_assignments(fields, "then", diagnostics);
    rule.say = read_text(fields, "say", diagnostics);
    fields.finish();
}

std::vector<RawRule> read_rules(const std::vector<Node>& nodes, std::string_view what, Diagnostics& diagnostics) {
    std::vector<RawRule> out;
    out.reserve(nodes.size());
    for (const Node& node : nodes) out.push_back(read_rule(node, what, diagnostics));
    return out;
}

std::vector<RawException> read_exceptions(Fields& fields, Diagnostics& diagnostics) {
    std::vector<RawException> out;
    for (const Node& node : fields.list("exceptions")) {
        RawException exception;
        exception.rule.place = node.place();
        Fields own(node, "an exception", diagnostics);
        exception.to = own.texts("to");
        if (exception.to.empty()) own.need("to");
        if (auto id = own.need_text("id")) exception.rule.id = *std::move(id);
        read_rule_body(own, exception.rule, diagnostics);
        exception.rule.then = read_assignments(own, "then", diagnostics);
        exception.rule.say = read_text(own, "say", diagnostics);
        own.finish();
        out.push_back(std::move(exception));
    }
    return out;
}

RawDecision read_decision(const Node& name, const Node& node, Diagnostics& diagnostics) {
    RawDecision decision;
    decision.name = name.text;
    decision.place = name.place();
    Fields fields(node, fmt::format("the decision \"{}\"", name.text.text), diagnostics);
    decision.asks = read_text(fields, "asks", diagnostics);
    decision.needs = read_conditional<RawNeed>(fields, "needs", diagnostics);
    decision.require = fields.texts("require");
    decision.given = read_assignments(fields, "given", diagnostics);
    decision.each = read_one_assignment(fields, "each", diagnostics);
    decision.pick = read_one_assignment(fields, "pick", diagnostics);
    decision.where = fields.text("where");
    decision.order = fields.texts("order");
    for (const auto& [field, type] : fields.map("gives")) decision.gives.emplace_back(field.text, type);
    decision.optional = fields.texts("optional");
    decision.let = read_assignments(fields, "let", diagnostics);
    decision.always = read_assignments(fields, "always", diagnostics);
    decision.hit = fields.text("hit");
    decision.priority = fields.text("priority");
    decision.rules = read_rules(fields.list("rules"), "a rule", diagnostics);
    if (auto table = fields.text("table")) {
        for (RawRule& row : read_table(*table, diagnostics)) decision.rules.push_back(std::move(row));
    }
    decision.exceptions = read_exceptions(fields, diagnostics);
    fields.finish();
    return decision;
}

RawParameter read_parameter(const Node& name, const Node& node, Diagnostics& diagnostics) {
    RawParameter parameter;
    parameter.name = name.text;
    parameter.place = name.place();
    if (node.is_scalar()) {  // an overlay's new value
        parameter.value = node.text;
        return parameter;
    }
    Fields fields(node, fmt::format("the parameter \"{}\"", name.text.text), diagnostics);
    if (const Node* is = fields.need("is")) parameter.is = *is;
    parameter.value = fields.need_text("value");
    parameter.minimum = fields.text("min");
    parameter.maximum = fields.text("max");
    read_languages(fields, parameter.say);
    fields.finish();
    return parameter;
}

}  // namespace praxe
