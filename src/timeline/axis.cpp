// The time axis of a picture.
#include "timeline/axis.hpp"

#include <fmt/format.h>

#include <array>

namespace praxe {
namespace {

constexpr double least_room = 78;  // pixels from one name to the next
constexpr Instant one_hour = 3600LL * 1'000'000;

enum class Unit { hour, day, month };
struct Step {
    Unit unit;
    int count;
    double hours;
};
constexpr std::array steps{
    Step{Unit::hour, 1, 1},       Step{Unit::hour, 3, 3},          Step{Unit::hour, 6, 6},
    Step{Unit::hour, 12, 12},     Step{Unit::day, 1, 24},          Step{Unit::day, 2, 48},
    Step{Unit::day, 7, 168},      Step{Unit::day, 14, 336},        Step{Unit::month, 1, 730},
    Step{Unit::month, 3, 2190},   Step{Unit::month, 6, 4380},      Step{Unit::month, 12, 8760},
    Step{Unit::month, 60, 43800}, Step{Unit::month, 1200, 876000},
};

Step step_of(const Axis& axis) {
    const double hours = static_cast<double>(axis.until - axis.from) / static_cast<double>(one_hour);
    for (const Step& step : steps) {
        if ((axis.right - axis.left) * step.hours / hours >= least_room) return step;
    }
    return steps.back();
}

std::string hour_label(Instant at, const Zone& zone) {
    const CivilTime time = zone.civil(at);
    return fmt::format("{:02}:{:02}", time.hour, time.minute);
}

std::string day_label(Day day, bool portuguese) {
    static constexpr std::array pt{"dom", "seg", "ter", "qua", "qui", "sex", "sáb"};
    static constexpr std::array en{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    const CivilDate date = civil_from_day(day);
    const auto of_week = static_cast<std::size_t>(weekday(day));
    return portuguese ? fmt::format("{} {:02}/{:02}", pt[of_week], date.day, date.month)
                      : fmt::format("{} {:02}-{:02}", en[of_week], date.month, date.day);
}

std::string month_label(const CivilDate& date, bool portuguese) {
    return portuguese ? fmt::format("{:02}/{}", date.month, date.year) : fmt::format("{}-{:02}", date.year, date.month);
}

void add_hours(const Axis& axis, const Zone& zone, int count, bool portuguese, std::vector<Tick>& ticks) {
    for (Day day = zone.day_of(axis.from); zone.start_of_day(day) < axis.until; ++day) {
        const Instant next_day = zone.start_of_day(day + 1);
        ticks.push_back({zone.start_of_day(day), day_label(day, portuguese)});
        for (Instant at = ticks.back().at + one_hour; at < next_day; at += one_hour) {
            const bool named = zone.civil(at).hour % count == 0 && zone.civil(at).minute == 0;
            if (named && next_day - at >= count * one_hour) ticks.push_back({at, hour_label(at, zone)});
        }
    }
}

/// Weeks begin on Mondays.
void add_days(const Axis& axis, const Zone& zone, int count, bool portuguese, std::vector<Tick>& ticks) {
    Day day = zone.day_of(axis.from);
    if (count >= 7) day += (8 - weekday(day)) % 7;
    for (; zone.start_of_day(day) < axis.until; day += count)
        ticks.push_back({zone.start_of_day(day), day_label(day, portuguese)});
}

void add_months(const Axis& axis, const Zone& zone, int count, bool portuguese, std::vector<Tick>& ticks) {
    const CivilDate first = civil_from_day(zone.day_of(axis.from));
    std::int64_t month = first.year * 12 + first.month - 1;
    month -= month % count;
    for (;; month += count) {
        const CivilDate date{month / 12, static_cast<int>(month % 12) + 1, 1};
        if (date.year > 9999 || zone.start_of_day(day_from_civil(date)) >= axis.until) return;
        if (date.year >= 1) ticks.push_back({zone.start_of_day(day_from_civil(date)), month_label(date, portuguese)});
    }
}

}  // namespace

std::vector<Tick> ticks(const Axis& axis, const Zone& zone, const std::string& language) {
    std::vector<Tick> ticks;
    const bool portuguese = language == "pt";
    const Step step = step_of(axis);
    switch (step.unit) {
        case Unit::hour:
            add_hours(axis, zone, step.count, portuguese, ticks);
            break;
        case Unit::day:
            add_days(axis, zone, step.count, portuguese, ticks);
            break;
        case Unit::month:
            add_months(axis, zone, step.count, portuguese, ticks);
            break;
    }
    std::erase_if(ticks, [&](const Tick& tick) { return tick.at < axis.from || tick.at >= axis.until; });
    return ticks;
}

}  // namespace praxe
