// Opening hours and business clocks: against a walk minute by minute, and over days on which the clocks change.
#include "value/opening_hours.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "value/business_clock.hpp"
#include "value/calendar.hpp"

namespace praxe {
namespace {

constexpr Instant minute = 60'000'000;
constexpr Instant hour = 60 * minute;

Day date(std::string_view text) {
    return parse_date(text).value();
}
Instant instant(std::string_view text) {
    const auto at = parse_instant(text);
    EXPECT_TRUE(at) << text;
    return at ? at->micros : 0;
}
Zone zone(std::string_view name) {
    return Zone::find(name).value();
}

HoursRule every_day(std::vector<OpenSpan> open) {
    return {"", {0, 1, 2, 3, 4, 5, 6}, std::nullopt, std::move(open)};
}
constexpr OpenSpan span(int from, int until) {
    return {from * 60, until * 60};
}

/// How long a day is open, all of it: the clocks' changes included.
std::int64_t hours_open(const HoursRules& rules, std::string_view day, std::string_view zone_name) {
    const Zone local = zone(zone_name);
    const Day known = date(day);
    const OpeningHours hours(rules, known - 3, known + 3, [](Day) { return false; }, local);
    return (*hours.open_until(local.start_of_day(known + 1)) - *hours.open_until(local.start_of_day(known))) / hour;
}

// America/Sao_Paulo: no midnight on 2018-11-04 (00:00 → 01:00), 23:00 twice on 2018-02-17.
// America/New_York: no 02:00 on 2024-03-10, 01:00 twice on 2024-11-03.
TEST(OpeningHours, AreAsLongAsTheClocksMakeThem) {
    struct Row {
        const char *zone, *day;
        OpenSpan open;
        std::int64_t hours;
    };
    for (const Row& row : std::vector<Row>{{"America/Sao_Paulo", "2018-11-03", span(0, 24), 24},
                                           {"America/Sao_Paulo", "2018-11-04", span(0, 24), 23},
                                           {"America/Sao_Paulo", "2018-11-04", span(0, 1), 0},
                                           {"America/Sao_Paulo", "2018-11-04", span(0, 2), 1},
                                           {"America/Sao_Paulo", "2018-11-04", span(8, 18), 10},
                                           {"America/Sao_Paulo", "2018-02-17", span(0, 24), 25},
                                           {"America/Sao_Paulo", "2018-02-17", span(22, 23), 1},
                                           {"America/Sao_Paulo", "2018-02-17", span(23, 24), 2},
                                           {"America/Sao_Paulo", "2018-02-18", span(0, 24), 24},
                                           {"America/New_York", "2024-03-10", span(0, 24), 23},
                                           {"America/New_York", "2024-03-10", span(2, 3), 0},
                                           {"America/New_York", "2024-03-10", span(1, 3), 1},
                                           {"America/New_York", "2024-11-03", span(0, 24), 25},
                                           {"America/New_York", "2024-11-03", span(1, 2), 2},
                                           {"America/New_York", "2024-11-03", span(0, 1), 1},
                                           {"Pacific/Apia", "2011-12-30", span(8, 18), 0}}) {
        EXPECT_EQ(hours_open({every_day({row.open})}, row.day, row.zone), row.hours)
            << row.zone << ' ' << row.day << ' ' << row.open.from / 60 << '-' << row.open.until / 60;
    }
}

// A span begins and ends at the first instant of two at which the clocks show the time.
TEST(OpeningHours, OpenAndCloseOnTheFirstOfTwo) {
    const OpeningHours hours(
        {every_day({{23 * 60 + 15, 23 * 60 + 45}})}, date("2018-02-16"), date("2018-02-19"), [](Day) { return false; },
        zone("America/Sao_Paulo"));
    for (const auto& [at, open] : std::vector<std::pair<const char*, bool>>{{"2018-02-17T23:14:59.999999-02:00", false},
                                                                            {"2018-02-17T23:15:00-02:00", true},
                                                                            {"2018-02-17T23:44:59.999999-02:00", true},
                                                                            {"2018-02-17T23:45:00-02:00", false},
                                                                            {"2018-02-17T23:30:00-03:00", false},
                                                                            {"2018-02-18T23:14:59.999999-03:00", false},
                                                                            {"2018-02-18T23:15:00-03:00", true}}) {
        EXPECT_EQ(hours.is_open(instant(at)), open) << at;
    }
}

TEST(OpeningHours, TheDayItselfComesBeforeDaysOffAndWeekdays) {
    const HoursRules rules = {{"", {1, 2, 3, 4, 5}, std::nullopt, {span(8, 12), span(13, 18)}},
                              {"", {6}, std::nullopt, {span(9, 13)}},
                              {"eve", {}, DayRule{.month = 12, .day = 24}, {span(8, 12)}},
                              {"duty", {}, DayRule{.month = 12, .day = 25}, {span(10, 14)}},
                              {"closed", {}, DayRule{.only = date("2024-12-27")}, {}}};
    const auto is_day_off = [](Day day) { return day == date("2024-12-25") || day == date("2024-12-26"); };
    const OpeningHours hours(rules, date("2024-12-01"), date("2024-12-31"), is_day_off, Zone::utc());
    const auto open = [&](const char* day) {
        return (*hours.open_until(Zone::utc().start_of_day(date(day) + 1)) -
                *hours.open_until(Zone::utc().start_of_day(date(day)))) /
               hour;
    };
    EXPECT_EQ(open("2024-12-23"), 9);
    EXPECT_EQ(open("2024-12-24"), 4);
    EXPECT_EQ(open("2024-12-25"), 4) << "on duty, though it is a day off";
    EXPECT_EQ(open("2024-12-26"), 0) << "a day off";
    EXPECT_EQ(open("2024-12-27"), 0) << "closed on this day";
    EXPECT_EQ(open("2024-12-28"), 4) << "a Saturday";
    EXPECT_EQ(open("2024-12-29"), 0) << "a Sunday";
}

TEST(OpeningHours, KnowNothingOutsideOfTheirDays) {
    const OpeningHours hours(
        {every_day({span(0, 24)})}, date("2024-01-01"), date("2024-01-02"), [](Day) { return false; }, Zone::utc());
    const Instant first = instant("2024-01-01T00:00:00Z");
    const Instant end = instant("2024-01-03T00:00:00Z");
    EXPECT_FALSE(hours.open_until(first - 1));
    EXPECT_EQ(hours.open_until(first), 0);
    EXPECT_EQ(hours.open_until(end), 48 * hour);
    EXPECT_FALSE(hours.open_until(end + 1));
    EXPECT_EQ(hours.is_open(end - 1), true);
    EXPECT_FALSE(hours.is_open(end));
    EXPECT_EQ(hours.reached(48 * hour), end);
    EXPECT_FALSE(hours.reached(48 * hour + 1));
    EXPECT_EQ(hours.next_change(first), end);
}

/// Rules with spans of whole minutes, near a change of the clocks.
struct Random {
    std::mt19937 source;
    int below(int n) { return static_cast<int>(source() % static_cast<unsigned>(n)); }

