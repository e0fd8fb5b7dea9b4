// The days and hours that calendar documents name: weekdays, rules of days, opening hours.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/fields.hpp"
#include "value/opening_hours.hpp"

namespace praxe {

/// `did you mean "x"?`, or all that is known where nothing is near.
std::string hint_at(std::string_view wrong, const std::vector<std::string>& known);

/// Names of weekdays, each once, as 0 Sunday … 6 Saturday; what is wrong is reported and left out.
std::vector<int> read_weekdays(const std::vector<Excerpt>& names, Diagnostics& diagnostics);

/// A date, if there is a text; one that is no date is reported.
std::optional<Day> read_date(const std::optional<Excerpt>& text, Diagnostics& diagnostics);

/// The fields of `node` that say which days `what` is on; what is wrong is reported, and then the rule is of no use.
DayRule read_day_rule(Fields& fields, const Node& node, std::string_view what, Diagnostics& diagnostics);

/// A list of opening hours; what is wrong is reported, and then the rules are of no use.
HoursRules read_hours_rules(const Node& list, Diagnostics& diagnostics);

}  // namespace praxe
