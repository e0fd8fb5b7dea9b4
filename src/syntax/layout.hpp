// White space between the tokens of an expression, as it should be: only the space changes, never a token.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace praxe {

/// Bytes [begin, end) of a text are white space, and should be `space`.
struct SpaceEdit {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string space;
};

struct ExpressionLayout {
    std::size_t width = 120;  // columns; the expression breaks before what goes beyond
    std::size_t column = 0;   // where each of its lines begins
    bool breaks = true;       // false: all on one line, whatever its width
};

/// How the space of an expression should be: one line, or, where that is too long or the author broke it already, a
/// line for each part of its outermost operator or list of arguments. Nothing where the text is better left alone: it
/// holds a comment, a token of several lines, or is no sequence of tokens with balanced brackets. That it parses is not
/// asked: a cell of a table (`>= 3`, `a, b`) will do.
std::optional<std::vector<SpaceEdit>> expression_spaces(std::string_view text, const ExpressionLayout& layout);

std::string with_spaces(std::string_view text, const std::vector<SpaceEdit>& edits);
/// The text laid out; as it is where it is better left alone.
std::string format_expression(std::string_view text, const ExpressionLayout& layout = {});

/// True if the two differ in white space between tokens at most.
bool same_tokens(std::string_view one, std::string_view other);

}  // namespace praxe
