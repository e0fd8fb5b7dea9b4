// Business days: the shipped calendars against the public cases and holidays, every function against a day-by-day walk.
#include "value/calendar.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <vector>

#include "document/calendar_file.hpp"

namespace praxe {
namespace {

const std::filesystem::path calendars_folder = PRAXE_SOURCE_DIR "/rules/calendars";
const std::filesystem::path conformance_folder = PRAXE_CONFORMANCE_DIR "/calendar";

Day date(std::string_view text) {
    const auto day = parse_date(text);
    EXPECT_TRUE(day) << text;
    return day.value_or(0);
}

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    EXPECT_TRUE(file) << path;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Calendars shipped_calendars() {
    std::map<std::string, Node, std::less<>> documents;
    Diagnostics diagnostics;
    for (const auto& entry : std::filesystem::directory_iterator(calendars_folder)) {
        const auto source = std::make_shared<Source>(entry.path().filename().string(), text_of(entry.path()));
        if (auto node = read_yaml(source, diagnostics))
            documents.emplace(entry.path().stem().string(), *std::move(node));
    }
    Calendars calendars;
    for (auto& [name, rules] : read_calendar_files(documents, diagnostics)) {
        if (rules) calendars.emplace(name, std::make_shared<const Calendar>(*std::move(rules)));
    }
    EXPECT_TRUE(diagnostics.empty()) << diagnostics.to_string();
    return calendars;
}

const Calendar& shipped(std::string_view name) {
    static const Calendars calendars = shipped_calendars();
    const auto found = calendars.find(name);
    if (found == calendars.end()) throw std::runtime_error("no shipped calendar " + std::string(name));
    return *found->second;
}

std::vector<std::string> lines_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

std::vector<std::string> split(const std::string& line, char at) {
    std::vector<std::string> cells;
    std::istringstream text(line);
    for (std::string cell; std::getline(text, cell, at);) cells.push_back(cell);
    return cells;
}

/// One public case: a JSON object of names and plain values.
class PublicCase {
  public:
    explicit PublicCase(const std::string& line) {
        Diagnostics diagnostics;
        node_ = read_json(std::make_shared<Source>("case", line), diagnostics);
        EXPECT_TRUE(diagnostics.empty()) << diagnostics.to_string();
    }
    std::string text(std::string_view key) const {
        const Node* value = node_ ? node_->find(key) : nullptr;
        EXPECT_TRUE(value) << key;
        return value ? value->text.text : std::string();
    }
    Day day(std::string_view key) const { return date(text(key)); }
    std::int64_t number(std::string_view key) const { return std::stoll(text(key)); }

