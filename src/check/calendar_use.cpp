// Calls that count business days or hours, and the calendars that they count on.
#include "check/calendar_use.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "check/expressions.hpp"
#include "facts/schema_fields.hpp"
#include "value/functions.hpp"

namespace praxe {
namespace {

/// A function of business days or hours; what they are counted on is named from argument number `named_from` on.
struct CalendarFunction {
    std::string_view name;
    std::size_t named_from;
    enum class Counts { days, hours, either } counts;  // either: days or hours, as the second argument is
};
using Counts = CalendarFunction::Counts;
constexpr std::size_t none = 9;
constexpr std::array calendar_functions{
    CalendarFunction{"is_business_day", 1, Counts::days},
    CalendarFunction{"following", 1, Counts::days},
    CalendarFunction{"preceding", 1, Counts::days},
    CalendarFunction{"modified_following", 1, Counts::days},
    CalendarFunction{"modified_preceding", 1, Counts::days},
    CalendarFunction{"business_days_between", 2, Counts::days},
    CalendarFunction{"count_business_days", 3, Counts::days},
    CalendarFunction{"business_days_since", 1, Counts::days},
    CalendarFunction{"business_hours_between", 2, Counts::hours},
    CalendarFunction{"business_hours_since", 1, Counts::hours},
    CalendarFunction{"is_open", 1, Counts::hours},
    CalendarFunction{"closes_at", 1, Counts::hours},
    CalendarFunction{"term_end", 2, Counts::either},
    CalendarFunction{"_+_", none, Counts::either},
    CalendarFunction{"_-_", none, Counts::either},
};

/// The call's row; null where it has none.
const CalendarFunction* row_of(const Expr& call) {
    const auto* row = std::find_if(calendar_functions.begin(), calendar_functions.end(),
                                   [&](const CalendarFunction& f) { return f.name == call.name; });
    return row == calendar_functions.end() ? nullptr : row;
}

/// What the call counts on a calendar; nothing where it counts on none.
std::optional<Counts> counted(const Expr& call) {
    const CalendarFunction* row = row_of(call);
    if (row == nullptr) return std::nullopt;
    if (row->counts != Counts::either) return row->counts;
    const TypeKind unit = call.args[1]->type.kind;
    if (call.name == "term_end" && unit == TypeKind::business_hours) return Counts::hours;
    const bool of_days = call.name == "term_end" || call.args[0]->type.kind == TypeKind::date;
    return of_days && unit == TypeKind::business_days ? std::optional(Counts::days) : std::nullopt;
}

/// The texts among a call's last arguments: of days a calendar's name, of hours a team's and a calendar's.
/// REQUIRES: the call counts on a calendar.
std::vector<const Expr*> names_of(const Expr& call) {
    std::vector<const Expr*> names;
    for (std::size_t i = row_of(call)->named_from; i < call.args.size(); ++i) {
        const TypeKind kind = call.args[i]->type.kind;
        if (kind == TypeKind::string || kind == TypeKind::enumeration) names.push_back(call.args[i].get());
    }
    return names;
}

const std::string* literal_text(const Expr& name) {
    return name.kind == ExprKind::literal && name.value.is(Kind::string) ? &name.value.as_string() : nullptr;
}

class CalendarCheck {
  public:
    CalendarCheck(const Model& model, Diagnostics& diagnostics) : model_(model), diagnostics_(diagnostics) {}

    void check(const Expression& whole) { walk(*whole.root, whole); }

  private:
    void walk(const Expr& expr, const Expression& whole) {
        if (expr.kind == ExprKind::call && !expr.receiver) check_call(expr, whole);
        for (const ExprPtr& arg : expr.args) walk(*arg, whole);
    }

    void check_call(const Expr& call, const Expression& whole) {
        const auto counts = counted(call);
        if (!counts) return;
        const std::vector<const Expr*> names = names_of(call);
        const std::size_t calendar_at = *counts == Counts::days ? 0 : 1;
        const Calendar* calendar = model_.calendar.get();
        if (names.size() > calendar_at) {
            const std::string* name = literal_text(*names[calendar_at]);
            calendar = name != nullptr ? find_calendar(*name, whole.place(*names[calendar_at])) : nullptr;
        } else if (calendar == nullptr && !told_) {
            told_ = true;
            const std::string_view what = *counts == Counts::days ? "days" : "hours";
            diagnostics_.error({whole.text.source, call.name_span},
                               fmt::format("business {} are counted on a calendar, and the ruleset names none", what),
                               "write calendars: [FILE] and calendar: NAME");
        }
        if (*counts == Counts::hours && calendar != nullptr)
            check_hours(*calendar, names.empty() ? nullptr : names[0], call, whole);
    }

    const Calendar* find_calendar(const std::string& name, const Place& place) {
        const auto found = model_.calendars.find(name);
        if (found != model_.calendars.end()) return found->second.get();
        std::vector<std::string> known;
        for (const auto& [calendar, rules] : model_.calendars) known.push_back(calendar);
        diagnostics_.error(place, fmt::format("no calendar is named \"{}\"", name),
                           known.empty() ? "write calendars: [FILE]" : suggestion(name, known));
        return nullptr;
    }

    /// The calendar has the hours of the team, where its name is a literal.
    void check_hours(const Calendar& calendar, const Expr* team, const Expr& call, const Expression& whole) {
        const std::string* name = team != nullptr ? literal_text(*team) : nullptr;
        if (team != nullptr && name == nullptr) return;
        if (calendar.hours(name != nullptr ? *name : std::string()) != nullptr) return;
        std::vector<std::string> known;
        for (const auto& [other, hours] : calendar.rules().hours) {
            if (!other.empty()) known.push_back(other);
        }
        const std::string whose = name != nullptr ? fmt::format(" of \"{}\"", *name) : std::string();
        diagnostics_.error(team != nullptr ? whole.place(*team) : Place{whole.text.source, call.name_span},
                           fmt::format("the calendar \"{}\" has no opening hours{}", calendar.name(), whose),
                           known.empty() ? "a calendar has them under hours: TEAM"
                           : name == nullptr
                               ? fmt::format("name a team as the last argument: {}", fmt::join(known, ", "))
                               : suggestion(*name, known));
    }

    const Model& model_;
    Diagnostics& diagnostics_;
    bool told_ = false;  // that there is no calendar
};

}  // namespace

void check_calendars(const Model& model, Diagnostics& diagnostics) {
    CalendarCheck check(model, diagnostics);
    for_each_expression(model, [&](const Expression& expression) { check.check(expression); });
}

}  // namespace praxe
