// Calendar documents → rules of calendars.
#include "document/calendar_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "document/fields.hpp"

namespace praxe {
namespace {

constexpr std::array<std::string_view, 7> weekday_names{"sunday",   "monday", "tuesday", "wednesday",
                                                        "thursday", "friday", "saturday"};

std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known) {
    const std::string name = nearest(wrong, known);
    if (!name.empty()) return fmt::format("did you mean \"{}\"?", name);
    return known.empty() ? std::string() : fmt::format("known are: {}", fmt::join(known, ", "));
}

/// The calendar of that name. Null and an error if there is none.
const std::optional<CalendarRules>* find_calendar(const Excerpt& name, const CalendarRulesByName& calendars,
                                                  Diagnostics& diagnostics) {
    const auto found = calendars.find(name.text);
    if (found != calendars.end()) return &found->second;
    std::vector<std::string> names;
    for (const auto& entry : calendars) names.push_back(entry.first);
    diagnostics.error(name.place(), fmt::format("no calendar is named \"{}\"", name.text),
                      did_you_mean(name.text, names));
    return nullptr;
}

struct MonthDay {
    int month, day;

    bool is_valid() const {
        constexpr std::int64_t leap_year = 2000;
        return valid_date({leap_year, month, day});
    }
};

/// `MM-DD`; whether a year has such a day is another question.
std::optional<MonthDay> parse_month_day(std::string_view text) {
    constexpr std::string_view form = "00-00";
    if (text.size() != form.size() || text[2] != '-') return std::nullopt;
    for (const std::size_t i : {0, 1, 3, 4}) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
    }
    return MonthDay{(text[0] - '0') * 10 + (text[1] - '0'), (text[3] - '0') * 10 + (text[4] - '0')};
}

std::optional<Day> read_date(const std::optional<Excerpt>& text, Diagnostics& diagnostics) {
    if (!text) return std::nullopt;
    const auto day = parse_date(text->text);
    if (!day) diagnostics.error(text->place(), fmt::format("\"{}\" is not a date", text->text), "dates are YYYY-MM-DD");
    return day;
}

void read_month_day(const Excerpt& text, DayOffRule& rule, Diagnostics& diagnostics) {
    const auto date = parse_month_day(text.text);
    if (date && date->is_valid()) {
        rule.month = date->month;
        rule.day = date->day;
        return;
    }
    const bool turned_round = date && MonthDay{date->day, date->month}.is_valid();
    diagnostics.error(text.place(), fmt::format("\"{}\" is not a day of the year", text.text),
                      turned_round
                          ? fmt::format("days of the year are MM-DD: did you mean {:02}-{:02}?", date->day, date->month)
                          : "days of the year are MM-DD");
}

/// One entry of `days_off`; what is wrong is reported, and then the rule is of no use.
DayOffRule read_day_off(const Node& node, Diagnostics& diagnostics) {
    DayOffRule rule;
    Fields fields(node, "a day off", diagnostics);
    if (const auto name = fields.need_text("name")) {
        rule.name = name->text;
        if (rule.name.empty()) diagnostics.error(name->place(), "a day off needs a name");
    }
    const auto date = fields.text("date");
    const auto offset = fields.number("easter", -max_easter_offset, max_easter_offset);
    const auto only = fields.text("only");
    rule.from = fields.number("from", 1, 9999);
    rule.until = fields.number("until", 1, 9999);
    fields.finish();
    if (!node.is_map()) return rule;

    const auto written = [&](std::string_view key) { return node.find(key) != nullptr; };
    if (written("date") + written("easter") + written("only") != 1) {
        diagnostics.error(node.place(), "a day off needs exactly one of \"date\", \"easter\" and \"only\"");
    }
    if (date) read_month_day(*date, rule, diagnostics);
    if (offset) rule.easter_offset = static_cast<int>(*offset);
    rule.only = read_date(only, diagnostics);
    if (written("only") && (written("from") || written("until"))) {
        diagnostics.error(node.place(), "\"from\" and \"until\" are for a day off of every year, not for \"only\"");
    } else if (rule.from && rule.until && *rule.from > *rule.until) {
        diagnostics.error(node.find("until")->place(), fmt::format("{} is before {}", *rule.until, *rule.from));
    }
    return rule;
}

