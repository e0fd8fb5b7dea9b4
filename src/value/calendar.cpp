// Calendars: the rules laid out over the known days once, so that every look-up is an index or a binary search.
#include "value/calendar.hpp"

#include <algorithm>

namespace praxe {
namespace {

bool same_month(Day a, Day b) {
    const CivilDate left = civil_from_day(a);
    const CivilDate right = civil_from_day(b);
    return left.year == right.year && left.month == right.month;
}

}  // namespace

Calendar::Calendar(CalendarRules rules) : rules_(std::move(rules)) {
    list_days_off();
    count_business_days();
}

Calendar::Calendar(CalendarRules rules, const Zone& zone) : Calendar(std::move(rules)) {
    const auto is_day_off = [&](Day day) { return !rules_of(day).empty(); };
    for (const auto& [team, hours] : rules_.hours) {
        hours_.try_emplace(team, hours, rules_.known_from, rules_.known_until, is_day_off, zone);
    }
}

const OpeningHours* Calendar::hours(std::string_view team) const {
    const auto found = hours_.find(team);
    return found == hours_.end() ? nullptr : &found->second;
}

void Calendar::list_days_off() {
    // A rule may reach out of its own year: days from Easter, days moved.
    const std::int64_t first_year = civil_from_day(rules_.known_from).year - 1;
    const std::int64_t last_year = civil_from_day(rules_.known_until).year + 1;
    for (std::uint32_t rule = 0; rule < rules_.days_off.size(); ++rule) {
        for (std::int64_t year = first_year; year <= last_year; ++year) {
            const auto day = day_in_year(rules_.days_off[rule], year);
            if (day && knows(*day)) days_off_.push_back({*day, rule});
        }
    }
    std::ranges::sort(days_off_);
    const auto repeated = std::ranges::unique(days_off_);
    days_off_.erase(repeated.begin(), repeated.end());
}

void Calendar::count_business_days() {
    count_.push_back(0);
    auto next_off = days_off_.begin();
    for (Day day = rules_.known_from; day <= rules_.known_until; ++day) {
        bool off = std::ranges::find(rules_.week_off, weekday(day)) != rules_.week_off.end();
        for (; next_off != days_off_.end() && next_off->day == day; ++next_off) off = true;
        if (!off) business_days_.push_back(day);
        count_.push_back(static_cast<std::int32_t>(business_days_.size()));
    }
}

std::optional<Day> Calendar::business_day(std::int64_t number) const {
    if (number < 0 || number >= static_cast<std::int64_t>(business_days_.size())) return std::nullopt;
    return business_days_[static_cast<std::size_t>(number)];
}

std::optional<bool> Calendar::is_business_day(Day day) const {
    if (!knows(day)) return std::nullopt;
    return count_until(day) > count_before(day);
}

std::optional<std::string> Calendar::why_off(Day day) const {
    if (is_business_day(day).value_or(true)) return std::nullopt;
    std::string names;
    for (const DayOffRule* rule : rules_of(day)) names += (names.empty() ? "" : " / ") + rule->name;
    return names;
}

std::vector<const DayOffRule*> Calendar::rules_of(Day day) const {
    std::vector<const DayOffRule*> rules;
    for (const DayOff& off : std::ranges::equal_range(days_off_, day, {}, &DayOff::day))
        rules.push_back(&rules_.days_off[off.rule]);
    return rules;
}

std::optional<std::int64_t> Calendar::count_up_to(Day day) const {
    return knows(day) ? std::optional(count_until(day)) : std::nullopt;
}

std::optional<Day> Calendar::add(Day day, std::int64_t n) const {
    const auto known_days = static_cast<std::int64_t>(count_.size());
    if (!knows(day) || n > known_days || n < -known_days) return std::nullopt;
    if (n == 0) return day;
    const std::int64_t base = n > 0 ? count_until(day) - 1 : count_before(day);
    return business_day(base + n);
}

std::optional<std::int64_t> Calendar::between(Day a, Day b, Ends ends) const {
    if (!knows(a) || !knows(b)) return std::nullopt;
    const auto count = [&](Day first, Day last) -> std::int64_t {
        switch (ends) {
            case Ends::start_only:
                return count_before(last) - count_before(first);
            case Ends::end_only:
                return count_until(last) - count_until(first);
            case Ends::both:
                return count_until(last) - count_before(first);
        }
        return 0;
    };
    return a <= b ? count(a, b) : -count(b, a);
}

std::optional<Day> Calendar::adjust(Day day, Adjust convention) const {
    if (!knows(day)) return std::nullopt;
    switch (convention) {
        case Adjust::following:
            return business_day(count_before(day));
        case Adjust::preceding:
            return business_day(count_until(day) - 1);
        case Adjust::modified_following:
            return adjust_within_month(day, Adjust::following, Adjust::preceding);
        case Adjust::modified_preceding:
            return adjust_within_month(day, Adjust::preceding, Adjust::following);
    }
    return std::nullopt;
}

std::optional<Day> Calendar::adjust_within_month(Day day, Adjust first_try, Adjust turned_round) const {
    if (const auto there = adjust(day, first_try)) {
        return same_month(*there, day) ? there : adjust(day, turned_round);
    }
    // No business day that way among the known days: it lies outside the month only if the known days reach its end.
    const Day first_unknown = first_try == Adjust::following ? rules_.known_until + 1 : rules_.known_from - 1;
    return same_month(first_unknown, day) ? std::nullopt : adjust(day, turned_round);
}

}  // namespace praxe
