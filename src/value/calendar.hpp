// Business days: which days are days off, and counting in business days.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "value/day_rule.hpp"
#include "value/opening_hours.hpp"
#include "value/time.hpp"

namespace praxe {

/// One rule that makes days off, as data.
struct DayOffRule : DayRule {
    std::string name;
    std::string law;       // that made it; may be empty
    std::string calendar;  // whose rule it is
    bool operator==(const DayOffRule&) const = default;
};

struct CalendarRules {
    std::string name;
    std::vector<int> week_off;  // 0 Sunday … 6 Saturday
    std::vector<DayOffRule> days_off;
    Day known_from = 0, known_until = 0;       // first and last; outside of these the calendar knows nothing
    std::map<std::string, std::string> title;  // by language (`pt`, `en`); may be empty
    std::string source;                        // where the rules come from, for people
    std::map<std::string, HoursRules> hours;   // by team; "" is of whoever names none
};

enum class Ends { start_only, end_only, both };  // [a, b), (a, b], [a, b]
enum class Adjust { following, preceding, modified_following, modified_preceding };

/// Immutable; every look-up is O(1) or O(log n). Outside the known days each function gives nothing.
class Calendar {
  public:
    /// REQUIRES: known_from <= known_until, both in the years 0001–9999.
    explicit Calendar(CalendarRules rules);
    /// With the hours of its teams, in a time zone.
    Calendar(CalendarRules rules, const Zone& zone);
    const std::string& name() const { return rules_.name; }
    const CalendarRules& rules() const { return rules_; }

    std::optional<bool> is_business_day(Day day) const;
    /// The rules that make it a day off, in their order; empty on a weekend only.
    std::vector<const DayOffRule*> rules_of(Day day) const;
    /// The name of the rule that makes it a day off, or of several in their order ("A / B"); "" on a weekend only;
    /// nothing on a business day.
    std::optional<std::string> why_off(Day day) const;
    /// The n-th business day strictly after `day` (n > 0) or the |n|-th strictly before (n < 0); `day` is not adjusted
    /// first. n = 0 gives `day` itself, day off or not.
    std::optional<Day> add(Day day, std::int64_t n) const;
    /// The business days from a to b. For b < a it is minus the count from b to a with the same ends, so that counts
    /// of [a, b) and of (a, b] add up: between(a, b) + between(b, c) = between(a, c).
    std::optional<std::int64_t> between(Day a, Day b, Ends ends) const;
    std::optional<Day> adjust(Day day, Adjust convention) const;

    /// Business days from the first known day up to `day`, it included.
    std::optional<std::int64_t> count_up_to(Day day) const;
    /// The business day up to which there are so many; nothing beyond the last known day.
    std::optional<Day> nth_business_day(std::int64_t n) const { return business_day(n - 1); }
    /// A team's opening hours; null if it has none here.
    const OpeningHours* hours(std::string_view team) const;

  private:
    struct DayOff {
        Day day;
        std::uint32_t rule;  // index of rules_.days_off
        auto operator<=>(const DayOff&) const = default;
    };

    void list_days_off();
    void count_business_days();
    bool knows(Day day) const { return day >= rules_.known_from && day <= rules_.known_until; }
    std::int64_t count_before(Day day) const { return count_[index(day)]; }
    std::int64_t count_until(Day day) const { return count_[index(day) + 1]; }
    std::size_t index(Day day) const { return static_cast<std::size_t>(day - rules_.known_from); }
    std::optional<Day> business_day(std::int64_t number) const;
    std::optional<Day> adjust_within_month(Day day, Adjust first_try, Adjust turned_round) const;

    CalendarRules rules_;
    std::vector<DayOff> days_off_;     // by day, then in the order of the rules
    std::vector<std::int32_t> count_;  // [i]: business days before known_from + i
    std::vector<Day> business_days_;
    std::map<std::string, OpeningHours, std::less<>> hours_;  // by team
};

using Calendars = std::map<std::string, std::shared_ptr<const Calendar>, std::less<>>;

}  // namespace praxe
