// Events to tree.
#include "document/tree_builder.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace praxe {
namespace {

constexpr std::size_t usual_entries = 8;  // of a map: room for as many at once

}  // namespace

TreeBuilder::TreeBuilder(SourcePtr source, const DocumentLimits& limits, Diagnostics& diagnostics)
    : source_(std::move(source)), limits_(limits), diagnostics_(diagnostics) {}

bool TreeBuilder::expects_key() const {
    return is_open() && levels_.back().node.is_map() && !levels_.back().key;
}

const Node* TreeBuilder::pending_key() const {
    return is_open() && levels_.back().key ? &*levels_.back().key : nullptr;
}

void TreeBuilder::scalar(Node node) {
    position_ = node.span.end;
    add(std::move(node));
}

void TreeBuilder::null(Span at) {
    Node node;
    node.source = source_;
    node.span = at;
    node.text = {{}, source_, at.begin, {}};
    if (!is_open()) {
        diagnostics_.error(node.place(), "the document is empty");
    } else if (expects_key()) {
        diagnostics_.error(node.place(), "a key is missing here", R"(write a name before the ":")");
    } else if (const Node* key = pending_key()) {
        const char opening = source_->text()[innermost().span.begin];
        diagnostics_.error(node.place(), fmt::format("\"{}\" has no value", key->text.text),
                           opening == '{' && !innermost().entries.empty()
                               ? "leave it out, or put text that holds a comma in quotes"
                               : R"(leave it out, or write "" for an empty text)");
    } else {
        const bool is_nested = levels_.size() > 1 && levels_[levels_.size() - 2].node.is_list();
        diagnostics_.error(node.place(), "an item of this list has no value",
                           is_nested ? R"(write "" for an empty text, or for a cell of a table that says nothing)"
                                     : R"(remove it, or write "" for an empty text)");
    }
    scalar(std::move(node));
}

bool TreeBuilder::open(Node::Kind kind, std::uint32_t begin) {
    const Span at{begin, begin + 1};
    if (levels_.size() >= limits_.max_nesting) {
        diagnostics_.error({source_, at}, fmt::format("nested deeper than {} levels", limits_.max_nesting));
        return false;
    }
    if (expects_key()) {
        diagnostics_.error({source_, at}, "a key must be text, not a list or a map", "put it in quotes if it is text");
    }
    Level level;
    level.node.kind = kind;
    level.node.source = source_;
    level.node.span = at;
    if (kind == Node::Kind::map) level.node.entries.reserve(usual_entries);
    if (kind == Node::Kind::list) level.node.items.reserve(items_before());
    levels_.push_back(std::move(level));
    position_ = begin;
    return true;
}

/// Lists in a list are often of one length.
std::size_t TreeBuilder::items_before() const {
    const bool has_sibling = is_open() && !innermost().items.empty();
    return has_sibling ? innermost().items.back().items.size() : 0;
}

void TreeBuilder::close(std::uint32_t end) {
    Level level = std::move(levels_.back());
    levels_.pop_back();
    level.node.span.end = std::max(end, level.node.span.begin + 1);
    position_ = level.node.span.end;
    if (level.node.is_map()) check_keys(level.node);
    add(std::move(level.node));
}

void TreeBuilder::add(Node node) {
    if (!is_open()) {
        root_ = std::move(node);
        return;
    }
    Level& level = levels_.back();
    if (level.node.is_list()) {
        level.node.items.push_back(std::move(node));
    } else if (!level.key) {
        level.key = std::move(node);
    } else {
        level.node.entries.emplace_back(std::move(*level.key), std::move(node));
        level.key.reset();
    }
}

/// No key may stand twice. Sorting keeps a map of many keys from taking quadratic time.
void TreeBuilder::check_keys(const Node& map) {
    std::vector<const Node*> keys;
    keys.reserve(map.entries.size());
    for (const auto& [key, value] : map.entries) {
        if (key.is_scalar() && !key.text.text.empty()) keys.push_back(&key);
    }
    std::stable_sort(keys.begin(), keys.end(), [](auto a, auto b) { return a->text.text < b->text.text; });
    const Node* first = nullptr;
    for (const Node* key : keys) {
        if (!first || key->text.text != first->text.text) {
            first = key;
            continue;
        }
        const auto [line, column] = source_->position(first->span.begin);
        diagnostics_.error(key->place(), fmt::format("\"{}\" stands twice in one map", key->text.text),
                           fmt::format("it stands first at line {}, column {}", line, column));
    }
}

}  // namespace praxe
