// Facts laid over facts.
#include "document/merge.hpp"

#include <algorithm>

namespace praxe {
namespace {

std::pair<Node, Node>* entry_of(Node& map, const Node& key) {
    const auto found = std::find_if(map.entries.begin(), map.entries.end(),
                                    [&](const auto& entry) { return entry.first.text.text == key.text.text; });
    return found == map.entries.end() ? nullptr : &*found;
}

}  // namespace

void set_entry(Node& map, const Node& key, Node value) {
    if (auto* const entry = entry_of(map, key)) {
        *entry = {key, std::move(value)};
    } else {
        map.entries.emplace_back(key, std::move(value));
    }
}

Node laid_over(const Node& base, const Node& above) {
    if (!base.is_map() || !above.is_map()) return above;
    Node merged = above;
    merged.entries = base.entries;
    for (const auto& [key, value] : above.entries) {
        const auto* const below = entry_of(merged, key);
        set_entry(merged, key, below == nullptr ? value : laid_over(below->second, value));
    }
    return merged;
}

}  // namespace praxe
