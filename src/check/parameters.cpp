// Parameters: their types, values and bounds.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "check/building.hpp"
#include "check/wording.hpp"
#include "facts/schema_fields.hpp"
#include "value/decimal.hpp"
#include "value/order.hpp"

namespace praxe {
namespace {

/// What a parameter of each type looks like, for messages; empty for types that none can have.
std::string_view form_of(TypeKind kind) {
    switch (kind) {
        case TypeKind::boolean:
            return "true or false";
        case TypeKind::integer:
        case TypeKind::business_days:
        case TypeKind::calendar_days:
        case TypeKind::months:
        case TypeKind::years:
            return "a whole number, such as 2";
        case TypeKind::unsigned_integer:
            return "a whole number that is not negative, such as 2";
        case TypeKind::real:
            return "a number, such as 0.5";
        case TypeKind::string:
            return "text";
        case TypeKind::timestamp:
            return "an instant, such as 2024-05-31T18:30:00-03:00";
        case TypeKind::duration:
        case TypeKind::business_hours:
            return "a duration, such as 1h30m";
        case TypeKind::date:
            return "a date, such as 2024-05-31";
        case TypeKind::money:
            return "an amount of money, such as 120.00";
        case TypeKind::percent:
            return "a percentage, such as 12.50";
        case TypeKind::enumeration:
            return "one of its members";
        case TypeKind::error:
        case TypeKind::dyn:
        case TypeKind::null:
        case TypeKind::bytes:
        case TypeKind::type:
        case TypeKind::list:
        case TypeKind::map:
        case TypeKind::optional:
        case TypeKind::record:
        case TypeKind::param:
        case TypeKind::opaque:
            return {};
    }
    return {};
}

bool can_be_bounded(TypeKind kind) {
    return kind != TypeKind::boolean && kind != TypeKind::string && kind != TypeKind::enumeration;
}

template <typename Number>
std::optional<Number> read_number(const std::string& text) {
    Number value{};
    const char* end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data(), end, value);
    if (failed != std::errc{} || stop != end) return std::nullopt;
    return value;
}

template <typename Number, typename Make>
std::optional<Value> made(std::optional<Number> number, const Make& make) {
    return number ? std::optional<Value>(make(*number)) : std::nullopt;
}

std::optional<Value> read_finite(const std::string& text) {
    const auto number = read_number<double>(text);
    return number && std::isfinite(*number) ? std::optional(Value::real(*number)) : std::nullopt;
}

std::optional<Value> read_value(const Type& type, const std::string& text, const Schema& schema) {
    const auto count = [&](Kind kind) {
        return made(read_number<std::int64_t>(text), [&](std::int64_t n) { return Value::count(kind, n); });
    };
    const auto hundredths = [&](Kind kind) {
        return made(parse_hundredths(text), [&](std::int64_t n) { return Value::count(kind, n); });
    };
    switch (type.kind) {
        case TypeKind::boolean:
            if (text != "true" && text != "false") return std::nullopt;
            return Value::boolean(text == "true");
        case TypeKind::integer:
            return made(read_number<std::int64_t>(text), Value::integer);
        case TypeKind::unsigned_integer:
            return made(read_number<std::uint64_t>(text), Value::unsigned_integer);
        case TypeKind::real:
            return read_finite(text);
        case TypeKind::string:
            return Value::string(text);
        case TypeKind::money:
            return hundredths(Kind::money);
        case TypeKind::percent:
            return hundredths(Kind::percent);
        case TypeKind::business_days:
            return count(Kind::business_days);
        case TypeKind::calendar_days:
            return count(Kind::calendar_days);
        case TypeKind::months:
            return count(Kind::months);
        case TypeKind::years:
            return count(Kind::years);
        case TypeKind::date:
            return made(parse_date(text), [](Day day) { return Value::count(Kind::date, day); });
        case TypeKind::timestamp: {
            const auto at = parse_instant(text);
            return at && at->nanos_below == 0 ? std::optional(Value::timestamp(at->micros)) : std::nullopt;
        }
        case TypeKind::duration: {
            const auto span = parse_duration(text);
            return span && span->nanos_below == 0 ? std::optional(Value::duration(span->micros)) : std::nullopt;
        }
        case TypeKind::business_hours: {
            const auto span = parse_duration(text);
            return span && span->nanos_below == 0 ? std::optional(Value::count(Kind::business_hours, span->micros))
                                                  : std::nullopt;
        }
        case TypeKind::enumeration: {
            const auto& members = schema.closed_sets.find(type.name)->second.members;
            if (std::find(members.begin(), members.end(), text) == members.end()) return std::nullopt;
            return Value::string(text);
        }
        case TypeKind::error:
        case TypeKind::dyn:
        case TypeKind::null:
        case TypeKind::bytes:
        case TypeKind::type:
        case TypeKind::list:
        case TypeKind::map:
        case TypeKind::optional:
        case TypeKind::record:
        case TypeKind::param:
        case TypeKind::opaque:
            break;
    }
    return std::nullopt;
}

class ParameterBuilder {
  public:
    ParameterBuilder(const RawParameter& raw, const Building& building)
        : raw_(raw), schema_(*building.model.schema), building_(building), diagnostics_(building.diagnostics) {}

