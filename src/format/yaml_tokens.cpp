// Between two scalars of a document stand only white space, signs and comments, which need no YAML reader.
#include "format/yaml_tokens.hpp"

#include <algorithm>

namespace praxe {
namespace {

void collect_scalars(const Node& node, std::vector<const Node*>& scalars) {
    if (node.is_scalar()) scalars.push_back(&node);
    for (const Node& item : node.items) collect_scalars(item, scalars);
    for (const auto& [key, value] : node.entries) {
        collect_scalars(key, scalars);
        collect_scalars(value, scalars);
    }
}

class Tokens {
  public:
    Tokens(const SourcePtr& source, Diagnostics& diagnostics)
        : source_(source), text_(source->text()), diagnostics_(diagnostics) {}

    std::optional<std::vector<YamlToken>> run(const Node& root) {
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        if (text_.starts_with(byte_order_mark)) at_ = line_ = static_cast<std::uint32_t>(byte_order_mark.size());
        std::vector<const Node*> scalars;
        collect_scalars(root, scalars);
        for (const Node* scalar : scalars) {
            if (!signs_until(scalar->span.begin)) return std::nullopt;
            const auto end = scalar->style == Node::Style::block ? block_end(*scalar) : scalar->span.end;
            if (!end) return std::nullopt;
            add(YamlToken::Kind::scalar, *end - at_);
            tokens_.back().node = scalar;
            start_line_after(text_.substr(tokens_.back().begin, at_ - tokens_.back().begin));
        }
        if (!signs_until(static_cast<std::uint32_t>(text_.size()))) return std::nullopt;
        return std::move(tokens_);
    }

  private:
    void add(YamlToken::Kind kind, std::size_t size) {
        tokens_.push_back({kind, at_, at_ + static_cast<std::uint32_t>(size), nullptr, breaks_, at_ - line_});
        breaks_ = 0;
        at_ = tokens_.back().end;
    }
    void start_line_after(std::string_view scalar) {
        const std::size_t last = scalar.rfind('\n');
        if (last != std::string_view::npos) line_ = tokens_.back().begin + static_cast<std::uint32_t>(last) + 1;
    }

    bool signs_until(std::uint32_t end) {
        while (at_ < end) {
            const char c = text_[at_];
            if (c == '\n') {
                ++breaks_;
                line_ = ++at_;
            } else if (c == ' ' || c == '\t') {
                ++at_;
            } else if (c == '#') {
                add(YamlToken::Kind::comment, std::min<std::size_t>(text_.find('\n', at_), end) - at_);
            } else if (c == '-' && at_ == line_ && text_.substr(at_).starts_with("---")) {
                add(YamlToken::Kind::document, 3);
            } else if (const auto kind = sign(c)) {
                add(*kind, 1);
            } else {
                diagnostics_.error({source_, {at_, at_ + 1}}, "this cannot be laid out");
                return false;
            }
        }
        return true;
    }
    static std::optional<YamlToken::Kind> sign(char c) {
        switch (c) {
            case '{':
            case '[':
                return YamlToken::Kind::open;
            case '}':
            case ']':
                return YamlToken::Kind::close;
            case ',':
                return YamlToken::Kind::comma;
            case ':':
                return YamlToken::Kind::colon;
            case '-':
                return YamlToken::Kind::dash;
            default:
                return std::nullopt;
        }
    }

    /// A block goes on over lines that are blank or indented as its first one.
    std::optional<std::uint32_t> block_end(const Node& node) {
        const auto line_end = [&](std::size_t from) { return std::min(text_.find('\n', from), text_.size()); };
        std::size_t end = line_end(node.span.begin);
        const std::string_view header = text_.substr(node.span.begin, end - node.span.begin);
        if (header.substr(0, header.find('#')).find_first_of("+0123456789") != std::string_view::npos) {
            diagnostics_.error({source_, {node.span.begin, static_cast<std::uint32_t>(end)}},
                               "a block with `+` or a number after its sign cannot be laid out",
                               "write `|` or `>`, alone or with `-`");
            return std::nullopt;
        }
        std::size_t indentation = 0;
        for (std::size_t line = end + 1; line < text_.size(); line = line_end(line) + 1) {
            const std::string_view content = text_.substr(line, line_end(line) - line);
            const std::size_t first = content.find_first_not_of(' ');
            if (first == std::string_view::npos) continue;
            if (indentation == 0) indentation = node.text.text.empty() ? content.size() : first;
            if (first < indentation || first == 0) break;
            end = line_end(line);
        }
        return static_cast<std::uint32_t>(end);
    }

    const SourcePtr& source_;
    std::string_view text_;
    Diagnostics& diagnostics_;
    std::vector<YamlToken> tokens_;
    std::uint32_t at_ = 0;
    std::uint32_t line_ = 0;  // where the line begins
    std::size_t breaks_ = 0;
};

}  // namespace

std::optional<std::vector<YamlToken>> yaml_tokens(const SourcePtr& source, const Node& root, Diagnostics& diagnostics) {
    return Tokens(source, diagnostics).run(root);
}

bool is_in_brackets(const Node& node) {
    const char first = node.source->text()[node.span.begin];
    return (node.is_map() && first == '{') || (node.is_list() && first == '[');
}

}  // namespace praxe
