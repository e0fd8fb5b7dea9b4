// Calendar documents → rules of calendars.
#include "document/calendar_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "document/calendar_days.hpp"
#include "document/fields.hpp"

namespace praxe {
namespace {

/// The calendar of that name. Null and an error if there is none.
const std::optional<CalendarRules>* find_calendar(const Excerpt& name, const CalendarRulesByName& calendars,
                                                  Diagnostics& diagnostics) {
    const auto found = calendars.find(name.text);
    if (found != calendars.end()) return &found->second;
    std::vector<std::string> names;
    for (const auto& entry : calendars) names.push_back(entry.first);
    diagnostics.error(name.place(), fmt::format("no calendar is named \"{}\"", name.text), hint_at(name.text, names));
    return nullptr;
}

/// One entry of `days_off`; what is wrong is reported, and then the rule is of no use.
DayOffRule read_day_off(const Node& node, Diagnostics& diagnostics) {
    Fields fields(node, "a day off", diagnostics);
    const auto name = fields.need_text("name");
    if (name && name->text.empty()) diagnostics.error(name->place(), "a day off needs a name");
    const auto law = fields.text("law");
    DayOffRule rule{read_day_rule(fields, node, "a day off", diagnostics), {}, {}, {}};
    if (name) rule.name = name->text;
    if (law) rule.law = law->text;
    fields.finish();
    return rule;
}

/// What is off in either is off in both together; known is what both know.
void join(CalendarRules& rules, const CalendarRules& other) {
    rules.known_from = std::max(rules.known_from, other.known_from);
    rules.known_until = std::min(rules.known_until, other.known_until);
    for (const int day : other.week_off) {
        if (std::ranges::count(rules.week_off, day) == 0) rules.week_off.push_back(day);
    }
    for (const DayOffRule& rule : other.days_off) {
        if (std::ranges::count(rules.days_off, rule) == 0) rules.days_off.push_back(rule);
    }
    rules.hours.insert(other.hours.begin(), other.hours.end());
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
        start_from_bases();
        read_description();
        read_known();
        read_week_off();
        drop_days_off();
        read_days_off("days_off");
        read_days_off("add");
        read_hours();
        check_number_of_days_off();
        fields_.finish();
        if (!bases_are_usable_ || diagnostics_.size() != errors_before) return std::nullopt;
        return std::move(rules_);
    }

  private:
    void start_from_bases() {
        bases_ = fields_.texts("over");
        for (const Excerpt& name : bases_) {
            const auto* base = find_calendar(name, others_, diagnostics_);
            if (base == nullptr || !base->has_value()) {
                bases_are_usable_ = false;
            } else if (&name == &bases_.front()) {
                rules_ = **base;
            } else {
                join(rules_, **base);
            }
        }
        if (has_base() && bases_are_usable_ && rules_.known_from > rules_.known_until) {
            diagnostics_.error(bases_.front().place(), "these calendars know no day in common");
            bases_are_usable_ = false;
        }
        knows_days_ = has_base() && bases_are_usable_;
    }

    bool has_base() const { return !bases_.empty(); }
    std::string base_names() const {
        std::vector<std::string> names;
        for (const Excerpt& name : bases_) names.push_back(fmt::format("\"{}\"", name.text));
        return fmt::format("{}", fmt::join(names, ", "));
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
        const Node* known = has_base() ? fields_.take("known") : fields_.need("known");
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
            diagnostics_.error(known.place(), fmt::format("{} knows only {}", base_names(), known_days()));
        }
        rules_.known_from = from;
        rules_.known_until = until;
        knows_days_ = true;
    }

    void read_week_off() {
        const Node* week = has_base() ? fields_.take("week_off") : fields_.need("week_off");
        if (week == nullptr) return;
        rules_.week_off = read_weekdays(fields_.texts("week_off"), diagnostics_);
    }

    void drop_days_off() {
        const auto names = fields_.texts("drop");
        if (!names.empty() && !has_base()) {
            diagnostics_.error(node_.find_key("drop")->place(), "there is no calendar underneath to drop days off from",
                               "\"over\" names one");
            return;
        }
        if (!bases_are_usable_) return;
        std::vector<std::string> known;
        for (const DayOffRule& rule : rules_.days_off) known.push_back(rule.name);
        for (const Excerpt& name : names) {
            const auto is_meant = [&](const DayOffRule& rule) { return rule.name == name.text; };
            if (std::erase_if(rules_.days_off, is_meant) == 0) {
                diagnostics_.error(name.place(), fmt::format("{} has no day off named \"{}\"", base_names(), name.text),
                                   hint_at(name.text, known));
            }
        }
    }

    void read_days_off(std::string_view key) {
        for (const Node& node : fields_.list(key)) {
            DayOffRule rule = read_day_off(node, diagnostics_);
            rule.calendar = rules_.name;
            if (knows_days_ && rule.only && (*rule.only < rules_.known_from || *rule.only > rules_.known_until)) {
                diagnostics_.error(node.find("only")->place(), fmt::format("{} is outside of the known days ({})",
                                                                           format_date(*rule.only), known_days()));
            }
            rules_.days_off.push_back(std::move(rule));
        }
    }

    void read_hours() {
        const Node* hours = fields_.take("hours");
        if (hours == nullptr) return;
        if (!hours->is_map()) read_team({}, *hours);
        for (const auto& [team, rules] : hours->entries) read_team(team.text.text, rules);
        if (rules_.hours.size() > limits_.max_teams) {
            diagnostics_.error(hours->place(), fmt::format("a calendar can have the hours of {} teams at most, not {}",
                                                           limits_.max_teams, rules_.hours.size()));
        }
    }

    void read_team(const std::string& team, const Node& rules) {
        if (rules.items.size() > limits_.max_hours_rules) {
            diagnostics_.error(rules.place(), fmt::format("a team can have {} rules of hours at most, not {}",
                                                          limits_.max_hours_rules, rules.items.size()));
        }
        rules_.hours.insert_or_assign(team, read_hours_rules(rules, diagnostics_));
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
    std::vector<Excerpt> bases_;  // the calendars underneath
    bool bases_are_usable_ = true;
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
        read_bases(document);
        chain_.pop_back();
        auto rules = CalendarReader(document, rules_, diagnostics_, limits_).read();
        if (has_its_name(document, name)) rules_[name] = std::move(rules);
    }

    void read_bases(const Node& document) {
        const Node* over = document.is_map() ? document.find("over") : nullptr;
        if (over == nullptr) return;
        if (over->is_scalar()) read_base(*over);
        for (const Node& name : over->items) {
            if (name.is_scalar()) read_base(name);
        }
    }

    void read_base(const Node& name) {
        const auto base = documents_.find(name.text.text);
        if (base == documents_.end()) return;
        const auto met = std::ranges::find(chain_, base->first);
        if (met == chain_.end()) {
            read(base->first, base->second);
            return;
        }
        const std::vector<std::string> cycle(met, chain_.end());
        diagnostics_.error(name.place(), fmt::format("a calendar cannot be laid over itself: {} → {}",
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
