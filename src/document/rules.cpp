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
        if (value.is_scalar()) {
            out.push_back({name.text, value.text});
        } else {
            scalar_text(value, fmt::format("\"{}\"", name.text.text), diagnostics);
        }
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

/// As Fields::texts, where an empty list would mean nothing.
std::vector<Excerpt> some_texts(Fields& fields, std::string_view key, Diagnostics& diagnostics) {
    const Node* node = fields.take(key);
    if (node != nullptr && node->is_list() && node->items.empty())
        diagnostics.error(node->place(), fmt::format("\"{}\" has nothing in it", key));
    return fields.texts(key);
}

void read_conditions(Fields& fields, RawRule& rule, Diagnostics& diagnostics) {
    rule.cites = read_conditional<RawCite>(fields, "cite", diagnostics);
    rule.when = fields.texts("when");
    rule.unless = fields.texts("unless");
    rule.any = some_texts(fields, "any", diagnostics);
    rule.require = fields.texts("require");
}

/// What a rule, an exception and a replacement may all say.
void read_body(Fields& fields, RawRule& rule, Diagnostics& diagnostics) {
    read_conditions(fields, rule, diagnostics);
    rule.then = read_assignments(fields, "then", diagnostics);
    rule.say = read_text(fields, "say", diagnostics);
}

void read_id(Fields& fields, RawRule& rule, Diagnostics& diagnostics) {
    auto id = fields.need_text("id");
    if (!id) return;
    if (id->text.empty()) diagnostics.error(id->place(), "an id cannot be empty");
    rule.id = *std::move(id);
}

RawRule read_exception(Fields& fields, const Node& node, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.size();
    RawRule exception;
    exception.place = node.place();
    read_id(fields, exception, diagnostics);
    read_body(fields, exception, diagnostics);
    exception.broken = diagnostics.size() != errors_before;
    return exception;
}

std::vector<RawRule> read_own_exceptions(Fields& rule, Diagnostics& diagnostics) {
    std::vector<RawRule> out;
    for (const Node& node : rule.list("except")) {
        Fields fields(node, "an exception", diagnostics);
        RawRule exception = read_exception(fields, node, diagnostics);
        fields.finish();
        if (node.is_map()) out.push_back(std::move(exception));
    }
    return out;
}

void read_anchors(Fields& fields, const Node& node, Anchors anchors, RawRule& rule, Diagnostics& diagnostics) {
    rule.before = fields.text("before");
    rule.after = fields.text("after");
    if (anchors == Anchors::taken) return;
    for (const std::string_view key : {"before", "after"}) {
        const Node* written = node.find_key(key);
        if (written == nullptr) continue;
        diagnostics.error(written->place(), fmt::format("\"{}\" is for a rule that is added to a base", key),
                          "rules stand in the order in which they are written");
    }
}

void read_group(Fields& fields, const Node& title, RawRule& group, Diagnostics& diagnostics) {
    group.is_group = true;
    group.id = {"", title.source, title.span.begin, {}};
    group.say = read_text(fields, "group", diagnostics);
    read_conditions(fields, group, diagnostics);
    fields.need("rules");
    group.rules = read_rules(fields.list("rules"), Anchors::refused, diagnostics);
}

RawRule read_rule(const Node& node, Anchors anchors, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.size();
    RawRule rule;
    rule.place = node.place();
    const Node* group = node.find("group");
    Fields fields(node, group != nullptr ? "a group of rules" : "a rule", diagnostics);
    if (group != nullptr) {
        read_group(fields, *group, rule, diagnostics);
    } else {
        read_id(fields, rule, diagnostics);
        rule.each = read_one_assignment(fields, "each", diagnostics);
        read_body(fields, rule, diagnostics);
        rule.exceptions = read_own_exceptions(fields, diagnostics);
    }
    read_anchors(fields, node, anchors, rule, diagnostics);
    fields.finish();
    rule.broken = diagnostics.size() != errors_before;
    return rule;
}

}  // namespace

void read_replacement(const Node& node, RawRule& rule, Diagnostics& diagnostics) {
    Fields fields(node, fmt::format("the replacement of \"{}\"", rule.id.text), diagnostics);
    read_body(fields, rule, diagnostics);
    fields.finish();
}

std::vector<RawRule> read_rules(const std::vector<Node>& nodes, Anchors anchors, Diagnostics& diagnostics) {
    std::vector<RawRule> out;
    out.reserve(nodes.size());
    for (const Node& node : nodes) {
        RawRule rule = read_rule(node, anchors, diagnostics);
        if (node.is_map()) out.push_back(std::move(rule));
    }
    return out;
}

std::vector<RawException> read_exceptions(Fields& fields, Diagnostics& diagnostics) {
    std::vector<RawException> out;
    for (const Node& node : fields.list("exceptions")) {
        Fields own(node, "an exception", diagnostics);
        RawException exception;
        own.need("to");
        exception.to = some_texts(own, "to", diagnostics);
        exception.rule = read_exception(own, node, diagnostics);
        own.finish();
        if (node.is_map()) out.push_back(std::move(exception));
    }
    return out;
}

void read_frame(Fields& fields, RawDecision& frame, Diagnostics& diagnostics) {
    frame.needs = read_conditional<RawNeed>(fields, "needs", diagnostics);
    frame.each = read_one_assignment(fields, "each", diagnostics);
    frame.where = fields.text("where");
    frame.let = read_assignments(fields, "let", diagnostics);
}

RawDecision read_decision(const Node& name, const Node& node, const ReadTable& rows_of, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.size();
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
    decision.precedence = fields.texts("precedence");
    decision.rules = read_rules(fields.list("rules"), Anchors::refused, diagnostics);
    if (const Node* const table = fields.take("table")) {
        std::vector<RawRule> rows = rows_of(*table);
        if (decision.rules.empty()) decision.rules.swap(rows);
        for (RawRule& row : rows) decision.rules.push_back(std::move(row));
    }
    decision.exceptions = read_exceptions(fields, diagnostics);
    fields.finish();
    decision.broken = diagnostics.size() != errors_before;
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
