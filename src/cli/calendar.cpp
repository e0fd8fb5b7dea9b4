// `praxe calendar`: a month or a year of a calendar for a person, why a day is off, counting in business days.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <praxe/ruleset.hpp>

#include "check/model.hpp"
#include "cli/calendar_page.hpp"
#include "cli/calendar_words.hpp"
#include "cli/case_files.hpp"
#include "cli/commands.hpp"
#include "document/calendar_file.hpp"

namespace praxe {
namespace {

constexpr int bad_input = 2;

struct CalendarCall {
    std::string calendar, ruleset;
    std::string month, year, why, from, until;
    std::optional<std::int64_t> add;
    std::string format = "text";
    std::string language;
    bool no_colour = false;

    bool portuguese() const { return language == "pt"; }
};

/// What a call ends with: text for standard output, or what was wrong with it.
struct Outcome {
    std::string text, error;
};

Outcome wrong(const std::string& message, const std::string& hint = {}) {
    return {{}, fmt::format("error: {}\n{}", message, hint.empty() ? "" : fmt::format("    hint: {}\n", hint))};
}

// ------------------------------------------------------------------------------------------- which calendar

struct Found {
    std::shared_ptr<const Calendar> calendar;
    std::string error;
};

/// A calendar file with those beside it that it is laid over, by name.
class CalendarFiles {
  public:
    explicit CalendarFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

    void read(const std::string& name, bool must_exist) {
        if (documents_.contains(name)) return;
        std::string message;
        const std::string path = (folder_ / (name + ".yaml")).string();
        const SourcePtr source = Ruleset::read_file(path, message);
        if (source == nullptr) {
            // What a file is laid over and is not beside it is reported where it is named.
            if (must_exist) diagnostics_.error({}, fmt::format("cannot read \"{}\": {}", path, message));
            return;
        }
        const auto document = read_document(source, diagnostics_);
        if (!document) return;
        documents_.emplace(name, *document);
        const Node* over = document->is_map() ? document->find("over") : nullptr;
        if (over == nullptr) return;
        if (over->is_scalar()) read(over->text.text, false);
        for (const Node& base : over->items) read(base.text.text, false);
    }

    Found calendar(const std::string& name) {
        auto rules = read_calendar_files(documents_, diagnostics_);
        if (!diagnostics_.empty()) return {nullptr, diagnostics_.to_string()};
        return {std::make_shared<Calendar>(*std::move(rules.at(name)), Zone::utc()), {}};
    }

  private:
    std::filesystem::path folder_;
    std::map<std::string, Node, std::less<>> documents_;
    Diagnostics diagnostics_;
};

Found calendar_of_file(const std::string& file) {
    const std::filesystem::path path(file);
    CalendarFiles files(path.parent_path());
    files.read(path.stem().string(), true);
    return files.calendar(path.stem().string());
}

Found calendar_of_ruleset(const CalendarCall& call) {
    const auto ruleset = Ruleset::load(call.ruleset);
    if (!ruleset) return {nullptr, ruleset.diagnostics().to_string()};
    const Model& model = ruleset->model();
    if (call.calendar.empty()) {
        if (model.calendar != nullptr) return {model.calendar, {}};
        return {nullptr, fmt::format("error: the ruleset \"{}\" has no calendar\n", ruleset->name())};
    }
    if (const auto found = model.calendars.find(call.calendar); found != model.calendars.end())
        return {found->second, {}};
    std::vector<std::string> known;
    for (const auto& [name, calendar] : model.calendars) known.push_back(name);
    const std::string near = nearest(call.calendar, known);
    return {nullptr, wrong(fmt::format("the ruleset \"{}\" has no calendar \"{}\"", ruleset->name(), call.calendar),
                           near.empty() ? fmt::format("known are: {}", fmt::join(known, ", "))
                                        : fmt::format("did you mean \"{}\"?", near))
                         .error};
}

Found find_calendar(const CalendarCall& call) {
    if (!call.ruleset.empty()) return calendar_of_ruleset(call);
    if (call.calendar.ends_with(".yaml") || call.calendar.ends_with(".yml")) return calendar_of_file(call.calendar);
    return {nullptr, wrong("no calendar given", "name a calendar's file, or a ruleset with -r").error};
}

// ------------------------------------------------------------------------------------------- questions about days

/// Answers about single days, in words.
class Days {
  public:
    Days(const Calendar& calendar, const CalendarCall& call) : calendar_(calendar), call_(call) {}

