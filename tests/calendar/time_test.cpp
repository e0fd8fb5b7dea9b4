// Instants, local days, dates and durations: rows of facts of the calendar and of the IANA time zone database.
#include "value/time.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace praxe {
namespace {

constexpr Instant second = 1'000'000;
constexpr Instant hour = 3'600 * second;

Instant instant(std::string_view text) {
    const auto parsed = parse_instant(text);
    EXPECT_TRUE(parsed && parsed->nanos_below == 0) << text;
    return parsed ? parsed->micros : 0;
}

Day date(std::string_view text) {
    const auto day = parse_date(text);
    EXPECT_TRUE(day) << text;
    return day.value_or(0);
}

Zone zone(std::string_view name) {
    const auto found = Zone::find(name);
    EXPECT_TRUE(found) << name;
    return found.value_or(Zone::utc());
}

TEST(Dates, TextAndBack) {
    for (const std::string text :
         {"0001-01-01", "1582-10-15", "1900-02-28", "2000-02-29", "2024-02-29", "9999-12-31"}) {
        EXPECT_EQ(format_date(date(text)), text);
    }
    EXPECT_EQ(date("0001-01-01"), min_day);
    EXPECT_EQ(date("9999-12-31"), max_day);
    EXPECT_EQ(date("1970-01-01"), 0);
}

TEST(Dates, MalformedTextIsNoDate) {
    for (const char* text : {"", "2024-1-01", "2024-01-1", "2024-02-30", "2023-02-29", "1900-02-29", "0000-01-01",
                             "2024-13-01", "2024-00-10", "2024-01-00", "2024/01/01", " 2024-01-01", "2024-01-01 ",
                             "+2024-01-01", "20240101", "2024-01-01T00:00:00Z", "10000-01-01"}) {
        EXPECT_FALSE(parse_date(text)) << text;
    }
}

// Every day of 0001–9999 against counting: the day after has the next number.
TEST(Dates, EveryDayFollowsTheOneBefore) {
    constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    CivilDate expected{1, 1, 1};
    int expected_weekday = 1;  // 0001-01-01 was a Monday in the proleptic Gregorian calendar
    for (Day day = min_day; day <= max_day; ++day) {
        const CivilDate got = civil_from_day(day);
        ASSERT_TRUE(got.year == expected.year && got.month == expected.month && got.day == expected.day) << day;
        ASSERT_EQ(day_from_civil(expected), day);
        ASSERT_EQ(weekday(day), expected_weekday);
        expected_weekday = (expected_weekday + 1) % 7;
        const bool leap = expected.year % 4 == 0 && (expected.year % 100 != 0 || expected.year % 400 == 0);
        const int length = lengths[expected.month - 1] + (leap && expected.month == 2 ? 1 : 0);
        if (++expected.day <= length) continue;
        expected.day = 1;
        if (++expected.month <= 12) continue;
        expected.month = 1;
        ++expected.year;
    }
}

// Brazilian Civil Code, art. 132 §3: "os prazos de meses e anos expiram no dia de igual número do de início, ou no
// imediato, se faltar exata correspondência".
TEST(Dates, MonthsEndOnTheDayOfTheSameNumberOrTheNextOne) {
    struct Row {
        const char* start;
        std::int64_t months;
        const char* end;
    };
    for (const Row& row : std::vector<Row>{{"2024-02-29", 12, "2025-03-01"},
                                           {"2024-02-29", 48, "2028-02-29"},
                                           {"2024-02-29", -12, "2023-03-01"},
                                           {"2023-02-28", 12, "2024-02-28"},
                                           {"2024-01-31", 1, "2024-03-01"},
                                           {"2023-01-31", 1, "2023-03-01"},
                                           {"2023-01-29", 1, "2023-03-01"},
                                           {"2024-01-29", 1, "2024-02-29"},
                                           {"2024-03-31", 1, "2024-05-01"},
                                           {"2024-12-31", 2, "2025-03-01"},
                                           {"2024-03-31", -1, "2024-03-01"},
                                           {"2024-05-31", -6, "2023-12-01"},
                                           {"2024-01-15", -1, "2023-12-15"},
                                           {"2024-05-10", 0, "2024-05-10"},
                                           {"2023-05-10", 12, "2024-05-10"},
                                           {"1900-01-30", 1, "1900-03-01"},
                                           {"0001-01-31", 119'987, "9999-12-31"}}) {
        EXPECT_EQ(format_date(add_months(date(row.start), row.months)), row.end) << row.start << " + " << row.months;
    }
}

TEST(Dates, MonthsBeyondTheYearsOfDatesLeadOutOfThem) {
    for (const std::int64_t months : {std::int64_t{120'000}, std::int64_t{1} << 40, INT64_MAX}) {
        EXPECT_GT(add_months(min_day, months), max_day) << months;
        EXPECT_LT(add_months(max_day, -months), min_day) << months;
    }
    EXPECT_LT(add_months(max_day, INT64_MIN), min_day);
}

// Easter Sundays named by Meeus (Astronomical Algorithms, 2nd ed., ch. 8: 1818 and 2285 the earliest there can be,
// 1886 and 2038 the latest) and by the U.S. Naval Observatory's table; Brazil's Good Fridays are two days earlier.
TEST(Dates, Easter) {
    for (const char* sunday : {"1818-03-22", "1886-04-25", "1943-04-25", "1991-03-31", "1992-04-19", "1993-04-11",
                               "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31",
                               "2025-04-20", "2026-04-05", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22"}) {
        const Day day = date(sunday);
        EXPECT_EQ(format_date(easter(civil_from_day(day).year)), sunday);
        EXPECT_EQ(weekday(day), 0);
    }
}

TEST(Instants, ParseAndFormat) {
    struct Row {
        const char* text;
        Instant micros;
        int nanos_below;
        const char* utc;
    };
    for (const Row& row : std::vector<Row>{
             {"1970-01-01T00:00:00Z", 0, 0, "1970-01-01T00:00:00Z"},
             {"2024-05-02T10:00:00-03:00", 1'714'654'800 * second, 0, "2024-05-02T13:00:00Z"},
             {"2024-05-02T13:00:00.5Z", 1'714'654'800 * second + 500'000, 0, "2024-05-02T13:00:00.500Z"},
             {"2024-05-02T13:00:00.000001Z", 1'714'654'800 * second + 1, 0, "2024-05-02T13:00:00.000001Z"},
             {"2024-05-02T13:00:00.000000001Z", 1'714'654'800 * second, 1, "2024-05-02T13:00:00.000000001Z"},
             {"1969-12-31T23:59:59.999999999Z", -1, 999, "1969-12-31T23:59:59.999999999Z"},
             {"2024-02-29T23:59:59+14:00", 1'709'200'799 * second, 0, "2024-02-29T09:59:59Z"},
             {"2024-05-02T13:00:00-00:00", 1'714'654'800 * second, 0, "2024-05-02T13:00:00Z"},
             {"0001-01-01T00:00:00Z", min_instant, 0, "0001-01-01T00:00:00Z"},
             {"0001-01-01T23:59:00+23:59", min_instant, 0, "0001-01-01T00:00:00Z"},
             {"9999-12-31T23:59:59.999999999Z", max_instant, 999, "9999-12-31T23:59:59.999999999Z"}}) {
        const auto got = parse_instant(row.text);
        ASSERT_TRUE(got) << row.text;
        EXPECT_EQ(got->micros, row.micros) << row.text;
        EXPECT_EQ(got->nanos_below, row.nanos_below) << row.text;
        EXPECT_EQ(format_utc(got->micros, got->nanos_below), row.utc);
    }
}

TEST(Instants, MalformedTextIsNoInstant) {
    for (const char* text : {"",
                             "2024-05-02",
                             "2024-05-02T10:00:00",
                             "2024-05-02 10:00:00Z",
                             "2024-05-02t10:00:00Z",
                             "2024-05-02T10:00:00z",
                             "2024-05-02T10:00Z",
                             "2024-05-02T24:00:00Z",
                             "2024-05-02T10:60:00Z",
                             "2024-05-02T10:00:60Z",
                             "2016-12-31T23:59:60Z",
                             "2024-05-02T10:00:00.Z",
                             "2024-05-02T10:00:00,5Z",
                             "2024-05-02T10:00:00.1234567890Z",
                             "2024-05-02T10:00:00-0300",
                             "2024-05-02T10:00:00-03",
                             "2024-05-02T10:00:00-24:00",
                             "2024-05-02T10:00:00-03:60",
                             "2024-05-02T10:00:00Z ",
                             "2024-02-30T10:00:00Z",
                             "0000-12-31T23:59:59Z",
                             "0001-01-01T00:00:00+00:01",
                             "9999-12-31T23:59:59-00:01",
                             "10000-01-01T00:00:00Z"}) {
        EXPECT_FALSE(parse_instant(text)) << text;
    }
}

TEST(Durations, ParseAndFormat) {
    struct Row {
        const char* text;
        std::int64_t micros;
        int nanos_below;
        const char* canonical;
    };
    for (const Row& row : std::vector<Row>{{"1h30m", 5'400 * second, 0, "5400s"},
                                           {"-1.5s", -1'500'000, 0, "-1.5s"},
                                           {"+1.5s", 1'500'000, 0, "1.5s"},
                                           {"100ms", 100'000, 0, "0.1s"},
                                           {"1us", 1, 0, "0.000001s"},
                                           {"1\u00b5s", 1, 0, "0.000001s"},
                                           {"1\u03bcs", 1, 0, "0.000001s"},
                                           {"1ns", 0, 1, "0.000000001s"},
                                           {"-1ns", -1, 999, "-0.000000001s"},
                                           {"-1001ns", -2, 999, "-0.000001001s"},
                                           {".5h", 1'800 * second, 0, "1800s"},
                                           {"2.s", 2 * second, 0, "2s"},
                                           {"1h1h", 7'200 * second, 0, "7200s"},
                                           {"1.9999999999s", 1'999'999, 999, "1.999999999s"},
                                           {"0.333333333333333333333h", 1'199'999'999, 999, "1199.999999999s"},
                                           {"0", 0, 0, "0s"},
                                           {"-0", 0, 0, "0s"},
                                           {"0s", 0, 0, "0s"},
                                           {"315576000000s", 315'576'000'000 * second, 0, "315576000000s"},
                                           {"-315576000000s", -315'576'000'000 * second, 0, "-315576000000s"}}) {
        const auto got = parse_duration(row.text);
        ASSERT_TRUE(got) << row.text;
        EXPECT_EQ(got->micros, row.micros) << row.text;
        EXPECT_EQ(got->nanos_below, row.nanos_below) << row.text;
        EXPECT_EQ(format_duration(got->micros, got->nanos_below), row.canonical);
    }
}

TEST(Durations, MalformedOrTooLongIsNoDuration) {
    for (const char* text : {"",
                             "-",
                             "1",
                             "s",
                             ".s",
                             "1x",
                             "1 s",
                             " 1s",
                             "1s ",
                             "1h-30m",
                             "--1s",
                             "1.2.3s",
                             "1d",
                             "1S",
                             "1e3s",
                             "inf",
                             "315576000001s",
                             "315576000000.000000001s",
                             "-315576000000.000000001s",
                             "99999999999999999999999999999999999999999999s",
                             "87660000h1ns",
                             "1h30"}) {
        EXPECT_FALSE(parse_duration(text)) << text;
    }
}

TEST(Zones, Names) {
    for (const char* name :
         {"UTC", "America/Sao_Paulo", "US/Central", "Australia/Sydney", "Etc/GMT+5", "America/Port-au-Prince",
          "America/Argentina/Buenos_Aires", "-02:30", "+05:00", "05:00", "-00:00", "+23:59"}) {
        const auto found = Zone::find(name);
        ASSERT_TRUE(found) << name;
        EXPECT_EQ(found->name(), name);
    }
}

TEST(Zones, UnknownNames) {
    for (const char* name : {"", "Mars/Olympus", "america/sao_paulo", "localtime", "/etc/localtime", "../UTC",
                             "Fixed/UTC+05:00:00", "right/America/Sao_Paulo", "America", "America/", "tzdata.zi",
                             "+5:00", "5", "+24:00", "-02:60", "+05:00 ", "UTC+1", "libc:localtime", "file:UTC"}) {
        EXPECT_FALSE(Zone::find(name)) << name;
    }
    EXPECT_FALSE(Zone::find(std::string_view("UTC\0", 4)));
}

TEST(Zones, TheHostsOwnZoneIsNoZone) {
    ASSERT_EQ(setenv("TZ", "America/Sao_Paulo", 1), 0);
    EXPECT_FALSE(Zone::find("localtime"));
    unsetenv("TZ");
}

TEST(Zones, DatabaseVersion) {
    const std::string version = zone_database_version();
    ASSERT_GE(version.size(), 5U) << version;
    EXPECT_EQ(version.substr(0, 2), "20") << version;
}

TEST(Zones, CivilTime) {
    const CivilTime local = zone("-02:30").civil(instant("2009-02-13T02:00:00.000007Z"));
    EXPECT_EQ(local.date.day, 12);
    EXPECT_EQ(local.hour, 23);
    EXPECT_EQ(local.minute, 30);
    EXPECT_EQ(local.micros, 7);
    EXPECT_EQ(local.offset_seconds, -9'000);
    EXPECT_EQ(Zone::utc().civil(-1).micros, 999'999);
    EXPECT_EQ(Zone::utc().civil(-1).second, 59);
}

TEST(Zones, Format) {
    struct Row {
        const char* zone;
        const char* instant;
        const char* text;
    };
    for (const Row& row : std::vector<Row>{
             {"America/Sao_Paulo", "2024-05-03T03:00:00Z", "2024-05-03T00:00:00-03:00"},
             {"America/Sao_Paulo", "2018-12-01T03:00:00Z", "2018-12-01T01:00:00-02:00"},
             {"America/Sao_Paulo", "2100-01-01T03:00:00.120Z", "2100-01-01T00:00:00.120-03:00"},
             {"America/Sao_Paulo", "2024-05-03T03:00:00.000001Z", "2024-05-03T00:00:00.000001-03:00"},
             {"Asia/Kathmandu", "2024-01-01T00:00:00Z", "2024-01-01T05:45:00+05:45"},
             {"America/New_York", "2100-07-01T12:00:00Z", "2100-07-01T08:00:00-04:00"},
             {"UTC", "2024-05-03T03:00:00Z", "2024-05-03T03:00:00Z"},
             {"Europe/London", "2024-01-03T03:00:00Z", "2024-01-03T03:00:00Z"},
             // Local mean time, −3:06:28: the offset that can be written nearest to it, and the same instant.
             {"America/Sao_Paulo", "1900-01-01T12:00:00Z", "1900-01-01T08:54:00-03:06"},
             {"Pacific/Auckland", "9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"},
             {"America/New_York", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"}}) {
        const Instant at = instant(row.instant);
        EXPECT_EQ(zone(row.zone).format(at), row.text);
        EXPECT_EQ(instant(row.text), at);
    }
}

// The IANA database's own facts (tzdata: southamerica, northamerica, australasia), as first instants of local days.
TEST(LocalDays, FirstInstants) {
    struct Row {
        const char* zone;
        const char* day;
        const char* first_instant;
    };
    for (const Row& row :
         std::vector<Row>{{"UTC", "2024-05-03", "2024-05-03T00:00:00Z"},
                          {"America/Sao_Paulo", "2024-05-03", "2024-05-03T00:00:00-03:00"},
                          // Midnight is skipped: 00:00 → 01:00.
                          {"America/Sao_Paulo", "2015-10-18", "2015-10-18T01:00:00-02:00"},
                          {"America/Sao_Paulo", "2016-10-16", "2016-10-16T01:00:00-02:00"},
                          {"America/Sao_Paulo", "2017-10-15", "2017-10-15T01:00:00-02:00"},
                          {"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"},
                          {"Asia/Beirut", "2024-03-31", "2024-03-31T01:00:00+03:00"},
                          // The hour before midnight is repeated: 24:00 → 23:00.
                          {"America/Sao_Paulo", "2019-02-17", "2019-02-17T00:00:00-03:00"},
                          {"America/Sao_Paulo", "2018-02-18", "2018-02-18T00:00:00-03:00"},
                          // 00:01 → 23:01 the day before: the day has begun when its first minute comes the first time.
                          {"America/St_Johns", "2006-10-29", "2006-10-29T00:00:00-02:30"},
                          {"America/St_Johns", "2006-10-30", "2006-10-30T00:00:00-03:30"},
                          // Havana: 01:00 → 00:00, midnight twice.
                          {"America/Havana", "2023-11-05", "2023-11-05T00:00:00-04:00"},
                          // Whole days skipped at the date line.
                          {"Pacific/Apia", "2011-12-29", "2011-12-29T00:00:00-10:00"},
                          {"Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"},
                          {"Pacific/Apia", "2011-12-31", "2011-12-31T00:00:00+14:00"},
                          {"Pacific/Kwajalein", "1993-08-21", "1993-08-22T00:00:00+12:00"},
                          {"Pacific/Kwajalein", "1993-08-22", "1993-08-22T00:00:00+12:00"},
                          // Kwajalein 1969: from +11 to −12, most of a day twice.
                          {"Pacific/Kwajalein", "1969-09-30", "1969-09-30T00:00:00+11:00"},
                          {"Pacific/Kwajalein", "1969-10-01", "1969-10-01T00:00:00-12:00"},
                          {"America/New_York", "2100-07-01", "2100-07-01T00:00:00-04:00"}}) {
        EXPECT_EQ(zone(row.zone).start_of_day(date(row.day)), instant(row.first_instant))
            << row.zone << ' ' << row.day << " starts "
            << zone(row.zone).format(zone(row.zone).start_of_day(date(row.day)));
    }
}

TEST(LocalDays, OfAnInstant) {
    struct Row {
        const char* zone;
        const char* at;
        const char* day;
    };
    for (const Row& row : std::vector<Row>{{"America/Sao_Paulo", "2024-05-02T23:59:59.999999-03:00", "2024-05-02"},
                                           {"America/Sao_Paulo", "2024-05-03T00:00:00-03:00", "2024-05-03"},
                                           {"America/Sao_Paulo", "2018-11-03T23:59:59.999999-03:00", "2018-11-03"},
                                           {"America/Sao_Paulo", "2018-11-04T01:00:00-02:00", "2018-11-04"},
                                           {"America/Sao_Paulo", "2019-02-16T23:59:59.999999-02:00", "2019-02-16"},
                                           {"America/Sao_Paulo", "2019-02-16T23:00:00-03:00", "2019-02-16"},
                                           {"America/Sao_Paulo", "2019-02-17T00:00:00-03:00", "2019-02-17"},
                                           {"America/St_Johns", "2006-10-28T23:59:59-02:30", "2006-10-28"},
                                           {"America/St_Johns", "2006-10-29T00:00:59-02:30", "2006-10-29"},
                                           // The clocks show 23:01 of the 28th again, but the 29th has begun.
                                           {"America/St_Johns", "2006-10-28T23:01:00-03:30", "2006-10-29"},
                                           {"America/St_Johns", "2006-10-28T23:59:59-03:30", "2006-10-29"},
                                           {"America/St_Johns", "2006-10-29T00:00:00-03:30", "2006-10-29"},
                                           {"Pacific/Apia", "2011-12-29T23:59:59-10:00", "2011-12-29"},
                                           {"Pacific/Apia", "2011-12-31T00:00:00+14:00", "2011-12-31"},
                                           {"Pacific/Kwajalein", "1969-09-30T12:59:59+11:00", "1969-09-30"},
                                           {"Pacific/Kwajalein", "1969-09-29T14:00:00-12:00", "1969-09-30"},
                                           {"Pacific/Kwajalein", "1969-09-30T13:00:00-12:00", "1969-09-30"},
                                           {"Pacific/Auckland", "9999-12-31T23:59:59.999999Z", "9999-12-31"}}) {
        const Day day = zone(row.zone).day_of(instant(row.at));
        const bool year_10000 = std::string_view(row.at).starts_with("9999");
        EXPECT_EQ(day, date(row.day) + (year_10000 ? 1 : 0)) << row.zone << ' ' << row.at;
    }
}

TEST(LocalDays, BeyondTheYearsOfDatesLieOutsideOfThem) {
    for (const char* name : {"UTC", "America/Sao_Paulo", "Pacific/Kiritimati"}) {
        for (const Day day : {max_day + 3, Day{1'000'000'000}, Day{INT32_MAX}}) {
            EXPECT_GT(zone(name).start_of_day(day), max_instant) << name << ' ' << day;
        }
        for (const Day day : {min_day - 3, Day{-1'000'000'000}, Day{INT32_MIN}}) {
            EXPECT_LT(zone(name).start_of_day(day), min_instant) << name << ' ' << day;
        }
    }
}

/// The local date of an instant, as the clocks show it.
Day date_shown(const Zone& zone, Instant at) {
    return day_from_civil(zone.civil(at).date);
}

struct Stretch {
    const char* zone;
    const char* from;
    const char* until;
};

// The definition, step by step: the local day is the latest date that the clocks have shown so far.
TEST(LocalDays, AreTheLatestDateShownSoFar) {
    constexpr Instant step = hour / 2;
    for (const auto& [name, from, until] : std::vector<Stretch>{
             {"America/Sao_Paulo", "2014-06-01T00:00:00Z", "2020-06-01T00:00:00Z"},
             {"America/St_Johns", "1987-01-01T00:00:00Z", "1989-01-01T00:00:00Z"},  // two hours forward and back
             {"America/St_Johns", "2005-01-01T00:00:00Z", "2008-01-01T00:00:00Z"},
             {"Pacific/Apia", "2010-01-01T00:00:00Z", "2013-01-01T00:00:00Z"},
             {"Pacific/Kwajalein", "1969-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
             {"Pacific/Kwajalein", "1993-01-01T00:00:00Z", "1994-01-01T00:00:00Z"},
             {"America/Juneau", "1867-10-10T00:00:00Z", "1867-10-30T00:00:00Z"},  // a whole day repeated
             {"Asia/Manila", "1844-12-20T00:00:00Z", "1845-01-10T00:00:00Z"},
             {"Asia/Beirut", "2022-01-01T00:00:00Z", "2025-01-01T00:00:00Z"},
             {"Africa/Cairo", "2010-01-01T00:00:00Z", "2015-01-01T00:00:00Z"},
             {"America/Asuncion", "2020-01-01T00:00:00Z", "2025-01-01T00:00:00Z"},
             {"America/Havana", "2090-01-01T00:00:00Z", "2092-01-01T00:00:00Z"},
             {"America/Scoresbysund", "2022-01-01T00:00:00Z", "2026-01-01T00:00:00Z"}}) {
        const Zone local = zone(name);
        Day latest = date_shown(local, instant(from));
        for (Instant at = instant(from); at < instant(until); at += step) {
            const Day before = latest;
            latest = std::max(latest, date_shown(local, at));
            ASSERT_EQ(local.day_of(at), latest) << name << ' ' << local.format(at);
            for (Day day = before + 1; day <= latest; ++day) {
                const Instant start = local.start_of_day(day);
                ASSERT_TRUE(start > at - step && start <= at) << name << ' ' << local.format(at);
                ASSERT_TRUE(local.day_of(start - 1) < day && local.day_of(start) >= day)
                    << name << ' ' << local.format(at);
            }
        }
    }
}

}  // namespace
}  // namespace praxe
