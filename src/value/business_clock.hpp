// Counting business days or business hours: on a calendar, or while a team is there, less somebody's absences.
//
// A count of either kind is a difference of two readings of one clock, which counts from the first known day and never
// goes back. So counts add up, and the instant at which a count is reached is looked up, not searched for.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "value/functions.hpp"

namespace praxe {

/// Readings of a clock that count for nothing: of what is read, the part within them is taken off.
class Absences {
  public:
    using Span = std::pair<std::int64_t, std::int64_t>;  // the readings after the first up to the second
    Absences() = default;
    explicit Absences(std::vector<Span> spans);  // in any order, overlapping or empty ones too
    std::int64_t less(std::int64_t reading) const;
    /// The least reading that, less the absences, is `rest`.
    std::int64_t with(std::int64_t rest) const;

  private:
    std::vector<Span> spans_;  // in order, none touching the next
};

/// What business days or hours are counted on. Needs what it was made of.
class BusinessClock {
  public:
    BusinessClock(const Calendar& calendar, const Zone* zone) : calendar_(&calendar), zone_(zone) {}
    BusinessClock(const Calendar& calendar, const OpeningHours& hours, const Zone* zone)
        : calendar_(&calendar), hours_(&hours), zone_(zone) {}

    const Calendar& calendar() const { return *calendar_; }
    Kind unit() const { return hours_ == nullptr ? Kind::business_days : Kind::business_hours; }
    /// Takes off these days, from a first to a last each, as far as they are known.
    void leave_out(std::span<const std::pair<Day, Day>> days);

    /// The reading at the end of a day, of a clock of days; nothing outside of the known days.
    std::optional<std::int64_t> reading_of(Day day) const;
    std::optional<bool> is_business_day(Day day) const;
    /// The reading at an instant: of a clock of days, that of its local day. REQUIRES: a zone.
    std::optional<std::int64_t> reading_at(Instant at) const;
    /// The day of the n-th business day read, of a clock of days; nothing beyond the last known day.
    std::optional<Day> day_of(std::int64_t reading) const;
    /// The first instant at which at least so much is read; nothing beyond the last known day. REQUIRES: a zone.
    std::optional<Instant> first_at(std::int64_t reading) const;
    // What is known: the first instant, and the first at which nothing is read. REQUIRES: a zone.
    Instant known_from() const { return zone_->start_of_day(calendar_->rules().known_from); }
    Instant known_until() const;

  private:
    Absences::Span readings_of(Day first, Day last) const;

    const Calendar* calendar_;
    const OpeningHours* hours_ = nullptr;
    const Zone* zone_;
    Absences absences_;
};

/// A clock, or the error that says why there is none.
struct ClockFound {
    std::optional<BusinessClock> clock;
    Value error;
};

/// The clock of business days that the last arguments of a call name: a calendar's name, a list of absences; either may
/// be missing.
ClockFound find_day_clock(const FunctionContext& context, std::span<const Value> named);
/// The clock of business hours: a team's name, after it a calendar's, a list of absences; any may be missing.
ClockFound find_hours_clock(const FunctionContext& context, std::span<const Value> named);
/// A team's opening hours, named in the same way.
struct HoursFound {
    const Calendar* calendar = nullptr;
    const OpeningHours* hours = nullptr;  // null: `error` says why
    Value error;
};
HoursFound find_hours(const FunctionContext& context, std::span<const Value> named);

}  // namespace praxe
