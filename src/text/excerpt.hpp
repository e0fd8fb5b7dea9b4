// A piece of text taken out of a source (a scalar of YAML, a cell of a table), which knows where each byte came from.
#pragma once

#include <cstdint>
#include <praxe/diagnostics.hpp>
#include <string>
#include <vector>

namespace praxe {

/// INVARIANT: `offsets` is empty (byte i of `text` stands at `base + i`) or has text.size() + 1 entries.
struct Excerpt {
    std::string text;
    SourcePtr source;
    std::uint32_t base = 0;
    std::vector<std::uint32_t> offsets;

    std::uint32_t offset(std::size_t i) const;
    /// The bytes [begin, end) of `text` as a span of the source; never empty where the source has a byte there.
    Span span(std::size_t begin, std::size_t end) const;
    Place place() const { return {source, span(0, text.size())}; }
    Excerpt part(std::size_t begin, std::size_t end) const;
    /// Without white space at both ends.
    Excerpt trimmed() const;

    static Excerpt whole(SourcePtr source);
};

}  // namespace praxe
