// Opening hours: rules laid out as spans of instants once, each with the opening time before it.
#include "value/opening_hours.hpp"

#include <algorithm>

namespace praxe {

OpeningHours::OpeningHours(HoursRules rules, Day first, Day last, const std::function<bool(Day)>& is_day_off,
                           const Zone& zone)
    : rules_(std::move(rules)), known_from_(zone.start_of_day(first)), known_until_(zone.start_of_day(last + 1)) {
    list_named_days(first, last);
    std::int64_t total = 0;
    for (Day day = first; day <= last; ++day) {
        for (const OpenSpan& span : spans_of(day, is_day_off(day))) {
            const Instant open = zone.instant_of(day, span.from);
            const Instant close = zone.instant_of(day, span.until);
            if (open >= close) continue;  // the clocks jump over it
            if (!spans_.empty() && spans_.back().close == open) {
                spans_.back().close = close;
            } else {
                spans_.push_back({open, close, total});
            }
            total += close - open;
        }
    }
}

void OpeningHours::list_named_days(Day first, Day last) {
    // A rule may reach out of its own year: days from Easter, days moved.
    const std::int64_t last_year = civil_from_day(last).year + 1;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
        if (!rules_[i].days) continue;
        for (std::int64_t year = civil_from_day(first).year - 1; year <= last_year; ++year) {
            if (const auto day = day_in_year(*rules_[i].days, year)) named_days_[*day] = i;
        }
    }
}

const HoursRule* OpeningHours::rule_of(Day day) const {
    const auto named = named_days_.find(day);
    return named == named_days_.end() ? nullptr : &rules_[named->second];
}

const std::vector<OpenSpan>& OpeningHours::spans_of(Day day, bool is_day_off) const {
    static const std::vector<OpenSpan> closed;
    if (const HoursRule* named = rule_of(day)) return named->open;
    if (is_day_off) return closed;
    const auto rule = std::find_if(rules_.rbegin(), rules_.rend(), [&](const HoursRule& r) {
        return std::ranges::find(r.weekdays, weekday(day)) != r.weekdays.end();
    });
    return rule == rules_.rend() ? closed : rule->open;
}

std::vector<OpeningHours::Span>::const_iterator OpeningHours::span_at(Instant at) const {
    const auto after = std::ranges::upper_bound(spans_, at, {}, &Span::open);
    return after == spans_.begin() ? spans_.end() : after - 1;
}

std::optional<std::int64_t> OpeningHours::open_until(Instant at) const {
    if (!knows(at)) return std::nullopt;
    const auto span = span_at(at);
    return span == spans_.end() ? 0 : span->before + std::min(at, span->close) - span->open;
}

std::optional<Instant> OpeningHours::reached(std::int64_t micros) const {
    if (micros <= 0) return known_from_;
    const auto after = std::ranges::lower_bound(spans_, micros, {}, &Span::before);
    if (after == spans_.begin()) return std::nullopt;  // never open
    const Span& span = *(after - 1);
    const Instant at = span.open + (micros - span.before);
    return at <= span.close ? std::optional(at) : std::nullopt;
}

std::optional<bool> OpeningHours::is_open(Instant at) const {
    if (!knows(at) || at == known_until_) return std::nullopt;
    const auto span = span_at(at);
    return span != spans_.end() && at < span->close;
}

Instant OpeningHours::next_change(Instant at) const {
    const auto span = span_at(at);
    if (span != spans_.end() && at < span->close) return span->close;
    const auto after = std::ranges::upper_bound(spans_, at, {}, &Span::open);
    return after == spans_.end() ? known_until_ : after->open;
}

}  // namespace praxe
