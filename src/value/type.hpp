// Static types of expressions: what the checker deduces and the function table declares.
#pragma once

#include <cstdint>
#include <praxe/value.hpp>
#include <string>
#include <vector>

namespace praxe {

enum class TypeKind : std::uint8_t {
    error,  // something wrong was already reported here
    dyn,
    null,
    boolean,
    integer,
    unsigned_integer,
    real,
    string,
    bytes,
    timestamp,
    duration,
    date,
    money,
    percent,
    business_days,
    business_hours,
    calendar_days,
    months,
    years,
    type,         // args[0]: the type it is the type of
    list,         // args[0]
    map,          // args[0] → args[1]
    optional,     // args[0]
    enumeration,  // name: the closed set's name; members: its members
    record,       // name; fields are looked up in `record`
    param,        // name: a type parameter of an overload
    opaque,       // name and args: of a host's own functions, known to the checker alone
};

struct RecordType;

struct Type {
    TypeKind kind = TypeKind::dyn;
    std::string name;
    std::vector<Type> args;
    const RecordType* record = nullptr;
    bool moving = false;  // depends on the instant of decision

    static Type of(TypeKind kind) { return Type{kind, {}, {}, nullptr, false}; }
    static Type list(Type element) { return Type{TypeKind::list, {}, {std::move(element)}, nullptr, false}; }
    static Type map(Type key, Type value) {
        return Type{TypeKind::map, {}, {std::move(key), std::move(value)}, nullptr, false};
    }
    static Type optional(Type element) { return Type{TypeKind::optional, {}, {std::move(element)}, nullptr, false}; }
    static Type type_of(Type t) { return Type{TypeKind::type, {}, {std::move(t)}, nullptr, false}; }
    static Type enumeration(std::string name) {
        return Type{TypeKind::enumeration, std::move(name), {}, nullptr, false};
    }
    static Type record_of(const RecordType& r);
    static Type param(std::string name) { return Type{TypeKind::param, std::move(name), {}, nullptr, false}; }
};

/// Same kind, name and arguments (`moving` aside).
bool operator==(const Type& a, const Type& b);

/// As authors write it: `list(string)`, `map(string, Staff)`, `business_days`, `optional(timestamp)`.
std::string to_string(const Type& type);

/// As CEL's conformance suite writes it, which says `optional_type(T)`.
std::string to_cel(const Type& type);

/// Reads such a text: CEL's names (`int uint double bool string bytes null_type dyn timestamp duration list(T) map(K,
/// V) optional_type(T) type(T)`), praxe's (`date money percent business_days business_hours
/// calendar_days months years`), single
/// capital letters as type parameters. REQUIRES: well formed (used for tables written in C++ and the conformance
/// files).
Type parse_type(std::string_view text);

/// A static type for a value that nobody declared: exact for single values, of `dyn` parts for lists and maps.
Type type_of(const Value& value);

/// The type's own name as CEL's `type()` gives it at run time: `int`, `list`, `google.protobuf.Timestamp`,
/// `praxe.Money`, …
std::string runtime_type_name(const Value& value);

}  // namespace praxe
