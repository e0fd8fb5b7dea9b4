// A calendar's month or year as text: grids, counts, and what makes each day off.
#include "cli/calendar_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/calendar_words.hpp"

namespace praxe {
namespace {

constexpr std::size_t cell_columns = 5;
constexpr std::size_t month_columns = 7 * cell_columns;
constexpr int weeks_shown = 6;

bool portuguese(const CalendarPage& page) {
    return page.language == "pt";
}

Day first_of(std::int64_t year, int month) {
    return day_from_civil({year, month, 1});
}
Day last_of(std::int64_t year, int month) {
    return month == 12 ? first_of(year + 1, 1) - 1 : first_of(year, month + 1) - 1;
}

/// How many columns a text takes: its characters, none of them wide.
std::size_t columns(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}
std::string padded(const std::string& text, std::size_t width) {
    const std::size_t taken = columns(text);
    return taken < width ? text + std::string(width - taken, ' ') : text;
}

enum class Paint { plain, bold, dim, red };
std::string paint(std::string text, Paint paint, bool colour) {
    static constexpr const char* codes[] = {"", "1", "2", "31"};
    const char* code = codes[static_cast<std::size_t>(paint)];
    return colour && *code != '\0' ? fmt::format("\033[{}m{}\033[0m", code, text) : text;
}

class Page {
  public:
    explicit Page(const CalendarPage& page) : page_(page), calendar_(*page.calendar) {}

    std::string text() {
        title();
        if (page_.month != 0) {
            lines(month_lines(page_.month));
        } else {
            for (int month = 1; month <= 12; month += 3) {
                beside({month_lines(month), month_lines(month + 1), month_lines(month + 2)});
                if (month < 10) out_ += '\n';
            }
        }
        counts();
        days_off();
        hours();
        return out_;
    }

  private:
    using Lines = std::vector<std::string>;

    std::string say(std::string_view pt, std::string_view en) const { return std::string(portuguese(page_) ? pt : en); }

    struct OneOrMany {
        std::string_view one, many;
    };
    std::string counted(std::int64_t count, const OneOrMany& pt, const OneOrMany& en) const {
        const OneOrMany& words = portuguese(page_) ? pt : en;
        return fmt::format("{} {}", count, count == 1 ? words.one : words.many);
    }
    std::string business_days(std::int64_t count) const {
        return counted(count, {"dia útil", "dias úteis"}, {"business day", "business days"});
    }

    void title() {
        const auto& titles = calendar_.rules().title;
        const auto found = titles.find(page_.language);
        const std::string name = found == titles.end() ? calendar_.name() : found->second;
        out_ += paint(name, Paint::bold, page_.colour) + "\n\n";
    }

    std::string cell(Day day) const {
        const std::string number = std::to_string(civil_from_day(day).day);
        const auto works = calendar_.is_business_day(day);
        if (!works) return fmt::format("{:>{}} ", "?", cell_columns - 1);
        if (*works) return fmt::format("{:>{}} ", number, cell_columns - 1);
        if (!calendar_.rules_of(day).empty()) {
            const std::string marked = fmt::format("{:>{}}", "[" + number + "]", cell_columns);
            return paint(marked, Paint::red, page_.colour);
        }
        return paint(fmt::format("{:>{}} ", "·" + number, cell_columns - 1), Paint::dim, page_.colour);
    }

    /// A title, the names of the weekdays, and always six weeks, each line as wide as the others.
    Lines month_lines(int month) const {
        const Day first = first_of(page_.year, month);
        const Day last = last_of(page_.year, month);
        const auto count = calendar_.between(first, last, Ends::both);
        const std::string days = count ? business_days(*count) : "";
        const std::string title = month_title(page_.year, month, page_.language);
        const std::size_t between = month_columns - 1 - columns(title) - columns(days);
        Lines all{"  " + paint(title, Paint::bold, page_.colour) + std::string(between - 1, ' ') +
                  paint(days, Paint::dim, page_.colour)};
        std::string names;
        for (int weekday = 0; weekday < 7; ++weekday)
            names += fmt::format("{:>{}} ", short_weekday(weekday, page_.language), cell_columns - 1);
        all.push_back(paint(names, Paint::dim, page_.colour));
        Day day = first - weekday(first);
        for (int week = 0; week < weeks_shown; ++week) {
            std::string line;
            for (int i = 0; i < 7; ++i, ++day)
                line += day < first || day > last ? std::string(cell_columns, ' ') : cell(day);
            all.push_back(line);
        }
        return all;
    }