  private:
    std::optional<Node> node_;
};

const std::map<std::string, Adjust> conventions{{"following", Adjust::following},
                                                {"preceding", Adjust::preceding},
                                                {"modified_following", Adjust::modified_following},
                                                {"modified_preceding", Adjust::modified_preceding}};

TEST(BankCalendar, PublicCases) {
    const auto path = conformance_folder / "business_day_cases.jsonl";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "not at hand: " << path;
    const Calendar& calendar = shipped("br_bank");
    std::map<std::string, int> count;
    for (const std::string& line : lines_of(path)) {
        const PublicCase row(line);
        const std::string op = row.text("op");
        ++count[op];
        if (op == "add") {
            EXPECT_EQ(calendar.add(row.day("start"), row.number("n")), row.day("expect")) << line;
        } else if (op == "between") {
            const Day start = row.day("start");
            const Day end = row.day("end");
            EXPECT_EQ(calendar.between(start, end, Ends::start_only), row.number("expect")) << line;
            EXPECT_EQ(calendar.between(start, end, Ends::end_only), row.number("expect_end_only")) << line;
            EXPECT_EQ(calendar.between(start, end, Ends::both), row.number("expect_both")) << line;
        } else {
            ASSERT_EQ(op, "adjust") << line;
            const Adjust convention = conventions.at(row.text("convention"));
            EXPECT_EQ(calendar.adjust(row.day("start"), convention), row.day("expect")) << line;
        }
    }
    EXPECT_EQ(count, (std::map<std::string, int>{{"add", 200}, {"between", 120}, {"adjust", 80}}));
}

TEST(BankCalendar, IsTheListOfHolidaysOfEightyYears) {
    const auto path = conformance_folder / "brazil_holidays.csv";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "not at hand: " << path;
    std::map<Day, std::string> expected;  // the days off of the bank calendar, with their kind
    for (const std::string& line : lines_of(path)) {
        const auto cells = split(line, ',');
        if (cells.at(4) == "yes") expected.emplace(date(cells.at(0)), cells.at(3));
    }
    EXPECT_EQ(expected.size(), 1014U);
    for (Day day = date("2000-01-01"); day <= date("2079-12-31"); ++day) {
        const bool weekend = weekday(day) == 0 || weekday(day) == 6;
        const auto holiday = expected.find(day);
        const bool national = holiday != expected.end() && holiday->second == "national";
        const auto bank_reason = shipped("br_bank").why_off(day);
        ASSERT_EQ(bank_reason.value_or("") != "", holiday != expected.end()) << format_date(day);
        ASSERT_EQ(bank_reason.has_value(), weekend || holiday != expected.end()) << format_date(day);
        ASSERT_EQ(shipped("br_bank").is_business_day(day), !bank_reason) << format_date(day);
        ASSERT_EQ(shipped("br_national").why_off(day).value_or("") != "", national) << format_date(day);
    }
}

TEST(BankCalendar, BusinessDaysInAYear) {
    for (const auto& [year, days] : std::map<std::string, std::int64_t>{
             {"2022", 251}, {"2023", 249}, {"2024", 253}, {"2025", 252}, {"2026", 249}}) {
        EXPECT_EQ(shipped("br_bank").between(date(year + "-01-01"), date(year + "-12-31"), Ends::both), days) << year;
    }
}

// Brazilian law 14.759 of 21 December 2023; Easter 2024 was on 31 March.
TEST(BankCalendar, NamesItsDaysOff) {
    using Row = std::pair<const char*, std::optional<std::string>>;
    for (const auto& [day, why] : std::vector<Row>{{"2024-11-20", "Consciência Negra"},
                                                   {"2023-11-20", std::nullopt},
                                                   {"2024-02-12", "Carnaval"},
                                                   {"2024-02-13", "Carnaval"},
                                                   {"2024-02-14", std::nullopt},
                                                   {"2024-03-29", "Paixão de Cristo"},
                                                   {"2024-05-30", "Corpus Christi"},
                                                   {"2024-05-04", ""},
                                                   {"2024-09-07", "Independência do Brasil"},
                                                   {"2000-04-21", "Tiradentes / Paixão de Cristo"},
                                                   {"2079-04-21", "Tiradentes / Paixão de Cristo"}}) {
        EXPECT_EQ(shipped("br_bank").why_off(date(day)), why) << day;
    }
}

TEST(BankCalendar, KnowsNothingOutsideOfItsDays) {
    const Calendar& calendar = shipped("br_bank");
    const Day first = date("2000-01-01");  // a Saturday
    const Day last = date("2079-12-31");   // a Sunday
    for (const Day day : {first - 1, last + 1, min_day, max_day}) {
        EXPECT_FALSE(calendar.is_business_day(day));
        EXPECT_FALSE(calendar.why_off(day));
        EXPECT_FALSE(calendar.add(day, 0));
        EXPECT_FALSE(calendar.between(first, day, Ends::both));
        EXPECT_FALSE(calendar.between(day, last, Ends::start_only));
        for (const auto& convention : conventions) EXPECT_FALSE(calendar.adjust(day, convention.second));
    }
    EXPECT_EQ(calendar.add(first, 1), date("2000-01-03"));
    EXPECT_FALSE(calendar.add(date("2000-01-03"), -1));
    EXPECT_EQ(calendar.add(last, -1), date("2079-12-29"));
    EXPECT_FALSE(calendar.add(date("2079-12-29"), 1));
    for (const std::int64_t n : {std::int64_t{1} << 40, INT64_MAX, INT64_MIN}) EXPECT_FALSE(calendar.add(first, n));
    EXPECT_FALSE(calendar.adjust(last, Adjust::following));
    EXPECT_FALSE(calendar.adjust(first, Adjust::preceding));
    // The month ends with the known days: nothing unknown can be nearer.
    EXPECT_EQ(calendar.adjust(last, Adjust::modified_following), date("2079-12-29"));
    EXPECT_EQ(calendar.adjust(first, Adjust::modified_preceding), date("2000-01-03"));
}

// A start that is a day off is not moved first; n = 0 gives the day itself.
TEST(BankCalendar, AddDoesNotAdjustTheStart) {
    const Calendar& calendar = shipped("br_bank");
    const Day saturday = date("2024-05-04");
    EXPECT_EQ(calendar.add(saturday, 1), date("2024-05-06"));
    EXPECT_EQ(calendar.add(saturday, -1), date("2024-05-03"));
    EXPECT_EQ(calendar.add(saturday, 0), saturday);
}

TEST(CityCalendar, AddsToTheBankCalendarAndKnowsLess) {
    const Calendar& calendar = shipped("sao_paulo_city");
    EXPECT_EQ(calendar.why_off(date("2024-01-25")), "Aniversário de São Paulo");
    EXPECT_EQ(calendar.why_off(date("2024-07-09")), "Revolução Constitucionalista");
    EXPECT_EQ(calendar.why_off(date("2023-11-20")), "Consciência Negra");
    EXPECT_EQ(calendar.why_off(date("2024-11-20")), "Consciência Negra");
    EXPECT_EQ(calendar.why_off(date("2024-05-30")), "Corpus Christi");
    EXPECT_FALSE(calendar.is_business_day(date("2022-12-31")));
    EXPECT_EQ(calendar.is_business_day(date("2023-01-02")), true);
}

// B3's calendar of each year; in 2020 it traded on the holidays that the state and the city had brought forward.
TEST(ExchangeCalendar, IsClosedOnItsOwnDaysToo) {
    using Row = std::pair<const char*, std::optional<std::string>>;
    for (const auto& [day, why] : std::vector<Row>{{"2021-01-25", "Aniversário de São Paulo"},
                                                   {"2022-01-25", std::nullopt},
                                                   {"2019-07-09", "Revolução Constitucionalista"},
                                                   {"2020-07-09", std::nullopt},
                                                   {"2021-07-09", "Revolução Constitucionalista"},
                                                   {"2024-07-09", std::nullopt},
                                                   {"2019-11-20", "Consciência Negra"},
                                                   {"2020-11-20", std::nullopt},
                                                   {"2023-11-20", std::nullopt},
                                                   {"2024-11-20", "Consciência Negra"},
                                                   {"2024-12-24", "Véspera de Natal"},
                                                   {"2024-12-31", "Último dia útil do ano"},
                                                   {"2022-12-29", std::nullopt},
                                                   {"2022-12-30", "Último dia útil do ano"},
                                                   {"2023-12-29", "Último dia útil do ano"}}) {
        EXPECT_EQ(shipped("br_b3").why_off(date(day)), why) << day;
    }
}

// Lei estadual 17.264/2020 brought 9 July forward; Lei estadual 17.746/2023 made 20 November a holiday of the state.
TEST(StateCalendar, FollowsItsLaws) {
    const Calendar& calendar = shipped("sao_paulo_state");
    EXPECT_EQ(calendar.why_off(date("2019-07-09")), "Revolução Constitucionalista");
    EXPECT_EQ(calendar.why_off(date("2020-07-09")), std::nullopt);
    EXPECT_EQ(calendar.why_off(date("2020-05-25")), "Revolução Constitucionalista");
    EXPECT_EQ(calendar.why_off(date("2022-11-21")), std::nullopt);
    EXPECT_EQ(calendar.why_off(date("2023-11-20")), "Consciência Negra");
    EXPECT_EQ(calendar.why_off(date("2024-05-30")), std::nullopt) << "Corpus Christi is no holiday of the state";
}

// Lei 23/2012, art. 10, and Lei 8/2016.
TEST(PortugueseCalendar, LostFourHolidaysForThreeYears) {
    const Calendar& calendar = shipped("pt_national");
    for (const char* day : {"10-05", "11-01", "12-01"}) {
        for (const auto& [year, off] :
             std::map<std::string, bool>{{"2012", true}, {"2013", false}, {"2015", false}, {"2016", true}})
            EXPECT_EQ(calendar.why_off(date(year + "-" + day)).value_or("") != "", off) << year << '-' << day;
    }
    EXPECT_EQ(calendar.why_off(date("2015-06-04")), std::nullopt);
    EXPECT_EQ(calendar.why_off(date("2016-05-26")), "Corpo de Deus");
}

// The Office of Personnel Management's lists of federal holidays of these years.
TEST(FederalCalendar, ObservesHolidaysOnWeekdays) {
    using Row = std::pair<const char*, const char*>;
    for (const auto& [day, why] : std::vector<Row>{{"2010-12-31", "New Year's Day"},
                                                   {"2017-01-02", "New Year's Day"},
                                                   {"2024-01-15", "Martin Luther King Jr. Day"},
                                                   {"2024-02-19", "Washington's Birthday"},
                                                   {"2024-05-27", "Memorial Day"},
                                                   {"2021-06-18", "Juneteenth"},
                                                   {"2022-06-20", "Juneteenth"},
                                                   {"2021-07-05", "Independence Day"},
                                                   {"2020-07-03", "Independence Day"},
                                                   {"2024-09-02", "Labor Day"},
                                                   {"2024-10-14", "Columbus Day"},
                                                   {"2023-11-10", "Veterans Day"},
                                                   {"2024-11-28", "Thanksgiving Day"},
                                                   {"2022-12-26", "Christmas Day"}}) {
        EXPECT_EQ(shipped("us_federal").why_off(date(day)), why) << day;
    }
    EXPECT_EQ(shipped("us_federal").is_business_day(date("2020-06-19")), true) << "before Juneteenth was a holiday";
}

/// A calendar as slow as it can be: it asks every day one by one whether it is off.
class Walk {
  public:
    explicit Walk(const CalendarRules& rules) : rules_(rules) {
        for (Day day = rules.known_from; day <= rules.known_until; ++day) off_.push_back(find_off(day));
    }

