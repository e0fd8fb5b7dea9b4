// Text between quotes: prefixes, escapes and where it ends.
#include "syntax/quoted.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "value/utf8.hpp"

namespace praxe {
namespace {

struct SimpleEscape {
    char letter;
    char meaning;
};
constexpr std::array simple_escapes = {
    SimpleEscape{'a', '\a'}, SimpleEscape{'b', '\b'}, SimpleEscape{'f', '\f'},  SimpleEscape{'n', '\n'},
    SimpleEscape{'r', '\r'}, SimpleEscape{'t', '\t'}, SimpleEscape{'v', '\v'},  SimpleEscape{'\\', '\\'},
    SimpleEscape{'?', '?'},  SimpleEscape{'"', '"'},  SimpleEscape{'\'', '\''}, SimpleEscape{'`', '`'},
};

struct NumericEscape {
    char letter;
    std::size_t digits;
    bool in_bytes;
};
constexpr std::array numeric_escapes = {
    NumericEscape{'x', 2, true},
    NumericEscape{'X', 2, true},
    NumericEscape{'u', 4, false},
    NumericEscape{'U', 8, false},
};

constexpr std::uint32_t last_code_point = 0x10FFFF;
constexpr std::uint32_t last_octal_escape = 0377;
constexpr std::size_t octal_digits = 3;

constexpr std::size_t longest_utf8 = 4;  // bytes of one character
constexpr std::uint32_t no_digit = 16;

std::uint32_t digit_value(char c) {
    if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
    return no_digit;
}

bool is_surrogate(std::uint32_t code_point) {
    return code_point >= 0xD800 && code_point <= 0xDFFF;
}

void append_utf8(std::string& out, std::uint32_t c) {
    const auto byte = [&](std::uint32_t b) { out += static_cast<char>(b); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6));
        byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3F));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
}

/// What stands before the text of a literal.
struct Opening {
    bool bytes = false;
    bool raw = false;
    std::string_view quote;  // one character or three; empty: this is no literal
    std::size_t size = 0;    // of letters and quote
};

Opening opening_of(std::string_view text) {
    Opening opening;
    const auto letter = [&](std::string_view letters) {
        const bool found = opening.size < text.size() && letters.find(text[opening.size]) != std::string_view::npos;
        opening.size += found ? 1 : 0;
        return found;
    };
    opening.bytes = letter("bB");
    opening.raw = letter("rR");
    const std::string_view rest = text.substr(opening.size);
    for (const std::string_view quote : {"\"\"\"", "'''", "\"", "'"}) {
        if (!rest.starts_with(quote)) continue;
        opening.quote = quote;
        opening.size += quote.size();
        break;
    }
    return opening;
}

class QuotedReader {
  public:
    QuotedReader(const Excerpt& text, std::size_t begin, Diagnostics& diagnostics)
        : excerpt_(text),
          text_(text.text),
          diagnostics_(diagnostics),
          begin_(begin),
          opening_(opening_of(text_.substr(begin))),
          at_(begin + opening_.size) {}

    QuotedLiteral run() {
        out_.bytes = opening_.bytes;
        out_.good = true;
        while (true) {
            if (ended()) return unclosed();
            if (text_.substr(at_).starts_with(opening_.quote)) break;
            if (text_[at_] == '\\' && !opening_.raw) {
                escape();
            } else {
                plain();
            }
        }
        out_.end = at_ + opening_.quote.size();
        return std::move(out_);
    }

  private:
    bool one_line() const { return opening_.quote.size() == 1; }
    bool ended() const { return at_ >= text_.size() || (one_line() && (text_[at_] == '\n' || text_[at_] == '\r')); }

    void error(std::size_t begin, std::size_t end, std::string message, std::string hint = {}) {
        out_.good = false;
        diagnostics_.error({excerpt_.source, excerpt_.span(begin, end)}, std::move(message), std::move(hint));
    }

    QuotedLiteral unclosed() {
        error(begin_, begin_ + opening_.size,
              fmt::format("the text that begins here is never closed with `{}`", opening_.quote),
              one_line() && at_ < text_.size() ? "text of several lines stands between triple quotes" : "");
        out_.end = at_;
        return std::move(out_);
    }

