// Expression text → tree, by recursive descent. Chains of operators are loops; only brackets nest.
#include "syntax/parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "syntax/cursor.hpp"
#include "syntax/literal.hpp"
#include "syntax/macros.hpp"
#include "syntax/operators.hpp"
#include "value/functions.hpp"

namespace praxe {
namespace {

/// Words of other languages that stand between two values.
struct WordOperator {
    std::string_view word;
    std::string_view name;
};
constexpr std::array word_operators = {
    WordOperator{"and", "_&&_"}, WordOperator{"AND", "_&&_"}, WordOperator{"or", "_||_"},
    WordOperator{"OR", "_||_"},  WordOperator{"is", "_==_"},  WordOperator{"mod", "_%_"},
};

std::vector<ExprPtr> list_of(ExprPtr a) {
    std::vector<ExprPtr> list;
    list.push_back(std::move(a));
    return list;
}
std::vector<ExprPtr> list_of(ExprPtr a, ExprPtr b) {
    std::vector<ExprPtr> list = list_of(std::move(a));
    list.push_back(std::move(b));
    return list;
}

/// `a.b.c` as text, also of `.a.b.c`; empty if it is not such a chain of names.
std::string chain_of(const Expr& e) {
    if (e.kind == ExprKind::ident) return e.name;
    if (e.kind != ExprKind::select || e.optional) return {};
    const std::string head = chain_of(*e.args[0]);
    return head.empty() ? head : head + "." + e.name;
}

class Parser {
  public:
    Parser(const Excerpt& text, Diagnostics& diagnostics, const ExpressionLimits& limits)
        : limits_(limits), tokens_(text, diagnostics) {}

    ExprPtr run() {
        ExprPtr root = expression();
        if (!at(TokenKind::end)) leftover();
        return root;
    }

  private:
    bool at(TokenKind kind) const { return tokens_.at(kind); }
    const Token& here() const { return tokens_.here(); }
    const Token& take() { return tokens_.take(); }
    bool accept(TokenKind kind) { return tokens_.accept(kind); }
    Span span(const Token& t) const { return tokens_.span(t); }
    bool lost() const { return tokens_.lost(); }

    void leftover() {
        if (is_closing(here().kind)) {
            return tokens_.error_here(fmt::format("nothing is open that {} would close", tokens_.found()));
        }
        tokens_.error_here(fmt::format("expected an operator or the end, found {}", tokens_.found()),
                           at(TokenKind::name)                                         ? word_hint(here().text)
                           : at(TokenKind::string) && tokens_.after(TokenKind::string) ? "texts are joined with `+`"
                           : at(TokenKind::comma) && tokens_.after(TokenKind::integer) ? "decimals follow a point"
                                                                                       : std::string());
    }

    /// Stands for what could not be read; something was reported.
    ExprPtr nothing() const {
        auto e = std::make_unique<Expr>();
        e->span = e->name_span = tokens_.last_span();
        e->depth = 0;
        e->value = Value::null();
        return e;
    }

    // Nodes

