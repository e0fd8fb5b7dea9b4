// Weekdays, rules of days and opening hours as authors write them.
#include "document/calendar_days.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace praxe {
namespace {

constexpr std::array<std::string_view, 7> weekday_names{"sunday",   "monday", "tuesday", "wednesday",
                                                        "thursday", "friday", "saturday"};
constexpr int minutes_of_a_day = 1440;
constexpr std::size_t max_spans = 8;  // of one day

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Two numbers of two digits each with `between` between them.
struct TwoNumbers {
    int first, second;
};
std::optional<TwoNumbers> parse_two(std::string_view text, char between) {
    if (text.size() != 5 || text[2] != between) return std::nullopt;
    for (const std::size_t i : {0, 1, 3, 4}) {
        if (!is_digit(text[i])) return std::nullopt;
    }
    return TwoNumbers{(text[0] - '0') * 10 + (text[1] - '0'), (text[3] - '0') * 10 + (text[4] - '0')};
}

bool is_day_of_year(const TwoNumbers& date) {
    constexpr std::int64_t leap_year = 2000;
    return valid_date({leap_year, date.first, date.second});
}

/// `MM-DD`; whether a year has such a day is another question.
void read_month_day(const Excerpt& text, DayRule& rule, Diagnostics& diagnostics) {
    const auto date = parse_two(text.text, '-');
    if (date && is_day_of_year(*date)) {
        rule.month = date->first;
        rule.day = date->second;
        return;
    }
    const bool turned_round = date && is_day_of_year({date->second, date->first});
    diagnostics.error(
        text.place(), fmt::format("\"{}\" is not a day of the year", text.text),
        turned_round ? fmt::format("days of the year are MM-DD: did you mean {:02}-{:02}?", date->second, date->first)
                     : "days of the year are MM-DD");
}

std::optional<int> read_weekday(const Excerpt& name, Diagnostics& diagnostics) {
    const auto found = std::ranges::find(weekday_names, name.text);
    if (found != weekday_names.end()) return static_cast<int>(found - weekday_names.begin());
    diagnostics.error(name.place(), fmt::format("\"{}\" is not a day of the week", name.text),
                      hint_at(name.text, {weekday_names.begin(), weekday_names.end()}));
    return std::nullopt;
}

void read_nth_weekday(const Excerpt& name, Fields& fields, const Node& node, std::string_view what, DayRule& rule,
                      Diagnostics& diagnostics) {
    const auto weekday = read_weekday(name, diagnostics);
    const auto nth = fields.number("nth", -5, 5);
    const auto month = fields.number("month", 1, 12);
    if (node.find("nth") == nullptr || node.find("month") == nullptr) {
        diagnostics.error(name.place(), fmt::format("{} on a weekday needs \"nth\" and \"month\"", what),
                          "as in weekday: thursday, nth: 4, month: 11; nth: -1 is the last one");
    } else if (nth == 0) {
        diagnostics.error(node.find("nth")->place(), "weekdays of a month are counted from 1",
                          "or from its end: -1 is the last one");
    }
    if (!weekday || !nth || !month) return;
    rule.nth_weekday = NthWeekday{static_cast<int>(*nth), *weekday};
    rule.month = static_cast<int>(*month);
}

/// `moved: {saturday: -1, sunday: 1}`
void read_moved(Fields& fields, DayRule& rule, Diagnostics& diagnostics) {
    const Node* moved = fields.take("moved");
    if (moved == nullptr) return;
    Fields days(*moved, "\"moved\"", diagnostics);
    for (std::size_t day = 0; day < weekday_names.size(); ++day) {
        if (const auto by = days.number(weekday_names[day], -max_moved_days, max_moved_days))
            rule.moved[day] = static_cast<int>(*by);
    }
    days.finish();
}

void read_years(Fields& fields, const Node& node, DayRule& rule, Diagnostics& diagnostics) {
    rule.from = fields.number("from", 1, 9999);
    rule.until = fields.number("until", 1, 9999);
    const bool dated = node.find("from") != nullptr || node.find("until") != nullptr;
    if (node.find("only") != nullptr && (dated || node.find("moved") != nullptr)) {
        diagnostics.error(node.place(), dated
                                            ? "\"from\" and \"until\" are for a day off of every year, not for \"only\""
                                            : "\"moved\" is for a day off of every year, not for \"only\"");
    } else if (rule.from && rule.until && *rule.from > *rule.until) {
        diagnostics.error(node.find("until")->place(), fmt::format("{} is before {}", *rule.until, *rule.from));
    }
}

/// `HH:MM` in minutes after midnight, up to 24:00.
std::optional<int> parse_time(std::string_view text) {
    const auto time = parse_two(text, ':');
    if (!time || time->second > 59) return std::nullopt;
    const int minutes = time->first * 60 + time->second;
    return minutes <= minutes_of_a_day ? std::optional(minutes) : std::nullopt;
}

/// `08:00-12:00`
std::optional<OpenSpan> read_span(const Excerpt& text, Diagnostics& diagnostics) {
    const std::size_t dash = text.text.find('-');
    const auto from = parse_time(std::string_view(text.text).substr(0, dash));
    const auto until =
        dash == std::string::npos ? std::nullopt : parse_time(std::string_view(text.text).substr(dash + 1));
    if (!from || !until) {
        diagnostics.error(text.place(), fmt::format("\"{}\" is no span of the day", text.text),
                          "spans are written 08:00-12:00, and a day ends at 24:00");
        return std::nullopt;
    }
    if (*from < *until) return OpenSpan{*from, *until};
    diagnostics.error(text.place(), fmt::format("the span {} ends before it begins", text.text),
                      "hours past midnight are written up to 24:00, and from 00:00 on for the next day");
    return std::nullopt;
}

std::vector<OpenSpan> read_spans(Fields& fields, Diagnostics& diagnostics) {
    if (fields.need("open") == nullptr) return {};
    std::vector<OpenSpan> spans;
    for (const Excerpt& text : fields.texts("open")) {
        const auto span = read_span(text, diagnostics);
        if (!span) continue;
        if (!spans.empty() && span->from < spans.back().until)
            diagnostics.error(text.place(), fmt::format("{} begins before the span before it ends", text.text));
        if (spans.size() == max_spans)
            diagnostics.error(text.place(), fmt::format("a day has {} spans at most", max_spans));
        spans.push_back(*span);
    }
    return spans;
}

HoursRule read_hours_rule(const Node& node, Diagnostics& diagnostics) {
    HoursRule rule;
    Fields fields(node, "a rule of hours", diagnostics);
    if (const auto name = fields.text("name")) rule.name = name->text;
    const bool of_weekdays = node.is_map() && node.find("weekdays") != nullptr;
    if (of_weekdays) {
        rule.weekdays = read_weekdays(fields.texts("weekdays"), diagnostics);
    } else {
        rule.days = read_day_rule(fields, node, "opening hours", diagnostics);
    }
    rule.open = read_spans(fields, diagnostics);
    fields.finish();
    return rule;
}

}  // namespace

