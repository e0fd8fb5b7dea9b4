// YAML to the located tree, through yaml-cpp's events. The only file that knows yaml-cpp.
//
// yaml-cpp accepts several mistakes in silence (see docs of read_yaml); each is looked for here, in its events and in
// the source text beside them. Its marks count bytes from behind the byte order mark.
#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

#include "document/alignment.hpp"
#include "document/encoding.hpp"
#include "document/long_blocks.hpp"
#include "document/tree_builder.hpp"

namespace praxe {
namespace {

/// Ends yaml-cpp's reading from inside one of its events; never leaves read_yaml.
struct Stop {};

struct Mistake {
    std::string_view begins;  // how yaml-cpp's message begins
    std::string_view message;
    std::string_view hint;
};

/// A place with a mistake that yaml-cpp names, in our words.
const Mistake mistakes[] = {
    {YAML::ErrorMsg::TAB_IN_INDENTATION, "a tab in the indentation", "indent with spaces"},
    {YAML::ErrorMsg::END_OF_MAP, "this does not fit the map it stands in",
     "a map is lines of `key: value` in one column; look at the indentation, and at the quotes of the line above"},
    {YAML::ErrorMsg::END_OF_SEQ, "this does not fit the list it stands in",
     "a list is lines of `- item` in one column; look at the indentation"},
    {YAML::ErrorMsg::MAP_VALUE, "a colon cannot stand here",
     R"(put text that holds ": " in quotes, or write it in a block after `>-`)"},
    {YAML::ErrorMsg::MAP_KEY, "a key cannot stand here", "begin the map on a line of its own"},
    {YAML::ErrorMsg::BLOCK_ENTRY, "an item of a list cannot stand here",
     "begin the list on a line of its own; look at the brackets of the line above"},
    {YAML::ErrorMsg::FLOW_END, "this bracket closes nothing", "remove it, or put the text in quotes"},
    {YAML::ErrorMsg::UNKNOWN_TOKEN, "a value cannot begin with this character", "put the text in quotes"},
    {YAML::ErrorMsg::DOC_IN_SCALAR, "a document ends inside a quoted text", "close the quote before it"},
    {YAML::ErrorMsg::INVALID_ESCAPE, "this escape is not known in a quoted text",
     R"(write "\\" for one backslash, or use single quotes)"},
    {YAML::ErrorMsg::INVALID_HEX, "this escape lacks its hexadecimal digits",
     R"(write "\\" for one backslash, or use single quotes)"},
    {YAML::ErrorMsg::INVALID_UNICODE, "this escape is not a character", "write the character itself"},
    {YAML::ErrorMsg::CHAR_IN_BLOCK, "a block's text cannot begin on the line of its `|` or `>`",
     "begin it on the next line"},
};

constexpr Mistake question_mistake = {"?", "a name cannot end in `?` between braces",
                                      "write one field a line, or put the name in quotes"};

// Marks that a value may carry in front, by their first byte.
constexpr Mistake tag_mistake = {"!", "tags are not used here", "put text that begins with `!` in quotes"};
constexpr Mistake anchor_mistake = {"&", "anchors are not used here", "put text that begins with `&` in quotes"};
constexpr Mistake alias_mistake = {
    "*", "aliases are not used here",
    "write the value out where it is needed, or put text that begins with `*` in quotes"};

const Mistake* mark_mistake(char first) {
    static constexpr const Mistake* all[] = {&tag_mistake, &anchor_mistake, &alias_mistake};
    for (const Mistake* mistake : all) {
        if (mistake->begins.front() == first) return mistake;
    }
    return nullptr;
}

class Reader : public YAML::EventHandler {
  public:
    Reader(const SourcePtr& source, std::uint32_t begin, const DocumentLimits& limits, Diagnostics& diagnostics,
           std::vector<LeftOut> left_out = {})
        : source_(source),
          begin_(begin),
          diagnostics_(diagnostics),
          tree_(source, limits, diagnostics),
          left_out_(std::move(left_out)) {}

    std::optional<Node> read() {
        try {
            std::istringstream in(without(source_->text(), begin_, left_out_));
            YAML::Parser parser(in);
            while (parser.HandleNextDocument(*this)) {
            }
            if (documents_ == 0) tree_.null({begin_, begin_ + 1});
        } catch (const YAML::Exception& exception) {
            report(exception);
        } catch (const Stop&) {
            return tree_.take();  // what stopped the reading was reported where it stands
        }
        return tree_.take();
    }

