// Fields of a map node by name.
#include "document/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace praxe {
namespace {

constexpr std::size_t usual_fields = 16;

/// Messages are made where they are needed.
std::optional<Excerpt> scalar_under(std::string_view key, const Node& node, Diagnostics& diagnostics) {
    if (node.is_scalar()) return node.text;
    return scalar_text(node, fmt::format("\"{}\"", key), diagnostics);
}

}  // namespace

Fields::Fields(const Node& node, std::string what, Diagnostics& diagnostics)
    : node_(node), what_(std::move(what)), diagnostics_(diagnostics) {
    asked_.reserve(usual_fields);
    if (!node_.is_map())
        diagnostics_.error(node_.place(),
                           fmt::format("{} must be a map of fields, not {}", what_, name_of(node_.kind)));
}

const Node* Fields::take(std::string_view key) {
    if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.emplace_back(key);
    return node_.is_map() ? node_.find(key) : nullptr;
}

const Node* Fields::need(std::string_view key) {
    const Node* value = take(key);
    if (value == nullptr && node_.is_map())
        diagnostics_.error(node_.place(), fmt::format("{} needs \"{}\"", what_, key));
    return value;
}

std::optional<Excerpt> scalar_text(const Node& node, std::string_view what, Diagnostics& diagnostics) {
    if (node.is_scalar()) return node.text;
    diagnostics.error(node.place(), fmt::format("{} must be a single value, not {}", what, name_of(node.kind)));
    return std::nullopt;
}

std::optional<Excerpt> Fields::text(std::string_view key) {
    const Node* value = take(key);
    return value == nullptr ? std::nullopt : scalar_under(key, *value, diagnostics_);
}

std::optional<Excerpt> Fields::need_text(std::string_view key) {
    const Node* value = need(key);
    return value == nullptr ? std::nullopt : scalar_under(key, *value, diagnostics_);
}

std::vector<Excerpt> Fields::texts(std::string_view key) {
    std::vector<Excerpt> out;
    const Node* value = take(key);
    if (value == nullptr) return out;
    const auto add = [&](const Node& node) {
        if (node.is_scalar()) {
            out.push_back(node.text);
        } else {
            scalar_text(node, fmt::format("each entry of \"{}\"", key), diagnostics_);
        }
    };
    if (value->is_list()) {
        out.reserve(value->items.size());
        for (const Node& item : value->items) add(item);
    } else {
        add(*value);
    }
    return out;
}

const std::vector<std::pair<Node, Node>>& Fields::map(std::string_view key) {
    static const std::vector<std::pair<Node, Node>> none;
    const Node* value = take(key);
    if (value == nullptr) return none;
    if (value->is_map()) return value->entries;
    diagnostics_.error(value->place(), fmt::format("\"{}\" must be a map, not {}", key, name_of(value->kind)));
    return none;
}

const std::vector<Node>& Fields::list(std::string_view key) {
    static const std::vector<Node> none;
    const Node* value = take(key);
    if (value == nullptr) return none;
    if (value->is_list()) return value->items;
    diagnostics_.error(value->place(), fmt::format("\"{}\" must be a list, not {}", key, name_of(value->kind)));
    return none;
}

std::optional<std::int64_t> Fields::number(std::string_view key, std::int64_t minimum, std::int64_t maximum) {
    const auto written = text(key);
    if (!written) return std::nullopt;
    std::int64_t value = 0;
    const char* end = written->text.data() + written->text.size();
    const auto [stop, failed] = std::from_chars(written->text.data(), end, value);
    if (failed != std::errc{} || stop != end || value < minimum || value > maximum) {
        diagnostics_.error(written->place(), fmt::format("\"{}\" must be a whole number from {} to {}, not \"{}\"", key,
                                                         minimum, maximum, written->text));
        return std::nullopt;
    }
    return value;
}

std::optional<bool> Fields::flag(std::string_view key) {
    const auto written = text(key);
    if (!written) return std::nullopt;
    if (written->text == "true") return true;
    if (written->text == "false") return false;
    diagnostics_.error(written->place(), fmt::format("\"{}\" must be true or false, not \"{}\"", key, written->text));
    return std::nullopt;
}

void Fields::finish() {
    for (const auto& [key, value] : node_.entries) {
        if (std::find(asked_.begin(), asked_.end(), key.text.text) != asked_.end()) continue;
        const std::string hint = nearest(key.text.text, asked_);
        diagnostics_.error(key.place(), fmt::format("{} has no field \"{}\"", what_, key.text.text),
                           hint.empty() ? fmt::format("known are: {}", fmt::join(asked_, ", "))
                                        : fmt::format("did you mean \"{}\"?", hint));
    }
}

}  // namespace praxe
