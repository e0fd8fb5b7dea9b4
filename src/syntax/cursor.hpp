// A place in the tokens of an expression: looking, taking, reporting, and finding the way again after a mistake.
#pragma once

#include <praxe/diagnostics.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/lexer.hpp"
#include "text/excerpt.hpp"

namespace praxe {

/// After an error the reader is lost, and silent, until it has found a comma or a closing bracket of its own level.
class TokenCursor {
  public:
    /// Both must outlive the cursor.
    TokenCursor(const Excerpt& text, Diagnostics& diagnostics);

    const Token& here() const { return tokens_[at_]; }
    const Token& ahead(std::size_t n) const;
    bool at(TokenKind kind) const { return here().kind == kind; }
    const Token& take();  // the end is never taken
    bool accept(TokenKind kind);
    /// The token that stands here is read as another one, for which it was written by mistake.
    void reread_as(TokenKind kind) { tokens_[at_].kind = kind; }
    void back() { --at_; }
    bool nothing_written() const { return tokens_.size() == 1; }

    Span span(const Token& t) const { return text_.span(t.begin, t.end); }
    Span last_span() const { return span(tokens_[at_ == 0 ? 0 : at_ - 1]); }
    /// The token that stands here, for a message.
    std::string found() const;

    bool lost() const { return lost_; }
    /// Reports, and goes on.
    void error_at(Span where, std::string message, std::string hint = {});
    /// Reports at the token that stands here (the end is just after the last token), and is lost.
    void error_here(std::string message, std::string hint = {});
    /// Reports what makes the rest of the text pointless to look at.
    void give_up(Span where, std::string message, std::string hint = {});

    /// Skips to the next comma or closing bracket on this level.
    void find_way();
    /// Expects the bracket that closes `open`, skipping what stands before it. `also`: what else might stand here.
    void close(const Token& open, TokenKind closing, std::string_view also);
    /// True if the token before this place is of that kind.
    bool after(TokenKind kind) const { return at_ > 0 && tokens_[at_ - 1].kind == kind; }

  private:
    std::string closing_hint(const Token& open) const;

    const Excerpt& text_;
    Diagnostics& diagnostics_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    bool lost_ = false;
};

bool is_opening(TokenKind kind);
bool is_closing(TokenKind kind);
/// What to write for a word of another language (`if`, `then`, `let`…); empty if it is none.
std::string word_hint(std::string_view word);

}  // namespace praxe
