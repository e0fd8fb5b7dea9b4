// What must hold of every division of money, on random amounts: nothing is lost, nobody is a cent off, order is no
// matter.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "value/functions.hpp"

namespace praxe {
namespace {

using Wide = __int128;

Value money(std::int64_t cents) {
    return Value::count(Kind::money, cents);
}

std::vector<std::int64_t> split(std::int64_t total, const std::vector<std::int64_t>& weights) {
    List list;
    for (const std::int64_t weight : weights) list.push_back(Value::integer(weight));
    const Value args[] = {money(total), Value::list(std::move(list))};
    const Value parts = call_function("split", false, args, {});
    std::vector<std::int64_t> cents;
    EXPECT_TRUE(parts.is(Kind::list)) << to_text(parts);
    if (parts.is(Kind::list)) {
        for (const Value& part : parts.as_list()) cents.push_back(part.as_int());
    }
    return cents;
}

std::int64_t prorate(std::int64_t total, std::int64_t part, std::int64_t whole) {
    const Value args[] = {money(total), money(part), money(whole), Value::string("half_up")};
    return call_function("prorate", false, args, {}).as_int();
}

class Draw {
  public:
    explicit Draw(unsigned seed) : random_(seed) {}

    std::int64_t number(std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
    }
    /// Of every size, small ones as often as large ones.
    std::int64_t amount() {
        const std::int64_t most = std::int64_t{1} << number(0, 62);
        return number(-most, most);
    }
    std::vector<std::int64_t> weights() {
        std::vector<std::int64_t> weights(static_cast<std::size_t>(number(1, 12)));
        const std::int64_t most = number(0, 3) == 0 ? std::int64_t{1} << 50 : 5;
        for (auto& weight : weights) weight = number(0, most);
        if (std::accumulate(weights.begin(), weights.end(), std::int64_t{0}) == 0) weights.front() = 1;
        return weights;
    }
    template <typename Items>
    void shuffle(Items& items) {
        std::shuffle(items.begin(), items.end(), random_);
    }

  private:
    std::mt19937 random_;
};

Wide sum(const std::vector<std::int64_t>& numbers) {
    return std::accumulate(numbers.begin(), numbers.end(), Wide{0});
}

constexpr int rounds = 20'000;

TEST(MoneyProperties, SplitConservesItsTotalAndKeepsEveryQuota) {
    Draw draw(1);
    for (int round = 0; round < rounds; ++round) {
        const std::int64_t total = draw.amount();
        const auto weights = draw.weights();
        const auto parts = split(total, weights);
        ASSERT_EQ(parts.size(), weights.size());
        ASSERT_TRUE(sum(parts) == total) << total;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            // |part - total * weight / whole| < 1, without a fraction
            const Wide off = Wide{parts[i]} * sum(weights) - Wide{total} * weights[i];
            ASSERT_TRUE(off < sum(weights) && -off < sum(weights)) << total << " part " << i;
            if (weights[i] == 0) {
                ASSERT_EQ(parts[i], 0);
            }
        }
    }
}

TEST(MoneyProperties, SplitOfTheOppositeIsTheOpposite) {
    Draw draw(2);
    for (int round = 0; round < rounds; ++round) {
        const std::int64_t total = draw.amount();
        const auto weights = draw.weights();
        auto parts = split(total, weights);
        for (auto& part : parts) part = -part;
        ASSERT_EQ(split(-total, weights), parts) << total;
    }
}

TEST(MoneyProperties, PermutationChangesNothingButTies) {
    Draw draw(3);
    for (int round = 0; round < rounds; ++round) {
        const std::int64_t total = draw.amount();
        const auto weights = draw.weights();
        const auto parts = split(total, weights);
        std::vector<std::size_t> order(weights.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        draw.shuffle(order);
        std::vector<std::int64_t> permuted;
        for (const std::size_t i : order) permuted.push_back(weights[i]);
        const auto again = split(total, permuted);
        // Whoever has the same weight may have changed places: by weight the parts are the same.
        std::vector<std::pair<std::int64_t, std::int64_t>> before, after;
        for (std::size_t i = 0; i < weights.size(); ++i) before.emplace_back(weights[i], parts[i]);
        for (std::size_t i = 0; i < permuted.size(); ++i) after.emplace_back(permuted[i], again[i]);
        const auto remainder = [&](std::int64_t weight) {
            return Wide{total < 0 ? -total : total} * weight % sum(weights);
        };
        std::vector<Wide> rests;
        for (const std::int64_t weight : weights) rests.push_back(remainder(weight));
        std::sort(before.begin(), before.end());
        std::sort(after.begin(), after.end());
        for (std::size_t i = 0; i < before.size(); ++i) {
            const auto tied = std::count(rests.begin(), rests.end(), remainder(before[i].first)) > 1;
            if (!tied) {
                ASSERT_EQ(before[i], after[i]) << total;
            }
            ASSERT_LE(std::abs(before[i].second - after[i].second), 1);
        }
    }
}

/// What is due after each payment is a share of the whole; what each payment adds must lead to the whole, to the cent.
TEST(MoneyProperties, AccrualsOfPartPaymentsAddUpToTheCommission) {
    Draw draw(4);
    for (int round = 0; round < rounds; ++round) {
        const std::int64_t amount = draw.number(1, std::int64_t{1} << draw.number(1, 50));
        const std::int64_t commission = draw.number(0, amount);
        std::int64_t paid = 0;
        std::int64_t due = 0;
        std::int64_t added = 0;
        for (int payments = 1; paid < amount; ++payments) {
            paid = payments == 20 ? amount : paid + draw.number(1, amount - paid);
            if (paid < amount && draw.number(0, 4) == 0) paid -= draw.number(0, paid);  // a refund
            const std::int64_t now = prorate(commission, paid, amount);
            const Wide off = Wide{now} * amount - Wide{commission} * paid;
            ASSERT_TRUE(2 * (off < 0 ? -off : off) <= amount);
            added += now - due;
            due = now;
        }
        ASSERT_EQ(added, commission);
        const auto shares = split(commission, draw.weights());
        ASSERT_TRUE(sum(shares) == commission);
    }
}

/// The part paid rounds as the part owed: towards the same cent on either side of zero.
TEST(MoneyProperties, RoundingIsSymmetric) {
    Draw draw(5);
    for (int round = 0; round < rounds; ++round) {
        const std::int64_t total = draw.number(-1'000'000, 1'000'000);
        const std::int64_t divisor = draw.number(1, 1000);
        for (const std::string_view how : argument_words("divide", 2)) {
            const Value name = Value::string(std::string(how));
            const Value there[] = {money(total), Value::integer(divisor), name};
            const Value back[] = {money(-total), Value::integer(divisor), name};
            const Value quotient = call_function("divide", false, there, {});
            ASSERT_TRUE(quotient.is(Kind::money)) << how;
            ASSERT_EQ(quotient.as_int(), -call_function("divide", false, back, {}).as_int()) << how;
            const Wide off = Wide{quotient.as_int()} * divisor - total;
            ASSERT_TRUE((off < 0 ? -off : off) < divisor) << how;
        }
    }
}

}  // namespace
}  // namespace praxe
