// Lays out an expression from its tokens alone: which of them touch, and where a long one breaks.
#include "syntax/layout.hpp"

#include <algorithm>

#include "syntax/cursor.hpp"
#include "syntax/lexer.hpp"
#include "syntax/operators.hpp"

namespace praxe {
namespace {

std::optional<std::vector<Token>> read_tokens(std::string_view text) {
    Diagnostics diagnostics;
    const auto source = std::make_shared<const Source>("expression", std::string(text));
    auto tokens = tokenize(Excerpt::whole(source), diagnostics);
    if (!diagnostics.empty()) return std::nullopt;
    return tokens;
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\n\r\f") == std::string_view::npos;
}

/// What a token is to its neighbours.
enum class Part {
    value,     // a name, a literal
    open,      // a bracket after nothing or an operator
    attached,  // a bracket of a call or an index, after what is called
    close,
    comma,
    dot,     // between a value and its field
    prefix,  // `!`, `-` before a value; the dot of `.name`; `?` before an element or after a dot
    binary,
    question,   // of `a ? b : c`, as is
    otherwise,  // its colon
    key_colon,
};

bool ends_value(Part part) {
    return part == Part::value || part == Part::close;
}

constexpr std::size_t not_found = std::numeric_limits<std::size_t>::max();

class Layouter {
  public:
    Layouter(std::string_view text, std::vector<Token> tokens, const ExpressionLayout& layout)
        : text_(text), tokens_(std::move(tokens)), layout_(layout) {
        tokens_.pop_back();  // the end
    }

    std::optional<std::vector<SpaceEdit>> run() {
        if (tokens_.empty() || !is_plain() || !find_parts()) return std::nullopt;
        spaces_.resize(tokens_.size());
        for (std::size_t i = 1; i < tokens_.size(); ++i) spaces_[i] = touches(i) ? "" : " ";
        if (layout_.breaks) lay({0, tokens_.size()}, {layout_.column, layout_.column, layout_.column, 0});
        return edits();
    }

  private:
    /// Tokens [begin, end).
    struct Range {
        std::size_t begin, end;
    };

    std::string_view gap(std::size_t i) const {
        const std::size_t begin = i == 0 ? 0 : tokens_[i - 1].end;
        const std::size_t end = i == tokens_.size() ? text_.size() : tokens_[i].begin;
        return text_.substr(begin, end - begin);
    }
    std::size_t size(std::size_t i) const { return tokens_[i].end - tokens_[i].begin; }

    /// Without comments and tokens of several lines.
    bool is_plain() const {
        for (std::size_t i = 0; i <= tokens_.size(); ++i) {
            if (!is_blank(gap(i))) return false;
        }
        return std::none_of(tokens_.begin(), tokens_.end(), [&](const Token& t) {
            return text_.substr(t.begin, t.end - t.begin).find('\n') != std::string_view::npos;
        });
    }

    /// False if the brackets do not balance.
    bool find_parts() {
        struct Bracket {
            std::size_t at;
            TokenKind kind;
            std::size_t questions;  // of choices whose other value is still to come
        };
        std::vector<Bracket> open = {{not_found, TokenKind::end, 0}};
        closing_.assign(tokens_.size(), not_found);
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const TokenKind kind = tokens_[i].kind;
            if (is_opening(kind)) {
                parts_.push_back(after_value() ? Part::attached : Part::open);
                open.push_back({i, kind, 0});
            } else if (is_closing(kind)) {
                if (open.size() == 1 || !match(open.back().kind, kind)) return false;
                closing_[open.back().at] = i;
                open.pop_back();
                parts_.push_back(Part::close);
            } else if (kind == TokenKind::question && after_value()) {
                ++open.back().questions;
                parts_.push_back(Part::question);
            } else if (kind == TokenKind::colon) {
                const bool choice = open.back().questions > 0;
                if (choice) --open.back().questions;
                parts_.push_back(choice ? Part::otherwise : Part::key_colon);
            } else {
                parts_.push_back(part_of(kind));
            }
        }
        return open.size() == 1;
    }
    bool after_value() const { return !parts_.empty() && ends_value(parts_.back()); }
    static bool match(TokenKind open, TokenKind close) {
        return (open == TokenKind::open_paren && close == TokenKind::close_paren) ||
               (open == TokenKind::open_bracket && close == TokenKind::close_bracket) ||
               (open == TokenKind::open_brace && close == TokenKind::close_brace);
    }
    Part part_of(TokenKind kind) const {
        if (kind == TokenKind::comma) return Part::comma;
        if (kind == TokenKind::dot) return after_value() ? Part::dot : Part::prefix;
        if (kind == TokenKind::question || kind == TokenKind::exclamation) return Part::prefix;
        if (kind == TokenKind::minus) return after_value() ? Part::binary : Part::prefix;
        return find_operator(kind) ? Part::binary : Part::value;
    }
    static const BinaryOperator* find_operator(TokenKind kind) {
        const auto* row = std::find_if(binary_operators.begin(), binary_operators.end(),
                                       [&](const BinaryOperator& o) { return o.token == kind; });
        return row == binary_operators.end() ? nullptr : row;
    }