    ExprPtr finish(ExprPtr e) {
        for (const auto& a : e->args) e->depth = std::max(e->depth, a->depth + 1);
        if (e->depth > limits_.max_depth) {
            tokens_.give_up(e->name_span, fmt::format("more than {} operators build on one another", limits_.max_depth),
                            "give parts of the expression names of their own");
        }
        count_walks(*e);
        return e;
    }
    /// A macro's range is made once, before it is walked over.
    void count_walks(Expr& e) {
        for (const auto& a : e.args) e.walks = std::max(e.walks, a->walks);
        if (e.kind != ExprKind::comprehension || e.macro == Macro::opt_map || e.macro == Macro::opt_flat_map) return;
        for (std::size_t i = 1; i < e.args.size(); ++i) e.walks = std::max(e.walks, e.args[i]->walks + 1);
        if (e.walks <= limits_.max_macros) return;
        tokens_.give_up(e.name_span,
                        fmt::format("more than {} macros walk over lists within one another", limits_.max_macros),
                        "make an inner list once, outside");
    }
    ExprPtr node(ExprKind kind, Span whole, Span name, std::vector<ExprPtr> args) {
        auto e = std::make_unique<Expr>();
        e->kind = kind;
        e->span = whole;
        e->name_span = name;
        e->args = std::move(args);
        return finish(std::move(e));
    }
    /// A list or map that is written out.
    ExprPtr literal_of(ExprKind kind, Span whole, Span open, std::vector<ExprPtr> args) {
        const std::size_t items = kind == ExprKind::map ? args.size() / 2 : args.size();
        if (items > limits_.max_items) {
            tokens_.give_up(open, fmt::format("{} are written out here; a {} can have {} at most", items,
                                              kind == ExprKind::map ? "map" : "list", limits_.max_items));
        }
        return node(kind, whole, open, std::move(args));
    }
    ExprPtr call(std::string_view function, Span whole, Span name, std::vector<ExprPtr> args) {
        ExprPtr e = node(ExprKind::call, whole, name, std::move(args));
        e->name = function;
        return e;
    }
    ExprPtr binary_call(const BinaryOperator& op, Span name, ExprPtr left, ExprPtr right) {
        const Span whole{left->span.begin, right->span.end};
        return call(op.name, whole, name, list_of(std::move(left), std::move(right)));
    }

    // Grammar

    ExprPtr expression() {
        if (nesting_ >= limits_.max_nesting) {
            tokens_.give_up(span(here()), fmt::format("brackets are nested more than {} deep", limits_.max_nesting));
            return nothing();
        }
        ++nesting_;
        ExprPtr e = conditional();
        --nesting_;
        return e;
    }

    ExprPtr conditional() {
        ExprPtr condition = binary(Precedence::disjunction);
        if (!at(TokenKind::question)) return condition;
        const Span mark = span(take());
        if (at(TokenKind::question) || at(TokenKind::colon)) {  // `??` and `?:` of other languages
            tokens_.error_here(fmt::format("expected a value, found {}", tokens_.found()),
                               "what may be absent gets another value with optional.orValue(other)");
        }
        const bool dot = at(TokenKind::dot);
        ExprPtr chosen = binary(Precedence::disjunction);
        if (!accept(TokenKind::colon)) {
            tokens_.error_here(fmt::format("expected `:` and the other value of the choice, found {}", tokens_.found()),
                               at(TokenKind::question) ? "a choice in a choice stands in parentheses"
                               : dot                   ? "a field that may be absent is read with `.?`"
                                                       : "");
            return condition;
        }
        ExprPtr other = expression();
        const Span whole{condition->span.begin, other->span.end};
        auto args = list_of(std::move(condition), std::move(chosen));
        args.push_back(std::move(other));
        return call("_?_:_", whole, mark, std::move(args));
    }

    /// The operator that stands here, if any; a word of another language is reported and read as what it means.
    const BinaryOperator* operator_here() {
        if (at(TokenKind::name)) return word_operator_here();
        const auto* o = std::find_if(binary_operators.begin(), binary_operators.end(),
                                     [&](const BinaryOperator& row) { return row.token == here().kind; });
        return o == binary_operators.end() ? nullptr : o;
    }
    const BinaryOperator* word_operator_here() {
        if (here().text == "not" && tokens_.ahead(1).kind == TokenKind::in) {
            tokens_.error_at(span(here()), "`not in` is not an operator", "did you mean `!(x in list)`?");
            take();
            return find_binary_operator("@in");
        }
        for (const auto& w : word_operators) {
            if (w.word != here().text) continue;
            const BinaryOperator* op = find_binary_operator(w.name);
            tokens_.error_at(span(here()), fmt::format("`{}` is not an operator", w.word),
                             fmt::format("did you mean `{}`?", op->symbol));
            tokens_.reread_as(op->token);  // reported once
            return op;
        }
        return nullptr;
    }

