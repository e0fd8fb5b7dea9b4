// Instants, dates and durations as text: RFC 3339 and CEL's own forms.
#include <fmt/format.h>

#include <array>

#include "value/time.hpp"

namespace praxe {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t micros_per_day = 86'400 * micros_per_second;

__extension__ using Nanoseconds = __int128;  // 64 bits hold 292 years of them, CEL's durations 10,000
constexpr std::int64_t nanos_per_second = 1'000'000'000;
constexpr Nanoseconds longest_duration = Nanoseconds(315'576'000'000) * nanos_per_second;  // of CEL's, either sign

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Takes a text from left to right. Once something is not there, `fits` stays false.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    bool fits() const { return fits_; }
    bool at_end() const { return rest_.empty(); }
    bool next_is_digit() const { return !rest_.empty() && is_digit(rest_.front()); }

    bool take_if(std::string_view expected) {
        if (!rest_.starts_with(expected)) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }
    void take(std::string_view expected) { fits_ = take_if(expected) && fits_; }

    char take_digit() {
        if (!next_is_digit()) {
            fits_ = false;
            return '0';
        }
        const char digit = rest_.front();
        rest_.remove_prefix(1);
        return digit;
    }
    int take_number(int digits) {
        int number = 0;
        for (int i = 0; i < digits; ++i) number = number * 10 + (take_digit() - '0');
        return number;
    }

  private:
    std::string_view rest_;
    bool fits_ = true;
};

CivilDate take_date(Scanner& text) {
    CivilDate date{};
    date.year = text.take_number(4);
    text.take("-");
    date.month = text.take_number(2);
    text.take("-");
    date.day = text.take_number(2);
    return date;
}

/// The digits after a point, as nanoseconds; one to nine of them.
int take_nanos(Scanner& text) {
    int nanos = text.take_number(1);
    for (int digit = 1; digit < 9; ++digit) nanos = nanos * 10 + (text.next_is_digit() ? text.take_number(1) : 0);
    return nanos;
}

/// `Z`, `-03:00`, in seconds east of UTC.
std::optional<int> take_offset(Scanner& text) {
    if (text.take_if("Z")) return 0;
    const bool west = text.take_if("-");
    if (!west) text.take("+");
    const int hours = text.take_number(2);
    text.take(":");
    const int minutes = text.take_number(2);
    if (!text.fits() || hours > 23 || minutes > 59) return std::nullopt;
    const int seconds = (hours * 60 + minutes) * 60;
    return west ? -seconds : seconds;
}

struct Unit {
    std::string_view name;
    std::int64_t nanos;
};
// A name that begins another one comes after it.
constexpr std::array<Unit, 8> duration_units{{{"ns", 1},
                                              {"us", 1'000},
                                              {"\u00b5s", 1'000},  // micro sign
                                              {"\u03bcs", 1'000},  // Greek small mu
                                              {"ms", 1'000'000},
                                              {"s", nanos_per_second},
                                              {"m", 60 * nanos_per_second},
                                              {"h", 3'600 * nanos_per_second}}};

const Unit* take_unit(Scanner& text) {
    for (const Unit& unit : duration_units) {
        if (text.take_if(unit.name)) return &unit;
    }
    return nullptr;
}

/// One number with its unit, as `1.5h`, `2.s` or `.5s`; digits finer than a nanosecond are cut off, as in Go.
std::optional<Nanoseconds> take_duration_part(Scanner& text) {
    constexpr std::int64_t finest_scale = nanos_per_second * nanos_per_second;
    bool has_digits = false;
    Nanoseconds whole = 0;
    for (; text.next_is_digit(); has_digits = true) {
        whole = whole * 10 + text.take_number(1);
        if (whole > longest_duration) return std::nullopt;
    }
    Nanoseconds fraction = 0;
    std::int64_t scale = 1;
    if (text.take_if(".")) {
        for (; text.next_is_digit(); has_digits = true) {
            const int digit = text.take_number(1);
            if (scale == finest_scale) continue;
            fraction = fraction * 10 + digit;
            scale *= 10;
        }
    }
    const Unit* unit = take_unit(text);
    if (!has_digits || !unit) return std::nullopt;
    return whole * unit->nanos + fraction * unit->nanos / scale;
}

/// A fraction of a second as written after the seconds: nothing, or a point and as many digits as `digits` says.
std::string fraction_text(int nanos, int digits) {
    if (nanos == 0) return {};
    return "." + fmt::format("{:09}", nanos).substr(0, static_cast<std::size_t>(digits));
}

/// 3, 6 or 9: the least that shows all of a fraction.
int digits_in_threes(int nanos) {
    if (nanos % 1'000'000 == 0) return 3;
    return nanos % 1'000 == 0 ? 6 : 9;
}

}  // namespace

std::optional<ParsedInstant> parse_instant(std::string_view text) {
    Scanner scan(text);
    const CivilDate date = take_date(scan);
    scan.take("T");
    const int hour = scan.take_number(2);
    scan.take(":");
    const int minute = scan.take_number(2);
    scan.take(":");
    const int second = scan.take_number(2);
    const int nanos = scan.take_if(".") ? take_nanos(scan) : 0;
    const std::optional<int> offset = take_offset(scan);
    if (!scan.fits() || !scan.at_end() || !offset) return std::nullopt;
    if (!valid_date(date) || hour > 23 || minute > 59 || second > 59) return std::nullopt;

    const std::int64_t seconds = (hour * 60 + minute) * 60 + second - *offset;
    const Instant at = day_from_civil(date) * micros_per_day + seconds * micros_per_second + nanos / 1'000;
    if (at < min_instant || at > max_instant) return std::nullopt;
    return ParsedInstant{at, nanos % 1'000};
}

std::optional<Day> parse_date(std::string_view text) {
    Scanner scan(text);
    const CivilDate date = take_date(scan);
    if (!scan.fits() || !scan.at_end() || !valid_date(date)) return std::nullopt;
    return day_from_civil(date);
}

std::string format_date(Day day) {
    const CivilDate date = civil_from_day(day);
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::optional<ParsedDuration> parse_duration(std::string_view text) {
    Scanner scan(text);
    const bool negative = scan.take_if("-");
    if (!negative) scan.take_if("+");
    if (scan.at_end()) return std::nullopt;
    if (text == "0" || text == "-0" || text == "+0") return ParsedDuration{0, 0};
    Nanoseconds total = 0;
    while (!scan.at_end()) {
        const auto part = take_duration_part(scan);
        if (!part) return std::nullopt;
        total += *part;
        if (total > longest_duration) return std::nullopt;
    }
    if (negative) total = -total;
    const auto below = static_cast<int>((total % 1'000 + 1'000) % 1'000);
    return ParsedDuration{static_cast<std::int64_t>((total - below) / 1'000), below};
}

std::string format_duration(std::int64_t micros, int nanos_below) {
    const Nanoseconds total = Nanoseconds(micros) * 1'000 + nanos_below;
    const Nanoseconds size = total < 0 ? -total : total;
    const auto seconds = static_cast<std::int64_t>(size / nanos_per_second);
    std::string fraction = fraction_text(static_cast<int>(size % nanos_per_second), 9);
    while (fraction.ends_with('0')) fraction.pop_back();
    return fmt::format("{}{}{}s", total < 0 ? "-" : "", seconds, fraction);
}

std::string format_utc(Instant at, int nanos_below) {
    const CivilTime utc = Zone::utc().civil(at);
    const int nanos = utc.micros * 1'000 + nanos_below;
    return fmt::format("{}T{:02}:{:02}:{:02}{}Z", format_date(day_from_civil(utc.date)), utc.hour, utc.minute,
                       utc.second, fraction_text(nanos, digits_in_threes(nanos)));
}

}  // namespace praxe