std::string hint_at(std::string_view wrong, const std::vector<std::string>& known) {
    const std::string name = nearest(wrong, known);
    if (!name.empty()) return fmt::format("did you mean \"{}\"?", name);
    return known.empty() ? std::string() : fmt::format("known are: {}", fmt::join(known, ", "));
}

std::vector<int> read_weekdays(const std::vector<Excerpt>& names, Diagnostics& diagnostics) {
    std::vector<int> days;
    for (const Excerpt& name : names) {
        const auto day = read_weekday(name, diagnostics);
        if (!day) continue;
        if (std::ranges::count(days, *day) > 0) {
            diagnostics.error(name.place(), fmt::format("{} is named twice", name.text));
        } else {
            days.push_back(*day);
        }
    }
    return days;
}

std::optional<Day> read_date(const std::optional<Excerpt>& text, Diagnostics& diagnostics) {
    if (!text) return std::nullopt;
    const auto day = parse_date(text->text);
    if (!day) diagnostics.error(text->place(), fmt::format("\"{}\" is not a date", text->text), "dates are YYYY-MM-DD");
    return day;
}

DayRule read_day_rule(Fields& fields, const Node& node, std::string_view what, Diagnostics& diagnostics) {
    DayRule rule;
    const auto date = fields.text("date");
    const auto easter = fields.number("easter", -max_easter_offset, max_easter_offset);
    const auto weekday = fields.text("weekday");
    const auto only = fields.text("only");
    if (!node.is_map()) return rule;
    const bool is_day_off = what == "a day off";
    constexpr std::string_view ways[] = {"date", "easter", "weekday", "only"};
    if (std::ranges::count_if(ways, [&](std::string_view way) { return node.find(way) != nullptr; }) != 1) {
        diagnostics.error(
            node.place(),
            is_day_off
                ? "a day off needs exactly one of \"date\", \"easter\", \"weekday\" and \"only\""
                : "opening hours need exactly one of \"weekdays\", \"date\", \"easter\", \"weekday\" and \"only\"");
    }
    if (date) read_month_day(*date, rule, diagnostics);
    if (easter) rule.easter_offset = static_cast<int>(*easter);
    if (weekday) read_nth_weekday(*weekday, fields, node, what, rule, diagnostics);
    rule.only = read_date(only, diagnostics);
    read_moved(fields, rule, diagnostics);
    read_years(fields, node, rule, diagnostics);
    return rule;
}

HoursRules read_hours_rules(const Node& list, Diagnostics& diagnostics) {
    HoursRules rules;
    if (!list.is_list()) {
        diagnostics.error(list.place(), fmt::format("opening hours must be a list, not {}", name_of(list.kind)),
                          "write - {weekdays: [monday], open: 08:00-18:00}");
        return rules;
    }
    for (const Node& node : list.items) rules.push_back(read_hours_rule(node, diagnostics));
    return rules;
}

}  // namespace praxe
