// Dates and rules of calendars in words.
#include "cli/calendar_words.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

namespace praxe {
namespace {

struct Word {
    std::string_view pt, en;
};

constexpr std::array<Word, 12> months{{{"janeiro", "January"},
                                       {"fevereiro", "February"},
                                       {"março", "March"},
                                       {"abril", "April"},
                                       {"maio", "May"},
                                       {"junho", "June"},
                                       {"julho", "July"},
                                       {"agosto", "August"},
                                       {"setembro", "September"},
                                       {"outubro", "October"},
                                       {"novembro", "November"},
                                       {"dezembro", "December"}}};
constexpr std::array<Word, 7> weekdays{{{"domingo", "Sunday"},
                                        {"segunda-feira", "Monday"},
                                        {"terça-feira", "Tuesday"},
                                        {"quarta-feira", "Wednesday"},
                                        {"quinta-feira", "Thursday"},
                                        {"sexta-feira", "Friday"},
                                        {"sábado", "Saturday"}}};
constexpr std::array<Word, 7> short_weekdays{
    {{"dom", "Sun"}, {"seg", "Mon"}, {"ter", "Tue"}, {"qua", "Wed"}, {"qui", "Thu"}, {"sex", "Fri"}, {"sáb", "Sat"}}};

bool portuguese(std::string_view language) {
    return language == "pt";
}
std::string_view in(const Word& word, std::string_view language) {
    return portuguese(language) ? word.pt : word.en;
}
std::string_view month_name(int month, std::string_view language) {
    return in(months[static_cast<std::size_t>(month - 1)], language);
}
std::string_view weekday_name(int weekday, std::string_view language) {
    return in(weekdays[static_cast<std::size_t>(weekday)], language);
}

/// `30 May`, `1º de maio`
std::string day_and_month(int day, int month, std::string_view language) {
    return portuguese(language) ? fmt::format("{}{} de {}", day, day == 1 ? "º" : "", month_name(month, language))
                                : fmt::format("{} {}", day, month_name(month, language));
}

std::string easter_words(int offset, std::string_view language) {
    if (offset == 0) return portuguese(language) ? "domingo de Páscoa" : "Easter Sunday";
    const int days = std::abs(offset);
    if (portuguese(language))
        return fmt::format("{} dia{} {} da Páscoa", days, days == 1 ? "" : "s", offset < 0 ? "antes" : "depois");
    return fmt::format("{} day{} {} Easter", days, days == 1 ? "" : "s", offset < 0 ? "before" : "after");
}

/// `4th Thursday of November`, `last Monday of May`
std::string nth_words(const NthWeekday& nth, int month, std::string_view language) {
    const bool masculine = nth.weekday == 0 || nth.weekday == 6;
    const int count = std::abs(nth.nth);
    std::string which;
    if (portuguese(language)) {
        const std::string ordinal = fmt::format("{}{}", count, masculine ? "º" : "ª");
        const std::string_view last = masculine ? "último" : "última";
        which = nth.nth > 0 ? ordinal : count == 1 ? std::string(last) : fmt::format("{} a contar do fim,", ordinal);
        return fmt::format("{} {} de {}", which, weekday_name(nth.weekday, language), month_name(month, language));
    }
    static constexpr std::array<std::string_view, 6> endings{"th", "st", "nd", "rd", "th", "th"};
    const std::string ordinal = fmt::format("{}{}", count, endings[static_cast<std::size_t>(count)]);
    which = nth.nth > 0 ? ordinal : count == 1 ? "last" : ordinal + " to last";
    return fmt::format("{} {} of {}", which, weekday_name(nth.weekday, language), month_name(month, language));
}

/// Of a day that was moved: from which.
std::string moved_words(const DayRule& rule, Day day, std::string_view language) {
    for (int of = 0; of < 7; ++of) {
        const int by = rule.moved[static_cast<std::size_t>(of)];
        if (by == 0 || weekday(day - by) != of || day_in_year(rule, civil_from_day(day - by).year) != day) continue;
        const bool is_weekend = of == 0 || of == 6;
        return portuguese(language)
                   ? fmt::format(", que cai em {} {}", is_weekend ? "um" : "uma", weekday_name(of, language))
                   : fmt::format(", which is a {}", weekday_name(of, language));
    }
    return {};
}

std::string years_words(const DayRule& rule, std::string_view language) {
    const bool pt = portuguese(language);
    if (rule.from && rule.until)
        return fmt::format(", {} {} {} {}", pt ? "de" : "from", *rule.from, pt ? "a" : "to", *rule.until);
    if (rule.from) return pt ? fmt::format(", desde {}", *rule.from) : fmt::format(", from {} on", *rule.from);
    if (rule.until) return fmt::format(", {} {}", pt ? "até" : "until", *rule.until);
    return {};
}

std::string which_day(const DayRule& rule, std::string_view language) {
    if (rule.only) return portuguese(language) ? "só nesse dia" : "that day alone";
    if (rule.easter_offset) return easter_words(*rule.easter_offset, language);
    if (rule.nth_weekday) return nth_words(*rule.nth_weekday, rule.month, language);
    return fmt::format("{} {}", portuguese(language) ? "todo" : "every", day_and_month(rule.day, rule.month, language));
}

}  // namespace

std::string_view short_weekday(int weekday, std::string_view language) {
    return in(short_weekdays[static_cast<std::size_t>(weekday)], language);
}

std::string month_title(std::int64_t year, int month, std::string_view language) {
    return fmt::format("{} {}{}", month_name(month, language), portuguese(language) ? "de " : "", year);
}

std::string long_date(Day day, std::string_view language) {
    const CivilDate date = civil_from_day(day);
    return fmt::format("{}, {} {}{}", weekday_name(weekday(day), language),
                       day_and_month(date.day, date.month, language), portuguese(language) ? "de " : "", date.year);
}

std::string rule_words(const DayRule& rule, Day day, std::string_view language) {
    return which_day(rule, language) + years_words(rule, language) + moved_words(rule, day, language);
}

std::string spans_words(const std::vector<OpenSpan>& spans, std::string_view language) {
    std::string out;
    for (const OpenSpan& span : spans) {
        out += fmt::format("{}{:02}:{:02}–{:02}:{:02}", out.empty() ? "" : ", ", span.from / 60, span.from % 60,
                           span.until / 60, span.until % 60);
    }
    return out.empty() ? (portuguese(language) ? "fechado" : "closed") : out;
}

}  // namespace praxe