/// Reads one calendar. What the calendar does not say itself stays as in the one underneath.
class CalendarReader {
  public:
    CalendarReader(const Node& calendar, const CalendarRulesByName& others, Diagnostics& diagnostics,
                   const CalendarLimits& limits)
        : node_(calendar),
          fields_(calendar, "a calendar", diagnostics),
          others_(others),
          diagnostics_(diagnostics),
          limits_(limits) {}

    std::optional<CalendarRules> read() {
        const std::size_t errors_before = diagnostics_.size();
        start_from_base();
        read_description();
        read_known();
        read_week_off();
        drop_days_off();
        read_days_off("days_off");
        read_days_off("add");
        check_number_of_days_off();
        fields_.finish();
        if (!base_is_usable_ || diagnostics_.size() != errors_before) return std::nullopt;
        return std::move(rules_);
    }

  private:
    void start_from_base() {
        base_name_ = fields_.text("over");
        if (!base_name_) return;
        const auto* base = find_calendar(*base_name_, others_, diagnostics_);
        base_is_usable_ = base != nullptr && base->has_value();
        if (base_is_usable_) rules_ = **base;
        knows_days_ = base_is_usable_;
    }

    void read_description() {
        const auto name = fields_.text("calendar");
        rules_.name = name ? name->text : std::string();
        if (const auto source = fields_.text("source")) rules_.source = source->text;
        const auto& title = fields_.map("title");
        if (!title.empty()) rules_.title.clear();
        for (const auto& [language, text] : title) {
            const auto words = scalar_text(text, "a title", diagnostics_);
            if (words) rules_.title.emplace(language.text.text, words->text);
        }
    }

    void read_known() {
        const Node* known = base_name_ ? fields_.take("known") : fields_.need("known");
        if (known == nullptr) return;
        Fields fields(*known, "\"known\"", diagnostics_);
        const auto from = read_date(fields.need_text("from"), diagnostics_);
        const auto until = read_date(fields.need_text("until"), diagnostics_);
        fields.finish();
        if (!from || !until) {
            knows_days_ = false;
        } else if (*from > *until) {
            diagnostics_.error(known->place(), "the known days end before they begin");
            knows_days_ = false;
        } else {
            set_known(*known, *from, *until);
        }
    }

    void set_known(const Node& known, Day from, Day until) {
        const std::int64_t days = std::int64_t{until} - from + 1;
        if (days > limits_.max_known_days) {
            diagnostics_.error(known.place(), fmt::format("a calendar can know {} days at most, not {}",
                                                          limits_.max_known_days, days));
        }
        if (knows_days_ && (from < rules_.known_from || until > rules_.known_until)) {
            diagnostics_.error(known.place(), fmt::format("\"{}\" knows only {}", base_name_->text, known_days()));
        }
        rules_.known_from = from;
        rules_.known_until = until;
        knows_days_ = true;
    }

    void read_week_off() {
        const Node* week = base_name_ ? fields_.take("week_off") : fields_.need("week_off");
        if (week == nullptr) return;
        rules_.week_off.clear();
        for (const Excerpt& name : fields_.texts("week_off")) {
            const auto found = std::ranges::find(weekday_names, name.text);
            const auto day = static_cast<int>(found - weekday_names.begin());
            if (found == weekday_names.end()) {
                diagnostics_.error(name.place(), fmt::format("\"{}\" is not a day of the week", name.text),
                                   did_you_mean(name.text, {weekday_names.begin(), weekday_names.end()}));
            } else if (std::ranges::count(rules_.week_off, day) > 0) {
                diagnostics_.error(name.place(), fmt::format("{} is named twice", name.text));
            } else {
                rules_.week_off.push_back(day);
            }
        }
    }

    void drop_days_off() {
        const auto names = fields_.texts("drop");
        if (!names.empty() && !base_name_) {
            diagnostics_.error(node_.find_key("drop")->place(), "there is no calendar underneath to drop days off from",
                               "\"over\" names one");
            return;
        }
        if (!base_is_usable_) return;
        std::vector<std::string> known;
        for (const DayOffRule& rule : rules_.days_off) known.push_back(rule.name);
        for (const Excerpt& name : names) {
            const auto is_meant = [&](const DayOffRule& rule) { return rule.name == name.text; };
            if (std::erase_if(rules_.days_off, is_meant) == 0) {
                diagnostics_.error(name.place(),
                                   fmt::format("\"{}\" has no day off named \"{}\"", base_name_->text, name.text),
                                   did_you_mean(name.text, known));
            }
        }
    }

