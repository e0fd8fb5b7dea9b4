// Documents for tests, given as text.
#pragma once

#include <gtest/gtest.h>

#include "document/node.hpp"

namespace praxe {

inline SourcePtr source_of(std::string name, std::string text) {
    return std::make_shared<const Source>(std::move(name), std::move(text));
}

/// REQUIRES: nothing is wrong with it.
inline Node read_good(const std::string& name, std::string text) {
    Diagnostics diagnostics;
    auto node = read_document(source_of(name, std::move(text)), diagnostics);
    EXPECT_EQ(diagnostics.to_string(), "");
    return node ? *std::move(node) : Node{};
}

/// What is wrong with it, as it is told.
inline std::string complaints(const std::string& name, std::string text, const DocumentLimits& limits = {}) {
    Diagnostics diagnostics;
    const auto node = read_document(source_of(name, std::move(text)), diagnostics, limits);
    EXPECT_EQ(node.has_value(), diagnostics.empty());
    return diagnostics.to_string();
}

/// The tree on one line: text in quotes, `[…]`, `{…}`.
inline std::string shape(const Node& node) {
    std::string out;
    const auto add = [&](std::string part) { out += (out.size() > 1 ? ", " : "") + std::move(part); };
    switch (node.kind) {
        case Node::Kind::scalar:
            return "'" + node.text.text + "'";
        case Node::Kind::list:
            out = "[";
            for (const Node& item : node.items) add(shape(item));
            return out + "]";
        case Node::Kind::map:
            out = "{";
            for (const auto& [key, value] : node.entries) add(shape(key) + ": " + shape(value));
            return out + "}";
    }
    return out;
}

/// The source text that a node covers.
inline std::string written(const Node& node) {
    return node.source->text().substr(node.span.begin, node.span.end - node.span.begin);
}

}  // namespace praxe
