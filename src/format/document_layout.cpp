// Writes the tokens of a document anew, one after another, with the space that their places in the tree ask for.
#include "format/document_layout.hpp"

#include <algorithm>

#include "format/text_layout.hpp"
#include "format/yaml_tokens.hpp"

namespace praxe {
namespace {

using Token = YamlToken;

constexpr std::size_t step = 2;
constexpr std::size_t width = 120;

std::string_view trimmed_right(std::string_view line) {
    return line.substr(0, line.find_last_not_of(" \t") + 1);
}
std::string_view trimmed(std::string_view line) {
    line = trimmed_right(line);
    return line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

class Writer {
  public:
    Writer(std::string_view text, std::vector<Token> tokens, const WrittenTexts& texts)
        : text_(text), tokens_(std::move(tokens)), texts_(texts) {}

    std::string write(const Node& root) {
        if (here().kind == Token::Kind::document) place(0);
        value(root, 0);
        comments(0, 0, false);
        return std::move(out_) + "\n";
    }

  private:
    // ------------------------------------------------------------------------------------------------ the tree

    /// A node whose lines begin at `column`.
    void value(const Node& node, std::size_t column) {
        if (node.is_scalar()) {
            place(column);
        } else if (is_in_brackets(node)) {
            brackets(column);
        } else if (node.is_map()) {
            const std::size_t depth = levels_.size();
            for (const auto& [key, inner] : node.entries) {
                place_at_level(depth, column);
                touch();  // the colon
                value(inner, column + step);
            }
        } else {
            const std::size_t depth = levels_.size();
            for (const Node& item : node.items) {
                place_at_level(depth, column);
                value(item, column + step);
            }
        }
    }

    void place_at_level(std::size_t depth, std::size_t column) {
        before(column, false);
        levels_.resize(depth);
        levels_.push_back({here().column, column});
        place(column);
    }

    struct Open {
        std::size_t inside, closing;  // columns of lines in it, and of its bracket where that begins a line
    };
    /// Of the bracket just written: under what follows it on its line, or a step in from the line.
    Open opened() const {
        const bool goes_on = here().breaks == 0 && here().kind != Token::Kind::comment;
        return goes_on ? Open{column(), column() - 1} : Open{line_indentation_ + step, line_indentation_};
    }
    /// All from an opening bracket to its closing one.
    void brackets(std::size_t column) {
        std::vector<Open> open;
        Token::Kind last = Token::Kind::comma;
        do {
            const Token::Kind kind = next_sign();
            const std::size_t at = open.empty() ? column : open.back().inside;
            const bool separates = kind == Token::Kind::comma || kind == Token::Kind::colon;
            if (kind == Token::Kind::close) {
                place_touching(open.back().closing, at);
                open.pop_back();
            } else if (separates && here().kind != Token::Kind::comment) {
                touch();
            } else if (separates || last == Token::Kind::open) {
                place_touching(at, at);
            } else {
                place(at);
            }
            if (kind == Token::Kind::open) open.push_back(opened());
            last = kind;
        } while (!open.empty());
    }
    /// Of the next token that is no comment.
    Token::Kind next_sign() const {
        std::size_t i = at_;
        while (tokens_[i].kind == Token::Kind::comment) ++i;
        return tokens_[i].kind;
    }

    // ---------------------------------------------------------------------------------------------- the tokens

    const Token& here() const { return tokens_[at_]; }
    std::string_view written(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }
    std::size_t column() const { return out_.size() - line_begin_; }

    void new_lines(std::size_t count, std::size_t indentation) {
        out_.append(count, '\n');
        line_begin_ = out_.size();
        out_.append(indentation, ' ');
        line_indentation_ = indentation;
    }

    /// The comments that stand here, before a token that belongs at `column`.
    void before(std::size_t column, bool bracketed) {
        std::size_t next = at_;
        while (next < tokens_.size() && tokens_[next].kind == Token::Kind::comment) ++next;
        comments(next < tokens_.size() ? tokens_[next].column : 0, column, bracketed);
    }
    /// `next_column`: where what comes after them stood, and stands now.
    void comments(std::size_t next_was, std::size_t next_is, bool bracketed) {
        for (; at_ < tokens_.size() && here().kind == Token::Kind::comment; ++at_) {
            if (here().breaks > 0 || out_.empty()) {
                const std::size_t column = bracketed ? next_is : comment_column(here().column, next_was, next_is);
                start_line(column);
            } else {  // beside what it is about, in its column where there is room
                out_.append(std::max(here().column, this->column() + 1) - this->column(), ' ');
            }
            out_ += trimmed_right(written(here()));
        }
    }
    /// A comment on a line of its own goes with what comes next, or with a level that ends before it.
    std::size_t comment_column(std::size_t was, std::size_t next_was, std::size_t next_is) const {
        if (was == next_was) return next_is;
        for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
            if (level->was <= was && level->is > next_is) return level->is;
        }
        return next_is;
    }
    void start_line(std::size_t indentation) {
        new_lines(out_.empty() ? 0 : std::max<std::size_t>(here().breaks, 1), indentation);
    }

    /// On a line of its own at `column` where it began one, otherwise after a space.
    void place(std::size_t column) {
        before(column, false);
        if (here().breaks > 0 || out_.empty()) {
            start_line(column);
        } else {
            out_ += ' ';
        }
        put(column);
    }
    /// As `place`, without the space.
    void place_touching(std::size_t column, std::size_t comment_column) {
        before(comment_column, true);
        if (here().breaks > 0) start_line(column);
        put(column);
    }
    void touch() {
        before(0, false);
        put(0);
    }
    void put(std::size_t column) {
        const Token& token = here();
        ++at_;
        if (token.node == nullptr) {
            out_ += written(token);
        } else if (token.node->style == Node::Style::block) {
            block(token, column);
        } else {
            in_line(token, column);
        }
    }

    // --------------------------------------------------------------------------------------------- the scalars

    std::optional<WrittenText> text_of(const Node& node) const {
        const auto found = texts_.find(&node);
        return found == texts_.end() ? std::nullopt : std::optional(found->second);
    }

    void in_line(const Token& token, std::size_t column) {
        const std::vector<std::string> lines = lines_of(respaced(token));
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const bool last = i + 1 == lines.size();
            const std::string_view line = i == 0 ? std::string_view(lines[0]) : trimmed(lines[i]);
            if (i > 0) new_lines(1, line.empty() ? 0 : column);
            out_ += last && i == 0 ? line : last ? line : trimmed_right(line);
        }
    }
    /// A plain or quoted scalar with the space of its expressions put right.
    std::string respaced(const Token& token) const {
        const std::string_view whole = written(token);
        const auto what = text_of(*token.node);
        if (!what || whole.find('\n') != std::string_view::npos) return std::string(whole);
        const Excerpt& text = token.node->text;
        std::string out;
        std::uint32_t at = token.begin;
        for (const SpaceEdit& edit : spaces_in_line(text.text, *what)) {
            out += text_.substr(at, text.offset(edit.begin) - at);
            out += edit.space;
            at = text.offset(edit.end);
        }
        out += text_.substr(at, token.end - at);
        const bool plain = token.node->style == Node::Style::plain;
        const bool readable = out.find(": ") == std::string::npos && out.find(" #") == std::string::npos;
        return !plain || readable ? out : std::string(whole);  // a plain text may not hold these
    }