    void read_days_off(std::string_view key) {
        for (const Node& node : fields_.list(key)) {
            DayOffRule rule = read_day_off(node, diagnostics_);
            if (knows_days_ && rule.only && (*rule.only < rules_.known_from || *rule.only > rules_.known_until)) {
                diagnostics_.error(node.find("only")->place(), fmt::format("{} is outside of the known days ({})",
                                                                           format_date(*rule.only), known_days()));
            }
            rules_.days_off.push_back(std::move(rule));
        }
    }

    void check_number_of_days_off() {
        if (rules_.days_off.size() <= limits_.max_days_off) return;
        diagnostics_.error(node_.place(), fmt::format("a calendar can have {} days off at most, not {}",
                                                      limits_.max_days_off, rules_.days_off.size()));
    }

    std::string known_days() const {
        return fmt::format("{} until {}", format_date(rules_.known_from), format_date(rules_.known_until));
    }

    const Node& node_;
    Fields fields_;
    const CalendarRulesByName& others_;
    Diagnostics& diagnostics_;
    const CalendarLimits& limits_;
    CalendarRules rules_;
    std::optional<Excerpt> base_name_;
    bool base_is_usable_ = true;
    bool knows_days_ = false;  // known_from and known_until hold what was written
};

using Documents = std::map<std::string, Node, std::less<>>;

/// Reads the calendars of a folder, each after the one underneath it.
class FolderReader {
  public:
    FolderReader(const Documents& documents, Diagnostics& diagnostics, const CalendarLimits& limits)
        : documents_(documents), diagnostics_(diagnostics), limits_(limits) {
        for (const auto& document : documents) rules_.emplace(document.first, std::nullopt);
    }

    CalendarRulesByName read() {
        for (const auto& [name, document] : documents_) read(name, document);
        return std::move(rules_);
    }

  private:
    void read(const std::string& name, const Node& document) {
        if (!read_.insert(name).second) return;
        chain_.push_back(name);
        read_base(document);
        chain_.pop_back();
        auto rules = CalendarReader(document, rules_, diagnostics_, limits_).read();
        if (has_its_name(document, name)) rules_[name] = std::move(rules);
    }

    void read_base(const Node& document) {
        const Node* over = document.is_map() ? document.find("over") : nullptr;
        if (over == nullptr || !over->is_scalar()) return;
        const auto base = documents_.find(over->text.text);
        if (base == documents_.end()) return;
        const auto met = std::ranges::find(chain_, base->first);
        if (met == chain_.end()) {
            read(base->first, base->second);
            return;
        }
        const std::vector<std::string> cycle(met, chain_.end());
        diagnostics_.error(over->place(), fmt::format("a calendar cannot be laid over itself: {} → {}",
                                                      fmt::join(cycle, " → "), base->first));
    }

    bool has_its_name(const Node& document, const std::string& name) {
        if (!document.is_map()) return false;
        const Node* written = document.find("calendar");
        if (written == nullptr) {
            diagnostics_.error(document.place(), "a calendar file needs \"calendar\"",
                               fmt::format("calendar: {}", name));
        } else if (written->is_scalar() && written->text.text != name) {
            diagnostics_.error(written->place(),
                               fmt::format("the calendar \"{}\" is in a file named \"{}\"", written->text.text, name),
                               "a calendar has the name of its file");
        } else {
            return true;
        }
        return false;
    }

    const Documents& documents_;
    Diagnostics& diagnostics_;
    const CalendarLimits& limits_;
    CalendarRulesByName rules_;
    std::set<std::string, std::less<>> read_;
    std::vector<std::string> chain_;
};

}  // namespace

std::optional<CalendarRules> read_calendar_rules(const Node& calendar, const CalendarRulesByName& others,
                                                 Diagnostics& diagnostics, const CalendarLimits& limits) {
    if (!calendar.is_scalar()) return CalendarReader(calendar, others, diagnostics, limits).read();
    const auto* found = find_calendar(calendar.text, others, diagnostics);
    return found != nullptr ? *found : std::nullopt;
}

CalendarRulesByName read_calendar_files(const Documents& documents, Diagnostics& diagnostics,
                                        const CalendarLimits& limits) {
    return FolderReader(documents, diagnostics, limits).read();
}

}  // namespace praxe
