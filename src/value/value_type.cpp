// The types of values: what the checker may take them for, and the names that `type(x)` gives.
#include "value/record_type.hpp"
#include "value/type.hpp"

namespace praxe {

std::string runtime_type_name(const Value& value) {
    switch (value.kind()) {
        case Kind::absent:
            return "absent";
        case Kind::error:
            return "error";
        case Kind::null:
            return "null_type";
        case Kind::boolean:
            return "bool";
        case Kind::integer:
            return "int";
        case Kind::unsigned_integer:
            return "uint";
        case Kind::real:
            return "double";
        case Kind::string:
            return "string";
        case Kind::bytes:
            return "bytes";
        case Kind::timestamp:
            return "google.protobuf.Timestamp";
        case Kind::duration:
            return "google.protobuf.Duration";
        case Kind::date:
            return "praxe.Date";
        case Kind::money:
            return "praxe.Money";
        case Kind::percent:
            return "praxe.Percent";
        case Kind::business_days:
            return "praxe.BusinessDays";
        case Kind::business_hours:
            return "praxe.BusinessHours";
        case Kind::calendar_days:
            return "praxe.CalendarDays";
        case Kind::months:
            return "praxe.Months";
        case Kind::years:
            return "praxe.Years";
        case Kind::type:
            return "type";
        case Kind::list:
            return "list";
        case Kind::map:
            return "map";
        case Kind::record:
            return record_type_name(*value.as_record().type);
        case Kind::optional:
            return "optional_type";
    }
    return {};
}

Type type_of(const Value& value) {
    switch (value.kind()) {
        case Kind::list:
            return Type::list(Type::of(TypeKind::dyn));
        case Kind::map:
            return Type::map(Type::of(TypeKind::dyn), Type::of(TypeKind::dyn));
        case Kind::type:
            return Type::type_of(Type::of(TypeKind::dyn));
        case Kind::optional:
            return Type::optional(Type::of(TypeKind::dyn));
        case Kind::null:
            return Type::of(TypeKind::null);
        case Kind::boolean:
            return Type::of(TypeKind::boolean);
        case Kind::integer:
            return Type::of(TypeKind::integer);
        case Kind::unsigned_integer:
            return Type::of(TypeKind::unsigned_integer);
        case Kind::real:
            return Type::of(TypeKind::real);
        case Kind::string:
            return Type::of(TypeKind::string);
        case Kind::bytes:
            return Type::of(TypeKind::bytes);
        case Kind::timestamp:
            return Type::of(TypeKind::timestamp);
        case Kind::duration:
            return Type::of(TypeKind::duration);
        case Kind::date:
            return Type::of(TypeKind::date);
        case Kind::money:
            return Type::of(TypeKind::money);
        case Kind::percent:
            return Type::of(TypeKind::percent);
        case Kind::business_days:
            return Type::of(TypeKind::business_days);
        case Kind::business_hours:
            return Type::of(TypeKind::business_hours);
        case Kind::calendar_days:
            return Type::of(TypeKind::calendar_days);
        case Kind::months:
            return Type::of(TypeKind::months);
        case Kind::years:
            return Type::of(TypeKind::years);
        case Kind::record:
            return Type::record_of(*value.as_record().type);
        case Kind::absent:
        case Kind::error:
            return Type::of(TypeKind::dyn);
    }
    return Type::of(TypeKind::dyn);
}

}  // namespace praxe
