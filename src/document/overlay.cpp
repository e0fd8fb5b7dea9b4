// What an overlay changes in a decision of its base: rules added, replaced and dropped by id.
#include <fmt/format.h>

#include <algorithm>

#include "document/rule_shapes.hpp"

namespace praxe {
namespace {

void collect_ids(const std::vector<RawRule>& rules, std::vector<std::string>& ids) {
    for (const RawRule& rule : rules) {
        if (!rule.is_group) ids.push_back(rule.id.text);
        collect_ids(rule.rules, ids);
        collect_ids(rule.exceptions, ids);
    }
}

/// `apart`: exceptions that stand apart are meant too.
void report_unknown(const Excerpt& id, const RawDecision& decision, bool apart, Diagnostics& diagnostics) {
    std::vector<std::string> known;
    collect_ids(decision.rules, known);
    for (const RawException& exception : decision.exceptions) {
        if (apart) known.push_back(exception.rule.id.text);
    }
    const std::string near = nearest(id.text, known);
    diagnostics.error(id.place(), fmt::format("the decision \"{}\" has no rule \"{}\"", decision.name.text, id.text),
                      near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
}

/// Calls `act` with the list that holds the rule and its place in it; false if there is none.
template <typename Act>
bool with_rule(std::vector<RawRule>& rules, std::string_view id, const Act& act) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (!rules[i].is_group && rules[i].id.text == id) {
            act(rules, i);
            return true;
        }
        if (with_rule(rules[i].rules, id, act) || with_rule(rules[i].exceptions, id, act)) return true;
    }
    return false;
}

std::string name_of(const RawDecision& decision, std::string_view id) {
    return fmt::format("{}.{}", decision.name.text, id);
}

/// A rule, or all of a group.
void tell_added(const RawDecision& base, const RawRule& rule, const std::string& anchor, OverlayChanges& changes) {
    if (!rule.is_group)
        changes.added(What::rule, name_of(base, rule.id.text), written(parts_of(rule)), rule.place, anchor);
    for (const RawRule& inner : rule.rules) tell_added(base, inner, anchor, changes);
}

void insert_rule(RawDecision& base, RawRule rule, OverlayChanges& changes, Diagnostics& diagnostics) {
    if (rule.before.has_value() == rule.after.has_value()) {
        const std::string what =
            rule.is_group ? "the new group of rules" : fmt::format("the new rule \"{}\"", rule.id.text);
        diagnostics.error(
            rule.place, fmt::format("{} must say where it stands", what),
            rule.before ? "write one of before: RULE and after: RULE, not both" : "write before: RULE or after: RULE");
        return;
    }
    const Excerpt anchor = rule.before ? *rule.before : *rule.after;
    const std::size_t step = rule.before ? 0 : 1;
    const auto insert = [&](std::vector<RawRule>& rules, std::size_t i) {
        tell_added(base, rule, fmt::format("{} {}", rule.before ? "before" : "after", anchor.text), changes);
        rules.insert(rules.begin() + static_cast<std::ptrdiff_t>(i + step), std::move(rule));
    };
    if (!with_rule(base.rules, anchor.text, insert)) report_unknown(anchor, base, false, diagnostics);
}

/// A replacement keeps what it does not say; of the conditions, it says all or none.
void replace_rule(RawRule& rule, RawRule change, What what, const std::string& name, OverlayChanges& changes) {
    const RuleParts before = parts_of(rule);
    if (!change.cites.empty()) rule.cites = std::move(change.cites);
    if (!change.when.empty() || !change.unless.empty() || !change.any.empty()) {
        rule.when = std::move(change.when);
        rule.unless = std::move(change.unless);
        rule.any = std::move(change.any);
        rule.cells.clear();
    }
    if (!change.require.empty()) rule.require = std::move(change.require);
    if (!change.then.empty()) rule.then = std::move(change.then);
    if (!change.say.languages.empty()) rule.say = std::move(change.say);
    rule.place = change.place;
    const RuleParts after = parts_of(rule);
    changes.changed(what, name, written(before, &after), written(after, &before), rule.place);
}

bool replace_by_id(RawDecision& base, const Excerpt& id, const RawRule& change, OverlayChanges& changes) {
    const std::string name = name_of(base, id.text);
    const auto replace = [&](std::vector<RawRule>& rules, std::size_t i) {
        replace_rule(rules[i], change, What::rule, name, changes);
    };
    if (with_rule(base.rules, id.text, replace)) return true;
    for (RawException& exception : base.exceptions) {
        if (exception.rule.id.text != id.text) continue;
        replace_rule(exception.rule, change, What::exception, name, changes);
        return true;
    }
    return false;
}

bool drop_by_id(RawDecision& base, const Excerpt& id, OverlayChanges& changes) {
    const std::string name = name_of(base, id.text);
    const auto drop = [&](std::vector<RawRule>& rules, std::size_t i) {
        changes.dropped(What::rule, name, written(parts_of(rules[i])), id.place());
        rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(i));
    };
    if (with_rule(base.rules, id.text, drop)) return true;
    return std::erase_if(base.exceptions, [&](const RawException& exception) {
               if (exception.rule.id.text != id.text) return false;
               changes.dropped(What::exception, name, written(parts_of(exception.rule)), id.place());
               return true;
           }) > 0;
}

