// Reads the fields of a map node by name: each is asked for once, and what nobody asked for is reported.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/node.hpp"

namespace praxe {

class Fields {
  public:
    /// `what` names the map in messages ("a rule"). A node that is no map is reported at once and reads as empty.
    Fields(const Node& node, std::string what, Diagnostics& diagnostics);

    const SourcePtr& source() const { return node_.source; }

    /// The value of `key`, or null.
    const Node* take(std::string_view key);
    /// As `take`, but its absence is reported.
    const Node* need(std::string_view key);
    /// A scalar's text; anything else is reported.
    std::optional<Excerpt> text(std::string_view key);
    std::optional<Excerpt> need_text(std::string_view key);
    /// One scalar or a list of scalars.
    std::vector<Excerpt> texts(std::string_view key);
    /// The entries of a map; anything else is reported.
    const std::vector<std::pair<Node, Node>>& map(std::string_view key);
    const std::vector<Node>& list(std::string_view key);
    /// A whole number in [minimum, maximum]; anything else is reported.
    std::optional<std::int64_t> number(std::string_view key, std::int64_t minimum, std::int64_t maximum);
    /// Plain `true` or `false`; anything else is reported.
    std::optional<bool> flag(std::string_view key);
    /// Reports every key that was never asked for, with the nearest known one.
    void finish();

  private:
    const Node& node_;
    std::string what_;
    Diagnostics& diagnostics_;
    std::vector<std::string> asked_;
};

/// A scalar's text, or nothing and an error that says what `what` should be.
std::optional<Excerpt> scalar_text(const Node& node, std::string_view what, Diagnostics& diagnostics);

}  // namespace praxe
