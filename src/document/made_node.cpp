// Nodes out of a host's values.
#include "document/made_node.hpp"

#include "document/json_writer.hpp"

namespace praxe {
namespace {

void write(JsonWriter& json, const Node& node) {
    const std::string& text = node.text.text;
    switch (node.kind) {
        case Node::Kind::scalar:
            node.literal ? json.raw(text) : json.text(text);
            break;
        case Node::Kind::list:
            json.begin_list();
            for (const Node& item : node.items) write(json, item);
            json.end_list();
            break;
        case Node::Kind::map:
            json.begin_object();
            for (const auto& [key, value] : node.entries) {
                write(json, key);
                write(json, value);
            }
            json.end_object();
            break;
    }
}

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

std::string to_json(const Node& node) {
    JsonWriter json;
    write(json, node);
    return json.take();
}

}  // namespace praxe
