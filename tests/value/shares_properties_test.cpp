// What must hold of amounts in parts with caps and in tranches, and of sums of percentages, on random ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "value/functions.hpp"

namespace praxe {
namespace {

using Wide = __int128;
using Cents = std::vector<std::int64_t>;

constexpr int rounds = 20'000;

Value list_of(Kind kind, const Cents& numbers) {
    List list;
    for (const std::int64_t number : numbers) list.push_back(Value::count(kind, number));
    return Value::list(std::move(list));
}

Value integers(const Cents& numbers) {
    List list;
    for (const std::int64_t number : numbers) list.push_back(Value::integer(number));
    return Value::list(std::move(list));
}

Value money(std::int64_t cents) {
    return Value::count(Kind::money, cents);
}

Value call(std::string_view function, const std::vector<Value>& args) {
    return call_function(function, false, args, {});
}

Cents cents_of(const Value& parts) {
    Cents cents;
    EXPECT_TRUE(parts.is(Kind::list)) << to_text(parts);
    if (!parts.is(Kind::list)) return cents;
    for (const Value& part : parts.as_list()) cents.push_back(part.as_int());
    return cents;
}

Wide sum(const Cents& numbers) {
    Wide all = 0;
    for (const std::int64_t number : numbers) all += number;
    return all;
}

class Draw {
  public:
    explicit Draw(unsigned seed) : random_(seed) {}
    std::int64_t number(std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
    }
    Cents numbers(std::size_t many, std::int64_t most) {
        Cents all(many);
        for (auto& one : all) one = number(0, most);
        return all;
    }

  private:
    std::mt19937 random_;
};

/// Everything is given out, nobody has more than the cap, and two who are below theirs have what their weights say.
TEST(SharesProperties, CapsHoldAndTheRestIsInProportion) {
    Draw draw(1);
    int given_out = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto many = static_cast<std::size_t>(draw.number(1, 8));
        Cents weights = draw.numbers(many, 9);
        weights.front() += 1;
        const std::int64_t total = draw.number(0, std::int64_t{1} << draw.number(1, 40));
        const Cents caps = draw.numbers(many, std::max<std::int64_t>(1, total));
        Wide room = 0;
        for (std::size_t i = 0; i < many; ++i) room += weights[i] > 0 ? caps[i] : 0;
        const Value answer = call("split", {money(total), integers(weights), list_of(Kind::money, caps)});
        ASSERT_EQ(answer.is_error(), room < total) << to_text(answer);
        if (answer.is_error()) continue;
        ++given_out;
        const Cents parts = cents_of(answer);
        ASSERT_TRUE(sum(parts) == total);
        for (std::size_t i = 0; i < many; ++i) {
            ASSERT_LE(parts[i], caps[i]);
            ASSERT_TRUE(weights[i] > 0 || parts[i] == 0);
            for (std::size_t k = 0; k < many; ++k) {
                // Of two below their caps, by more than a cent, neither is a cent and more off the proportion.
                if (weights[i] == 0 || weights[k] == 0 || parts[i] + 1 >= caps[i] || parts[k] + 1 >= caps[k]) continue;
                const Wide off = Wide{parts[i]} * weights[k] - Wide{parts[k]} * weights[i];
                ASSERT_TRUE(off < weights[i] + weights[k] && -off < weights[i] + weights[k]);
            }
        }
        Cents opposite = cents_of(call("split", {money(-total), integers(weights), list_of(Kind::money, caps)}));
        for (auto& part : opposite) part = -part;
        ASSERT_EQ(opposite, parts);
    }
    EXPECT_GT(given_out, rounds / 10);
}

TEST(SharesProperties, CapsThatNobodyReachesChangeNothing) {
    Draw draw(2);
    for (int round = 0; round < rounds; ++round) {
        const auto many = static_cast<std::size_t>(draw.number(1, 8));
        Cents weights = draw.numbers(many, 9);
        weights.front() += 1;
        const std::int64_t total = draw.number(-1'000'000, 1'000'000);
        const Cents caps(many, 1'000'000);
        ASSERT_EQ(cents_of(call("split", {money(total), integers(weights), list_of(Kind::money, caps)})),
                  cents_of(call("split", {money(total), integers(weights)})));
    }
}

TEST(SharesProperties, TranchesAddUpToWhatIsAboveTheFirstStart) {
    Draw draw(3);
    for (int round = 0; round < rounds; ++round) {
        Cents starts{draw.number(0, 500)};
        for (std::int64_t more = draw.number(0, 5); more > 0; --more)
            starts.push_back(starts.back() + draw.number(1, 900));
        const std::int64_t amount = draw.number(-4000, 4000);
        const Cents parts = cents_of(call("tranches", {money(amount), list_of(Kind::money, starts)}));
        ASSERT_EQ(parts.size(), starts.size());
        const std::int64_t size = std::abs(amount);
        ASSERT_EQ(static_cast<std::int64_t>(sum(parts)),
                  (amount < 0 ? -1 : 1) * std::max<std::int64_t>(0, size - starts.front()));
        for (std::size_t i = 0; i + 1 < parts.size(); ++i) {  // a tier is full before the next one begins
            if (parts[i + 1] != 0) {
                ASSERT_EQ(std::abs(parts[i]), starts[i + 1] - starts[i]);
            }
        }
    }
}

TEST(SharesProperties, PercentagesAreRoundedOnce) {
    Draw draw(4);
    for (int round = 0; round < rounds; ++round) {
        const auto many = static_cast<std::size_t>(draw.number(0, 6));
        const Cents rates = draw.numbers(many, 3000);
        const Cents amounts = draw.numbers(many, 1'000'000);
        Wide exact = 0;  // in ten-thousandths of a cent
        for (std::size_t i = 0; i < many; ++i) exact += Wide{rates[i]} * amounts[i];
        const Value whole = call(
            "percent_of", {list_of(Kind::percent, rates), list_of(Kind::money, amounts), Value::string("half_up")});
        ASSERT_TRUE(whole.is(Kind::money)) << to_text(whole);
        ASSERT_TRUE(whole.as_int() == (exact + 5'000) / 10'000);
    }
}

}  // namespace
}  // namespace praxe
