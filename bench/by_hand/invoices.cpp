// Sixty-four rows at a time, as the leads are decided (columns.cpp).
#include "by_hand/invoices.hpp"

#include "by_hand/words.hpp"

namespace praxe::by_hand {
namespace {

enum Kind { sale, cancellation, adjustment };

constexpr std::size_t rule_count = 14;
//                                                   the rules, in order
constexpr std::array<std::int8_t, rule_count> desks{0, 1, 1, 2, 0, 3, 4, 4, 5, 4, 4, 6, 6, 7};
constexpr std::array<std::int64_t, rule_count> days{0, 1, 5, 0, 1, 2, 3, 6, 7, 14, 10, 4, 1, 3};

// Days since 1970-01-01.
constexpr int d2011_09_01 = 15218, d2011_11_01 = 15279;

}  // namespace

void decide_invoices(const InvoiceColumns& invoices, const Countries& countries, std::size_t begin, std::size_t end,
                     const InvoiceAnswers& answers) {
    for (std::size_t at = begin; at < end; at += rows) {
        const std::int8_t *kind = invoices.kind + at, *country = invoices.country + at;
        const Narrow<std::int16_t> lines = to_16(invoices.lines + at), day = to_16(invoices.day + at);
        const Narrow<std::int32_t> thousandths = to_32(invoices.thousandths + at);
        const Word has_customer = invoices.has_customer[at / rows];
        const Word is_home = is(country, countries.home), is_cancelled = is(kind, cancellation),
                   is_big = ~less(thousandths.data(), 1'000'000);
        Word is_near = 0;
        for (const std::int8_t one : countries.near) is_near |= is(country, one);

        Hits hit;
        hit(0, is(kind, adjustment));
        hit(1, is_cancelled & less(thousandths.data(), -499'999));
        hit(2, is_cancelled);
        hit(3, ~less(thousandths.data(), 0) & less(thousandths.data(), 1));
        hit(4, ~has_customer & is_big);
        hit(5, (is_big | ~less(lines.data(), 100)) & is_home);
        hit(6, is_near & ~less(thousandths.data(), 500'000));
        hit(7, is_near);
        hit(8, is(country, countries.islands));
        hit(9, ~is_home & ~less(day.data(), d2011_09_01));
        hit(10, ~is_home);
        hit(11, ~less(day.data(), d2011_11_01) & ~less(lines.data(), 20));
        hit(12, less(lines.data(), 4));
        hit(13, ~Word{0});

        std::array<std::uint8_t, rows> rule;
        hit.write(rule.data());
        std::memcpy(answers.rule + at, rule.data(), rows);
        for (std::size_t i = 0; i < rows; ++i) answers.desk[at + i] = desks[rule[i]];
        for (std::size_t i = 0; i < rows; ++i) answers.days[at + i] = days[rule[i]];
    }
}

}  // namespace praxe::by_hand
