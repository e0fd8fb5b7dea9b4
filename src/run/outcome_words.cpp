// Outcomes as people read them.
#include "run/outcome_words.hpp"

#include <fmt/format.h>

#include "run/display.hpp"

namespace praxe {

std::string OutcomeWords::phrase(std::string_view portuguese, std::string_view english) const {
    return std::string(language_ == "pt" ? portuguese : english);
}

std::string OutcomeWords::word(const std::string& word) const {
    const auto found = model_.words.find(word);
    if (found == model_.words.end()) return word;
    const auto said = found->second.find(language_);
    return said == found->second.end() ? word : said->second;
}

std::string OutcomeWords::word(const RecordType& record, const std::string& word) const {
    const std::string qualified = record.name + "." + word;
    return this->word(model_.words.contains(qualified) ? qualified : word);
}

std::string OutcomeWords::value(const Value& value, const Type& type) const {
    if (value.is(Kind::record)) return fmt::format("({})", fields(value.as_record()));
    if (value.is(Kind::list)) {
        std::string items;
        for (const Value& item : value.as_list())
            items += fmt::format("{}{}", items.empty() ? "" : ", ",
                                 this->value(item, type.args.empty() ? type : type.args.front()));
        return items.empty() ? phrase("não há", "none") : items;
    }
    if (type.kind == TypeKind::enumeration && value.is(Kind::string)) return word(value.as_string());
    return display(value, model_.zone, language_, model_.currency);
}

std::string OutcomeWords::fields(const Record& record) const {
    return fields(record, true);
}

std::string OutcomeWords::fields_but_counts(const Record& record) const {
    return fields(record, false);
}

std::string OutcomeWords::fields(const Record& record, bool counts) const {
    std::string out;
    for (std::size_t i = 0; i < model_.shown_fields(*record.type); ++i) {
        if (record.fields[i].is_absent() || (!counts && record.fields[i].is(Kind::integer))) continue;
        const Field& field = record.type->fields[i];
        const std::string said = value(record.fields[i], field.type);
        if (static_cast<int>(i) == record.type->key) {
            out += (out.empty() ? "" : " · ") + said;
        } else {
            out += fmt::format("{}{}: {}", out.empty() ? "" : " · ", word(field.name), said);
        }
    }
    return out;
}

std::string OutcomeWords::gist(const Record& record) const {
    std::string out;
    for (std::size_t i = 0; i < model_.shown_fields(*record.type); ++i) {
        if (static_cast<int>(i) == record.type->key) continue;
        const std::string said = gist(record.fields[i], record.type->fields[i]);
        if (!said.empty()) out += fmt::format("{}{}", out.empty() ? "" : " · ", said);
    }
    return out;
}

std::string OutcomeWords::gist(const Value& value, const Field& field) const {
    switch (value.kind()) {
        case Kind::string:
            return this->value(value, field.type);
        case Kind::boolean:
            return value.as_bool() ? word(field.name) : "";
        case Kind::money:
        case Kind::percent:
            return value.as_int() == 0 ? "" : fmt::format("{} {}", word(field.name), this->value(value, field.type));
        case Kind::list: {
            const bool plain = !value.as_list().empty() && !value.as_list().front().is(Kind::record);
            return plain ? this->value(value, field.type) : "";
        }
        case Kind::absent:
        case Kind::error:
        case Kind::null:
        case Kind::integer:
        case Kind::unsigned_integer:
        case Kind::real:
        case Kind::bytes:
        case Kind::timestamp:
        case Kind::duration:
        case Kind::date:
        case Kind::business_days:
        case Kind::business_hours:
        case Kind::calendar_days:
        case Kind::months:
        case Kind::years:
        case Kind::type:
        case Kind::map:
        case Kind::record:
        case Kind::optional:
            return {};
    }
    return {};
}

}  // namespace praxe
