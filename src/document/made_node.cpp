// Nodes out of a host's values.
#include "document/made_node.hpp"

namespace praxe {
namespace {

Node scalar(std::string text, Node::Style style, bool literal) {
    Node node;
    node.style = style;
    node.literal = literal;
    node.text.text = std::move(text);
    return node;
}

}  // namespace

Node made_text(std::string text) {
    return scalar(std::move(text), Node::Style::quoted, false);
}

Node made_literal(std::string text) {
    return scalar(std::move(text), Node::Style::plain, true);
}

Node made_list(std::vector<Node> items) {
    Node node;
    node.kind = Node::Kind::list;
    node.items = std::move(items);
    return node;
}

Node made_map(std::vector<std::pair<std::string, Node>> entries) {
    Node node;
    node.kind = Node::Kind::map;
    node.entries.reserve(entries.size());
    for (auto& [key, value] : entries) node.entries.emplace_back(made_text(std::move(key)), std::move(value));
    return node;
}

}  // namespace praxe
