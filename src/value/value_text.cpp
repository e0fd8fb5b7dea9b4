// Values as CEL source text: what an author would write to get the value.
#include <fmt/format.h>

#include <cmath>
#include <praxe/value.hpp>

#include "value/decimal.hpp"
#include "value/record_type.hpp"
#include "value/time.hpp"

namespace praxe {
namespace {

std::string escaped(unsigned char c, bool bytes) {
    switch (c) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
    }
    const bool plain = c >= 0x20 && c != 0x7f && (c < 0x80 || !bytes);
    if (plain) return std::string(1, static_cast<char>(c));
    return bytes ? fmt::format("\\x{:02x}", c) : fmt::format("\\u{:04x}", c);
}

std::string quoted(const std::string& text, bool bytes = false) {
    std::string out = bytes ? "b\"" : "\"";
    for (const char c : text) out += escaped(static_cast<unsigned char>(c), bytes);
    return out + '"';
}

std::string real_text(double d) {
    const std::string text = format_real_with_point(d);
    return std::isfinite(d) ? text : "double(\"" + text + "\")";
}

std::string list_text(const List& list) {
    std::string out;
    for (const Value& item : list) out += (out.empty() ? "" : ", ") + to_text(item);
    return "[" + out + "]";
}

std::string map_text(const Map& map) {
    std::string out;
    for (const auto& [key, value] : map.entries)
        out += (out.empty() ? "" : ", ") + to_text(key) + ": " + to_text(value);
    return "{" + out + "}";
}

std::string record_text(const Record& record) {
    std::string out;
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        if (record.at(i).is_absent()) continue;
        out += (out.empty() ? "" : ", ") + record_field_name(*record.type, i) + ": " + to_text(record.at(i));
    }
    return record_type_name(*record.type) + "{" + out + "}";
}

/// Whole hours as a number, others as a duration.
std::string business_hours_text(std::int64_t micros) {
    constexpr std::int64_t micros_per_hour = 3'600'000'000;
    return micros % micros_per_hour == 0 ? fmt::format("business_hours({})", micros / micros_per_hour)
                                         : fmt::format("business_hours(\"{}\")", format_duration(micros, 0));
}

}  // namespace

std::string to_text(const Value& value) {
    switch (value.kind()) {
        case Kind::absent:
            return "<absent>";
        case Kind::error:
            return "<error: " + value.as_error().message + ">";
        case Kind::null:
            return "null";
        case Kind::boolean:
            return value.as_bool() ? "true" : "false";
        case Kind::integer:
            return fmt::format("{}", value.as_int());
        case Kind::unsigned_integer:
            return fmt::format("{}u", value.as_uint());
        case Kind::real:
            return real_text(value.as_double());
        case Kind::string:
            return quoted(value.as_string());
        case Kind::bytes:
            return quoted(value.as_string(), true);
        case Kind::timestamp:
            return fmt::format("timestamp(\"{}\")", format_utc(value.as_int(), value.nanos_below()));
        case Kind::duration:
            return fmt::format("duration(\"{}\")", format_duration(value.as_int(), value.nanos_below()));
        case Kind::date:
            return fmt::format("date(\"{}\")", format_date(static_cast<Day>(value.as_int())));
        case Kind::money:
            return fmt::format("money(\"{}\")", format_hundredths(value.as_int()));
        case Kind::percent:
            return fmt::format("percent(\"{}\")", format_hundredths(value.as_int()));
        case Kind::business_days:
            return fmt::format("business_days({})", value.as_int());
        case Kind::business_hours:
            return business_hours_text(value.as_int());
        case Kind::calendar_days:
            return fmt::format("calendar_days({})", value.as_int());
        case Kind::months:
            return fmt::format("months({})", value.as_int());
        case Kind::years:
            return fmt::format("years({})", value.as_int());
        case Kind::type:
            return value.as_string();
        case Kind::list:
            return list_text(value.as_list());
        case Kind::map:
            return map_text(value.as_map());
        case Kind::record:
            return record_text(value.as_record());
        case Kind::optional:
            return value.has_value() ? "optional.of(" + to_text(value.as_optional()) + ")" : "optional.none()";
    }
    return {};
}

}  // namespace praxe