    /// Whether token i stands right behind the one before it.
    bool touches(std::size_t i) const {
        const Part before = parts_[i - 1];
        const Part here = parts_[i];
        if (before == Part::open || before == Part::attached || before == Part::dot || before == Part::prefix)
            return true;
        return here == Part::close || here == Part::comma || here == Part::dot || here == Part::attached ||
               here == Part::key_colon;
    }

    std::size_t flat_width(Range range) const {
        std::size_t width = 0;
        for (std::size_t i = range.begin; i < range.end; ++i)
            width += size(i) + (i > range.begin && !touches(i) ? 1 : 0);
        return width;
    }
    bool broken_by_author(Range range) const {
        for (std::size_t i = range.begin + 1; i < range.end; ++i) {
            if (gap(i).find('\n') != std::string_view::npos) return true;
        }
        return false;
    }
    void break_before(std::size_t i, std::size_t indentation) {
        spaces_[i] = "\n" + std::string(indentation - layout_.column, ' ');
    }

    /// Where a range begins, and how the lines around it are indented.
    struct Spot {
        std::size_t column;     // of its first token
        std::size_t line;       // of the line on which it begins
        std::size_t operators;  // of the lines that its own operators would begin
        std::size_t tail;       // columns that come after it on its last line
    };

    void lay(Range range, Spot spot) {
        const bool fits = spot.column + flat_width(range) + spot.tail <= layout_.width;
        if (fits && !broken_by_author(range)) return;
        const std::vector<std::size_t> operators = outermost_operators(range);
        if (operators.empty()) return lay_brackets(range, spot.line);
        Spot operand = {spot.column, spot.line, spot.operators + step, 0};
        std::size_t begin = range.begin;
        for (const std::size_t i : operators) {
            break_before(i, spot.operators);
            lay({begin, i}, operand);
            begin = i + 1;
            operand = {spot.operators + size(i) + 1, spot.operators, spot.operators + step, 0};
        }
        operand.tail = spot.tail;
        lay({begin, range.end}, operand);
    }

    /// The operators outside brackets that hold their sides together most weakly.
    std::vector<std::size_t> outermost_operators(Range range) const {
        std::vector<std::size_t> found;
        Precedence weakest = Precedence::member;
        for (std::size_t i = range.begin; i < range.end; ++i) {
            if (closing_[i] != not_found) {
                i = closing_[i];
                continue;
            }
            const Precedence precedence = strength(i);
            if (precedence == Precedence::member || precedence > weakest || i == range.begin) continue;
            if (precedence < weakest) found.clear();
            weakest = precedence;
            found.push_back(i);
        }
        return found;
    }
    /// `member` for what is no operator between two sides.
    Precedence strength(std::size_t i) const {
        if (parts_[i] == Part::question || parts_[i] == Part::otherwise) return Precedence::conditional;
        return parts_[i] == Part::binary ? find_operator(tokens_[i].kind)->precedence : Precedence::member;
    }

