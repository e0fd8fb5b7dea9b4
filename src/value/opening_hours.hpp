// Opening hours: when a team is there, and counting the time during which it is.
//
// A span of local time runs from the first instant at which the clocks show its beginning to the first at which they
// show its end; a time that the clocks skip is the instant at which they jump over it. So spans never overlap, and a
// span over a change of the clocks is as much longer or shorter as the day is.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "value/day_rule.hpp"
#include "value/time.hpp"

namespace praxe {

/// A span of the local day, in minutes after its midnight: 0 <= from < until <= 1440.
struct OpenSpan {
    int from = 0, until = 0;
    bool operator==(const OpenSpan&) const = default;
};

/// The hours of some days: of weekdays, or of the days that a rule names. No spans: closed all day.
struct HoursRule {
    std::string name;             // of the days that a rule names, for people
    std::vector<int> weekdays;    // 0 Sunday … 6 Saturday; or
    std::optional<DayRule> days;  // these days, days off too
    std::vector<OpenSpan> open;   // in order, none overlapping
    bool operator==(const HoursRule&) const = default;
};
/// The last rule that names a day says its hours: first among the rules of days, then, where the day is no day off by
/// a rule of the calendar, among those of weekdays.
using HoursRules = std::vector<HoursRule>;

/// Opening hours laid out over the days that a calendar knows. Immutable; every look-up is a binary search.
class OpeningHours {
  public:
    /// REQUIRES: first <= last, within the years 0001–9999.
    OpeningHours(HoursRules rules, Day first, Day last, const std::function<bool(Day)>& is_day_off, const Zone& zone);

    /// The rule that names this very day; null where its weekday says its hours.
    const HoursRule* rule_of(Day day) const;
    /// The spans of a day, in local time.
    const std::vector<OpenSpan>& spans_of(Day day, bool is_day_off) const;
    Instant known_from() const { return known_from_; }
    Instant known_until() const { return known_until_; }  // the first instant of which nothing is known
    /// Microseconds of opening time from the first known instant up to `at`; nothing outside of what is known.
    std::optional<std::int64_t> open_until(Instant at) const;
    /// The first instant up to which there are so many; nothing if there are fewer in all that is known.
    std::optional<Instant> reached(std::int64_t micros) const;
    std::optional<bool> is_open(Instant at) const;
    /// The first opening or closing after `at`; the end of what is known where there is none.
    Instant next_change(Instant at) const;

  private:
    struct Span {
        Instant open, close;
        std::int64_t before;  // opening time before this span
    };

    void list_named_days(Day first, Day last);
    bool knows(Instant at) const { return at >= known_from_ && at <= known_until_; }
    /// The last span that opens at or before `at`, or the end.
    std::vector<Span>::const_iterator span_at(Instant at) const;

    HoursRules rules_;
    std::map<Day, std::size_t> named_days_;  // the last rule that names the day
    Instant known_from_, known_until_;
    std::vector<Span> spans_;  // in order, none touching the next
};

}  // namespace praxe