    void lines(const Lines& month) {
        for (std::string line : month) {
            line.erase(line.find_last_not_of(' ') + 1);
            if (!line.empty()) out_ += line + "\n";
        }
    }

    void beside(const std::vector<Lines>& months) {
        Lines rows(months.front().size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            for (const Lines& month : months) rows[i] += (rows[i].empty() ? "" : "   ") + month[i];
        }
        lines(rows);
    }

    void counts() {
        int weekend = 0, off = 0, unknown = 0;
        for (Day day = page_.first(); day <= page_.last(); ++day) {
            const auto works = calendar_.is_business_day(day);
            if (!works) {
                ++unknown;
            } else if (!*works) {
                ++(is_week_off(day) ? weekend : off);
            }
        }
        const auto all = page_.last() - page_.first() + 1;
        out_ += fmt::format("\n  {} · {} · {}\n", business_days(all - weekend - off - unknown),
                            counted(weekend, {"dia de descanso semanal", "dias de descanso semanal"},
                                    {"day off of the week", "days off of the week"}),
                            counted(off, {"outro dia sem expediente", "outros dias sem expediente"},
                                    {"other day off", "other days off"}));
        if (unknown > 0) {
            out_ +=
                fmt::format("  {} ({} – {})\n",
                            counted(unknown, {"dia que o calendário não conhece", "dias que o calendário não conhece"},
                                    {"day that the calendar does not know", "days that the calendar does not know"}),
                            format_date(calendar_.rules().known_from), format_date(calendar_.rules().known_until));
        }
    }

    bool is_week_off(Day day) const { return std::ranges::count(calendar_.rules().week_off, weekday(day)) > 0; }

    void days_off() {
        struct Row {
            std::string date, name, why;
        };
        std::vector<Row> rows;
        std::size_t widest = 0;
        for (Day day = page_.first(); day <= page_.last(); ++day) {
            for (const DayOffRule* rule : calendar_.rules_of(day)) {
                std::string why = rule_words(*rule, day, page_.language);
                for (const std::string& more : {rule->law, rule->calendar}) {
                    if (!more.empty()) why += " · " + more;
                }
                rows.push_back({short_date(day), rule->name, why});
                widest = std::max(widest, columns(rule->name));
            }
        }
        if (!rows.empty()) out_ += '\n';
        for (const Row& row : rows)
            out_ += fmt::format("  {}  {}  {}\n", row.date, padded(row.name, widest),
                                paint(row.why, Paint::dim, page_.colour));
    }

    /// Of each team: its weekdays, then the days of the page with hours of their own.
    void hours() {
        for (const auto& [team, rules] : calendar_.rules().hours) {
            const OpeningHours* hours = calendar_.hours(team);
            if (hours == nullptr) continue;
            out_ += fmt::format("\n  {}{}\n", say("Expediente", "Opening hours"), team.empty() ? "" : " · " + team);
            for (int weekday = 0; weekday < 7; ++weekday) {
                const auto rule = std::find_if(rules.rbegin(), rules.rend(), [&](const HoursRule& r) {
                    return std::ranges::count(r.weekdays, weekday) > 0;
                });
                if (rule == rules.rend()) continue;
                out_ += fmt::format("  {:<9}  {}\n", short_weekday(weekday, page_.language),
                                    spans_words(rule->open, page_.language));
            }
            named_days(*hours);
        }
    }

    void named_days(const OpeningHours& hours) {
        for (Day day = page_.first(); day <= page_.last(); ++day) {
            const HoursRule* rule = hours.rule_of(day);
            if (rule == nullptr) continue;
            out_ += fmt::format("  {}  {}{}\n", short_date(day), spans_words(rule->open, page_.language),
                                rule->name.empty() ? "" : "  " + rule->name);
        }
    }

    /// `05/30 Thu`, `30/05 qui`
    std::string short_date(Day day) const {
        const CivilDate date = civil_from_day(day);
        return fmt::format("{:02}/{:02} {}", portuguese(page_) ? date.day : date.month,
                           portuguese(page_) ? date.month : date.day, short_weekday(weekday(day), page_.language));
    }

    const CalendarPage& page_;
    const Calendar& calendar_;
    std::string out_;
};

}  // namespace

Day CalendarPage::first() const {
    return first_of(year, month == 0 ? 1 : month);
}
Day CalendarPage::last() const {
    return last_of(year, month == 0 ? 12 : month);
}

std::string page_text(const CalendarPage& page) {
    return Page(page).text();
}

}  // namespace praxe