    /// Breaks inside the widest brackets of the range, which begins on a line indented so: a line for each element.
    void lay_brackets(Range range, std::size_t line) {
        const Range brackets = widest_brackets(range);
        if (brackets.end == 0) return;
        const std::vector<Range> elements = elements_of(brackets);
        const std::size_t inner = line + step;
        for (std::size_t k = variables_of(brackets, elements.size()); k < elements.size(); ++k) {
            break_before(elements[k].begin, inner);
            lay(elements[k], {inner, inner, inner, 1});
        }
        break_before(brackets.end - 1, line);
    }
    /// Those with something in them; {0, 0} if there are none.
    Range widest_brackets(Range range) const {
        Range widest{0, 0};
        for (std::size_t i = range.begin; i < range.end; ++i) {
            if (closing_[i] == not_found) continue;
            const Range brackets{i, closing_[i] + 1};
            if (brackets.end - brackets.begin > 2 && flat_width(brackets) > flat_width(widest)) widest = brackets;
            i = closing_[i];
        }
        return widest;
    }
    std::vector<Range> elements_of(Range brackets) const {
        std::vector<Range> elements;
        std::size_t begin = brackets.begin + 1;
        for (std::size_t i = begin; i < brackets.end; ++i) {
            if (closing_[i] != not_found) {
                i = closing_[i];
            } else if (i + 1 == brackets.end || parts_[i] == Part::comma) {
                if (begin < i) elements.push_back({begin, i});
                begin = i + 1;
            }
        }
        return elements;
    }
    /// How many first elements are a macro's variables: they stay beside the bracket.
    std::size_t variables_of(Range brackets, std::size_t elements) const {
        if (parts_[brackets.begin] != Part::attached) return 0;
        const std::string& name = tokens_[brackets.begin - 1].text;
        const auto row =
            std::find_if(macro_rows.begin(), macro_rows.end(), [&](const MacroRow& m) { return m.name == name; });
        if (row == macro_rows.end()) return name == "bind" && elements > 1 ? 1 : 0;
        return elements > row->min_exprs ? std::min(row->max_vars, elements - row->min_exprs) : 0;
    }

    std::vector<SpaceEdit> edits() const {
        std::vector<SpaceEdit> out;
        for (std::size_t i = 0; i <= tokens_.size(); ++i) {
            const std::string space = i == 0 || i == tokens_.size() ? "" : spaces_[i];
            if (gap(i) == space) continue;
            const std::size_t begin = i == 0 ? 0 : tokens_[i - 1].end;
            out.push_back({begin, begin + gap(i).size(), space});
        }
        return out;
    }

    static constexpr std::size_t step = 2;
    std::string_view text_;
    std::vector<Token> tokens_;
    const ExpressionLayout& layout_;
    std::vector<Part> parts_;
    std::vector<std::size_t> closing_;  // of an opening bracket: where its closing one is
    std::vector<std::string> spaces_;   // before each token
};

}  // namespace

std::optional<std::vector<SpaceEdit>> expression_spaces(std::string_view text, const ExpressionLayout& layout) {
    auto tokens = read_tokens(text);
    if (!tokens) return std::nullopt;
    auto edits = Layouter(text, *std::move(tokens), layout).run();
    if (!edits || !same_tokens(text, with_spaces(text, *edits))) return std::nullopt;
    return edits;
}

std::string with_spaces(std::string_view text, const std::vector<SpaceEdit>& edits) {
    std::string out;
    std::size_t at = 0;
    for (const SpaceEdit& edit : edits) {
        out += text.substr(at, edit.begin - at);
        out += edit.space;
        at = edit.end;
    }
    return out += text.substr(at);
}

std::string format_expression(std::string_view text, const ExpressionLayout& layout) {
    const auto edits = expression_spaces(text, layout);
    return edits ? with_spaces(text, *edits) : std::string(text);
}

bool same_tokens(std::string_view one, std::string_view other) {
    const auto left = read_tokens(one);
    const auto right = read_tokens(other);
    const auto same = [](const Token& a, const Token& b) { return a.kind == b.kind && a.text == b.text; };
    return left && right && std::equal(left->begin(), left->end(), right->begin(), right->end(), same);
}

}  // namespace praxe
