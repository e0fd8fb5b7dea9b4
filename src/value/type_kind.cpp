// Static types' kinds, one after another.
#include "value/type_kind.hpp"

namespace praxe {

std::optional<Kind> kind_of(TypeKind type) {
    switch (type) {
        case TypeKind::error:
        case TypeKind::dyn:
        case TypeKind::param:
        case TypeKind::opaque:
            return std::nullopt;
        case TypeKind::null:
            return Kind::null;
        case TypeKind::boolean:
            return Kind::boolean;
        case TypeKind::integer:
            return Kind::integer;
        case TypeKind::unsigned_integer:
            return Kind::unsigned_integer;
        case TypeKind::real:
            return Kind::real;
        case TypeKind::string:
        case TypeKind::enumeration:
            return Kind::string;
        case TypeKind::bytes:
            return Kind::bytes;
        case TypeKind::timestamp:
            return Kind::timestamp;
        case TypeKind::duration:
            return Kind::duration;
        case TypeKind::date:
            return Kind::date;
        case TypeKind::money:
            return Kind::money;
        case TypeKind::percent:
            return Kind::percent;
        case TypeKind::business_days:
            return Kind::business_days;
        case TypeKind::business_hours:
            return Kind::business_hours;
        case TypeKind::calendar_days:
            return Kind::calendar_days;
        case TypeKind::months:
            return Kind::months;
        case TypeKind::years:
            return Kind::years;
        case TypeKind::type:
            return Kind::type;
        case TypeKind::list:
            return Kind::list;
        case TypeKind::map:
            return Kind::map;
        case TypeKind::optional:
            return Kind::optional;
        case TypeKind::record:
            return Kind::record;
    }
    return std::nullopt;
}

bool is_whole(TypeKind type) {
    const std::optional<Kind> kind = kind_of(type);
    if (!kind) return false;
    const bool is_number = *kind == Kind::boolean || *kind == Kind::integer || *kind == Kind::unsigned_integer;
    return is_number || (*kind >= Kind::timestamp && *kind <= Kind::years);
}

Value whole_value(std::int64_t whole, TypeKind type) {
    switch (type) {
        case TypeKind::boolean:
            return Value::boolean(whole != 0);
        case TypeKind::integer:
            return Value::integer(whole);
        case TypeKind::unsigned_integer:
            return Value::unsigned_integer(static_cast<std::uint64_t>(whole));
        case TypeKind::timestamp:
            return Value::timestamp(whole);
        case TypeKind::duration:
            return Value::duration(whole);
        default:
            return Value::count(*kind_of(type), whole);
    }
}

}  // namespace praxe