    ExprPtr binary(Precedence weakest) {
        ExprPtr left = unary();
        for (const BinaryOperator* op = operator_here(); op != nullptr && op->precedence >= weakest && !lost();
             op = operator_here()) {
            if (is_balanced(op->precedence)) {
                left = balanced_chain(std::move(left), *op);
                continue;
            }
            const Span name = span(take());
            ExprPtr right = binary(stronger(op->precedence));
            left = binary_call(*op, name, std::move(left), std::move(right));
        }
        return left;
    }
    static Precedence stronger(Precedence p) { return static_cast<Precedence>(static_cast<int>(p) + 1); }

    /// All of `a || b || c || …` at once.
    ExprPtr balanced_chain(ExprPtr first, const BinaryOperator& op) {
        std::vector<ExprPtr> operands = list_of(std::move(first));
        std::vector<Span> names;
        while (operator_here() == &op && !lost()) {
            names.push_back(span(take()));
            operands.push_back(binary(stronger(op.precedence)));
        }
        return balance(op, operands, names, 0, operands.size());
    }
    ExprPtr balance(const BinaryOperator& op, std::vector<ExprPtr>& operands, const std::vector<Span>& names,
                    std::size_t begin, std::size_t end) {
        if (end - begin == 1) return std::move(operands[begin]);
        const std::size_t middle = balanced_middle(begin, end);
        ExprPtr left = balance(op, operands, names, begin, middle);
        ExprPtr right = balance(op, operands, names, middle, end);
        return binary_call(op, names[middle - 1], std::move(left), std::move(right));
    }

    ExprPtr unary() {
        std::vector<const Token*> prefixes;
        while (at(TokenKind::exclamation) || at(TokenKind::minus) || word_not_here()) prefixes.push_back(&take());
        const bool number = at(TokenKind::integer) || at(TokenKind::real);
        const Token* sign = nullptr;
        if (number && !prefixes.empty() && prefixes.back()->kind == TokenKind::minus) {
            sign = prefixes.back();
            prefixes.pop_back();
        }
        ExprPtr e = member(sign);
        for (; !prefixes.empty() && !lost(); prefixes.pop_back()) {
            const Span name = span(*prefixes.back());
            const Span whole{name.begin, e->span.end};
            const bool minus = prefixes.back()->kind == TokenKind::minus;
            e = call(minus ? "-_" : "!_", whole, name, list_of(std::move(e)));
        }
        return e;
    }
    bool word_not_here() {
        if (!at(TokenKind::name) || here().text != "not") return false;
        const TokenKind next = tokens_.ahead(1).kind;
        if (next != TokenKind::name && next != TokenKind::exclamation && next != TokenKind::true_literal &&
            next != TokenKind::false_literal) {
            return false;
        }
        tokens_.error_at(span(here()), "`not` is not an operator", "did you mean `!`?");
        return true;
    }

    ExprPtr member(const Token* sign) {
        ExprPtr e = primary(sign);
        while (!lost()) {
            if (at(TokenKind::dot)) {
                e = dot(std::move(e));
            } else if (at(TokenKind::open_bracket)) {
                e = index(std::move(e));
            } else if (at(TokenKind::open_brace) && !chain_of(*e).empty()) {
                tokens_.error_here(fmt::format("a record cannot be made in an expression (`{}{{…}}`)", chain_of(*e)),
                                   "a map is written `{\"key\": value}`");
            } else {
                break;
            }
        }
        return e;
    }

    ExprPtr dot(ExprPtr target) {
        take();
        const bool optional = accept(TokenKind::question);
        if (!at(TokenKind::name) && !at(TokenKind::quoted_name)) {
            tokens_.error_here(
                fmt::format("expected the name of a field or function after the dot, found {}", tokens_.found()),
                at(TokenKind::in) || at(TokenKind::true_literal) || at(TokenKind::false_literal) ||
                        at(TokenKind::null_literal)
                    ? fmt::format("a field of this name is written `[\"{}\"]`", here().text)
                    : std::string());
            return target;
        }
        const Token& name = take();
        if (at(TokenKind::open_paren) && name.kind == TokenKind::name && !optional) {
            return method(std::move(target), name);
        }
        const Span whole{target->span.begin, span(name).end};
        ExprPtr e = node(ExprKind::select, whole, span(name), list_of(std::move(target)));
        e->name = name.text;
        e->optional = optional;
        return e;
    }

