// Facts laid over facts: what scenarios of one file share, and in what each of them differs.
#pragma once

#include "document/node.hpp"

namespace praxe {

/// `above` over `base`: maps are merged field by field, anything else is replaced; every node keeps its own place.
Node laid_over(const Node& base, const Node& above);

/// Puts `key: value` into a map, in the place of what stood there.
void set_entry(Node& map, const Node& key, Node value);

}  // namespace praxe
