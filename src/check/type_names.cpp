// The names of types in rulesets, and the values that parameters of each type take.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "check/build.hpp"
#include "value/decimal.hpp"

namespace praxe {
namespace {

struct NamedType {
    std::string_view name;
    TypeKind kind;
};
constexpr std::array named_types{
    NamedType{"bool", TypeKind::boolean},
    NamedType{"int", TypeKind::integer},
    NamedType{"uint", TypeKind::unsigned_integer},
    NamedType{"double", TypeKind::real},
    NamedType{"string", TypeKind::string},
    NamedType{"bytes", TypeKind::bytes},
    NamedType{"timestamp", TypeKind::timestamp},
    NamedType{"duration", TypeKind::duration},
    NamedType{"date", TypeKind::date},
    NamedType{"money", TypeKind::money},
    NamedType{"percent", TypeKind::percent},
    NamedType{"business_days", TypeKind::business_days},
    NamedType{"calendar_days", TypeKind::calendar_days},
    NamedType{"months", TypeKind::months},
    NamedType{"years", TypeKind::years},
};

std::vector<std::string> known_types(const Model& model) {
    std::vector<std::string> names;
    for (const NamedType& named : named_types) names.emplace_back(named.name);
    for (const auto& [name, set] : model.schema->closed_sets) names.push_back(name);
    for (const auto& [name, record] : model.schema->records) names.push_back(name);
    for (const auto& decision : model.decisions) names.push_back(decision->name);
    return names;
}

Type named(const Excerpt& name, const Model& model, Diagnostics& diagnostics) {
    for (const NamedType& known : named_types) {
        if (known.name == name.text) return Type::of(known.kind);
    }
    if (model.schema->closed_sets.contains(name.text)) return Type::enumeration(name.text);
    if (const auto record = model.schema->records.find(name.text); record != model.schema->records.end())
        return Type::record_of(*record->second);
    for (const auto& decision : model.decisions) {
        if (decision->name == name.text) return Type::record_of(decision->outcome);
    }
    const std::string near = nearest(name.text, known_types(model));
    diagnostics.error(name.place(), fmt::format("there is no type \"{}\"", name.text),
                      near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
    return Type::of(TypeKind::error);
}

/// Where the comma between two type arguments stands; the end where there is none.
std::size_t top_comma(std::string_view text) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        if (depth == 0 && text[i] == ',') return i;
    }
    return text.size();
}

}  // namespace

Type read_type(const Excerpt& written, const Model& model, Diagnostics& diagnostics) {
    const Excerpt text = written.trimmed();
    const std::size_t open = text.text.find('(');
    if (open == std::string::npos || text.text.back() != ')') return named(text, model, diagnostics);
    const std::string outer = text.text.substr(0, open);
    const Excerpt inner = text.part(open + 1, text.text.size() - 1);
    if (outer == "list") return Type::list(read_type(inner, model, diagnostics));
    if (outer == "optional") return Type::optional(read_type(inner, model, diagnostics));
    if (outer == "map") {
        const std::size_t comma = top_comma(inner.text);
        if (comma < inner.text.size()) {
            return Type::map(read_type(inner.part(0, comma), model, diagnostics),
                             read_type(inner.part(comma + 1, inner.text.size()), model, diagnostics));
        }
    }
    diagnostics.error(text.place(), fmt::format("\"{}\" is not a type", text.text),
                      "write list(T), map(K, V) or optional(T)");
    return Type::of(TypeKind::error);
}

namespace {

std::optional<Value> read_whole(const Type& type, const Excerpt& text) {
    std::int64_t value = 0;
    const char* end = text.text.data() + text.text.size();
    const auto [stop, failed] = std::from_chars(text.text.data(), end, value);
    if (failed != std::errc{} || stop != end) return std::nullopt;
    switch (type.kind) {
        case TypeKind::integer:
            return Value::integer(value);
        case TypeKind::business_days:
            return Value::count(Kind::business_days, value);
        case TypeKind::calendar_days:
            return Value::count(Kind::calendar_days, value);
        case TypeKind::months:
            return Value::count(Kind::months, value);
        case TypeKind::years:
            return Value::count(Kind::years, value);
        default:
            return std::nullopt;
    }
}

std::optional<Value> read_member(const Type& type, const Excerpt& text, const Model& model) {
    const auto& members = model.schema->closed_sets.find(type.name)->second.members;
    if (std::find(members.begin(), members.end(), text.text) == members.end()) return std::nullopt;
    return Value::string(text.text);
}

std::optional<Value> read_scalar(const Type& type, const Excerpt& text, const Model& model) {
    switch (type.kind) {
        case TypeKind::boolean:
            if (text.text == "true" || text.text == "false") return Value::boolean(text.text == "true");
            return std::nullopt;
        case TypeKind::string:
            return Value::string(text.text);
        case TypeKind::enumeration:
            return read_member(type, text, model);
        case TypeKind::money:
        case TypeKind::percent:
            if (const auto hundredths = parse_hundredths(text.text)) {
                return Value::count(type.kind == TypeKind::money ? Kind::money : Kind::percent, *hundredths);
            }
            return std::nullopt;
        case TypeKind::date:
            if (const auto day = parse_date(text.text)) return Value::count(Kind::date, *day);
            return std::nullopt;
        case TypeKind::timestamp:
            if (const auto at = parse_instant(text.text)) return Value::timestamp(at->micros);
            return std::nullopt;
        case TypeKind::duration:
            if (const auto span = parse_duration(text.text)) return Value::duration(span->micros);
            return std::nullopt;
        default:
            return read_whole(type, text);
    }
}

std::string members_of(const Type& type, const Model& model) {
    return fmt::format("one of {}", fmt::join(model.schema->closed_sets.find(type.name)->second.members, ", "));
}

}  // namespace

std::optional<Value> read_parameter_value(const Type& type, const Excerpt& text, const Model& model,
                                          Diagnostics& diagnostics) {
    if (type.kind == TypeKind::error) return std::nullopt;
    if (auto value = read_scalar(type, text, model)) return value;
    diagnostics.error(text.place(), fmt::format("\"{}\" is not {}", text.text,
                                                type.kind == TypeKind::enumeration
                                                    ? members_of(type, model)
                                                    : fmt::format("a value of type {}", to_string(type))));
    return std::nullopt;
}

}  // namespace praxe
