// Calls that count business days, and the calendars that they count on.
#include "check/calendar_use.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "check/expressions.hpp"
#include "facts/schema_fields.hpp"
#include "value/functions.hpp"

namespace praxe {
namespace {

/// A function of business days; a text as its argument number `name_at` names another calendar than the ruleset's.
struct CalendarFunction {
    std::string_view name;
    std::size_t name_at;
};
constexpr std::size_t none = 9;
constexpr std::array calendar_functions{
    CalendarFunction{"is_business_day", 1},
    CalendarFunction{"following", 1},
    CalendarFunction{"preceding", 1},
    CalendarFunction{"modified_following", 1},
    CalendarFunction{"modified_preceding", 1},
    CalendarFunction{"business_days_between", 2},
    CalendarFunction{"count_business_days", 3},
    CalendarFunction{"business_days_since", none},
    CalendarFunction{"term_end", 2},
    CalendarFunction{"_+_", none},
    CalendarFunction{"_-_", none},
};

/// Sums and terms are of business days only where their second operand is.
bool counts_business_days(const Expr& call) {
    const bool any_unit = call.name == "term_end" || call.name == "_+_" || call.name == "_-_";
    if (!any_unit) return true;
    const bool of_days = call.name == "term_end" || call.args[0]->type.kind == TypeKind::date;
    return of_days && call.args[1]->type.kind == TypeKind::business_days;
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
        const auto* row = std::find_if(calendar_functions.begin(), calendar_functions.end(),
                                       [&](const CalendarFunction& f) { return f.name == call.name; });
        if (row == calendar_functions.end()) return;
        if (row->name_at < call.args.size()) {
            check_named(*call.args[row->name_at], whole);
        } else if (!model_.calendar && !told_ && counts_business_days(call)) {
            told_ = true;
            diagnostics_.error({whole.text.source, call.name_span},
                               "business days are counted on a calendar, and the ruleset names none",
                               "write calendars: [FILE] and calendar: NAME");
        }
    }

    void check_named(const Expr& name, const Expression& whole) {
        if (name.kind != ExprKind::literal || !name.value.is(Kind::string)) return;
        if (model_.calendars.contains(name.value.as_string())) return;
        std::vector<std::string> known;
        for (const auto& [calendar, rules] : model_.calendars) known.push_back(calendar);
        diagnostics_.error(whole.place(name), fmt::format("no calendar is named \"{}\"", name.value.as_string()),
                           known.empty() ? "write calendars: [FILE]" : suggestion(name.value.as_string(), known));
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