    /// True if all that was left out was met where it had been.
    bool is_whole() const { return completed_ == left_out_.size(); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ == 1) return;
        const std::uint32_t at = documents_ == 2 ? skip_blank(tree_.position()) : offset(mark);
        const bool marked = rest(at).starts_with("---") || rest(at).starts_with("...");
        diagnostics_.error(here(at), marked ? "a second document begins here" : "this stands after the document's end",
                           marked ? "one file holds one document" : "look at the indentation and the brackets above");
        throw Stop{};
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { tree_.null(null_place(offset(mark))); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        const std::uint32_t at = offset(mark);
        report(alias_mistake, at);
        tree_.scalar(plain(at, word_end(at)));
    }
    void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t, const std::string& text) override {
        const std::uint32_t at = offset(mark);
        if (refuse_mark(at)) {
            tree_.scalar(plain(at, word_end(at)));
        } else {
            tree_.scalar(scalar(at, is_left_out(at) ? whole_text(text) : text));
        }
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        open(Node::Kind::list, offset(mark));
    }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
        open(Node::Kind::map, offset(mark));
    }
    void OnSequenceEnd() override { close('[', ']'); }
    void OnMapEnd() override { close('{', '}'); }

  private:
    std::uint32_t size() const { return static_cast<std::uint32_t>(source_->text().size()); }
    std::uint32_t offset(const YAML::Mark& mark) const {
        return mark.pos < 0 ? size()
                            : std::min(place_in_whole(static_cast<std::uint32_t>(mark.pos), begin_, left_out_), size());
    }
    bool is_left_out(std::uint32_t at) const {
        return completed_ < left_out_.size() && left_out_[completed_].header == at;
    }
    std::string whole_text(const std::string& read) {
        std::string whole = completed(source_->text(), left_out_[completed_], read);
        if (!whole.empty()) ++completed_;
        return whole;
    }
    char byte(std::uint32_t at) const { return at < size() ? source_->text()[at] : '\0'; }
    std::string_view rest(std::uint32_t at) const {
        return std::string_view(source_->text()).substr(std::min(at, size()));
    }
    Place here(std::uint32_t at) const { return {source_, {at, at + 1}}; }

