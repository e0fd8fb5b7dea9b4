// Decimal text, read and written without a floating-point number in between.
#include "value/decimal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace praxe {
namespace {

bool all_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::optional<std::int64_t> parse_hundredths(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point == text.size() ? std::string_view("00") : text.substr(point + 1);
    if (whole.empty() || fraction.empty() || fraction.size() > 2) return std::nullopt;
    if (!all_digits(whole) || !all_digits(fraction)) return std::nullopt;

    std::string digits = negative ? "-" : "";
    digits.append(whole).append(fraction).append(2 - fraction.size(), '0');
    std::int64_t hundredths = 0;
    const auto end = digits.data() + digits.size();
    const auto [rest, failed] = std::from_chars(digits.data(), end, hundredths);
    if (failed != std::errc() || rest != end) return std::nullopt;
    return hundredths;
}

std::string format_hundredths(std::int64_t hundredths) {
    const bool negative = hundredths < 0;
    const auto bits = static_cast<std::uint64_t>(hundredths);
    const std::uint64_t size = negative ? 0 - bits : bits;
    return fmt::format("{}{}.{:02}", negative ? "-" : "", size / 100, size % 100);
}

std::string format_real(double d) {
    if (std::isnan(d)) return "nan";  // to_chars would write the sign of a NaN
    std::array<char, 32> buffer;
    const auto [end, failed] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), d);
    return failed == std::errc() ? std::string(buffer.data(), end) : std::string();
}

std::string format_real_with_point(double d) {
    const std::string text = format_real(d);
    const bool is_whole = text.find_first_not_of("-0123456789") == std::string::npos;
    return is_whole ? text + ".0" : text;
}

}  // namespace praxe
