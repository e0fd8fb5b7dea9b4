// Functions of strings and bytes.
#include <re2/re2.h>

#include <algorithm>

#include "value/function_rows.hpp"
#include "value/pattern.hpp"
#include "value/search.hpp"
#include "value/utf8.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

Value concatenate(const Context&, Args a) {
    return Value::string(a[0].as_string() + a[1].as_string());
}
Value concatenate_bytes(const Context&, Args a) {
    return Value::bytes(a[0].as_string() + a[1].as_string());
}
Value size_of_text(const Context&, Args a) {
    return Value::integer(static_cast<std::int64_t>(count_code_points(a[0].as_string())));
}
Value size_of_bytes(const Context&, Args a) {
    return Value::integer(static_cast<std::int64_t>(a[0].as_string().size()));
}
Value contains(const Context&, Args a) {
    return Value::boolean(find_text(a[0].as_string(), a[1].as_string()) != std::string::npos);
}
Value starts_with(const Context&, Args a) {
    return Value::boolean(a[0].as_string().starts_with(a[1].as_string()));
}
Value ends_with(const Context&, Args a) {
    return Value::boolean(a[0].as_string().ends_with(a[1].as_string()));
}

Value matches(const Context& context, Args a) {
    const Pattern pattern(context, a[1].as_string());
    if (pattern.error()) return *pattern.error();
    if (auto refused = pattern.refuse_search(context, a[0].as_string().size())) return *refused;
    return Value::boolean(RE2::PartialMatch(a[0].as_string(), pattern.program()));
}

char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char ascii_upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
Value each_char(const Value& v, char (*change)(char)) {
    std::string text = v.as_string();
    std::transform(text.begin(), text.end(), text.begin(), change);
    return Value::string(std::move(text));
}
Value lower_ascii(const Context&, Args a) {
    return each_char(a[0], ascii_lower);
}
Value upper_ascii(const Context&, Args a) {
    return each_char(a[0], ascii_upper);
}

Value trim(const Context&, Args a) {
    return Value::string(std::string(trimmed(a[0].as_string())));
}

}  // namespace

FunctionRows text_rows() {
    return {
        {"_+_", "(string, string) -> string", concatenate, "one text after the other"},
        {"_+_", "(bytes, bytes) -> bytes", concatenate_bytes, "one after the other"},
        {"size", "(string) -> int", size_of_text, "the number of characters (code points)"},
        {"size", "string.() -> int", size_of_text, "the number of characters (code points)"},
        {"size", "(bytes) -> int", size_of_bytes, "the number of bytes"},
        {"size", "bytes.() -> int", size_of_bytes, "the number of bytes"},
        {"contains", "string.(string) -> bool", contains, "true if the other text stands somewhere in this one"},
        {"startsWith", "string.(string) -> bool", starts_with, "true if this text begins with the other"},
        {"endsWith", "string.(string) -> bool", ends_with, "true if this text ends with the other"},
        {"matches", "string.(string) -> bool", matches, "true if the RE2 pattern matches some part of the text"},
        {"matches", "(string, string) -> bool", matches, "true if the RE2 pattern matches some part of the text"},
        {"lowerAscii", "string.() -> string", lower_ascii, "with A–Z in lower case"},
        {"upperAscii", "string.() -> string", upper_ascii, "with a–z in upper case"},
        {"trim", "string.() -> string", trim, "without white space at both ends"},
    };
}

}  // namespace praxe
