// Sixty-four rows at a time: comparisons of sixteen values in one register, truths as bits of a word, rules over the
// rows that remain. Numbers that are compared often are made narrow first, by saturation, which keeps their order.
#include "by_hand/columns.hpp"

#include <emmintrin.h>

#include <array>
#include <cstring>

namespace praxe::by_hand {
namespace {

using Word = std::uint64_t;
constexpr std::size_t rows = 64;
constexpr std::size_t step = 16;

template <typename T>
using Narrow = std::array<T, rows>;

__m128i load(const void* at) {
    return _mm_loadu_si128(static_cast<const __m128i*>(at));
}

template <typename Sixteen>
Word word(const Sixteen& sixteen) {
    Word bits = 0;
    for (std::size_t i = 0; i < rows; i += step)
        bits |= static_cast<Word>(static_cast<unsigned>(_mm_movemask_epi8(sixteen(i)))) << i;
    return bits;
}

Word is(const std::int8_t* v, int c) {
    return word([&](std::size_t i) { return _mm_cmpeq_epi8(load(v + i), _mm_set1_epi8(static_cast<char>(c))); });
}
Word less(const std::int8_t* v, int c) {
    return word([&](std::size_t i) { return _mm_cmplt_epi8(load(v + i), _mm_set1_epi8(static_cast<char>(c))); });
}
Word less(const std::int16_t* v, int c) {
    return word([&](std::size_t i) {
        const __m128i right = _mm_set1_epi16(static_cast<short>(c));
        return _mm_packs_epi16(_mm_cmplt_epi16(load(v + i), right), _mm_cmplt_epi16(load(v + i + 8), right));
    });
}
Word less(const std::int32_t* v, int c) {
    return word([&](std::size_t i) {
        const __m128i right = _mm_set1_epi32(c);
        const auto four = [&](std::size_t k) { return _mm_cmplt_epi32(load(v + i + k), right); };
        return _mm_packs_epi16(_mm_packs_epi32(four(0), four(4)), _mm_packs_epi32(four(8), four(12)));
    });
}

__m128i eight(const std::int32_t* v) {
    return _mm_packs_epi32(load(v), load(v + 4));
}
Narrow<std::int16_t> to_16(const std::int32_t* v) {
    Narrow<std::int16_t> out;
    for (std::size_t i = 0; i < rows; i += 8)
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out.data() + i), eight(v + i));
    return out;
}
Narrow<std::int8_t> to_8(const std::int32_t* v) {
    Narrow<std::int8_t> out;
    for (std::size_t i = 0; i < rows; i += step)
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out.data() + i), _mm_packs_epi16(eight(v + i), eight(v + i + 8)));
    return out;
}
Narrow<std::int32_t> to_32(const std::int64_t* v) {
    Narrow<std::int32_t> out;
    __m128i beyond = _mm_setzero_si128();
    for (std::size_t i = 0; i < rows; i += 4) {
        const __m128 a = _mm_castsi128_ps(load(v + i)), b = _mm_castsi128_ps(load(v + i + 2));
        const __m128i low = _mm_castps_si128(_mm_shuffle_ps(a, b, _MM_SHUFFLE(2, 0, 2, 0)));
        const __m128i high = _mm_castps_si128(_mm_shuffle_ps(a, b, _MM_SHUFFLE(3, 1, 3, 1)));
        beyond = _mm_or_si128(beyond, _mm_xor_si128(high, _mm_srai_epi32(low, 31)));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out.data() + i), low);
    }
    if (_mm_movemask_epi8(_mm_cmpeq_epi8(beyond, _mm_setzero_si128())) == 0xffff) return out;
    for (std::size_t i = 0; i < rows; ++i)
        out[i] = v[i] > INT32_MAX ? INT32_MAX : v[i] < INT32_MIN ? INT32_MIN : static_cast<std::int32_t>(v[i]);
    return out;
}
Word less(const std::int64_t* a, const std::int64_t* b) {
    Word bits = 0;
    for (std::size_t i = 0; i < rows; ++i) bits |= static_cast<Word>(a[i] < b[i]) << i;
    return bits;
}

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

Word eight_bytes(std::uint8_t bits) {
    constexpr Word each = 0x0101010101010101;
    return ((((bits * each) & 0x8040201008040201) + 0x7f7f7f7f7f7f7f7f) >> 7) & each;
}

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

        Word remaining = ~Word{0};
        std::array<Word, 4> digits{};
        const auto hit = [&](unsigned rule, Word when) {
            when &= remaining;
            for (unsigned digit = 0; digit < digits.size(); ++digit) {
                if ((rule >> digit & 1) != 0) digits[digit] |= when;
            }
            remaining &= ~when;
        };
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
        for (std::size_t i = 0; i < rows; i += 8) {
            Word numbers = 0;
            for (std::size_t digit = 0; digit < digits.size(); ++digit)
                numbers |= eight_bytes(static_cast<std::uint8_t>(digits[digit] >> i)) << digit;
            std::memcpy(rule.data() + i, &numbers, sizeof(numbers));
        }
        std::memcpy(answers.rule + at, rule.data(), rows);
        for (std::size_t i = 0; i < rows; ++i) answers.route[at + i] = routes[rule[i]];
        for (std::size_t i = 0; i < rows; ++i) answers.clause[at + i] = clauses[rule[i]];
        for (std::size_t i = 0; i < rows; ++i) answers.priority[at + i] = priorities[rule[i]];
    }
}

}  // namespace praxe::by_hand
