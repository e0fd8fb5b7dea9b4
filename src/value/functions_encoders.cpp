// Bytes as Base64 text (RFC 4648, section 4) and back; padding may be left out when read.
#include <absl/strings/escaping.h>

#include "value/function_rows.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

/// What may stand in such a text: line breaks are skipped.
constexpr std::string_view base64_characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n";

Value encode(const Context&, Args a) {
    return Value::string(absl::Base64Escape(a[0].as_string()));
}

Value decode(const Context&, Args a) {
    const std::string& text = a[0].as_string();
    std::string bytes;
    const bool known = text.find_first_not_of(base64_characters) == std::string::npos;
    if (known && absl::Base64Unescape(text, &bytes)) return Value::bytes(std::move(bytes));
    return Value::error(Error::Code::conversion, to_text(a[0]) + " is not Base64");
}

}  // namespace

FunctionRows encoder_rows() {
    return {
        {"base64.encode", "(bytes) -> string", encode, "the bytes as Base64 text, padded"},
        {"base64.decode", "(string) -> bytes", decode, "the bytes of a Base64 text, padded or not"},
    };
}

}  // namespace praxe