    bool knows(Day day) const { return day >= rules_.known_from && day <= rules_.known_until; }
    bool is_off(Day day) const { return off_.at(static_cast<std::size_t>(day - rules_.known_from)); }
    std::optional<Day> add(Day day, std::int64_t n) const {
        const Day step = n < 0 ? -1 : 1;
        for (std::int64_t left = std::abs(n); left > 0;) {
            day += step;
            if (!knows(day)) return std::nullopt;
            if (!is_off(day)) --left;
        }
        return day;
    }
    std::int64_t between(Day a, Day b, Ends ends) const {
        if (b < a) return -between(b, a, ends);
        std::int64_t count = 0;
        for (Day day = a; day <= b; ++day) {
            if (ends == Ends::start_only && day == b) continue;
            if (ends == Ends::end_only && day == a) continue;
            if (!is_off(day)) ++count;
        }
        return count;
    }
    std::optional<Day> adjust(Day day, Day step) const {
        for (; knows(day); day += step) {
            if (!is_off(day)) return day;
        }
        return std::nullopt;
    }

  private:
    bool find_off(Day day) const {
        for (const int off : rules_.week_off) {
            if (weekday(day) == off) return true;
        }
        for (const DayOffRule& rule : rules_.days_off) {
            if (rule.only) {
                if (*rule.only == day) return true;
                continue;
            }
            const Day reach = rule.moved == DayRule().moved ? 0 : max_moved_days;
            for (Day named = day - reach; named <= day + reach; ++named) {
                if (names(rule, named) && named + rule.moved.at(static_cast<std::size_t>(weekday(named))) == day)
                    return true;
            }
        }
        return false;
    }
    /// The rule names the day, before it is moved.
    static bool names(const DayOffRule& rule, Day day) {
        const CivilDate date = civil_from_day(day);
        for (std::int64_t year = date.year - 1; year <= date.year + 1; ++year) {
            if (rule.from && year < *rule.from) continue;
            if (rule.until && year > *rule.until) continue;
            const bool this_month = year == date.year && rule.month == date.month;
            if (rule.easter_offset ? easter(year) + *rule.easter_offset == day
                : rule.nth_weekday ? this_month && is_nth(*rule.nth_weekday, day)
                                   : this_month && rule.day == date.day) {
                return true;
            }
        }
        return false;
    }
    /// By counting the same weekdays before it in its month, or after it.
    static bool is_nth(const NthWeekday& nth, Day day) {
        if (weekday(day) != nth.weekday) return false;
        const Day week = nth.nth > 0 ? -7 : 7;
        int count = 0;
        for (Day other = day; civil_from_day(other).month == civil_from_day(day).month; other += week) ++count;
        return count == std::abs(nth.nth);
    }

