// The tokens of a YAML document that was read: its scalars whole, and the signs and comments between them.
#pragma once

#include <optional>
#include <vector>

#include "document/node.hpp"

namespace praxe {

struct YamlToken {
    enum class Kind { scalar, open, close, comma, colon, dash, comment, document };

    Kind kind = Kind::scalar;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;       // of a block: after its last line that is not blank, without the line break
    const Node* node = nullptr;  // of a scalar
    std::size_t breaks = 0;      // line breaks before it
    std::size_t column = 0;      // from 0
};

/// Nothing, and reported, where there is something the tree does not show (a block's own indentation indicator).
/// REQUIRES: `root` was read from `source`.
std::optional<std::vector<YamlToken>> yaml_tokens(const SourcePtr& source, const Node& root, Diagnostics& diagnostics);

/// True of a list or map between brackets.
bool is_in_brackets(const Node& node);

}  // namespace praxe