    void block(const Token& token, std::size_t column) {
        const std::vector<std::string> lines = lines_of(written(token));
        out_ += trimmed_right(lines[0]);
        for (const std::string& line : block_lines(*token.node, lines, column)) {
            new_lines(1, line.empty() ? 0 : column);
            out_ += line;
        }
    }
    /// `lines`: as written, the first one that of the sign `|` or `>`.
    std::vector<std::string> block_lines(const Node& node, const std::vector<std::string>& lines, std::size_t column) {
        const auto what = text_of(node);
        if (what == WrittenText::table && lines[0][0] == '|') {
            auto rows = table_lines(node.text);
            if (!rows.empty()) return rows;
        }
        if (what == WrittenText::expression || what == WrittenText::output) {
            const std::string text = joined(lines);  // not as folded: where the author broke it, it stays broken
            ExpressionLayout layout;
            layout.width = width;
            layout.column = column;
            if (const auto spaces = expression_spaces(text, layout)) return lines_of(with_spaces(text, *spaces));
        }
        return shifted(lines);
    }
    /// The lines after the first.
    static std::string joined(const std::vector<std::string>& lines) {
        std::string out;
        for (std::size_t i = 1; i < lines.size(); ++i) out += (i > 1 ? "\n" : "") + std::string(trimmed(lines[i]));
        return out;
    }
    /// Without the indentation of the first line that is not blank.
    static std::vector<std::string> shifted(const std::vector<std::string>& lines) {
        std::size_t indentation = 0;
        std::vector<std::string> out;
        for (std::size_t i = 1; i < lines.size(); ++i) {
            const std::size_t first = lines[i].find_first_not_of(' ');
            if (indentation == 0 && first != std::string::npos) indentation = first;
            out.push_back(lines[i].substr(std::min(indentation, lines[i].size())));
            if (first == std::string::npos && indentation == 0) out.back().clear();
        }
        return out;
    }

