// Builds the located tree from a reader's events and refuses what no document of ours may hold.
#pragma once

#include "document/node.hpp"

namespace praxe {

/// REQUIRES: events come in the order of the text; every `open` has its `close`.
class TreeBuilder {
  public:
    TreeBuilder(SourcePtr source, const DocumentLimits& limits, Diagnostics& diagnostics);

    void scalar(Node node);
    /// A value that is not there or says null; `at` is where it stands or should stand.
    void null(Span at);
    /// False when it would be nested too deeply; the reader must stop then.
    bool open(Node::Kind kind, std::uint32_t begin);
    void close(std::uint32_t end);

    bool expects_key() const;
    bool is_open() const { return !levels_.empty(); }
    /// The innermost list or map being read. REQUIRES: is_open()
    const Node& innermost() const { return levels_.back().node; }
    /// The key whose value comes next, or null.
    const Node* pending_key() const;
    /// Where the last thing read ended.
    std::uint32_t position() const { return position_; }
    /// The whole document, once everything is closed.
    std::optional<Node> take() { return std::move(root_); }

  private:
    struct Level {
        Node node;
        std::optional<Node> key;  // of a map: read, its value is still to come
    };
    std::size_t items_before() const;
    void add(Node node);
    void check_keys(const Node& map);

    SourcePtr source_;
    DocumentLimits limits_;
    Diagnostics& diagnostics_;
    std::vector<Level> levels_;
    std::optional<Node> root_;
    std::uint32_t position_ = 0;
};

}  // namespace praxe
