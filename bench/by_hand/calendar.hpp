// Days by hand: arrays over all days that a case can reach, so that every question is one or two look-ups.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace by_hand {

using Instant = std::int64_t;  // microseconds
using Day = std::int32_t;      // since 1970-01-01

inline constexpr Instant micros_per_day = 86'400'000'000;
inline constexpr Instant standard_offset = 10'800'000'000;  // São Paulo's, west of UTC

struct Calendar {
    Day first = 0;
    std::vector<Instant> starts;       // of the days from the first on
    std::vector<std::int32_t> counts;  // of business days up to that one
    std::vector<Day> business_days;    // the n-th is at n

    Instant start(Day day) const { return starts[static_cast<std::size_t>(day - first)]; }
    std::int32_t count(Day day) const { return counts[static_cast<std::size_t>(day - first)]; }
    Day nth(std::int32_t number) const { return business_days[static_cast<std::size_t>(number)]; }

    Day day_of(Instant at) const {
        Day day = static_cast<Day>((at - standard_offset) / micros_per_day);
        while (at < start(day)) --day;
        while (at >= start(day + 1)) ++day;
        return day;
    }
    Instant term_end(Day from, std::int32_t business_days_long) const {
        return start(nth(count(from) + business_days_long) + 1);
    }
    Day following(Day day) const { return count(day) > count(day - 1) ? day : nth(count(day) + 1); }
};

}  // namespace by_hand
