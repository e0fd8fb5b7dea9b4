// Outcomes on one line.
#include "scenario/outcome_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "value/decimal.hpp"

namespace praxe {
namespace {

/// False for what a reader would not see: nothing, blanks at an end, line breaks.
bool reads_as_itself(const std::string& text) {
    return !text.empty() && text.front() != ' ' && text.back() != ' ' &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= ' '; });
}

std::string list_text(const Model& model, const List& list) {
    std::vector<std::string> items;
    for (const Value& item : list) items.push_back(outcome_text(model, item));
    return fmt::format("[{}]", fmt::join(items, ", "));
}

std::string map_text(const Model& model, const Map& map) {
    std::vector<std::string> entries;
    for (const auto& [key, value] : map.entries)
        entries.push_back(fmt::format("{}: {}", outcome_text(model, key), outcome_text(model, value)));
    return fmt::format("{{{}}}", fmt::join(entries, ", "));
}

std::string record_text(const Model& model, const Record& record) {
    std::vector<std::string> fields;
    for (std::size_t i = 0; i < shown_fields(model, *record.type); ++i) {
        if (record.fields[i].is_absent()) continue;
        fields.push_back(fmt::format("{}: {}", record.type->fields[i].name, outcome_text(model, record.fields[i])));
    }
    return fmt::format("{{{}}}", fmt::join(fields, ", "));
}

}  // namespace

std::size_t shown_fields(const Model& model, const RecordType& type) {
    const Decision* const decision = model.find(type.name);
    return decision != nullptr && &decision->outcome == &type ? decision->shown_fields : type.fields.size();
}

std::string until_text(const Model& model, const std::optional<Instant>& until) {
    return until ? model.zone.format(*until) : "never";
}

std::string outcome_text(const Model& model, const Value& value) {
    switch (value.kind()) {
        case Kind::absent:
            return "left out";
        case Kind::error:
            return fmt::format("an error: {}", value.as_error().message);
        case Kind::string:
            return reads_as_itself(value.as_string()) ? value.as_string() : to_text(value);
        case Kind::timestamp:
            return model.zone.format(value.as_int());
        case Kind::date:
            return format_date(static_cast<Day>(value.as_int()));
        case Kind::money:
        case Kind::percent:
            return format_hundredths(value.as_int());
        case Kind::integer:
        case Kind::business_days:
        case Kind::calendar_days:
        case Kind::months:
        case Kind::years:
            return std::to_string(value.as_int());
        case Kind::unsigned_integer:
            return std::to_string(value.as_uint());
        case Kind::real:
            return format_real(value.as_double());
        case Kind::duration:
        case Kind::business_hours:
            return format_duration(value.as_int(), value.nanos_below());
        case Kind::list:
            return list_text(model, value.as_list());
        case Kind::map:
            return map_text(model, value.as_map());
        case Kind::record:
            return record_text(model, value.as_record());
        case Kind::optional:
            return value.has_value() ? outcome_text(model, value.as_optional()) : "nothing";
        case Kind::null:
        case Kind::boolean:
        case Kind::bytes:
        case Kind::type:
            return to_text(value);
    }
    return {};
}

}  // namespace praxe
