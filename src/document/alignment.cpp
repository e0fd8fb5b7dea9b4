// Walks a scalar's notation and its decoded text side by side: folded lines, doubled quotes, escapes, indentation.
#include "document/alignment.hpp"

#include <algorithm>

namespace praxe {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/// The number of bytes in the UTF-8 character that begins with `lead`.
std::size_t utf8_length(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

class Walk {
  public:
    Walk(std::string_view source, std::uint32_t begin, std::string_view decoded)
        : source_(source), decoded_(decoded), begin_(begin), at_(begin) {
        offsets_.reserve(decoded.size() + 1);
    }

    void flow(Notation notation) {
        if (notation != Notation::plain) ++at_;
        bool good = true;
        while (good && !done()) good = flow_step(notation);
    }

    void block() {
        skip_line();
        const std::size_t indentation = block_indentation();
        skip_spaces(indentation);
        bool good = true;
        while (good && !done()) good = block_step(indentation);
    }

    std::vector<std::uint32_t> offsets() {
        const bool whole = done();
        offsets_.resize(decoded_.size(), begin_);
        offsets_.push_back(whole ? static_cast<std::uint32_t>(at_) : begin_);
        return std::move(offsets_);
    }
    std::uint32_t position() const { return static_cast<std::uint32_t>(at_); }

  private:
    bool done() const { return offsets_.size() >= decoded_.size(); }
    char here() const { return at_ < source_.size() ? source_[at_] : '\0'; }
    char after(std::size_t n) const { return at_ + n < source_.size() ? source_[at_ + n] : '\0'; }
    char next_decoded() const { return decoded_[offsets_.size()]; }

    void map(std::size_t decoded_bytes, std::size_t from) {
        for (std::size_t k = 0; k < decoded_bytes && !done(); ++k) offsets_.push_back(static_cast<std::uint32_t>(from));
    }
    bool map_same() {
        if (at_ >= source_.size() || here() != next_decoded()) return false;
        map(1, at_++);
        return true;
    }

    /// The length of the line break at `at`, or 0.
    std::size_t break_length(std::size_t at) const {
        if (at < source_.size() && source_[at] == '\n') return 1;
        return source_.substr(std::min(at, source_.size())).starts_with("\r\n") ? 2 : 0;
    }
    void skip_spaces(std::size_t most) {
        for (std::size_t k = 0; k < most && here() == ' '; ++k) ++at_;
    }
    void skip_blanks() {
        while (is_blank(here())) ++at_;
    }
    void skip_line() {
        while (at_ < source_.size() && break_length(at_) == 0) ++at_;
        at_ += break_length(at_);
    }

    bool flow_step(Notation notation) {
        if (fold()) return true;
        if (notation == Notation::single_quoted && here() == '\'' && after(1) == '\'') {
            map(1, at_);
            at_ += 2;
            return true;
        }
        if (notation == Notation::double_quoted && here() == '\\') {
            escape();
            return true;
        }
        return map_same();
    }

    /// White space with a line break in it is one space, or as many breaks as there are empty lines.
    bool fold() {
        std::size_t end = at_;
        std::vector<std::size_t> breaks;
        for (;;) {
            while (end < source_.size() && is_blank(source_[end])) ++end;
            const std::size_t length = break_length(end);
            if (length == 0) break;
            breaks.push_back(end);
            end += length;
        }
        if (breaks.empty()) return false;
        if (breaks.size() == 1) {
            map(1, at_);
        } else {
            for (std::size_t k = 1; k < breaks.size(); ++k) map(1, breaks[k]);
        }
        at_ = end;
        return true;
    }

    void escape() {
        if (const std::size_t length = break_length(at_ + 1); length > 0) {  // a line continued
            at_ += 1 + length;
            skip_blanks();
            return;
        }
        const std::size_t from = at_;
        at_ += escape_length();
        map(utf8_length(next_decoded()), from);
    }
    std::size_t escape_length() const {
        switch (after(1)) {
            case 'x':
                return 4;
            case 'u':
                return utf8_length(next_decoded()) == 4 ? 12 : 6;  // two halves of one character
            case 'U':
                return 10;
            default:
                return 2;
        }
    }

    /// How far a block's lines are indented: what the first of its lines with text has in front and the text has not.
    std::size_t block_indentation() const {
        std::size_t line = at_;
        std::size_t written = 0;
        for (std::size_t i = at_; i < source_.size(); ++i) {
            if (source_[i] == ' ' || source_[i] == '\r') continue;
            if (source_[i] != '\n') {
                written = i - line;
                break;
            }
            line = i + 1;
        }
        const std::size_t first = std::min(decoded_.find_first_not_of('\n'), decoded_.size());
        const std::size_t kept = std::min(decoded_.find_first_not_of(' ', first), decoded_.size()) - first;
        return written > kept ? written - kept : 0;
    }

    bool block_step(std::size_t indentation) {
        if (at_ >= source_.size() && next_decoded() == '\n') {  // the last line may lack its break
            map(1, at_);
            return true;
        }
        if (break_length(at_) == 0) return map_same();
        if (next_decoded() == ' ') {
            map(1, at_);
            at_ += break_length(at_);
            skip_spaces(indentation);
            return true;
        }
        const std::size_t newlines = std::min(decoded_.find_first_not_of('\n', offsets_.size()), decoded_.size());
        while (break_length(at_) > 0) {
            if (offsets_.size() < newlines) map(1, at_);
            at_ += break_length(at_);
            skip_spaces(indentation);
        }
        return offsets_.size() == newlines;
    }

    std::string_view source_, decoded_;
    std::uint32_t begin_;
    std::size_t at_;
    std::vector<std::uint32_t> offsets_;
};

/// After the quote that closes the one at `begin`.
std::optional<std::uint32_t> closing_quote(std::string_view source, std::uint32_t begin) {
    const char quote = source[begin];
    for (std::size_t i = begin + 1; i < source.size(); ++i) {
        if (quote == '"' && source[i] == '\\') {
            ++i;
        } else if (source[i] == quote) {
            const bool doubled = quote == '\'' && i + 1 < source.size() && source[i + 1] == quote;
            if (!doubled) return static_cast<std::uint32_t>(i + 1);
            ++i;
        }
    }
    return std::nullopt;
}

Alignment walk_flow(std::string_view source, std::uint32_t begin, std::string_view decoded, Notation notation) {
    Walk walk(source, begin, decoded);
    walk.flow(notation);
    const std::uint32_t end = walk.position();
    return {begin, walk.offsets(), end};
}

Alignment walk_block(std::string_view source, std::uint32_t begin, std::string_view decoded) {
    Walk walk(source, begin, decoded);
    walk.block();
    const std::uint32_t end = walk.position();
    return {begin, walk.offsets(), end};
}

}  // namespace

std::optional<Alignment> align(std::string_view source, std::uint32_t begin, std::string_view decoded,
                               Notation notation) {
    if (notation == Notation::block) return walk_block(source, begin, decoded);
    const bool quoted = notation != Notation::plain;
    const std::uint32_t first = begin + (quoted ? 1 : 0);
    const auto last = static_cast<std::uint32_t>(first + decoded.size());
    const auto closed = quoted ? closing_quote(source, begin) : last;
    if (!closed) return std::nullopt;
    const bool as_written = *closed == last + (quoted ? 1 : 0) && source.substr(first, decoded.size()) == decoded;
    if (as_written) return Alignment{first, {}, *closed};
    Alignment alignment = walk_flow(source, begin, decoded, notation);
    if (quoted) alignment.end = *closed;
    return alignment;
}

}  // namespace praxe
