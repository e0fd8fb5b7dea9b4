// What the author of rules or facts did wrong, as data: message, place, caret and hint.
//
// Thread safety: Source and Diagnostic are immutable once made; Diagnostics is for one thread.
// Lifetimes: a Diagnostic shares ownership of its Source, so it may outlive everything else.
// Offsets count bytes from 0; lines and columns count from 1 (columns in bytes of UTF-8).
#pragma once

#include <cstdint>
#include <memory>
#include <praxe/export.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace praxe {

/// Half-open range of bytes in a source text.
struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// One text that was read (a file, a line of standard input, an argument), with its lines.
class PRAXE_API Source {
  public:
    Source(std::string name, std::string text, std::uint32_t first_line = 1);

    const std::string& name() const { return name_; }
    const std::string& text() const { return text_; }

    struct Position {
        std::uint32_t line;
        std::uint32_t column;
    };
    Position position(std::uint32_t offset) const;
    /// The whole line that holds `offset`, without its line break.
    std::string_view line_at(std::uint32_t offset) const;

  private:
    std::string name_;
    std::string text_;
    std::uint32_t first_line_;  // the number of the first line: a line of a stream keeps its own
    std::vector<std::uint32_t> line_starts_;
};
using SourcePtr = std::shared_ptr<const Source>;

/// A range of one source. Without a source it is nowhere (made by a host, not read).
struct Place {
    SourcePtr source;
    Span span;
    explicit operator bool() const { return source != nullptr; }
};

enum class Severity { error, warning };

struct Diagnostic {
    Severity severity = Severity::error;
    Place place;
    std::string message;  // lower case, no full stop, in the author's own words
    std::string hint;     // the remedy; empty when there is none
};

/// `file:line:column: error: message`, the source line, a caret under the span, `hint: …`; ends with a line break.
PRAXE_API std::string to_string(const Diagnostic& diagnostic);

/// A list that collects everything wrong in one run.
class PRAXE_API Diagnostics {
  public:
    void error(Place place, std::string message, std::string hint = {});
    bool empty() const { return list_.empty(); }
    std::size_t size() const { return list_.size(); }
    /// In order of source (as first met) and offset; what was said of one place more than once, once.
    std::vector<Diagnostic> sorted() const;
    std::string to_string() const;

  private:
    std::vector<Diagnostic> list_;
};

}  // namespace praxe