    Parameter build() {
        parameter_.name = raw_.name.text;
        parameter_.place = raw_.place;
        parameter_.say = languages_of(raw_.say);
        parameter_.type = Type::of(TypeKind::error);
        if (raw_.is) parameter_.type = type_or_members(*raw_.is, parameter_.name, building_.model, diagnostics_);
        if (parameter_.type.kind != TypeKind::error) read_values();
        return std::move(parameter_);
    }

  private:
    void read_values() {
        if (form_of(parameter_.type.kind).empty()) {
            diagnostics_.error(raw_.is->place(),
                               fmt::format("a parameter cannot be of type {}", to_string(parameter_.type)),
                               "a list or a record is written under define:");
            return;
        }
        auto value = read(raw_.value);
        for (const auto* bound : {&raw_.minimum, &raw_.maximum}) {
            if (!*bound || can_be_bounded(parameter_.type.kind)) continue;
            diagnostics_.error((*bound)->place(),
                               fmt::format("\"{}\" is {}, which has no bounds", parameter_.name, type_name()));
            return;
        }
        parameter_.minimum = read(raw_.minimum);
        parameter_.maximum = read(raw_.maximum);
        if (value) {
            parameter_.value = *std::move(value);
            check_bounds();
        }
    }

    std::optional<Value> read(const std::optional<Excerpt>& text) {
        if (!text) return std::nullopt;
        if (auto value = read_value(parameter_.type, text->text, schema_)) return value;
        const bool member = parameter_.type.kind == TypeKind::enumeration;
        diagnostics_.error(
            text->place(), fmt::format("\"{}\" cannot be \"{}\"", parameter_.name, text->text),
            member ? suggestion(text->text, schema_.closed_sets.find(parameter_.type.name)->second.members)
                   : fmt::format("it is {}: {}", to_string(parameter_.type), form_of(parameter_.type.kind)));
        return std::nullopt;
    }

    std::string type_name() const {
        return parameter_.type.kind == TypeKind::enumeration ? "a choice of members" : to_string(parameter_.type);
    }

    void check_bounds() {
        const auto less = [](const Value& a, const Value& b) { return sort_order(a, b) < 0; };
        if (parameter_.minimum && parameter_.maximum && less(*parameter_.maximum, *parameter_.minimum)) {
            diagnostics_.error(raw_.minimum->place(),
                               fmt::format("\"min\" is more than \"max\", which is {}", raw_.maximum->text));
        } else if (parameter_.minimum && less(parameter_.value, *parameter_.minimum)) {
            out_of_bounds("at least", *raw_.minimum);
        } else if (parameter_.maximum && less(*parameter_.maximum, parameter_.value)) {
            out_of_bounds("at most", *raw_.maximum);
        }
    }

    /// The value may have been set in another file than the bound.
    void out_of_bounds(std::string_view relation, const Excerpt& bound) {
        const bool elsewhere = bound.source != raw_.value->source;
        const auto line = bound.source->position(bound.offset(0)).line;
        diagnostics_.error(raw_.value->place(),
                           fmt::format("\"{}\" must be {} {}", parameter_.name, relation, bound.text),
                           elsewhere ? fmt::format("{}:{} says so", bound.source->name(), line) : std::string());
    }

    const RawParameter& raw_;
    const Schema& schema_;
    const Building& building_;
    Diagnostics& diagnostics_;
    Parameter parameter_;
};

}  // namespace

Parameter build_parameter(const RawParameter& raw, const Building& building) {
    return ParameterBuilder(raw, building).build();
}

}  // namespace praxe
