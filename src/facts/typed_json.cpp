// Typed values, read and written kind by kind.
#include "facts/typed_json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <string_view>

#include "facts/schema.hpp"
#include "value/decimal.hpp"
#include "value/time.hpp"
#include "value/utf8.hpp"

namespace praxe {
namespace {

using Json = nlohmann::json;

const std::string& text_of(const Json& json) {
    return json.get_ref<const std::string&>();
}

const Json* member(const Json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

template <typename Number>
std::optional<Number> number(const Json& json) {
    if (!json.is_string()) return std::nullopt;
    const std::string_view text = text_of(json);
    Number n{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return n;
}

// Reading. Each of these takes the `value` of one type.

using Read = std::optional<Value> (*)(const Json& json, std::size_t depth);

/// A typed value inside `depth` others.
std::optional<Value> read_within(const Json& json, std::size_t depth);

std::optional<Value> read_null(const Json& json, std::size_t) {
    return json.is_null() ? std::optional(Value::null()) : std::nullopt;
}
std::optional<Value> read_bool(const Json& json, std::size_t) {
    return json.is_boolean() ? std::optional(Value::boolean(json.get<bool>())) : std::nullopt;
}
std::optional<Value> read_int(const Json& json, std::size_t) {
    const auto n = number<std::int64_t>(json);
    return n ? std::optional(Value::integer(*n)) : std::nullopt;
}
std::optional<Value> read_uint(const Json& json, std::size_t) {
    const auto n = number<std::uint64_t>(json);
    return n ? std::optional(Value::unsigned_integer(*n)) : std::nullopt;
}
std::optional<Value> read_double(const Json& json, std::size_t) {
    const auto n = number<double>(json);
    return n ? std::optional(Value::real(*n)) : std::nullopt;
}
std::optional<Value> read_string(const Json& json, std::size_t) {
    if (!json.is_string() || !valid_utf8(text_of(json))) return std::nullopt;
    return Value::string(text_of(json));
}
std::optional<Value> read_type(const Json& json, std::size_t) {
    return json.is_string() ? std::optional(Value::type(text_of(json))) : std::nullopt;
}

std::optional<Value> read_bytes(const Json& json, std::size_t) {
    if (!json.is_string() || text_of(json).size() % 2 != 0) return std::nullopt;
    const std::string_view digits = text_of(json);
    std::string bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        unsigned char byte = 0;
        const auto [end, failed] = std::from_chars(digits.data() + i, digits.data() + i + 2, byte, 16);
        if (failed != std::errc() || end != digits.data() + i + 2) return std::nullopt;
        bytes += static_cast<char>(byte);
    }
    return Value::bytes(std::move(bytes));
}

constexpr std::int64_t nanos_per_second = 1'000'000'000;

struct Fraction {
    std::int64_t micros;
    int nanos_below;
};
/// `{"seconds": "…", "nanos": n}`, where nanos have the sign of the seconds or are positive.
std::optional<Fraction> read_seconds(const Json& json) {
    const Json* seconds = member(json, "seconds");
    const Json* nanos = member(json, "nanos");
    const auto whole = seconds != nullptr ? number<std::int64_t>(*seconds) : std::nullopt;
    if (!whole || nanos == nullptr || !nanos->is_number_integer()) return std::nullopt;
    const auto parts = nanos->get<std::int64_t>();
    if (parts <= -nanos_per_second || parts >= nanos_per_second) return std::nullopt;
    const auto below = static_cast<int>((parts % 1000 + 1000) % 1000);
    std::int64_t micros = 0;
    if (__builtin_mul_overflow(*whole, 1'000'000, &micros)) return std::nullopt;
    if (__builtin_add_overflow(micros, (parts - below) / 1000, &micros)) return std::nullopt;
    return Fraction{micros, below};
}
std::optional<Value> read_timestamp(const Json& json, std::size_t) {
    const auto t = read_seconds(json);
    if (!t || t->micros < min_instant || t->micros > max_instant) return std::nullopt;
    return Value::timestamp(t->micros, t->nanos_below);
}
std::optional<Value> read_duration(const Json& json, std::size_t) {
    const auto d = read_seconds(json);
    return d ? std::optional(Value::duration(d->micros, d->nanos_below)) : std::nullopt;
}

std::optional<Value> read_list(const Json& json, std::size_t depth) {
    if (!json.is_array()) return std::nullopt;
    List list;
    for (const Json& item : json) {
        auto value = read_within(item, depth + 1);
        if (!value) return std::nullopt;
        list.push_back(std::move(*value));
    }
    return Value::list(std::move(list));
}

bool is_key(const Value& v) {
    return v.is(Kind::boolean) || v.is(Kind::integer) || v.is(Kind::unsigned_integer) || v.is(Kind::string);
}
std::optional<Value> read_map(const Json& json, std::size_t depth) {
    if (!json.is_array()) return std::nullopt;
    Map map;
    for (const Json& pair : json) {
        if (!pair.is_array() || pair.size() != 2) return std::nullopt;
        auto key = read_within(pair[0], depth + 1);
        auto value = read_within(pair[1], depth + 1);
        if (!key || !value || !is_key(*key)) return std::nullopt;
        map.entries.emplace_back(std::move(*key), std::move(*value));
    }
    return map.index() ? std::optional(Value::map(std::move(map))) : std::nullopt;
}

std::optional<Value> read_date(const Json& json, std::size_t) {
    const auto day = json.is_string() ? parse_date(text_of(json)) : std::nullopt;
    return day ? std::optional(Value::count(Kind::date, *day)) : std::nullopt;
}
template <Kind kind>
std::optional<Value> read_hundredths(const Json& json, std::size_t) {
    const auto n = json.is_string() ? parse_hundredths(text_of(json)) : std::nullopt;
    return n ? std::optional(Value::count(kind, *n)) : std::nullopt;
}
template <Kind kind>
std::optional<Value> read_count(const Json& json, std::size_t) {
    const auto n = number<std::int64_t>(json);
    return n ? std::optional(Value::count(kind, *n)) : std::nullopt;
}

std::optional<Value> read_business_hours(const Json& json, std::size_t) {
    const auto span = json.is_string() ? parse_duration(text_of(json)) : std::nullopt;
    return span && span->nanos_below == 0 ? std::optional(Value::count(Kind::business_hours, span->micros))
                                          : std::nullopt;
}

struct Form {
    Kind kind;
    std::string_view name;
    Read read;  // null: written only
};
constexpr std::array forms = {
    Form{Kind::null, "null", read_null},
    Form{Kind::boolean, "bool", read_bool},
    Form{Kind::integer, "int", read_int},
    Form{Kind::unsigned_integer, "uint", read_uint},
    Form{Kind::real, "double", read_double},
    Form{Kind::string, "string", read_string},
    Form{Kind::bytes, "bytes", read_bytes},
    Form{Kind::timestamp, "timestamp", read_timestamp},
    Form{Kind::duration, "duration", read_duration},
    Form{Kind::date, "date", read_date},
    Form{Kind::money, "money", read_hundredths<Kind::money>},
    Form{Kind::percent, "percent", read_hundredths<Kind::percent>},
    Form{Kind::business_days, "business_days", read_count<Kind::business_days>},
    Form{Kind::business_hours, "business_hours", read_business_hours},
    Form{Kind::calendar_days, "calendar_days", read_count<Kind::calendar_days>},
    Form{Kind::months, "months", read_count<Kind::months>},
    Form{Kind::years, "years", read_count<Kind::years>},
    Form{Kind::type, "type", read_type},
    Form{Kind::list, "list", read_list},
    Form{Kind::map, "map", read_map},
    Form{Kind::record, "record", nullptr},
    Form{Kind::optional, "optional", nullptr},
};

// Writing.

void write_bytes(const std::string& bytes, JsonWriter& out) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    out.text(text);
}

/// A timestamp's nanos are never negative; a duration's have the sign of the whole.
void write_seconds(const Value& value, JsonWriter& out) {
    constexpr std::int64_t micros_per_second = 1'000'000;
    std::int64_t seconds = value.as_int() / micros_per_second;
    std::int64_t nanos = value.as_int() % micros_per_second * 1000 + value.nanos_below();
    if (nanos < 0) {
        seconds -= 1;
        nanos += nanos_per_second;
    }
    if (value.is(Kind::duration) && seconds < 0 && nanos > 0) {
        seconds += 1;
        nanos -= nanos_per_second;
    }
    out.begin_object();
    out.text("seconds", std::to_string(seconds));
    out.number("nanos", nanos);
    out.end_object();
}

void write_list(const List& list, JsonWriter& out) {
    out.begin_list();
    for (const Value& item : list) write_typed(item, out);
    out.end_list();
}

void write_map(const Map& map, JsonWriter& out) {
    out.begin_list();
    for (const auto& [key, value] : map.entries) {
        out.begin_list();
        write_typed(key, out);
        write_typed(value, out);
        out.end_list();
    }
    out.end_list();
}

void write_record(const Record& record, JsonWriter& out) {
    out.begin_object();
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        if (record.fields[i].is_absent()) continue;
        out.key(record.type->fields[i].name);
        write_typed(record.fields[i], out);
    }
    out.end_object();
}

void write_optional(const Value& value, JsonWriter& out) {
    if (value.has_value()) {
        write_typed(value.as_optional(), out);
    } else {
        out.null();
    }
}

void write_content(const Value& value, JsonWriter& out) {
    switch (value.kind()) {
        case Kind::absent:
        case Kind::error:
        case Kind::null:
            out.null();
            return;
        case Kind::boolean:
            out.boolean(value.as_bool());
            return;
        case Kind::integer:
        case Kind::business_days:
        case Kind::calendar_days:
        case Kind::months:
        case Kind::years:
            return out.text(std::to_string(value.as_int()));
        case Kind::unsigned_integer:
            return out.text(std::to_string(value.as_uint()));
        case Kind::real:
            return out.text(format_real_with_point(value.as_double()));
        case Kind::string:
        case Kind::type:
            return out.text(value.as_string());
        case Kind::bytes:
            return write_bytes(value.as_string(), out);
        case Kind::timestamp:
        case Kind::duration:
            return write_seconds(value, out);
        case Kind::business_hours:
            return out.text(format_duration(value.as_int(), 0));
        case Kind::date:
            return out.text(format_date(static_cast<Day>(value.as_int())));
        case Kind::money:
        case Kind::percent:
            return out.text(format_hundredths(value.as_int()));
        case Kind::list:
            return write_list(value.as_list(), out);
        case Kind::map:
            return write_map(value.as_map(), out);
        case Kind::record:
            return write_record(value.as_record(), out);
        case Kind::optional:
            return write_optional(value, out);
    }
}

std::optional<Value> read_within(const Json& json, std::size_t depth) {
    const Json* type = member(json, "type");
    const Json* content = member(json, "value");
    if (depth > max_typed_nesting || type == nullptr || content == nullptr || !type->is_string()) return std::nullopt;
    const auto* form =
        std::find_if(forms.begin(), forms.end(), [&](const Form& f) { return f.name == text_of(*type); });
    return form == forms.end() || form->read == nullptr ? std::nullopt : form->read(*content, depth);
}

}  // namespace

std::optional<Value> read_typed(const Json& json) {
    return read_within(json, 1);
}

void write_typed(const Value& value, JsonWriter& out) {
    const auto* form = std::find_if(forms.begin(), forms.end(), [&](const Form& f) { return value.is(f.kind); });
    out.begin_object();
    out.text("type", form == forms.end() ? "null" : form->name);
    out.key("value");
    write_content(value, out);
    out.end_object();
}

}  // namespace praxe
