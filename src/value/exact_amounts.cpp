// The formulas of proportion, over whole cents.
#include "value/exact_amounts.hpp"

#include <algorithm>
#include <array>

namespace praxe {
namespace {

constexpr Wide hundredths_in_one = 10'000;

using Args = std::span<const Value>;

bool is_list_of(const Value& value, Kind kind) {
    return value.is(Kind::list) && std::all_of(value.as_list().begin(), value.as_list().end(),
                                               [&](const Value& item) { return item.is(kind); });
}

std::vector<Quotient> of_divide(Args a) {
    return {exact_quotient(a)};
}
std::vector<Quotient> of_percent(Args a) {
    if (a[1].is(Kind::money)) return {exact_percentage(a)};
    if (!is_list_of(a[0], Kind::percent) || !is_list_of(a[1], Kind::money)) return {};
    const auto sum = sum_of_percentages(a[0], a[1]);
    return sum ? std::vector{*sum} : std::vector<Quotient>{};
}
std::vector<Quotient> of_prorate(Args a) {
    return {exact_proportion(a)};
}
std::vector<Quotient> of_split(Args a) {
    if (!a[0].is(Kind::money)) return {};
    Shares shares;
    for (const Value& weight : a[1].as_list()) shares.weights.push_back(weight.as_int());
    if (a.size() > 2) {
        for (const Value& cap : a[2].as_list()) shares.caps.push_back(cap.as_int());
    }
    const Wide total = a[0].as_int();
    auto parts = quotas(total < 0 ? -total : total, shares);
    if (!parts) return {};
    for (Quotient& part : *parts) part.numerator = total < 0 ? -part.numerator : part.numerator;
    return *std::move(parts);
}

struct ExactRow {
    std::string_view function;
    std::vector<Quotient> (*amounts)(Args);
};
constexpr std::array exact_rows{
    ExactRow{"divide", of_divide},
    ExactRow{"percent_of", of_percent},
    ExactRow{"prorate", of_prorate},
    ExactRow{"split", of_split},
};

/// Whether a part of `total` by its weight is above the cap.
bool is_above(Wide total, std::int64_t weight, Wide whole, std::int64_t cap) {
    const Wide part = total * weight;
    return part / whole > cap || (part / whole == cap && part % whole != 0);
}

}  // namespace

Quotient exact_quotient(Args a) {
    return {a[0].as_int(), a[1].as_int()};
}
Quotient exact_percentage(Args a) {
    return {Wide{a[0].as_int()} * a[1].as_int(), hundredths_in_one};
}
Quotient exact_proportion(Args a) {
    return {Wide{a[0].as_int()} * a[1].as_int(), a[2].as_int()};
}

std::optional<std::vector<Quotient>> quotas(Wide total, const Shares& shares) {
    const std::size_t parts = shares.weights.size();
    std::vector<Quotient> found(parts, Quotient{0, 1});
    std::vector<bool> open(parts);
    for (std::size_t i = 0; i < parts; ++i) open[i] = shares.weights[i] > 0;
    for (;;) {
        Wide whole = 0;
        for (std::size_t i = 0; i < parts; ++i) whole += open[i] ? shares.weights[i] : 0;
        if (whole == 0) return total == 0 && !shares.caps.empty() ? std::optional(found) : std::nullopt;
        Wide capped = 0;
        bool any = false;
        for (std::size_t i = 0; i < parts; ++i) {
            if (!open[i]) continue;
            found[i] = {total * shares.weights[i], whole};
            if (shares.caps.empty() || !is_above(total, shares.weights[i], whole, shares.caps[i])) continue;
            found[i] = {shares.caps[i], 1};
            capped += shares.caps[i];
            open[i] = false;
            any = true;
        }
        if (!any) return found;
        total -= capped;
    }
}

std::optional<Quotient> sum_of_percentages(const Value& percentages, const Value& amounts) {
    Wide sum = 0;
    for (std::size_t i = 0; i < amounts.as_list().size(); ++i) {
        const Wide part = Wide{percentages.as_list()[i].as_int()} * amounts.as_list()[i].as_int();
        if (__builtin_add_overflow(sum, part, &sum)) return std::nullopt;
    }
    return Quotient{sum, hundredths_in_one};
}

std::vector<Quotient> exact_amounts(std::string_view function, std::span<const Value> args) {
    const auto* row =
        std::find_if(exact_rows.begin(), exact_rows.end(), [&](const ExactRow& r) { return r.function == function; });
    return row == exact_rows.end() ? std::vector<Quotient>{} : row->amounts(args);
}

}  // namespace praxe
