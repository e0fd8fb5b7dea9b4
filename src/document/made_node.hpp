// A located tree that a host put together out of its own values instead of a text; its nodes are nowhere.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "document/node.hpp"

namespace praxe {

/// A text, as in quotes: dates, instants and amounts of money may be written so too.
Node made_text(std::string text);
/// A number, `true` or `false`, as JSON writes it.
Node made_literal(std::string text);
Node made_list(std::vector<Node> items);
/// REQUIRES: no two keys are alike.
Node made_map(std::vector<std::pair<std::string, Node>> entries);

/// The tree as JSON text. REQUIRES: it was made by the functions above.
std::string to_json(const Node& node);

}  // namespace praxe