    const CalendarRules& rules_;
    std::vector<bool> off_;  // of each known day
};

CalendarRules random_rules(std::mt19937& random) {
    const auto pick = [&](int from, int until) { return std::uniform_int_distribution(from, until)(random); };
    CalendarRules rules;
    rules.known_from = pick(0, 20'000);
    rules.known_until = rules.known_from + pick(0, 900);
    for (int day = 0; day < 7; ++day) {
        if (pick(0, 3) == 0) rules.week_off.push_back(day);
    }
    for (int i = pick(0, 12); i > 0; --i) {
        DayOffRule rule;
        rule.name = "r" + std::to_string(i);
        switch (pick(0, 3)) {
            case 0:
                rule.month = pick(1, 12);
                rule.day = pick(1, rule.month == 2 ? 29 : 30);
                break;
            case 3:
                rule.month = pick(1, 12);
                rule.nth_weekday = NthWeekday{pick(0, 1) == 0 ? pick(1, 5) : -pick(1, 5), pick(0, 6)};
                break;
            case 1:
                rule.easter_offset = pick(-max_easter_offset, max_easter_offset);
                break;
            default:
                rule.only = pick(rules.known_from, rules.known_until);
        }
        if (!rule.only && pick(0, 2) == 0) {
            for (int& by : rule.moved) by = pick(0, 2) == 0 ? pick(-max_moved_days, max_moved_days) : 0;
        }
        const std::int64_t year = civil_from_day(rules.known_from).year;
        if (!rule.only && pick(0, 2) == 0) rule.from = year + pick(-1, 2);
        if (!rule.only && pick(0, 2) == 0) rule.until = rule.from.value_or(year) + pick(0, 2);
        rules.days_off.push_back(rule);
    }
    return rules;
}

TEST(Calendars, AgreeWithAWalkDayByDay) {
    std::mt19937 random(20240502);
    for (int round = 0; round < 60; ++round) {
        const Calendar calendar(random_rules(random));
        const Walk walk(calendar.rules());
        const Day first = calendar.rules().known_from;
        const Day last = calendar.rules().known_until;
        std::uniform_int_distribution<Day> any_day(first, last);
        for (Day day = first; day <= last; ++day) {
            ASSERT_EQ(calendar.is_business_day(day), !walk.is_off(day)) << round << ' ' << format_date(day);
            ASSERT_EQ(calendar.why_off(day).has_value(), walk.is_off(day)) << round << ' ' << format_date(day);
        }
        for (int i = 0; i < 30; ++i) {
            const Day a = any_day(random);
            const Day b = any_day(random);
            const std::int64_t n = std::uniform_int_distribution(-40, 40)(random);
            ASSERT_EQ(calendar.add(a, n), walk.add(a, n)) << round << ' ' << format_date(a) << ' ' << n;
            for (const Ends ends : {Ends::start_only, Ends::end_only, Ends::both}) {
                ASSERT_EQ(calendar.between(a, b, ends), walk.between(a, b, ends))
                    << round << ' ' << format_date(a) << ' ' << format_date(b);
            }
            const auto following = walk.adjust(a, 1);
            const auto preceding = walk.adjust(a, -1);
            ASSERT_EQ(calendar.adjust(a, Adjust::following), following) << round << ' ' << format_date(a);
            ASSERT_EQ(calendar.adjust(a, Adjust::preceding), preceding) << round << ' ' << format_date(a);
            const auto month = [](Day day) { return civil_from_day(day).month; };
            if (following && preceding) {
                const bool forward = month(*following) == month(a) && *following - a < 31;
                const bool back = month(*preceding) == month(a) && a - *preceding < 31;
                ASSERT_EQ(calendar.adjust(a, Adjust::modified_following), forward ? following : preceding);
                ASSERT_EQ(calendar.adjust(a, Adjust::modified_preceding), back ? preceding : following);
            }
        }
    }
}

// Counts of [a, b) and of (a, b] add up over any three days, in any order.
TEST(Calendars, CountsAddUp) {
    const Calendar& calendar = shipped("br_bank");
    std::mt19937 random(7);
    std::uniform_int_distribution<Day> any_day(date("2024-01-01"), date("2025-12-31"));
    for (int i = 0; i < 2'000; ++i) {
        const Day a = any_day(random);
        const Day b = any_day(random);
        const Day c = any_day(random);
        for (const Ends ends : {Ends::start_only, Ends::end_only}) {
            ASSERT_EQ(*calendar.between(a, b, ends) + *calendar.between(b, c, ends), calendar.between(a, c, ends));
        }
    }
}

TEST(Calendars, WithoutAnyBusinessDay) {
    CalendarRules rules;
    rules.week_off = {0, 1, 2, 3, 4, 5, 6};
    rules.known_until = 60;
    const Calendar calendar(rules);
    EXPECT_EQ(calendar.is_business_day(5), false);
    EXPECT_FALSE(calendar.add(5, 1));
    EXPECT_FALSE(calendar.add(5, -1));
    EXPECT_EQ(calendar.between(0, 60, Ends::both), 0);
    for (const auto& convention : conventions) EXPECT_FALSE(calendar.adjust(15, convention.second));
}

}  // namespace
}  // namespace praxe
