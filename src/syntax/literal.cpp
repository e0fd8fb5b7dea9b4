// The value of a literal token: numbers in range, doubles to the nearest.
#include "syntax/literal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace praxe {
namespace {

Value out_of_range(const Token& token, bool negative, std::string_view type, const std::string& bounds) {
    return Value::error(Error::Code::range, fmt::format("`{}{}` is out of the range of {}, {}", negative ? "-" : "",
                                                        token.text, type, bounds));
}

/// The digits as a magnitude; false if they are more than 64 bits hold.
bool magnitude_of(std::string_view digits, std::uint64_t& magnitude) {
    const bool hex = digits.starts_with("0x");
    if (hex) digits.remove_prefix(2);
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), magnitude, hex ? 16 : 10);
    return result.ec == std::errc();
}

Value integer(const Token& token, bool negative) {
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    std::uint64_t magnitude = 0;
    if (!magnitude_of(token.text, magnitude) || magnitude > largest + (negative ? 1 : 0)) {
        return out_of_range(token, negative, "int", fmt::format("-{} to {}", largest + 1, largest));
    }
    return Value::integer(static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude));
}

Value unsigned_integer(const Token& token) {
    std::uint64_t magnitude = 0;
    const std::string_view digits = std::string_view(token.text).substr(0, token.text.size() - 1);
    if (!magnitude_of(digits, magnitude)) {
        return out_of_range(token, false, "uint", fmt::format("0 to {}", std::numeric_limits<std::uint64_t>::max()));
    }
    return Value::unsigned_integer(magnitude);
}

/// Whether a decimal text that no double holds is too small, not too large: it rounds to zero then.
bool is_tiny(std::string_view text) {
    const std::size_t e = text.find_first_of("eE");
    const bool large_exponent = e != std::string_view::npos && text[e + 1] != '-';
    const std::string_view whole = text.substr(0, std::min(text.find('.'), e));
    const bool no_whole_part = whole.find_first_not_of('0') == std::string_view::npos;
    return !large_exponent && (no_whole_part || e != std::string_view::npos);
}

Value real(const Token& token, bool negative) {
    double v = 0;
    const auto result = std::from_chars(token.text.data(), token.text.data() + token.text.size(), v);
    if (result.ec == std::errc::result_out_of_range) {
        if (!is_tiny(token.text)) return out_of_range(token, negative, "double", "which ends near 1.8e308");
        v = 0;
    }
    return Value::real(negative ? -v : v);
}

}  // namespace

bool is_literal(TokenKind kind) {
    constexpr std::array literals = {
        TokenKind::integer, TokenKind::unsigned_integer, TokenKind::real,          TokenKind::string,
        TokenKind::bytes,   TokenKind::true_literal,     TokenKind::false_literal, TokenKind::null_literal};
    return std::find(literals.begin(), literals.end(), kind) != literals.end();
}

Value literal_value(const Token& token, bool negative) {
    if (token.kind == TokenKind::integer) return integer(token, negative);
    if (token.kind == TokenKind::unsigned_integer) return unsigned_integer(token);
    if (token.kind == TokenKind::real) return real(token, negative);
    if (token.kind == TokenKind::string) return Value::string(token.text);
    if (token.kind == TokenKind::bytes) return Value::bytes(token.text);
    if (token.kind == TokenKind::null_literal) return Value::null();
    return Value::boolean(token.kind == TokenKind::true_literal);
}

}  // namespace praxe