    Outcome why(Day day) const {
        const auto works = calendar_.is_business_day(day);
        if (!works) return unknown();
        const std::string title = long_date(day, call_.language);
        if (*works) return {fmt::format("{}: {}\n", title, say("dia útil", "a business day")), {}};
        std::string out = fmt::format("{}: {}\n", title, say("não é dia útil", "no business day"));
        const auto rules = calendar_.rules_of(day);
        for (const DayOffRule* rule : rules) {
            out += fmt::format("  {}: {}", rule->name, rule_words(*rule, day, call_.language));
            for (const std::string& more : {rule->law, rule->calendar}) {
                if (!more.empty()) out += " · " + more;
            }
            out += '\n';
        }
        if (std::ranges::count(calendar_.rules().week_off, weekday(day)) > 0)
            out += fmt::format("  {}\n", say("descanso semanal", "a day off of every week"));
        return {out, {}};
    }

    Outcome count(Day from, Day until) const {
        const auto end_only = calendar_.between(from, until, Ends::end_only);
        const auto start_only = calendar_.between(from, until, Ends::start_only);
        const auto both = calendar_.between(from, until, Ends::both);
        if (!both) return unknown();
        std::string out = fmt::format("{} → {}\n", long_date(from, call_.language), long_date(until, call_.language));
        const auto row = [&](std::int64_t days, std::string_view pt, std::string_view en) {
            out += fmt::format("  {:>5} {}\n", days, say(pt, en));
        };
        row(*end_only, "dias úteis, sem contar o primeiro dia (prazos)",
            "business days, the first day not counted (terms)");
        row(*start_only, "dias úteis, sem contar o último dia", "business days, the last day not counted");
        row(*both, "dias úteis, contando os dois", "business days, both counted");
        return {out, {}};
    }

    Outcome add(Day from, std::int64_t n) const {
        const auto end = calendar_.add(from, n);
        if (!end) return unknown();
        std::string out = fmt::format("{} {} {}:\n  {}\n", n, say("dias úteis a partir de", "business days from"),
                                      long_date(from, call_.language), long_date(*end, call_.language));
        for (Day day = std::min(from, *end) + 1; day < std::max(from, *end); ++day) {
            for (const DayOffRule* rule : calendar_.rules_of(day)) {
                if (std::ranges::count(calendar_.rules().week_off, weekday(day)) > 0) continue;
                out += fmt::format("  {} {}: {}\n", say("não conta:", "not counted:"), long_date(day, call_.language),
                                   rule->name);
            }
        }
        return {out, {}};
    }

  private:
    std::string say(std::string_view pt, std::string_view en) const {
        return std::string(call_.portuguese() ? pt : en);
    }
    Outcome unknown() const {
        const CalendarRules& rules = calendar_.rules();
        return wrong(fmt::format("the calendar \"{}\" knows the days from {} to {}, and others are asked for",
                                 calendar_.name(), format_date(rules.known_from), format_date(rules.known_until)));
    }