    void plain() {
        const std::size_t size = utf8_size(text_.substr(at_));
        if (size == 0) {
            error(at_, at_ + 1, fmt::format("the byte 0x{:02x} is not UTF-8", static_cast<unsigned char>(text_[at_])));
        }
        out_.value += text_.substr(at_, std::max<std::size_t>(size, 1));
        at_ += std::max<std::size_t>(size, 1);
    }

    void escape() {
        const char letter = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
        for (const auto& e : simple_escapes) {
            if (e.letter != letter) continue;
            out_.value += e.meaning;
            at_ += 2;
            return;
        }
        for (const auto& e : numeric_escapes) {
            if (e.letter == letter) return numeric_escape(at_ + 2, e.digits, 16, e.in_bytes);
        }
        if (letter >= '0' && letter <= '7') return numeric_escape(at_ + 1, octal_digits, 8, true);
        unknown_escape();
    }

    void unknown_escape() {
        const std::size_t size = 1 + utf8_size(text_.substr(at_ + 1));
        error(at_, at_ + size, fmt::format("`{}` is not an escape", text_.substr(at_, size)),
              "a backslash itself is written `\\\\`, or `r` goes before the quote");
        ++at_;  // what follows is read as plain text
    }

    /// `count` digits of base 8 or 16 at `begin`: a character in a string, a byte in a bytes literal.
    void numeric_escape(std::size_t begin, std::size_t count, std::uint32_t base, bool in_bytes) {
        const std::size_t escape_begin = at_;
        std::uint32_t value = 0;
        for (at_ = begin; at_ < begin + count; ++at_) {
            const std::uint32_t digit = at_ < text_.size() ? digit_value(text_[at_]) : base;
            if (digit >= base) return missing_digits(escape_begin, begin, count, base);
            value = value * base + digit;
        }
        const auto written = text_.substr(escape_begin, at_ - escape_begin);
        if (opening_.bytes && !in_bytes) {
            error(escape_begin, at_, fmt::format("`{}` has no meaning in bytes", written),
                  "write each byte as `\\xHH`");
        } else if (base == 8 && value > last_octal_escape) {
            error(escape_begin, at_, fmt::format("`{}` is more than a byte", written));
        } else if (value > last_code_point || is_surrogate(value)) {
            error(escape_begin, at_, fmt::format("`{}` is not a character", written));
        } else if (opening_.bytes) {
            out_.value += static_cast<char>(value);
        } else {
            append_utf8(out_.value, value);
        }
    }

    void missing_digits(std::size_t escape_begin, std::size_t begin, std::size_t count, std::uint32_t base) {
        const auto kind = base == 8 ? "octal" : "hexadecimal";
        error(escape_begin, std::max(at_, escape_begin + 1),
              fmt::format("`{}` needs {} {} digits", text_.substr(escape_begin, base == 8 ? 1 : begin - escape_begin),
                          count, kind));
    }

    const Excerpt& excerpt_;
    std::string_view text_;
    Diagnostics& diagnostics_;
    std::size_t begin_;
    Opening opening_;
    std::size_t at_;
    QuotedLiteral out_;
};

}  // namespace

bool begins_quoted(std::string_view text) {
    constexpr std::string_view firsts = "\"'bBrR";  // most tokens begin otherwise
    return !text.empty() && firsts.find(text.front()) != std::string_view::npos && !opening_of(text).quote.empty();
}

QuotedLiteral read_quoted(const Excerpt& text, std::size_t begin, Diagnostics& diagnostics) {
    return QuotedReader(text, begin, diagnostics).run();
}

std::size_t utf8_size(std::string_view text) {
    for (std::size_t size = 1; size <= std::min(longest_utf8, text.size()); ++size) {
        if (valid_utf8(text.substr(0, size))) return size;
    }
    return 0;
}

std::string describe_character(std::string_view character) {
    const auto byte = static_cast<unsigned char>(character[0]);
    if (byte < 0x20 || byte == 0x7F) return fmt::format("character U+{:04X}", byte);
    if (character == "\u00a0") return "no-break space";
    return fmt::format("`{}`", character);
}

}  // namespace praxe
