// A located tree: what YAML and JSON documents become before anyone asks what they mean.
#pragma once

#include <optional>
#include <praxe/diagnostics.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/excerpt.hpp"

namespace praxe {

struct Node {
    enum class Kind { scalar, list, map };
    /// How a scalar was written. `plain` text is not interpreted: `2`, `true`, `2024-05-01` and `ana` are all text;
    /// JSON's numbers, true and false are plain too, its strings quoted.
    enum class Style { plain, quoted, block };

    Kind kind = Kind::scalar;
    Style style = Style::plain;
    bool literal = false;                        // one of JSON's numbers, true or false: never text
    Excerpt text;                                // of a scalar
    std::vector<Node> items;                     // of a list
    std::vector<std::pair<Node, Node>> entries;  // of a map: keys are scalars, none twice, in the order written
    Span span;                                   // the whole node in the source
    SourcePtr source;

    Node();  // not in the class: a pair of nodes asks for it while Node is still incomplete
    Place place() const { return {source, span}; }
    bool is_scalar() const { return kind == Kind::scalar; }
    bool is_list() const { return kind == Kind::list; }
    bool is_map() const { return kind == Kind::map; }
    /// The value of `key` in a map, or null.
    const Node* find(std::string_view key) const;
    /// The key itself (for its place), or null.
    const Node* find_key(std::string_view key) const;
};
inline Node::Node() = default;

/// `a single value`, `a list`, `a map`, for messages.
std::string_view name_of(Node::Kind kind);

/// Bounds on what is read, in bytes and levels.
struct DocumentLimits {
    std::size_t max_bytes = 16u << 20;
    std::size_t max_nesting = 64;
};

/// Reads one document. Everything wrong goes to `diagnostics`; nothing is returned when anything is.
/// Not accepted, each with a hint: tags, anchors, aliases, merge keys, duplicate keys, a second document, an unclosed
/// quote, invalid UTF-8, a null or an empty value.
std::optional<Node> read_yaml(const SourcePtr& source, Diagnostics& diagnostics, const DocumentLimits& limits = {});
std::optional<Node> read_json(const SourcePtr& source, Diagnostics& diagnostics, const DocumentLimits& limits = {});
/// By the name's ending: `.json` as JSON, all else as YAML.
std::optional<Node> read_document(const SourcePtr& source, Diagnostics& diagnostics, const DocumentLimits& limits = {});

/// The known name nearest to a misspelt one, or empty (for hints).
std::string nearest(std::string_view wrong, const std::vector<std::string>& known);

}  // namespace praxe