    struct Level {
        std::size_t was, is;  // the column of the keys or dashes of a list or map around the last token
    };

    std::string_view text_;
    std::vector<Token> tokens_;
    const WrittenTexts& texts_;
    std::size_t at_ = 0;
    std::string out_;
    std::size_t line_begin_ = 0;
    std::size_t line_indentation_ = 0;
    std::vector<Level> levels_;
};

/// True if both say the same to whoever reads them.
bool same_node(const Node& one, const Node& other, const WrittenTexts& texts) {
    if (one.kind != other.kind || one.style != other.style || one.items.size() != other.items.size() ||
        one.entries.size() != other.entries.size())
        return false;
    if (one.is_scalar()) {
        const auto what = texts.find(&one);
        return what == texts.end() ? one.text.text == other.text.text
                                   : says_the_same(one.text, other.text, what->second);
    }
    for (std::size_t i = 0; i < one.items.size(); ++i) {
        if (!same_node(one.items[i], other.items[i], texts)) return false;
    }
    for (std::size_t i = 0; i < one.entries.size(); ++i) {
        if (!same_node(one.entries[i].first, other.entries[i].first, texts) ||
            !same_node(one.entries[i].second, other.entries[i].second, texts))
            return false;
    }
    return true;
}

std::vector<std::string_view> comments_of(std::string_view text, const std::vector<Token>& tokens) {
    std::vector<std::string_view> comments;
    for (const Token& token : tokens) {
        if (token.kind == Token::Kind::comment)
            comments.push_back(trimmed_right(text.substr(token.begin, token.end - token.begin)));
    }
    return comments;
}

/// Reads the new text again: whatever went wrong, nothing that is said may have changed.
bool says_the_same(const SourcePtr& source, const Node& root, const std::vector<Token>& tokens,
                   const WrittenTexts& texts, std::string text) {
    Diagnostics diagnostics;
    const auto after = std::make_shared<const Source>(source->name(), std::move(text));
    const auto again = read_yaml(after, diagnostics);
    if (!again || !same_node(root, *again, texts)) return false;
    const auto new_tokens = yaml_tokens(after, *again, diagnostics);
    return new_tokens && comments_of(source->text(), tokens) == comments_of(after->text(), *new_tokens);
}

/// Each line ends with a plain line break, the last one too.
SourcePtr with_plain_line_ends(const SourcePtr& source) {
    std::string text;
    text.reserve(source->text().size() + 1);
    for (const char c : source->text()) {
        if (c == '\n' && text.ends_with('\r')) text.pop_back();
        text += c;
    }
    if (!text.ends_with('\n')) text += '\n';
    return text == source->text() ? source : std::make_shared<const Source>(source->name(), std::move(text));
}

}  // namespace

std::optional<std::string> format_document(const SourcePtr& source, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.size();
    const SourcePtr lines = with_plain_line_ends(source);
    const auto root = read_yaml(lines, diagnostics);
    if (!root) return std::nullopt;
    const WrittenTexts texts = written_texts(*root);
    check_expressions(texts, diagnostics);
    const auto tokens = yaml_tokens(lines, *root, diagnostics);
    if (!tokens || diagnostics.size() != errors_before) return std::nullopt;
    std::string text = Writer(lines->text(), *tokens, texts).write(*root);
    if (says_the_same(lines, *root, *tokens, texts, text)) return text;
    diagnostics.error(root->place(), "this cannot be laid out without changing what it says");
    return std::nullopt;
}

}  // namespace praxe
