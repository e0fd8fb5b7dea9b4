// Telling numbers and bools from text, and building lists and maps of them.
#include "facts/plain_values.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <charconv>

namespace praxe {
namespace {

/// A number as JSON writes it; the group is there if it is no whole number.
bool is_number(const std::string& text, bool& whole) {
    static const RE2 pattern(R"(-?(?:0|[1-9][0-9]*)((?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?))");
    std::string beyond;
    if (!RE2::FullMatch(text, pattern, &beyond)) return false;
    whole = beyond.empty();
    return true;
}

template <typename Number>
std::optional<Number> parsed(const std::string& text) {
    Number n{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), n);
    return failed == std::errc() && end == text.data() + text.size() ? std::optional(n) : std::nullopt;
}

Value scalar(const Node& node, Diagnostics& diagnostics) {
    const std::string& text = node.text.text;
    bool whole = false;
    if (node.style != Node::Style::plain) return Value::string(text);
    if (text == "true" || text == "false") return Value::boolean(text == "true");
    if (!is_number(text, whole)) return Value::string(text);
    const auto n = whole ? parsed<std::int64_t>(text) : std::nullopt;
    const auto d = whole ? std::nullopt : parsed<double>(text);
    if (n) return Value::integer(*n);
    if (d) return Value::real(*d);
    diagnostics.error(node.place(), fmt::format("{} is out of the range of {}", text, whole ? "int" : "double"),
                      "as text it would stand in quotes");
    return Value::null();
}

Value list(const Node& node, Diagnostics& diagnostics) {
    List items;
    for (const Node& item : node.items) items.push_back(plain_value(item, diagnostics));
    return Value::list(std::move(items));
}

Value map(const Node& node, Diagnostics& diagnostics) {
    Map entries;
    for (const auto& [key, value] : node.entries) {
        entries.entries.emplace_back(Value::string(key.text.text), plain_value(value, diagnostics));
    }
    entries.index();  // a document's keys are all different
    return Value::map(std::move(entries));
}

}  // namespace

Value plain_value(const Node& node, Diagnostics& diagnostics) {
    switch (node.kind) {
        case Node::Kind::scalar:
            return scalar(node, diagnostics);
        case Node::Kind::list:
            return list(node, diagnostics);
        case Node::Kind::map:
            return map(node, diagnostics);
    }
    return {};
}

std::optional<std::map<std::string, Value, std::less<>>> plain_variables(const Node& document,
                                                                         Diagnostics& diagnostics) {
    if (!document.is_map()) {
        diagnostics.error(document.place(), "facts are a map of names to values");
        return std::nullopt;
    }
    std::map<std::string, Value, std::less<>> variables;
    for (const auto& [key, value] : document.entries) variables[key.text.text] = plain_value(value, diagnostics);
    return variables;
}

}  // namespace praxe