    ExprPtr index(ExprPtr target) {
        const Token& open = take();
        const bool optional = accept(TokenKind::question);
        ExprPtr key = expression();
        if (at(TokenKind::colon)) {
            tokens_.error_here("expected `]`, found `:`",
                               "a part of a list is list.slice(from, until), of a text text.substring(from, until)");
        }
        tokens_.close(open, TokenKind::close_bracket, "");
        const Span whole{target->span.begin, tokens_.last_span().end};
        ExprPtr e = node(ExprKind::index, whole, {span(open).begin, tokens_.last_span().end},
                         list_of(std::move(target), std::move(key)));
        e->optional = optional;
        return e;
    }

    ExprPtr primary(const Token* sign) {
        if (is_literal(here().kind)) return literal(sign);
        if (at(TokenKind::open_paren)) return group();
        if (at(TokenKind::open_bracket)) return list();
        if (at(TokenKind::open_brace)) return map();
        const std::uint32_t begin = span(here()).begin;
        if (at(TokenKind::name)) return name(false, begin);
        if (at(TokenKind::dot) && tokens_.ahead(1).kind == TokenKind::name) {
            take();
            return name(true, begin);
        }
        if (!at(TokenKind::broken)) return missing_value();
        take();
        return nothing();
    }

    ExprPtr missing_value() {
        tokens_.error_here(tokens_.nothing_written() ? "expected an expression, found nothing"
                                                     : fmt::format("expected a value, found {}", tokens_.found()),
                           at(TokenKind::quoted_name) ? "text stands between `\"` or `'`; backticks are for field names"
                           : begins_block_comment()   ? "a comment begins with `//` and ends with its line"
                           : tokens_.after(TokenKind::remainder)
                               ? "`%` takes the remainder; a rate is written percent(\"10.00\")"
                               : "");
        return nothing();
    }

    /// `/*`, as other languages have it.
    bool begins_block_comment() const {
        return at(TokenKind::divide) && tokens_.ahead(1).kind == TokenKind::times &&
               tokens_.ahead(1).begin == here().end;
    }

    ExprPtr literal(const Token* sign) {
        const Token& token = take();
        const Span whole{span(sign ? *sign : token).begin, span(token).end};
        ExprPtr e = node(ExprKind::literal, whole, whole, {});
        e->value = literal_value(token, sign != nullptr);
        if (e->value.is_error()) {
            tokens_.error_at(whole, e->value.as_error().message);
            e->value = Value::null();
        }
        return e;
    }

    ExprPtr group() {
        const Token& open = take();
        ExprPtr e = expression();
        if (at(TokenKind::comma)) tokens_.error_here("expected `)`, found `,`", "a list is written `[a, b]`");
        tokens_.close(open, TokenKind::close_paren, "");
        e->span = {span(open).begin, tokens_.last_span().end};
        return e;
    }

    /// Elements up to the closing bracket, `one` for each; a last comma, even alone, is fine where `trailing` says so.
    template <typename One>
    void elements(const Token& open, TokenKind closing, bool trailing, One one) {
        if (trailing && at(TokenKind::comma) && tokens_.ahead(1).kind == closing) take();
        if (accept(closing)) return;
        while (!at(TokenKind::end)) {
            one();
            if (lost()) tokens_.find_way();
            if (!accept(TokenKind::comma) || at(TokenKind::end)) break;
            if (trailing && at(closing)) break;
        }
        tokens_.close(open, closing, "`,` or ");
    }

    ExprPtr list() {
        const Token& open = take();
        std::vector<ExprPtr> args;
        std::vector<bool> optionals;
        elements(open, TokenKind::close_bracket, true, [&] {
            optionals.push_back(accept(TokenKind::question));
            args.push_back(expression());
        });
        const Span whole{span(open).begin, tokens_.last_span().end};
        ExprPtr e = literal_of(ExprKind::list, whole, span(open), std::move(args));
        e->optionals = std::move(optionals);
        return e;
    }

