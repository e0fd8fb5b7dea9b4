// Values as people read them.
#include "run/display.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace praxe {
namespace {

bool portuguese(std::string_view language) {
    return language == "pt";
}

std::string display_date(const CivilDate& date, std::string_view language) {
    return portuguese(language) ? fmt::format("{:02}/{:02}/{:04}", date.day, date.month, date.year)
                                : fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

/// Hundredths with the language's separators.
std::string display_hundredths(std::int64_t hundredths, std::string_view language) {
    const auto magnitude =
        hundredths < 0 ? 0 - static_cast<std::uint64_t>(hundredths) : static_cast<std::uint64_t>(hundredths);
    std::string whole = std::to_string(magnitude / 100);
    for (std::size_t i = whole.size(); i > 3; i -= 3) whole.insert(i - 3, portuguese(language) ? "." : ",");
    return fmt::format("{}{}{}{:02}", hundredths < 0 ? "-" : "", whole, portuguese(language) ? "," : ".",
                       magnitude % 100);
}

struct Unit {
    Kind kind;
    const char *one_pt, *many_pt, *one_en, *many_en;
};
constexpr Unit units[] = {
    {Kind::business_days, "dia útil", "dias úteis", "business day", "business days"},
    {Kind::calendar_days, "dia", "dias", "day", "days"},
    {Kind::months, "mês", "meses", "month", "months"},
    {Kind::years, "ano", "anos", "year", "years"},
};

std::string display_count(const Value& value, std::string_view language) {
    for (const Unit& unit : units) {
        if (unit.kind != value.kind()) continue;
        const bool one = std::abs(value.as_int()) == 1;
        return fmt::format(
            "{} {}", value.as_int(),
            portuguese(language) ? (one ? unit.one_pt : unit.many_pt) : (one ? unit.one_en : unit.many_en));
    }
    return std::to_string(value.as_int());
}

/// `10 business hours`, `1 h 30 min of business hours`.
std::string display_business_hours(std::int64_t micros, std::string_view language) {
    constexpr std::int64_t micros_per_minute = 60'000'000;
    const std::int64_t minutes = micros / micros_per_minute;
    if (micros % (60 * micros_per_minute) == 0) {
        const bool one = std::abs(minutes) == 60;
        return fmt::format(
            "{} {}", minutes / 60,
            portuguese(language) ? (one ? "hora útil" : "horas úteis") : (one ? "business hour" : "business hours"));
    }
    const std::string_view of = portuguese(language) ? "em horário útil" : "of business hours";
    if (micros % micros_per_minute != 0) return fmt::format("{} {}", format_duration(micros, 0), of);
    return minutes / 60 == 0 ? fmt::format("{} min {}", minutes, of)
                             : fmt::format("{} h {} min {}", minutes / 60, std::abs(minutes % 60), of);
}

std::string display_list(const List& list, const Zone& zone, std::string_view language, std::string_view currency) {
    std::string out;
    for (const Value& item : list)
        out += fmt::format("{}{}", out.empty() ? "" : ", ", display(item, zone, language, currency));
    return out;
}

}  // namespace

std::string display_instant(Instant at, const Zone& zone, std::string_view language) {
    const CivilTime time = zone.civil(at);
    std::string out = fmt::format("{} {:02}:{:02}", display_date(time.date, language), time.hour, time.minute);
    if (time.second != 0 || time.micros != 0) out += fmt::format(":{:02}", time.second);
    if (time.micros != 0) out += fmt::format(".{:06}", time.micros);
    return out;
}

std::string display(const Value& value, const Zone& zone, std::string_view language, std::string_view currency) {
    switch (value.kind()) {
        case Kind::string:
            return value.as_string();
        case Kind::timestamp:
            return display_instant(value.as_int(), zone, language);
        case Kind::date:
            return display_date(civil_from_day(static_cast<Day>(value.as_int())), language);
        case Kind::money:
            return display_hundredths(value.as_int(), language) +
                   (currency.empty() ? "" : fmt::format(" {}", currency));
        case Kind::percent:
            return display_hundredths(value.as_int(), language) + "%";
        case Kind::business_hours:
            return display_business_hours(value.as_int(), language);
        case Kind::business_days:
        case Kind::calendar_days:
        case Kind::months:
        case Kind::years:
            return display_count(value, language);
        case Kind::boolean:
            return portuguese(language) ? (value.as_bool() ? "sim" : "não") : (value.as_bool() ? "yes" : "no");
        case Kind::list:
            return display_list(value.as_list(), zone, language, currency);
        case Kind::optional:
            return value.has_value() ? display(value.as_optional(), zone, language, currency) : "–";
        case Kind::absent:
            return "–";
        case Kind::error:
            return value.as_error().message;
        case Kind::null:
        case Kind::integer:
        case Kind::unsigned_integer:
        case Kind::real:
        case Kind::bytes:
        case Kind::duration:
        case Kind::type:
        case Kind::map:
        case Kind::record:
            return to_text(value);
    }
    return {};
}

}  // namespace praxe
