// Looking things up in a located tree.
#include "document/node.hpp"

#include <algorithm>
#include <numeric>

namespace praxe {
namespace {

/// Optimal string alignment distance: letters put in, left out, replaced, or two neighbours swapped.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = a[i - 1] == b[j - 1];
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

/// ASCII letters in one case, so that `Ana` is as near to `ana` as can be.
std::string folded(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == '-' || c == ' ') c = '_';
    }
    return lower;
}

constexpr std::size_t max_compared_bytes = 64;

}  // namespace

const Node* Node::find(std::string_view key) const {
    for (const auto& [name, value] : entries) {
        if (name.text.text == key) return &value;
    }
    return nullptr;
}

const Node* Node::find_key(std::string_view key) const {
    for (const auto& [name, value] : entries) {
        if (name.text.text == key) return &name;
    }
    return nullptr;
}

std::optional<Node> read_document(const SourcePtr& source, Diagnostics& diagnostics, const DocumentLimits& limits) {
    return source->name().ends_with(".json") ? read_json(source, diagnostics, limits)
                                             : read_yaml(source, diagnostics, limits);
}

std::string nearest(std::string_view wrong, const std::vector<std::string>& known) {
    if (wrong.size() > max_compared_bytes) return {};
    const std::string lower = folded(wrong);
    std::size_t least = std::max<std::size_t>(1, wrong.size() / 3) + 1;  // a third of the letters may be wrong
    std::string best;
    for (const std::string& name : known) {
        if (name.size() > max_compared_bytes) continue;
        const std::size_t distance = edit_distance(lower, folded(name));
        if (distance < least && distance < name.size()) {
            least = distance;
            best = name;
        }
    }
    return best;
}

std::string_view name_of(Node::Kind kind) {
    switch (kind) {
        case Node::Kind::scalar:
            return "a single value";
        case Node::Kind::list:
            return "a list";
        case Node::Kind::map:
            return "a map";
    }
    return "";
}

}  // namespace praxe
