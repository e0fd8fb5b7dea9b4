// The value of a literal token.
#pragma once

#include <praxe/value.hpp>

#include "syntax/lexer.hpp"

namespace praxe {

bool is_literal(TokenKind kind);

/// An error value if a number is out of range. `negative`: a minus stands before an integer or a real.
/// REQUIRES: is_literal(token.kind).
Value literal_value(const Token& token, bool negative);

}  // namespace praxe
