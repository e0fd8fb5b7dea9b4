// JSON to the located tree, through RapidJSON's SAX reader: numbers stay the text they were written as.
#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>

#include "document/alignment.hpp"
#include "document/encoding.hpp"
#include "document/tree_builder.hpp"

namespace praxe {
namespace {

/// RapidJSON says only where it has got to; a token begins after the blanks and punctuation behind the last one.
class Handler {
  public:
    using Ch = char;
    Handler(const SourcePtr& source, std::uint32_t begin, const rapidjson::MemoryStream& stream, TreeBuilder& tree)
        : source_(source), begin_(begin), stream_(stream), tree_(tree), position_(begin) {}

    bool Null() {
        const std::uint32_t at = token();
        tree_.null({at, reached()});
        return true;
    }
    bool Bool(bool) { return plain(); }
    bool RawNumber(const char*, rapidjson::SizeType, bool) { return plain(); }
    bool String(const char* text, rapidjson::SizeType length, bool) {
        const std::uint32_t at = token();
        const std::string_view decoded(text, length);
        auto alignment = align(source_->text(), at, decoded, Notation::double_quoted);
        if (!alignment) return false;  // RapidJSON has seen the closing quote
        Node node;
        node.source = source_;
        node.style = Node::Style::quoted;
        node.span = {at, reached()};
        node.text = {std::string(decoded), source_, alignment->base, std::move(alignment->offsets)};
        tree_.scalar(std::move(node));
        return true;
    }
    bool Key(const char* text, rapidjson::SizeType length, bool copy) { return String(text, length, copy); }
    bool StartObject() { return open(Node::Kind::map); }
    bool StartArray() { return open(Node::Kind::list); }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool EndArray(rapidjson::SizeType) { return close(); }

    // Numbers come as RawNumber; the reader's interface has these as well.
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(std::int64_t) { return false; }
    bool Uint64(std::uint64_t) { return false; }
    bool Double(double) { return false; }

  private:
    std::uint32_t token() {
        const std::size_t at = source_->text().find_first_not_of(" \t\r\n,:", position_);
        position_ = reached();
        return static_cast<std::uint32_t>(std::min(at, source_->text().size()));
    }
    std::uint32_t reached() const { return static_cast<std::uint32_t>(begin_ + stream_.Tell()); }

    bool plain() {
        const std::uint32_t at = token();
        Node node;
        node.source = source_;
        node.literal = true;
        node.span = {at, reached()};
        node.text = {source_->text().substr(at, reached() - at), source_, at, {}};
        tree_.scalar(std::move(node));
        return true;
    }
    bool open(Node::Kind kind) { return tree_.open(kind, token()); }
    bool close() {
        token();
        tree_.close(reached());
        return true;
    }

    const SourcePtr& source_;
    std::uint32_t begin_;
    const rapidjson::MemoryStream& stream_;
    TreeBuilder& tree_;
    std::uint32_t position_;
};

struct Mistake {
    rapidjson::ParseErrorCode code;
    std::string_view message;
    std::string_view hint;
};

/// A mistake that RapidJSON names, in our words.
constexpr Mistake mistakes[] = {
    {rapidjson::kParseErrorDocumentEmpty, "the document is empty", ""},
    {rapidjson::kParseErrorDocumentRootNotSingular, "this stands after the document's end",
     "one document holds one value"},
    {rapidjson::kParseErrorValueInvalid, "a value is due here",
     R"(a value is "text" in quotes, a number, true, false, [a list] or {"a": "map"})"},
    {rapidjson::kParseErrorObjectMissName, "a key in double quotes is due here", "a comma cannot stand before a }"},
    {rapidjson::kParseErrorObjectMissColon, "a colon is due here, after the key", ""},
    {rapidjson::kParseErrorObjectMissCommaOrCurlyBracket, "a comma or a } is due here", ""},
    {rapidjson::kParseErrorArrayMissCommaOrSquareBracket, "a comma or a ] is due here", ""},
    {rapidjson::kParseErrorStringUnicodeEscapeInvalidHex, "this escape lacks its four hexadecimal digits", ""},
    {rapidjson::kParseErrorStringUnicodeSurrogateInvalid, "this escape is half of a character", ""},
    {rapidjson::kParseErrorStringEscapeInvalid, "this escape is not known", R"(write "\\" for one backslash)"},
    {rapidjson::kParseErrorStringMissQuotationMark, "this text is not closed", R"(close it with a ")"},
    {rapidjson::kParseErrorNumberTooBig, "this number is too big", ""},
    {rapidjson::kParseErrorNumberMissFraction, "a digit is due after the decimal point", ""},
    {rapidjson::kParseErrorNumberMissExponent, "a digit is due in the exponent", ""},
};

void report(const SourcePtr& source, std::uint32_t at, rapidjson::ParseErrorCode code, Diagnostics& diagnostics) {
    const Place place{source, {at, at + 1}};
    if (code == rapidjson::kParseErrorStringEscapeInvalid && source->text()[at] != '\\') {
        diagnostics.error(place, "a line break or a tab cannot stand in a text",
                          R"(close the text with a ", or write \n or \t)");
        return;
    }
    for (const Mistake& mistake : mistakes) {
        if (mistake.code == code) {
            return diagnostics.error(place, std::string(mistake.message), std::string(mistake.hint));
        }
    }
    diagnostics.error(place, fmt::format("not well-formed JSON: {}", rapidjson::GetParseError_En(code)));
}

}  // namespace

std::optional<Node> read_json(const SourcePtr& source, Diagnostics& diagnostics, const DocumentLimits& limits) {
    const std::size_t errors_before = diagnostics.size();
    const auto begin = check_encoding(source, limits, diagnostics);
    if (!begin) return std::nullopt;
    rapidjson::MemoryStream stream(source->text().data() + *begin, source->text().size() - *begin);
    TreeBuilder tree(source, limits, diagnostics);
    Handler handler(source, *begin, stream, tree);
    rapidjson::Reader reader;
    const auto result = reader.Parse<rapidjson::kParseNumbersAsStringsFlag>(stream, handler);
    if (result.IsError() && result.Code() != rapidjson::kParseErrorTermination) {
        report(source, static_cast<std::uint32_t>(*begin + result.Offset()), result.Code(), diagnostics);
    }
    return diagnostics.size() == errors_before ? tree.take() : std::nullopt;
}

}  // namespace praxe