    const Calendar& calendar_;
    const CalendarCall& call_;
};

// ------------------------------------------------------------------------------------------- what is asked

Outcome no_date(const std::string& text) {
    return wrong(fmt::format("\"{}\" is not a date", text), "dates are YYYY-MM-DD");
}

Outcome about_days(const Calendar& calendar, const CalendarCall& call) {
    if (call.format != "text") return wrong("only months and years are given in other formats than text");
    const Days days(calendar, call);
    const std::string& first = call.why.empty() ? call.from : call.why;
    const auto from = parse_date(first);
    if (!from) return no_date(first);
    if (!call.why.empty()) return days.why(*from);
    if (call.add) return days.add(*from, *call.add);
    if (call.until.empty()) return wrong("--from alone asks nothing", "count with --until DATE or --add N");
    const auto until = parse_date(call.until);
    return until ? days.count(*from, *until) : no_date(call.until);
}

/// The page that --month or --year asks for; nothing if it is no month or year.
std::optional<CalendarPage> page_of(const Calendar& calendar, const CalendarCall& call) {
    CalendarPage page{&calendar, 0, 0, call.language, !call.no_colour && isatty(STDOUT_FILENO) == 1};
    const auto first = parse_date(call.month.empty() ? call.year + "-01-01" : call.month + "-01");
    if (!first) return std::nullopt;
    const CivilDate date = civil_from_day(*first);
    page.year = date.year;
    page.month = call.month.empty() ? 0 : date.month;
    return page;
}

Outcome a_page(const Calendar& calendar, const CalendarCall& call) {
    const auto page = page_of(calendar, call);
    if (!page) {
        return call.month.empty()
                   ? wrong(fmt::format("\"{}\" is not a year", call.year), "years are written 2024")
                   : wrong(fmt::format("\"{}\" is not a month", call.month), "months are written 2024-05");
    }
    if (call.format == "json") return {page_json(*page), {}};
    if (call.format == "ical") return {page_ical(*page), {}};
    return {page_text(*page), {}};
}

Outcome answer(const CalendarCall& call) {
    const bool of_days = !call.why.empty() || !call.from.empty();
    if (!of_days && call.month.empty() && call.year.empty())
        return wrong("nothing is asked", "say which month or year: --month 2024-05, --year 2024");
    const Found found = find_calendar(call);
    if (found.calendar == nullptr) return {{}, found.error};
    return of_days ? about_days(*found.calendar, call) : a_page(*found.calendar, call);
}

int show(const CalendarCall& call) {
    const Outcome outcome = answer(call);
    std::cerr << outcome.error;
    std::cout << outcome.text;
    if (!std::cout.flush()) std::cerr << "error: cannot write to standard output\n";
    return outcome.error.empty() && std::cout ? 0 : bad_input;
}

}  // namespace

void add_calendar(CLI::App& app, int& exit_status) {
    auto call = std::make_shared<CalendarCall>();
    call->language = default_language();
    CLI::App* command = app.add_subcommand("calendar", "a month or a year of a calendar, and counting on it");
    command->add_option("calendar", call->calendar, "a calendar's file, or the name of one of the ruleset's");
    command->add_option("-r,--ruleset", call->ruleset, "the ruleset file; by default its own calendar");
    auto* month = command->add_option("--month", call->month, "the month, as in 2024-05");
    auto* year = command->add_option("--year", call->year, "the year, as in 2024");
    auto* why = command->add_option("--why", call->why, "say why this date is off, or that it is not");
    auto* from = command->add_option("--from", call->from, "count from this date");
    auto* until = command->add_option("--until", call->until, "count up to this date")->needs(from);
    auto* add =
        command->add_option("--add", call->add, "the date so many business days later, or earlier")->needs(from);
    month->excludes(year)->excludes(why)->excludes(from);
    year->excludes(why)->excludes(from);
    why->excludes(from);
    until->excludes(add);
    command->add_option("--format", call->format, "text, json or ical")->check(CLI::IsMember({"text", "json", "ical"}));
    command->add_option("--lang", call->language, "pt or en; by default as LANG says")
        ->check(CLI::IsMember({"pt", "en"}));
    command->add_flag("--no-color", call->no_colour, "no colours, also on a terminal");
    command->callback([call, &exit_status] { exit_status = show(*call); });
}

}  // namespace praxe
