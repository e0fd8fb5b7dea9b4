// Tokens as a text, one a line: which bytes, what kind, what it stands for.
#include <fmt/format.h>

#include <praxe/value.hpp>

#include "syntax/lexer.hpp"

namespace praxe {
namespace {

/// The kind of a token that is spelled in more than one way; of all else the token itself says what it is.
std::string_view kind_name(TokenKind kind) {
    switch (kind) {
        case TokenKind::end:
            return "end";
        case TokenKind::name:
            return "name";
        case TokenKind::quoted_name:
            return "quoted name";
        case TokenKind::integer:
            return "int";
        case TokenKind::unsigned_integer:
            return "uint";
        case TokenKind::real:
            return "double";
        case TokenKind::string:
            return "string";
        case TokenKind::bytes:
            return "bytes";
        case TokenKind::true_literal:
        case TokenKind::false_literal:
        case TokenKind::null_literal:
        case TokenKind::in:
            return "keyword";
        case TokenKind::open_paren:
        case TokenKind::close_paren:
        case TokenKind::open_bracket:
        case TokenKind::close_bracket:
        case TokenKind::open_brace:
        case TokenKind::close_brace:
            return "bracket";
        case TokenKind::question:
        case TokenKind::colon:
        case TokenKind::or_else:
        case TokenKind::and_also:
        case TokenKind::equal:
        case TokenKind::not_equal:
        case TokenKind::less:
        case TokenKind::less_equal:
        case TokenKind::greater:
        case TokenKind::greater_equal:
        case TokenKind::plus:
        case TokenKind::minus:
        case TokenKind::times:
        case TokenKind::divide:
        case TokenKind::remainder:
        case TokenKind::exclamation:
        case TokenKind::dot:
        case TokenKind::comma:
            return "sign";
        case TokenKind::broken:
            return "broken";
    }
    return {};
}

std::string token_text(const Token& token) {
    if (token.kind == TokenKind::string) return to_text(Value::string(token.text));
    if (token.kind == TokenKind::bytes) return to_text(Value::bytes(token.text));
    return token.text;
}

}  // namespace

std::string to_text(const std::vector<Token>& tokens) {
    std::string out;
    for (const Token& token : tokens) {
        const std::string text = token_text(token);
        out +=
            fmt::format("{}-{} {}{}{}\n", token.begin, token.end, kind_name(token.kind), text.empty() ? "" : " ", text);
    }
    return out;
}

}  // namespace praxe
