// Dates and rules of calendars in words, Portuguese and English.
#pragma once

#include <string>
#include <string_view>

#include "value/calendar.hpp"

namespace praxe {

/// `Mon`, `seg`.
std::string_view short_weekday(int weekday, std::string_view language);
/// `May 2024`, `maio de 2024`.
std::string month_title(std::int64_t year, int month, std::string_view language);
/// `Thursday, 30 May 2024`, `quinta-feira, 30 de maio de 2024`.
std::string long_date(Day day, std::string_view language);
/// What the rule says of the day it makes: `60 days after Easter`, `todo 1º de maio`.
std::string rule_words(const DayRule& rule, Day day, std::string_view language);
/// `08:00–12:00, 13:00–18:00`; `closed` where there are none.
std::string spans_words(const std::vector<OpenSpan>& spans, std::string_view language);

}  // namespace praxe
