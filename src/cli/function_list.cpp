// `praxe eval --functions`: the function table and the macros, one row a line, for pages and editors.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "syntax/operators.hpp"
#include "value/charges.hpp"
#include "value/functions.hpp"

namespace praxe {
namespace {

/// How a call is charged, as value/charges.hpp does it, by what a parameter's type says: `1`, `read`, or `read text`
/// where of all that may stand there only texts are read.
std::string_view charge(std::string_view function, const Type& type) {
    switch (type.kind) {
        case TypeKind::string:
        case TypeKind::bytes:
        case TypeKind::enumeration:
            return "read";
        case TypeKind::list:
        case TypeKind::map:
        case TypeKind::optional:
        case TypeKind::record:
            return reads_all(function, false, type.kind == TypeKind::map) ? "read" : "1";
        case TypeKind::dyn:
        case TypeKind::param:
            return reads_all(function, false, false) ? "read" : "read text";
        case TypeKind::error:
        case TypeKind::null:
        case TypeKind::boolean:
        case TypeKind::integer:
        case TypeKind::unsigned_integer:
        case TypeKind::real:
        case TypeKind::timestamp:
        case TypeKind::duration:
        case TypeKind::date:
        case TypeKind::money:
        case TypeKind::percent:
        case TypeKind::business_days:
        case TypeKind::business_hours:
        case TypeKind::calendar_days:
        case TypeKind::months:
        case TypeKind::years:
        case TypeKind::type:
        case TypeKind::opaque:
            return "1";
    }
    return "1";
}

std::string_view charge(const Overload& row) {
    std::string_view most = "1";
    for (const Type& param : row.params) {
        const std::string_view one = charge(row.name, param);
        if (one == "read" || most == "1") most = one;
    }
    return most;
}

}  // namespace

void print_functions() {
    for (const Overload& row : functions()) {
        fmt::print("{}\t{}\t{}\t{}\n", row.name, row.signature, row.doc, charge(row));
    }
    for (const MacroRow& row : macro_rows) fmt::print("{}\t\t{}\t\n", row.name, row.usage);
    fmt::print("has\t\thas(record.field)\t\n");
    fmt::print("cel.bind\t\tcel.bind(name, value, expression)\t\n");
    fmt::print("before\t\tbefore(instant, expression)\t\n");
}

}  // namespace praxe
