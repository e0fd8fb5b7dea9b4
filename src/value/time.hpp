// Instants, local days and RFC 3339 text, over the system's IANA time zones (absl::TimeZone; only time_zone.cpp
// includes it).
//
// A local day runs from its first instant to the first instant of the next one, so days never overlap and never go
// back, also where a zone's clocks skip midnight or repeat the hour around it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace praxe {

using Instant = std::int64_t;  // microseconds since 1970-01-01T00:00:00Z
using Day = std::int32_t;      // days since 1970-01-01 (proleptic Gregorian)

struct CivilDate {
    std::int64_t year;
    int month;  // 1…12
    int day;    // 1…31
};
struct CivilTime {
    CivilDate date;
    int hour, minute, second;
    int micros;
    int offset_seconds;  // east of UTC
};

inline constexpr Day min_day = -719162;                       // 0001-01-01
inline constexpr Day max_day = 2932896;                       // 9999-12-31
inline constexpr Instant min_instant = -62135596800'000'000;  // 0001-01-01T00:00:00Z, CEL's first timestamp
inline constexpr Instant max_instant = 253402300799'999'999;  // 9999-12-31T23:59:59.999999Z, CEL's last

Day day_from_civil(const CivilDate& date);  // REQUIRES: a valid date
CivilDate civil_from_day(Day day);
bool valid_date(const CivilDate& date);
int weekday(Day day);  // 0 Sunday … 6 Saturday
/// The day of the same number n months later, or the first of the month after where that is missing
/// (Brazilian Civil Code, art. 132 §3: 29 February + 12 months → 1 March). REQUIRES: a day of the years 0001–9999; the
/// result may lie outside of them.
Day add_months(Day day, std::int64_t months);
/// Easter Sunday, Gregorian (Meeus, Astronomical Algorithms, ch. 8).
Day easter(std::int64_t year);

/// A time zone of the IANA database, or a fixed offset. Cheap to copy; immutable.
class Zone {
  public:
    /// `America/Sao_Paulo`, `UTC`, or an offset as CEL takes them (`-02:30`, `+05:00`, `05:00`); nothing if unknown.
    /// The host's own zone has no name here.
    static std::optional<Zone> find(std::string_view name);
    static Zone utc();

    const std::string& name() const;
    CivilTime civil(Instant at) const;
    /// The local day that `at` belongs to (see the top of this file).
    Day day_of(Instant at) const;
    /// The first instant of the local day; where a zone skips a whole day, that of the next one. For a day outside of
    /// the years 0001–9999 some instant outside of them.
    Instant start_of_day(Day day) const;
    /// The first instant at which the clocks of the local day show so many minutes after midnight (1440: the next day's
    /// first instant); where they skip that time, the instant at which they jump over it.
    Instant instant_of(Day day, int minutes) const;
    /// RFC 3339 in this zone's offset at that instant (`Z` for none); fraction of a second only where there is one (3
    /// or 6 digits). The text always denotes exactly `at`, also where local time had an offset in seconds.
    std::string format(Instant at) const;

  private:
    struct State;
    explicit Zone(std::shared_ptr<const State> state);
    std::shared_ptr<const State> state_;
};

/// The IANA database's version, as the system's copy says ("2025b"), or empty.
std::string zone_database_version();

struct ParsedInstant {
    Instant micros;
    int nanos_below;  // 0…999: digits finer than a microsecond
};
/// RFC 3339 with an offset; nothing if malformed or out of CEL's range. A leap second (:60) is malformed.
std::optional<ParsedInstant> parse_instant(std::string_view text);
std::optional<Day> parse_date(std::string_view text);  // YYYY-MM-DD
std::string format_date(Day day);
/// CEL's duration text: `1h30m`, `-1.5s`, `100ms`, `1us`, `1ns`; nothing if malformed or out of CEL's range
/// (±315,576,000,000 s).
struct ParsedDuration {
    std::int64_t micros;
    int nanos_below;
};
std::optional<ParsedDuration> parse_duration(std::string_view text);
/// CEL's string(duration): seconds with a fraction where there is one, `s` at the end.
std::string format_duration(std::int64_t micros, int nanos_below);
/// CEL's string(timestamp): UTC, `Z`, fraction in 0, 3, 6 or 9 digits.
std::string format_utc(Instant at, int nanos_below);

}  // namespace praxe