    ExprPtr map() {
        const Token& open = take();
        std::vector<ExprPtr> args;
        std::vector<bool> optionals;
        elements(open, TokenKind::close_brace, true, [&] {
            optionals.push_back(accept(TokenKind::question));
            args.push_back(expression());
            if (!accept(TokenKind::colon)) {
                tokens_.error_here(fmt::format("expected `:` and the value of this key, found {}", tokens_.found()),
                                   at(TokenKind::comma) ? "a list is written `[a, b]`" : "");
            }
            args.push_back(lost() ? nothing() : expression());
        });
        const Span whole{span(open).begin, tokens_.last_span().end};
        ExprPtr e = literal_of(ExprKind::map, whole, span(open), std::move(args));
        e->optionals = std::move(optionals);
        return e;
    }

    std::vector<ExprPtr> arguments() {
        const Token& open = take();
        std::vector<ExprPtr> args;
        elements(open, TokenKind::close_paren, false, [&] { args.push_back(expression()); });
        return args;
    }

    ExprPtr name(bool absolute, std::uint32_t begin) {
        const Token& token = take();
        if (is_reserved_word(token.text)) {
            tokens_.back();
            tokens_.error_here(fmt::format("`{}` is a reserved word", token.text), word_hint(token.text));
            return nothing();
        }
        if (!at(TokenKind::open_paren)) {
            ExprPtr e = node(ExprKind::ident, {begin, span(token).end}, span(token), {});
            e->name = token.text;
            e->absolute = absolute;
            return e;
        }
        std::vector<ExprPtr> args = arguments();
        const Span whole{begin, tokens_.last_span().end};
        WrittenCall written{whole, span(token), token.text, nullptr, std::move(args)};
        if (!absolute && is_macro(written)) return macro(std::move(written));
        ExprPtr e = call(token.text, whole, span(token), std::move(written.args));
        e->absolute = absolute;
        return e;
    }

    /// A call after a dot: a macro, a method, or a function with a qualified name, which the names in scope decide.
    ExprPtr method(ExprPtr target, const Token& name) {
        std::vector<ExprPtr> args = arguments();
        std::string qualified = chain_of(*target) + "." + name.text;
        WrittenCall written{
            {target->span.begin, tokens_.last_span().end}, span(name), name.text, std::move(target), std::move(args)};
        if (is_macro(written)) return macro(std::move(written));
        written.args.insert(written.args.begin(), std::move(written.target));
        ExprPtr e = call(written.name, written.whole, written.name_span, std::move(written.args));
        e->receiver = true;
        if (!functions_named(qualified).empty()) e->qualified = std::move(qualified);
        return e;
    }

    ExprPtr macro(WrittenCall written) {
        const auto report = [this](Span where, std::string message, std::string hint) {
            if (!lost()) tokens_.error_at(where, std::move(message), std::move(hint));
        };
        ExprPtr e = expand_macro(std::move(written), report);
        return e ? finish(std::move(e)) : nothing();
    }

    const ExpressionLimits& limits_;
    TokenCursor tokens_;
    std::size_t nesting_ = 0;
};

}  // namespace

std::optional<Expression> parse_expression(const Excerpt& text, Diagnostics& diagnostics,
                                           const ExpressionLimits& limits) {
    if (text.text.size() > limits.max_source_bytes) {
        diagnostics.error({text.source, text.span(0, 1)},
                          fmt::format("this expression has {} bytes; at most {} are read", text.text.size(),
                                      limits.max_source_bytes));
        return std::nullopt;
    }
    const std::size_t before = diagnostics.size();
    ExprPtr root = Parser(text, diagnostics, limits).run();
    if (diagnostics.size() != before) return std::nullopt;
    return Expression{std::move(root), text};
}

}  // namespace praxe
