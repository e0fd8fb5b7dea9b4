// Expression text → tokens: the lexical grammar of the CEL language definition.
#pragma once

#include <cstdint>
#include <praxe/diagnostics.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "text/excerpt.hpp"

namespace praxe {

enum class TokenKind : std::uint8_t {
    end,
    name,
    quoted_name,  // `content-type`; text is what stands between the backticks
    integer,      // digits without a sign, which the parser adds
    unsigned_integer,
    real,
    string,  // text is what the literal stands for
    bytes,
    true_literal,
    false_literal,
    null_literal,
    in,
    question,
    colon,
    or_else,
    and_also,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    plus,
    minus,
    times,
    divide,
    remainder,
    exclamation,
    dot,
    comma,
    open_paren,
    close_paren,
    open_bracket,
    close_bracket,
    open_brace,
    close_brace,
    broken,  // something wrong that was reported already
};

/// Bytes [begin, end) of the excerpt's text.
struct Token {
    TokenKind kind = TokenKind::end;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;  // names, numbers and literals
};

/// The tokens of a text, the last of kind `end`. Everything wrong goes to `diagnostics`; a wrong literal becomes
/// `broken`, so that a parser can go on.
std::vector<Token> tokenize(const Excerpt& text, Diagnostics& diagnostics);

/// One a line: `BEGIN-END KIND TEXT`, in bytes; the text of a literal is its value as CEL writes it.
std::string to_text(const std::vector<Token>& tokens);

/// A name that the language keeps for the languages it may be embedded in. It may still name a field or a method.
bool is_reserved_word(std::string_view name);

}  // namespace praxe
