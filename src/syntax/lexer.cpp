// Expression text → tokens: white space, comments, names, numbers, operators. Quoted literals are read in quoted.cpp.
#include "syntax/lexer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "syntax/quoted.hpp"

namespace praxe {
namespace {

struct Spelling {
    std::string_view text;
    TokenKind kind;
};

// Longer spellings stand before their own beginnings.
constexpr std::array operators = {
    Spelling{"||", TokenKind::or_else},     Spelling{"&&", TokenKind::and_also},
    Spelling{"==", TokenKind::equal},       Spelling{"!=", TokenKind::not_equal},
    Spelling{"<=", TokenKind::less_equal},  Spelling{">=", TokenKind::greater_equal},
    Spelling{"<", TokenKind::less},         Spelling{">", TokenKind::greater},
    Spelling{"+", TokenKind::plus},         Spelling{"-", TokenKind::minus},
    Spelling{"*", TokenKind::times},        Spelling{"/", TokenKind::divide},
    Spelling{"%", TokenKind::remainder},    Spelling{"!", TokenKind::exclamation},
    Spelling{"?", TokenKind::question},     Spelling{":", TokenKind::colon},
    Spelling{".", TokenKind::dot},          Spelling{",", TokenKind::comma},
    Spelling{"(", TokenKind::open_paren},   Spelling{")", TokenKind::close_paren},
    Spelling{"[", TokenKind::open_bracket}, Spelling{"]", TokenKind::close_bracket},
    Spelling{"{", TokenKind::open_brace},   Spelling{"}", TokenKind::close_brace},
};

/// What other languages write for an operator, and what it is read as, so that the text after it is looked at too.
struct Foreign {
    std::string_view text;
    std::string_view meant;
    TokenKind kind;
};
constexpr std::array foreign_operators = {
    Foreign{"===", "==", TokenKind::equal},        Foreign{"!==", "!=", TokenKind::not_equal},
    Foreign{"<>", "!=", TokenKind::not_equal},     Foreign{"=<", "<=", TokenKind::less_equal},
    Foreign{"=>", ">=", TokenKind::greater_equal}, Foreign{"≤", "<=", TokenKind::less_equal},
    Foreign{"≥", ">=", TokenKind::greater_equal},  Foreign{"≠", "!=", TokenKind::not_equal},
};
// As above, but only where no operator of the language begins the same way.
constexpr std::array foreign_characters = {
    Foreign{"=", "==", TokenKind::equal},
    Foreign{"&", "&&", TokenKind::and_also},
    Foreign{"|", "||", TokenKind::or_else},
};

constexpr std::array keywords = {
    Spelling{"true", TokenKind::true_literal},
    Spelling{"false", TokenKind::false_literal},
    Spelling{"null", TokenKind::null_literal},
    Spelling{"in", TokenKind::in},
};

constexpr std::array<std::string_view, 17> reserved_words = {
    "as",  "break", "const",   "continue",  "else",   "for", "function", "if",    "import",
    "let", "loop",  "package", "namespace", "return", "var", "void",     "while",
};

constexpr std::size_t few_tokens = 8;  // more than most cells of a table have

constexpr std::array<std::string_view, 6> curly_quotes = {"“", "”", "„", "‘", "’", "»"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_hex_digit(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool begins_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool continues_name(char c) {
    return begins_name(c) || is_digit(c);
}
bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

class Lexer {
  public:
    Lexer(const Excerpt& text, Diagnostics& diagnostics)
        : excerpt_(text), text_(text.text), diagnostics_(diagnostics) {}

    std::vector<Token> run() {
        tokens_.reserve(few_tokens);
        for (skip_blank(); at_ < text_.size(); skip_blank()) tokens_.push_back(next());
        tokens_.push_back({TokenKind::end, text_.size(), text_.size(), {}});
        return std::move(tokens_);
    }

  private:
    std::string_view rest() const { return text_.substr(at_); }
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

    /// Its first byte tells nearly always that it does not.
    bool stands_here(std::string_view spelling) const {
        return peek() == spelling.front() && rest().starts_with(spelling);
    }

    void error(std::size_t begin, std::size_t end, std::string message, std::string hint = {}) {
        diagnostics_.error({excerpt_.source, excerpt_.span(begin, end)}, std::move(message), std::move(hint));
    }

    void skip_blank() {
        while (at_ < text_.size()) {
            if (is_space(text_[at_])) {
                ++at_;
            } else if (stands_here("//")) {
                at_ = std::min(text_.find('\n', at_), text_.size());
            } else {
                return;
            }
        }
    }

    Token take(TokenKind kind, std::size_t size) {
        Token token{kind, at_, at_ + size, std::string(text_.substr(at_, size))};
        at_ += size;
        return token;
    }

    Token next() {
        if (begins_quoted(rest())) return quoted();
        if (begins_name(peek())) return name();
        if (accented_letter(0)) return accented_name();
        if (is_digit(peek()) || (peek() == '.' && is_digit(peek(1)))) return number();
        if (peek() == '`') return quoted_name();
        for (const auto& f : foreign_operators) {
            if (stands_here(f.text)) return foreign(f);
        }
        for (const auto& o : operators) {
            if (stands_here(o.text)) return take(o.kind, o.text.size());
        }
        for (const auto& f : foreign_characters) {
            if (stands_here(f.text)) return foreign(f);
        }
        return unknown_character();
    }

    Token quoted() {
        QuotedLiteral literal = read_quoted(excerpt_, at_, diagnostics_);
        Token token{TokenKind::broken, at_, literal.end, std::move(literal.value)};
        if (literal.good) token.kind = literal.bytes ? TokenKind::bytes : TokenKind::string;
        at_ = literal.end;
        return token;
    }

    /// Letters as Portuguese has them, which names cannot have.
    bool accented_letter(std::size_t ahead) const {
        const auto lead = static_cast<unsigned char>(peek(ahead));
        return lead >= 0xC3 && lead <= 0xC9 && utf8_size(rest().substr(ahead)) == 2;
    }

    Token accented_name() {
        std::size_t size = 0;
        while (continues_name(peek(size)) || accented_letter(size)) size += accented_letter(size) ? 2 : 1;
        error(at_, at_ + size, fmt::format("`{}` is not a name", rest().substr(0, size)),
              "names have the letters a to z, digits and `_`; text stands between quotes");
        return take(TokenKind::broken, size);
    }

    Token name() {
        std::size_t size = 1;
        while (continues_name(peek(size))) ++size;
        if (accented_letter(size)) return accented_name();
        const auto word = rest().substr(0, size);
        const auto* keyword = std::find_if(keywords.begin(), keywords.end(), [&](auto& k) { return k.text == word; });
        return take(keyword != keywords.end() ? keyword->kind : TokenKind::name, size);
    }

    Token quoted_name() {
        const std::size_t close = text_.find('`', at_ + 1);
        if (close == std::string_view::npos || text_.substr(at_, close - at_).find('\n') != std::string_view::npos) {
            error(at_, at_ + 1, "this backtick is never closed");
            return take(TokenKind::broken, text_.size() - at_);
        }
        if (close == at_ + 1) {
            error(at_, close + 1, "a name between backticks cannot be empty");
            return take(TokenKind::broken, 2);
        }
        Token token = take(TokenKind::quoted_name, close + 1 - at_);
        token.text = token.text.substr(1, token.text.size() - 2);
        return token;
    }

    Token number() {
        std::size_t size = 0;
        TokenKind kind = TokenKind::integer;
        if (peek() == '0' && peek(1) == 'x' && is_hex_digit(peek(2))) {
            size = 2;
            while (is_hex_digit(peek(size))) ++size;
        } else {
            kind = decimal(size);
        }
        if (kind == TokenKind::integer && (peek(size) == 'u' || peek(size) == 'U')) {
            kind = TokenKind::unsigned_integer;
            ++size;
        }
        return continues_name(peek(size)) ? number_with_tail(size) : take(kind, size);
    }

    /// Digits, a fraction, an exponent; `size` is how many bytes they take.
    TokenKind decimal(std::size_t& size) const {
        TokenKind kind = TokenKind::integer;
        while (is_digit(peek(size))) ++size;
        if (peek(size) == '.' && is_digit(peek(size + 1))) {
            kind = TokenKind::real;
            ++size;
            while (is_digit(peek(size))) ++size;
        }
        if (peek(size) == 'e' || peek(size) == 'E') {
            const std::size_t sign = peek(size + 1) == '+' || peek(size + 1) == '-' ? 1 : 0;
            if (is_digit(peek(size + 1 + sign))) {
                kind = TokenKind::real;
                size += 2 + sign;
                while (is_digit(peek(size))) ++size;
            }
        }
        return kind;
    }

    Token number_with_tail(std::size_t size) {
        const std::string_view number = rest().substr(0, size);
        while (continues_name(peek(size))) ++size;
        const std::string_view word = rest().substr(0, size);
        error(at_, at_ + size, fmt::format("`{}` is neither a number nor a name", word),
              remedy_for_tail(number, word.substr(number.size())));
        return take(TokenKind::broken, size);
    }
    /// What was meant by a number that goes on with letters.
    static std::string remedy_for_tail(std::string_view number, std::string_view tail) {
        if (tail.find('_') != std::string_view::npos) return "digits are written without separators";
        const char first = tail.front();
        if (number == "0" && (first == 'x' || first == 'X')) return "hexadecimal digits follow `0x`, as in 0x1F";
        if (first == 'e' || first == 'E') return "an exponent has digits, as in 1e3";
        if (tail.size() > 1) return "a name cannot begin with a digit";
        return first == 'u' || first == 'U' ? "only a whole number can end with `u`"
                                            : "a number ends with no letter but `u`";
    }

    Token foreign(const Foreign& f) {
        error(at_, at_ + f.text.size(), fmt::format("`{}` is not an operator", f.text),
              fmt::format("did you mean `{}`?", f.meant));
        return take(f.kind, f.text.size());
    }

    Token unknown_character() {
        const std::size_t size = utf8_size(rest());
        if (size == 0) {
            error(at_, at_ + 1, fmt::format("the byte 0x{:02x} is not UTF-8", static_cast<unsigned char>(peek())));
            return take(TokenKind::broken, 1);
        }
        const auto character = rest().substr(0, size);
        error(at_, at_ + size, fmt::format("unexpected {}", describe_character(character)), remedy(character));
        return take(TokenKind::broken, is_curly_quote(character) ? curly_text_size(size) : size);
    }

    static bool is_curly_quote(std::string_view character) {
        return std::find(curly_quotes.begin(), curly_quotes.end(), character) != curly_quotes.end();
    }
    /// Up to the next curly quote of the line.
    std::size_t curly_text_size(std::size_t begin) const {
        const std::string_view line = rest().substr(0, rest().find('\n'));
        for (std::size_t i = begin; i < line.size(); ++i) {
            for (const auto quote : curly_quotes) {
                if (line.substr(i).starts_with(quote)) return i + quote.size();
            }
        }
        return begin;
    }

    static std::string remedy(std::string_view character) {
        if (is_curly_quote(character)) return "text stands between straight quotes, `\"` or `'`";
        if (character == "#") return "a comment begins with `//`";
        if (character == ";") return "an expression is one value; join conditions with `&&`";
        if (character == "$" || character == "€") return "money is written money(\"10.00\")";
        if (static_cast<unsigned char>(character[0]) >= 0x80)
            return "only text between quotes may hold such characters";
        return {};
    }

    const Excerpt& excerpt_;
    std::string_view text_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(const Excerpt& text, Diagnostics& diagnostics) {
    return Lexer(text, diagnostics).run();
}

bool is_reserved_word(std::string_view name) {
    return std::find(reserved_words.begin(), reserved_words.end(), name) != reserved_words.end();
}

}  // namespace praxe
