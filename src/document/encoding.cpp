// Checks the bytes of a document. Readers below this may rely on well-formed UTF-8 without control characters.
#include "document/encoding.hpp"

#include <fmt/format.h>

#include "value/utf8.hpp"

namespace praxe {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

unsigned byte_at(std::string_view text, std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

/// Where the first byte stands that is no part of a UTF-8 character.
std::size_t find_invalid(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t length = 1;
        while (length <= 4 && !valid_utf8(text.substr(at, length))) ++length;
        if (length > 4) break;
        at += length;
    }
    return at;
}

bool is_control(std::string_view text, std::size_t i) {
    const unsigned byte = byte_at(text, i);
    if (byte == '\r') return byte_at(text, i + 1) != '\n';
    return (byte < 0x20 && byte != '\t' && byte != '\n') || byte == 0x7F;
}

}  // namespace

std::optional<std::uint32_t> check_encoding(const SourcePtr& source, const DocumentLimits& limits,
                                            Diagnostics& diagnostics) {
    const std::string_view text = source->text();
    if (text.size() > limits.max_bytes) {
        diagnostics.error({source, {0, 0}},
                          fmt::format("{} bytes are more than the limit of {}", text.size(), limits.max_bytes));
        return std::nullopt;
    }
    const std::size_t begin = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    const auto here = [&](std::size_t i) {
        const auto at = static_cast<std::uint32_t>(i);
        return Place{source, {at, at + 1}};
    };
    if (!valid_utf8(text)) {
        const std::size_t at = find_invalid(text);
        diagnostics.error(here(at), fmt::format("byte {:#04x} is not UTF-8", byte_at(text, at)),
                          "save the file as UTF-8");
        return std::nullopt;
    }
    for (std::size_t i = begin; i < text.size(); ++i) {
        if (!is_control(text, i)) continue;
        diagnostics.error(here(i),
                          fmt::format("control character {:#04x} cannot stand in a document", byte_at(text, i)),
                          "remove it, or write it as an escape between double quotes");
        return std::nullopt;
    }
    return static_cast<std::uint32_t>(begin);
}

}  // namespace praxe
