// Sixty-four rows at a time: comparisons of sixteen values in one register, truths as bits of a word, rules over the
// rows that remain. Numbers that are compared often are made narrow first, by saturation, which keeps their order.
#include "by_hand/columns.hpp"

#include <array>
#include <cstring>

#include "by_hand/words.hpp"

namespace praxe::by_hand {
namespace {

enum Stage { fresh, contacted, quoted, won, lost };
enum Product { car, home, life, health, travel, pet, radar, fleet };
enum Region { north, northeast, midwest, southeast, south, abroad };
enum Channel { phone, site, partner, campaign };

constexpr std::size_t rule_count = 16;
//                                                   the rules, in order
constexpr std::array<std::int8_t, rule_count> routes{0, 0, 1, 2, 3, 3, 3, 4, 1, 4, 2, 2, 3, 5, 3, 5};
constexpr std::array<std::int8_t, rule_count> clauses{0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 2, 3};
constexpr std::array<std::int64_t, rule_count> priorities{0, 0, 1, 2, 5, 2, 1, 3, 2, 4, 4, 3, 3, 9, 4, 7};

// Days since 1970-01-01.
constexpr int d2023_06_01 = 19509, d2025_01_01 = 20089, d2025_09_01 = 20332, d2026_01_01 = 20454, d2026_05_01 = 20574,
              d2026_07_01 = 20635;

}  // namespace

void decide_leads(const LeadColumns& leads, std::size_t begin, std::size_t end, const LeadAnswers& answers) {
    for (std::size_t at = begin; at < end; at += rows) {
        const std::int8_t *stage = leads.stage + at, *product = leads.product + at, *region = leads.region + at,
                          *channel = leads.channel + at;
        const Narrow<std::int8_t> age = to_8(leads.age + at), visits = to_8(leads.visits + at),
                                  calls = to_8(leads.calls + at);
        const Narrow<std::int16_t> score = to_16(leads.score + at), opened = to_16(leads.opened + at),
                                   renewed = to_16(leads.renewed + at);
        const Narrow<std::int32_t> amount = to_32(leads.amount + at);
        const Word returning = leads.returning[at / rows], blocked = leads.blocked[at / rows],
                   has_renewed = leads.has_renewed[at / rows];
        const Word is_won = is(stage, won), is_fleet = is(product, fleet),
                   is_life_or_health = is(product, life) | is(product, health);
        const Word is_abroad = is(region, abroad), is_campaign = is(channel, campaign),
                   unpaid = less(leads.paid + at, leads.amount + at);

        Hits hit;
        hit(0, blocked & ~is_won);
        hit(1, is(stage, lost) & less(opened.data(), d2025_01_01) & ~less(calls.data(), 6) & less(score.data(), 900));
        hit(2,
            is_fleet & ~less(amount.data(), 5'000'000) & ~less(score.data(), 600) & ~returning & ~less(age.data(), 25));
        hit(3, (is_fleet | is(product, radar)) & ~less(amount.data(), 800'000) & ~is_abroad & ~less(visits.data(), 2));
        hit(4, is_won & ~unpaid & less(visits.data(), 40) & ~less(opened.data(), d2023_06_01));
        hit(5, is_won & unpaid & less(calls.data(), 3));
        hit(6, has_renewed & ~less(renewed.data(), d2026_01_01) & less(renewed.data(), d2026_07_01) & returning &
                   ~less(score.data(), 400));
        hit(7, is_abroad & (is(product, travel) | is_life_or_health) & less(age.data(), 70) & ~is(channel, phone));
        hit(8, ~less(score.data(), 850) & (~less(visits.data(), 10) | ~less(calls.data(), 4)) &
                   (is(stage, fresh) | is(stage, contacted)) & ~less(amount.data(), 90'000));
        hit(9, is(channel, partner) & (is(region, north) | is(region, northeast) | is(region, midwest)) &
                   ~less(score.data(), 300) & less(amount.data(), 2'000'000) & ~returning);
        hit(10, is(product, car) & less(age.data(), 25) & ~less(score.data(), 200) & ~less(opened.data(), d2025_09_01));
        hit(11, is_life_or_health & ~less(age.data(), 60) & ~less(amount.data(), 30'000) & ~is_campaign);
        hit(12, is(stage, quoted) & ~less(opened.data(), d2026_05_01) & less(calls.data(), 5) &
                    ~less(score.data(), 100) & ~less(visits.data(), 1));
        hit(13, is_campaign & less(score.data(), 250) & is(calls.data(), 0) & less(visits.data(), 2));
        Word paid_something = 0;
        for (std::size_t i = 0; i < rows; ++i) paid_something |= static_cast<Word>(leads.paid[at + i] > 0) << i;
        hit(14, returning & (is(region, southeast) | is(region, south)) & paid_something & ~less(age.data(), 18) &
                    less(age.data(), 80));
        hit(15, ~Word{0});

        std::array<std::uint8_t, rows> rule;
        hit.write(rule.data());
        std::memcpy(answers.rule + at, rule.data(), rows);
        for (std::size_t i = 0; i < rows; ++i) answers.route[at + i] = routes[rule[i]];
        for (std::size_t i = 0; i < rows; ++i) answers.clause[at + i] = clauses[rule[i]];
        for (std::size_t i = 0; i < rows; ++i) answers.priority[at + i] = priorities[rule[i]];
    }
}

}  // namespace praxe::by_hand
