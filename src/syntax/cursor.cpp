// A place in the tokens of an expression.
#include "syntax/cursor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace praxe {
namespace {

constexpr std::size_t max_shown_bytes = 40;  // of a token in a message

struct WordHint {
    std::string_view word;
    std::string_view hint;
};
constexpr std::string_view choice_hint = "a choice is written `condition ? value : other`";
constexpr std::string_view list_hint = "lists are walked with all, exists, filter and map";
constexpr std::string_view bind_hint = "a value gets a name with cel.bind(name, value, expression)";
constexpr std::array word_hints = {
    WordHint{"if", choice_hint},
    WordHint{"then", choice_hint},
    WordHint{"else", choice_hint},
    WordHint{"for", list_hint},
    WordHint{"while", list_hint},
    WordHint{"loop", list_hint},
    WordHint{"let", bind_hint},
    WordHint{"var", bind_hint},
    WordHint{"between", "write `low <= x && x <= high`"},
    WordHint{"return", "an expression is its own result"},
};

std::string_view spelling(TokenKind closing) {
    return closing == TokenKind::close_paren ? ")" : closing == TokenKind::close_bracket ? "]" : "}";
}

}  // namespace

TokenCursor::TokenCursor(const Excerpt& text, Diagnostics& diagnostics)
    : text_(text), diagnostics_(diagnostics), tokens_(tokenize(text, diagnostics)) {}

const Token& TokenCursor::ahead(std::size_t n) const {
    return tokens_[std::min(at_ + n, tokens_.size() - 1)];
}

const Token& TokenCursor::take() {
    return at(TokenKind::end) ? tokens_[at_] : tokens_[at_++];
}

bool TokenCursor::accept(TokenKind kind) {
    if (!at(kind)) return false;
    take();
    return true;
}

std::string TokenCursor::found() const {
    if (at(TokenKind::end)) return "the end";
    const std::string written = text_.text.substr(here().begin, here().end - here().begin);
    if (written.size() <= max_shown_bytes) return fmt::format("`{}`", written);
    return at(TokenKind::string) ? "a long text" : "a long word";
}

void TokenCursor::error_at(Span where, std::string message, std::string hint) {
    diagnostics_.error({text_.source, where}, std::move(message), std::move(hint));
}

void TokenCursor::error_here(std::string message, std::string hint) {
    const bool reported = at(TokenKind::broken) || (at(TokenKind::end) && after(TokenKind::broken));
    if (!lost_ && !reported) {
        const std::size_t end = at_ == 0 ? 0 : tokens_[at_ - 1].end;
        const Span where = at(TokenKind::end) ? text_.span(end, end) : span(here());
        error_at(where, std::move(message), std::move(hint));
    }
    lost_ = true;
}

void TokenCursor::give_up(Span where, std::string message, std::string hint) {
    if (!lost_) error_at(where, std::move(message), std::move(hint));
    lost_ = true;
    at_ = tokens_.size() - 1;
}

void TokenCursor::find_way() {
    for (std::size_t depth = 0; !at(TokenKind::end); take()) {
        if (depth == 0 && (at(TokenKind::comma) || is_closing(here().kind))) {
            lost_ = false;
            return;
        }
        if (is_opening(here().kind)) ++depth;
        if (is_closing(here().kind)) --depth;
    }
}

void TokenCursor::close(const Token& open, TokenKind closing, std::string_view also) {
    if (at(TokenKind::end)) {
        if (!after(TokenKind::broken)) give_up(span(open), fmt::format("this `{}` is never closed", open.text));
        lost_ = true;
        return;
    }
    if (!at(closing)) {
        error_here(fmt::format("expected {}`{}`, found {}", also, spelling(closing), found()), closing_hint(open));
        find_way();
        while (accept(TokenKind::comma)) find_way();
    }
    lost_ = !accept(closing);
}

std::string TokenCursor::closing_hint(const Token& open) const {
    if (at(TokenKind::name)) return word_hint(here().text);
    if (!is_closing(here().kind) || !text_.source) return {};
    const auto [line, column] = text_.source->position(span(open).begin);
    return fmt::format("the `{}` to close stands at {}:{}", open.text, line, column);
}

bool is_opening(TokenKind kind) {
    return kind == TokenKind::open_paren || kind == TokenKind::open_bracket || kind == TokenKind::open_brace;
}

bool is_closing(TokenKind kind) {
    return kind == TokenKind::close_paren || kind == TokenKind::close_bracket || kind == TokenKind::close_brace;
}

std::string word_hint(std::string_view word) {
    const auto* row = std::find_if(word_hints.begin(), word_hints.end(), [&](auto& r) { return r.word == word; });
    return row == word_hints.end() ? std::string() : std::string(row->hint);
}

}  // namespace praxe
