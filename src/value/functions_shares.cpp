// Amounts in parts that add up to them: by weights, by percentages, with caps, by where a tier starts.
#include <algorithm>
#include <limits>
#include <numeric>

#include "value/exact_amounts.hpp"
#include "value/function_rows.hpp"
#include "value/money_lists.hpp"

namespace praxe {
namespace {

using Context = FunctionContext;

/// Largest remainder (Hamilton's method): each part is its quota rounded down, and the cents left over go one each to
/// the parts that lost most by it; ties to the earlier part. Conserves the total; every part is within a cent of its
/// quota. REQUIRES: the quotas that are no whole cents have one divisor.
std::vector<Wide> largest_remainder(Wide total, const std::vector<Quotient>& quotas) {
    std::vector<Wide> parts;
    std::vector<Wide> rests;
    for (const Quotient& quota : quotas) {
        parts.push_back(quota.numerator / quota.divisor);
        rests.push_back(quota.numerator % quota.divisor);
    }
    std::vector<std::size_t> order(quotas.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t k) { return rests[i] > rests[k]; });
    const Wide left = total - std::accumulate(parts.begin(), parts.end(), Wide{0});
    for (std::size_t i = 0; static_cast<Wide>(i) < left; ++i) ++parts[order[i]];
    return parts;
}

/// The split of -x is minus the split of x.
Value split_by(const Value& amount, const Shares& shares) {
    if (std::all_of(shares.weights.begin(), shares.weights.end(), [](std::int64_t weight) { return weight == 0; }))
        return Value::error(Error::Code::arithmetic, "split has no weight above 0 to give the amount to");
    const Wide total = amount.as_int();
    const Wide size = total < 0 ? -total : total;
    const auto exact = quotas(size, shares);
    if (!exact)
        return Value::error(Error::Code::range, fmt::format("the caps of split hold less than {}", to_text(amount)));
    List parts;
    for (const Wide part : largest_remainder(size, *exact))
        parts.push_back(money_of(static_cast<std::int64_t>(total < 0 ? -part : part)));
    return Value::list(std::move(parts));
}

/// The numbers of a list, none of them below 0; otherwise the error.
std::optional<Value> read_numbers(std::string_view what, const Value& list, std::vector<std::int64_t>& into) {
    for (const Value& item : list.as_list()) {
        if (item.as_int() < 0) {
            return Value::error(Error::Code::range,
                                fmt::format("a {} of split is {}; the least is 0", what, to_text(item)));
        }
        into.push_back(item.as_int());
    }
    return std::nullopt;
}

/// Weights are whole numbers, or percentages of the whole.
std::optional<Value> read_weights(Args a, Shares& shares) {
    const List& weights = a[1].as_list();
    const bool percentages = !weights.empty() && weights.front().is(Kind::percent);
    if (auto wrong = not_all("split", a, 1, percentages ? Kind::percent : Kind::integer)) return wrong;
    if (auto wrong = read_numbers(percentages ? "percentage" : "weight", a[1], shares.weights)) return wrong;
    constexpr Wide hundred_percent = 10'000;
    const Wide all = std::accumulate(shares.weights.begin(), shares.weights.end(), Wide{0});
    if (!percentages || all == hundred_percent) return std::nullopt;
    return Value::error(Error::Code::range, "the percentages of split do not add up to 100");
}

Value split(const Context&, Args a) {
    Shares shares;
    if (auto wrong = read_weights(a, shares)) return *std::move(wrong);
    return split_by(a[0], shares);
}

Value split_with_caps(const Context&, Args a) {
    Shares shares;
    if (auto wrong = read_weights(a, shares)) return *std::move(wrong);
    if (auto wrong = not_all("split", a, 2, Kind::money)) return *std::move(wrong);
    if (auto wrong = not_as_many("split", "weights", a[1], "caps", a[2])) return *std::move(wrong);
    if (auto wrong = read_numbers("cap", a[2], shares.caps)) return *std::move(wrong);
    return split_by(a[0], shares);
}

/// The tranches of -x are minus those of x.
Value tranches(const Context&, Args a) {
    if (auto wrong = not_all("tranches", a, 1, Kind::money)) return *std::move(wrong);
    const List& starts = a[1].as_list();
    const Wide amount = a[0].as_int();
    const Wide size = amount < 0 ? -amount : amount;
    List parts;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const std::int64_t from = starts[i].as_int();
        if (from < 0 || (i > 0 && from <= starts[i - 1].as_int())) {
            return Value::error(Error::Code::range, fmt::format("tranches start at 0 or above, each above the one "
                                                                "before; here one starts at {}",
                                                                to_text(starts[i])));
        }
        const Wide until = i + 1 < starts.size() ? Wide{starts[i + 1].as_int()} : size;
        const Wide part = std::max(Wide{0}, std::min(size, until) - from);
        parts.push_back(money_of(static_cast<std::int64_t>(amount < 0 ? -part : part)));
    }
    return Value::list(std::move(parts));
}

}  // namespace

FunctionRows share_rows() {
    return {
        {"split", "(money, list(int)) -> list(money)", split,
         "parts in proportion to the weights that add up to the amount: largest remainder, ties to the earlier part"},
        {"split", "(money, list(percent)) -> list(money)", split, "the same by percentages that add up to 100"},
        {"split", "(money, list(int), list(money)) -> list(money)", split_with_caps,
         "the same where no part is above its cap: what is goes to the others by their weights"},
        {"split", "(money, list(percent), list(money)) -> list(money)", split_with_caps,
         "the same by percentages that add up to 100"},
        {"tranches", "(money, list(money)) -> list(money)", tranches,
         "the part of the amount in each tier: tiers are given by where they start, each ends where the next one "
         "starts"},
    };
}

}  // namespace praxe