    /// After white space and comments.
    std::uint32_t skip_blank(std::uint32_t at) const {
        while (at < size()) {
            const char c = byte(at);
            if (c == '#') {
                while (at < size() && byte(at) != '\n') ++at;
            } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                break;
            } else {
                ++at;
            }
        }
        return at;
    }
    std::uint32_t word_end(std::uint32_t at) const {
        const std::size_t length = rest(at).find_first_of(" \t\r\n,]}");
        return at + std::max(1u, static_cast<std::uint32_t>(std::min(length, rest(at).size())));
    }

    Node plain(std::uint32_t begin, std::uint32_t end) const {
        Node node;
        node.source = source_;
        node.span = {begin, end};
        node.text = {source_->text().substr(begin, end - begin), source_, begin, {}};
        return node;
    }

    Node scalar(std::uint32_t at, const std::string& text) {
        struct Form {
            char first;
            Node::Style style;
            Notation notation;
        };
        static constexpr Form forms[] = {{'"', Node::Style::quoted, Notation::double_quoted},
                                         {'\'', Node::Style::quoted, Notation::single_quoted},
                                         {'|', Node::Style::block, Notation::block},
                                         {'>', Node::Style::block, Notation::block},
                                         {'\0', Node::Style::plain, Notation::plain}};
        const auto form =
            std::find_if(std::begin(forms), std::end(forms) - 1, [&](const Form& f) { return f.first == byte(at); });
        Node node;
        node.source = source_;
        node.style = form->style;
        auto alignment = align(source_->text(), at, text, form->notation);
        if (!alignment) {
            report_open_quote(at);
            alignment = Alignment{at, {}, at + 1};
        }
        node.span = {at, alignment->end};
        node.text = {text, source_, alignment->base, std::move(alignment->offsets)};
        refuse_merge(node);
        return node;
    }

    void refuse_merge(const Node& node) {
        if (!tree_.expects_key() || node.style != Node::Style::plain || node.text.text != "<<") return;
        diagnostics_.error(node.place(), "maps are not merged with `<<` here", "write the fields out");
    }

    bool refuse_mark(std::uint32_t at) {
        const Mistake* mistake = mark_mistake(byte(at));
        if (mistake) report(*mistake, at);
        return mistake != nullptr;
    }

    void open(Node::Kind kind, std::uint32_t at) {
        refuse_mark(at);
        if (!tree_.open(kind, at)) throw Stop{};
    }
    /// A list or map in brackets ends at its bracket, another one with the last thing in it.
    void close(char opening, char closing) {
        std::uint32_t end = tree_.position();
        if (byte(tree_.innermost().span.begin) == opening) {
            const bool empty = end == tree_.innermost().span.begin;
            end = skip_blank(empty ? end + 1 : end);
            while (end < size() && byte(end) == ',') end = skip_blank(end + 1);
            if (byte(end) == closing) ++end;
        }
        tree_.close(end);
    }

    /// A null has no bytes of its own, or its mark is that of what comes next.
    Span null_place(std::uint32_t mark) const {
        for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
            const bool written = rest(mark).starts_with(word);
            if (written && mark >= tree_.position()) return {mark, mark + static_cast<std::uint32_t>(word.size())};
        }
        if (const Node* key = tree_.pending_key()) return key->span;
        if (tree_.is_open() && tree_.innermost().is_list()) {
            std::uint32_t at = skip_blank(tree_.position());
            if (byte(at) == ',' && byte(skip_blank(at + 1)) == ',') at = skip_blank(at + 1);
            return {at, at + 1};
        }
        return {mark, mark + 1};
    }

    void report(const Mistake& mistake, std::uint32_t at) {
        diagnostics_.error({source_, {at, word_end(at)}}, std::string(mistake.message), std::string(mistake.hint));
    }
    void report_open_quote(std::uint32_t at) {
        diagnostics_.error(here(at), "this quote is not closed", "close it, or double it if it belongs to the text");
    }
    void report_open_bracket() {
        const char bracket = byte(tree_.innermost().span.begin);
        diagnostics_.error(here(tree_.innermost().span.begin), fmt::format("this {} is not closed", bracket),
                           "close it where it ends; between two items stands a comma");
    }

    /// A parse error of yaml-cpp, in our words and at the place that is to be mended.
    void report(const YAML::Exception& exception) {
        const std::string_view text = exception.msg;
        const std::uint32_t at = std::min(offset(exception.mark), size() == 0 ? 0 : size() - 1);
        const bool bracket_open = text == YAML::ErrorMsg::END_OF_MAP_FLOW || text == YAML::ErrorMsg::END_OF_SEQ_FLOW;
        if (bracket_open && tree_.is_open()) return report_open_bracket();
        if (text == YAML::ErrorMsg::EOF_IN_SCALAR) return report_open_quote(quote_after(tree_.position()));
        if (const Mistake* mark = mark_mistake(byte(at))) return report(*mark, at);
        if (const Mistake* mark = at > 0 ? mark_mistake(byte(at - 1)) : nullptr) return report(*mark, at - 1);
        if (text == YAML::ErrorMsg::UNKNOWN_TOKEN && byte(at) == '?') return report(question_mistake, at);
        if (is_indented_with_tab(at)) return report(mistakes[0], at);
        for (const Mistake& mistake : mistakes) {
            if (text.starts_with(mistake.begins)) return report(mistake, at);
        }
        diagnostics_.error(here(at), fmt::format("not well-formed YAML: {}", text));
    }
    std::uint32_t quote_after(std::uint32_t at) const {
        const std::size_t length = rest(at).find_first_of("\"'");
        return length == std::string_view::npos ? at : at + static_cast<std::uint32_t>(length);
    }
    bool is_indented_with_tab(std::uint32_t at) const {
        const std::string_view line = source_->line_at(at);
        const std::size_t text = std::min(line.find_first_not_of(" \t"), line.size());
        return line.substr(0, text).find('\t') != std::string_view::npos;
    }

    const SourcePtr& source_;
    std::uint32_t begin_;
    Diagnostics& diagnostics_;
    TreeBuilder tree_;
    std::vector<LeftOut> left_out_;
    std::size_t completed_ = 0;  // of what was left out
    int documents_ = 0;
};

/// Nothing where there are no long blocks, or the text is not as it looks; what is wrong then is for another reading to
/// tell.
std::optional<Node> read_less_long_blocks(const SourcePtr& source, std::uint32_t begin, const DocumentLimits& limits) {
    std::vector<LeftOut> blocks = long_blocks(source->text(), begin);
    if (blocks.empty()) return std::nullopt;
    Diagnostics unheard;
    Reader reader(source, begin, limits, unheard, std::move(blocks));
    std::optional<Node> root = reader.read();
    return unheard.empty() && reader.is_whole() ? std::move(root) : std::nullopt;
}

}  // namespace

std::optional<Node> read_yaml(const SourcePtr& source, Diagnostics& diagnostics, const DocumentLimits& limits) {
    const std::size_t errors_before = diagnostics.size();
    const auto begin = check_encoding(source, limits, diagnostics);
    if (!begin) return std::nullopt;
    if (auto root = read_less_long_blocks(source, *begin, limits)) return root;
    std::optional<Node> root = Reader(source, *begin, limits, diagnostics).read();
    return diagnostics.size() == errors_before ? std::move(root) : std::nullopt;
}

}  // namespace praxe
