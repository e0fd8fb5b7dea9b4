// YAML → located indicators: what each measures over many cases, by which groups, against which goal.
#include <fmt/format.h>

#include <array>

#include "document/rule_shapes.hpp"

namespace praxe {
namespace {

constexpr std::int64_t most_groups_shown = 1'000;
constexpr std::int64_t most_decimals = 9;

/// The keys under which an indicator says what it measures.
constexpr std::array<std::string_view, 5> measures = {"count", "share", "sum", "ratio", "percentile"};

void read_ratio(const Node& node, RawIndicator& indicator, Diagnostics& diagnostics) {
    Fields ratio(node, "\"ratio\"", diagnostics);
    indicator.of = ratio.need_text("of");
    indicator.to = ratio.need_text("to");
    ratio.finish();
}

void read_percentile(const Node& node, RawIndicator& indicator, Diagnostics& diagnostics) {
    Fields percentile(node, "\"percentile\"", diagnostics);
    percentile.need("p");
    indicator.percent = percentile.number("p", 1, 100);
    indicator.of = percentile.need_text("of");
    percentile.finish();
}

void read_measure(Fields& fields, const Node& node, RawIndicator& indicator, Diagnostics& diagnostics) {
    for (const std::string_view key : measures) {
        const Node* const measure = fields.take(key);
        if (measure == nullptr) continue;
        const Excerpt& written = node.find_key(key)->text;
        if (indicator.measure) {
            diagnostics.error(written.place(),
                              fmt::format("\"{}\" stands beside \"{}\", and an indicator measures one thing", key,
                                          indicator.measure->text));
            continue;
        }
        indicator.measure = written;
        if (key == "ratio") {
            read_ratio(*measure, indicator, diagnostics);
        } else if (key == "percentile") {
            read_percentile(*measure, indicator, diagnostics);
        } else {
            indicator.of = scalar_text(*measure, fmt::format("\"{}\"", key), diagnostics);
        }
    }
    if (!indicator.measure && node.is_map()) {
        diagnostics.error(
            indicator.looks_at.place,
            fmt::format("the indicator \"{}\" does not say what it measures", indicator.looks_at.name.text),
            "write one of count: CONDITION, share: CONDITION, sum: EXPRESSION, ratio: {of: …, to: …}, "
            "percentile: {p: …, of: …}");
    }
}

void read_goal(const Node& node, RawIndicator& indicator, Diagnostics& diagnostics) {
    Fields goal(node, "\"goal\"", diagnostics);
    indicator.at_least = goal.text("at_least");
    indicator.at_most = goal.text("at_most");
    goal.finish();
    if (node.is_map() && node.entries.empty())
        diagnostics.error(node.place(), "the goal has no bound", "write goal: {at_least: PARAMETER}, or at_most");
}

void read_groups(Fields& fields, const Node& node, RawIndicator& indicator, Diagnostics& diagnostics) {
    indicator.by = fields.text("by");
    indicator.top = fields.number("top", 1, most_groups_shown);
    indicator.fact = fields.text("fact");
    if (indicator.top && !indicator.by)
        diagnostics.error(node.find_key("top")->place(), "\"top\" says how many groups are shown, and there are none",
                          "write by: EXPRESSION, the group of each");
    if (indicator.fact && indicator.by)
        diagnostics.error(node.find_key("fact")->place(), "a fact has one value, and \"by\" gives one for each group");
}

}  // namespace

RawIndicator read_indicator(const Node& name, const Node& node, Diagnostics& diagnostics) {
    RawIndicator indicator;
    indicator.looks_at.name = name.text;
    indicator.looks_at.place = name.place();
    Fields fields(node, fmt::format("the indicator \"{}\"", name.text.text), diagnostics);
    fields.need("title");
    indicator.title = read_text(fields, "title", diagnostics);
    indicator.unit = read_text(fields, "unit", diagnostics);
    indicator.cites = fields.texts("cite");
    read_frame(fields, indicator.looks_at, diagnostics);
    read_measure(fields, node, indicator, diagnostics);
    indicator.decimals = fields.number("decimals", 1, most_decimals);
    read_groups(fields, node, indicator, diagnostics);
    if (const Node* goal = fields.take("goal")) read_goal(*goal, indicator, diagnostics);
    fields.finish();
    return indicator;
}

}  // namespace praxe
