// Civil dates against Boost.Date_Time, which knows the years 1400 to 9999. Never its months arithmetic: it snaps to
// month ends.
#include <gtest/gtest.h>

#include <boost/date_time/gregorian/gregorian.hpp>

#include "value/time.hpp"

namespace praxe {
namespace {

namespace gregorian = boost::gregorian;

TEST(CivilDates, AgreeWithBoostOnEveryDayItKnows) {
    const gregorian::date epoch(1970, 1, 1);
    const Day first = day_from_civil({1400, 1, 1});
    const Day last = day_from_civil({9999, 12, 31});
    ASSERT_EQ(first, (gregorian::date(1400, 1, 1) - epoch).days());
    ASSERT_EQ(last, (gregorian::date(9999, 12, 31) - epoch).days());
    gregorian::date date(1400, 1, 1);
    for (Day day = first; day <= last; ++day, date += gregorian::days(1)) {
        const CivilDate civil = civil_from_day(day);
        const auto expected = date.year_month_day();
        ASSERT_EQ(civil.year, static_cast<int>(expected.year)) << day;
        ASSERT_EQ(civil.month, expected.month.as_number()) << day;
        ASSERT_EQ(civil.day, expected.day.as_number()) << day;
        ASSERT_EQ(weekday(day), date.day_of_week().as_number()) << day;
        if (day == last) break;
    }
}

}  // namespace
}  // namespace praxe
