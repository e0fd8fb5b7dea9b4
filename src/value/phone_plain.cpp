// Telephone numbers without a library: the numbering plans of a few countries in outline, others by their length alone.
#include <re2/re2.h>

#include <algorithm>
#include <span>

#include "value/phone.hpp"

namespace praxe {
namespace {

struct Plan {
    std::string_view region;
    std::string_view country;  // calling code
    RE2 number;                // of those in use
    RE2 dialled;               // as dialled within the country; group 1 is the number
};
/// Brazil: Anatel's plan; 0, perhaps with two digits of a carrier, goes before a number of another area.
std::span<const Plan> plans() {
    static const Plan all[] = {
        {"BR", "55", R"([1-9][1-9](?:9\d{8}|[2-5]\d{7})|[38]00\d{7})", R"(0(?:[1-9]\d)?(\d{10,11}))"},
        {"PT", "351", R"([29]\d{8})", R"((\d{9}))"},
        {"US", "1", R"([2-9]\d\d[2-9]\d{6})", R"(1(\d{10}))"},
    };
    return all;
}
constexpr std::size_t fewest_digits = 8, most_digits = 15;  // E.164, 6.1; shorter ones are no subscriber's

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::optional<std::string> of_plan(const Plan& plan, const std::string& digits) {
    std::string number = digits;
    if (!RE2::FullMatch(digits, plan.number)) RE2::FullMatch(digits, plan.dialled, &number);
    if (!RE2::FullMatch(number, plan.number)) return std::nullopt;
    return "+" + std::string(plan.country) + number;
}

std::optional<std::string> international(const std::string& digits) {
    for (const Plan& plan : plans()) {
        if (digits.starts_with(plan.country)) return of_plan(plan, digits.substr(plan.country.size()));
    }
    if (digits.size() < fewest_digits || digits.size() > most_digits || digits.front() == '0') return std::nullopt;
    return "+" + digits;
}

}  // namespace

std::optional<std::string> e164(std::string_view text, std::string_view region) {
    const std::size_t begin = text.find_first_of("+0123456789");
    if (begin == std::string_view::npos) return std::nullopt;
    text.remove_prefix(begin);
    if (std::ranges::any_of(text, is_letter)) return std::nullopt;
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
    if (text.front() == '+') return international(digits);
    const auto plan = std::ranges::find(plans(), region, &Plan::region);
    if (plan == plans().end()) return std::nullopt;
    if (auto number = of_plan(*plan, digits)) return number;
    return digits.starts_with(plan->country) ? of_plan(*plan, digits.substr(plan->country.size())) : std::nullopt;
}

}  // namespace praxe