    std::vector<OpenSpan> spans() {
        std::vector<OpenSpan> all;
        for (int from = below(600); from < 1440 && all.size() < 3; from += below(200)) {
            const int until = std::min(1440, from + 1 + below(500));
            all.push_back({from, until});
            from = until;
        }
        return all;
    }
    HoursRules rules(Day near) {
        HoursRules all = {{"", {1, 2, 3, 4, 5}, std::nullopt, spans()}, {"", {0, 6}, std::nullopt, spans()}};
        all.push_back({"", {}, DayRule{.only = near + below(3) - 1}, spans()});
        return all;
    }
};

/// What the clocks show at the first minute of two of the same time opens and closes: minute after minute.
class Walk {
  public:
    Walk(const OpeningHours& hours, const Zone& zone, Instant from, Instant until, bool (*is_off)(Day))
        : before_(1, 0) {
        for (Instant at = from; at < until; at += minute) {
            const Day day = zone.day_of(at);
            // Minutes of the clock up to now, less what the clocks went back: the first of two times counts.
            bool open = false;
            for (const OpenSpan& span : hours.spans_of(day, is_off(day)))
                open = open || (at >= zone.instant_of(day, span.from) && at < zone.instant_of(day, span.until));
            open_.push_back(open);
            before_.push_back(before_.back() + (open ? minute : 0));
        }
    }
    bool is_open(std::size_t minutes) const { return open_[minutes]; }
    std::int64_t open_until(std::size_t minutes) const { return before_[minutes]; }
    std::size_t size() const { return open_.size(); }

  private:
    std::vector<bool> open_;
    std::vector<std::int64_t> before_;
};

TEST(OpeningHours, AgreeWithAWalkMinuteByMinute) {
    Random random{std::mt19937(7)};
    const auto is_off = [](Day day) { return day % 5 == 0; };
    for (const auto& [zone_name, day] :
         std::vector<std::pair<const char*, const char*>>{{"America/Sao_Paulo", "2018-11-04"},
                                                          {"America/Sao_Paulo", "2018-02-18"},
                                                          {"America/New_York", "2024-11-03"}}) {
        const Zone local = zone(zone_name);
        for (int round = 0; round < 6; ++round) {
            const Day near = date(day);
            const OpeningHours hours(random.rules(near), near - 4, near + 4, is_off, local);
            const Walk walk(hours, local, hours.known_from(), hours.known_until(), is_off);
            for (std::size_t i = 0; i < walk.size(); ++i) {
                const Instant at = hours.known_from() + static_cast<Instant>(i) * minute;
                ASSERT_EQ(hours.is_open(at), walk.is_open(i)) << local.format(at);
                ASSERT_EQ(hours.open_until(at), walk.open_until(i)) << local.format(at);
                const bool opens_or_closes = i > 0 && walk.is_open(i) != walk.is_open(i - 1);
                if (opens_or_closes) {
                    ASSERT_EQ(hours.next_change(at - 1), at) << local.format(at);
                }
                // Reached is the first instant of so much, and no earlier one.
                if (i > 0 && walk.is_open(i - 1)) {
                    ASSERT_EQ(hours.reached(walk.open_until(i)), at) << local.format(at);
                }
            }
        }
    }
}

TEST(Absences, TakeOffWhatIsWithin) {
    Random random{std::mt19937(11)};
    for (int round = 0; round < 300; ++round) {
        std::vector<Absences::Span> spans;
        for (int i = random.below(5); i > 0; --i) {
            const int from = random.below(40);
            spans.emplace_back(from, from + random.below(8) - 1);
        }
        const Absences absences(spans);
        std::int64_t rest = 0;
        for (std::int64_t reading = 1; reading <= 60; ++reading) {
            const bool taken = std::ranges::any_of(
                spans, [&](const Absences::Span& s) { return reading > s.first && reading <= s.second; });
            if (!taken) {
                ++rest;
                ASSERT_EQ(absences.with(rest), reading);
            }
            ASSERT_EQ(absences.less(reading), rest);
        }
    }
}

}  // namespace
}  // namespace praxe