/// Rows of a table, where their place says nothing.
void add_rows(RawDecision& base, const Node& table, const ReadTable& rows_of, OverlayChanges& changes,
              Diagnostics& diagnostics) {
    if (!base.hit || base.hit->text != "most_specific") {
        const Place place = table.is_scalar() ? table.text.place() : table.place();
        diagnostics.error(place, fmt::format("\"{}\" has rows whose place matters", base.name.text),
                          "rows are added under the hit policy most_specific; here write rules:, each before: or "
                          "after: another");
        return;
    }
    for (RawRule& row : rows_of(table)) {
        tell_added(base, row, "", changes);
        base.rules.push_back(std::move(row));
    }
}

/// `to sell, carry_on`.
std::string to_rules(const RawException& exception) {
    std::string out;
    for (const Excerpt& rule : exception.to) out += (out.empty() ? "to " : ", ") + rule.text;
    return out;
}

void set_assignments(std::vector<RawAssignment>& into, std::vector<RawAssignment> assignments, What what,
                     const RawDecision& base, OverlayChanges& changes) {
    for (RawAssignment& change : assignments) {
        const std::string name = name_of(base, change.name.text);
        const Place place = change.name.place();
        const auto same = std::find_if(into.begin(), into.end(),
                                       [&](const RawAssignment& a) { return a.name.text == change.name.text; });
        if (same == into.end()) {
            changes.added(what, name, written(change.value.text), place);
            into.push_back(std::move(change));
        } else {
            changes.changed(what, name, written(same->value.text), written(change.value.text), place);
            *same = std::move(change);
        }
    }
}

}  // namespace

bool is_whole(const Node& decision) {
    return decision.find("gives") != nullptr || decision.find("pick") != nullptr;
}

void change_decision(RawDecision& base, const Node& name, const Node& node, const ReadTable& rows_of,
                     OverlayChanges& changes, Diagnostics& diagnostics) {
    if (is_whole(node)) {
        changes.changed(What::decision, name.text.text, "", "", name.place());
        base = read_decision(name, node, rows_of, diagnostics);
        return;
    }
    Fields fields(node, fmt::format("the change of \"{}\"", name.text.text), diagnostics);
    for (const auto& [id, rule] : fields.map("replace")) {
        RawRule change;
        change.id = id.text;
        change.place = id.place();
        read_replacement(rule, change, diagnostics);
        if (!replace_by_id(base, id.text, change, changes)) report_unknown(id.text, base, true, diagnostics);
    }
    for (RawRule& rule : read_rules(fields.list("rules"), Anchors::taken, diagnostics))
        insert_rule(base, std::move(rule), changes, diagnostics);
    if (const Node* const table = fields.take("table")) add_rows(base, *table, rows_of, changes, diagnostics);
    for (RawException& exception : read_exceptions(fields, diagnostics)) {
        const RawRule& rule = exception.rule;
        changes.added(What::exception, name_of(base, rule.id.text), written(parts_of(rule)), rule.place,
                      to_rules(exception));
        base.exceptions.push_back(std::move(exception));
    }
    for (const Excerpt& id : fields.texts("drop")) {
        if (!drop_by_id(base, id, changes)) report_unknown(id, base, true, diagnostics);
    }
    set_assignments(base.let, read_assignments(fields, "let", diagnostics), What::let, base, changes);
    set_assignments(base.always, read_assignments(fields, "always", diagnostics), What::always, base, changes);
    if (const Node* const asks = fields.take("asks")) {
        base.asks = read_text(*asks, "\"asks\"", diagnostics);
        changes.changed(What::question, base.name.text, "", "", asks->place());
    }
    fields.finish();
}

}  // namespace praxe
