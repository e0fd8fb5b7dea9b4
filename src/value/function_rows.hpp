// How a file of functions hands its rows to the one table (value/functions.hpp), and what their implementations share.
#pragma once

#include <fmt/format.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "value/functions.hpp"

namespace praxe {

/// A row as written: parameters and result as CEL writes them, `R.(A, B) -> T` for a method, `(A, B) -> T` for a
/// function.
struct FunctionRow {
    std::string_view name;
    std::string signature;
    Implementation call;
    std::string_view doc;
};
using FunctionRows = std::vector<FunctionRow>;
using Args = std::span<const Value>;

FunctionRows comparison_rows();      // == != < <= > >= in, && || ! ?:, min and max of two
FunctionRows number_rows();          // + - * / % of int, uint, double
FunctionRows conversion_rows();      // int(…) … string(…), type, dyn
FunctionRows text_rows();            // strings and bytes
FunctionRows string_rows();          // charAt, join, split, replace … of strings, strings.quote
FunctionRows format_rows();          // string.format
FunctionRows regex_rows();           // regex.replace, regex.extract, regex.extractAll
FunctionRows encoder_rows();         // base64.encode, base64.decode
FunctionRows time_rows();            // timestamps and durations, with their getters
FunctionRows date_rows();            // dates, counts of days, months and years
FunctionRows term_rows();            // business days, calendars, ends of terms
FunctionRows hours_rows();           // business hours and opening hours
FunctionRows money_rows();           // money and percent
FunctionRows share_rows();           // amounts in parts: split, tranches
FunctionRows list_rows();            // lists and maps
FunctionRows optional_rows();        // optional values
FunctionRows list_extension_rows();  // slice, flatten, distinct, lists.range
FunctionRows link_rows();            // lists.linked, lists.torn
FunctionRows identifier_rows();      // only, weighted_sum, e164
FunctionRows set_rows();             // sets.contains, sets.equivalent, sets.intersects
FunctionRows fact_rows();            // fact_path
FunctionRows math_rows();            // math.greatest, math.abs, math.bitAnd …

/// The types that have an order, as signatures name them.
std::span<const std::string_view> ordered_types();

/// The error of a value that no longer fits its type: `1 + 9223372036854775807 is out of the range of int`.
Value out_of_range(const Value& a, std::string_view op, const Value& b, std::string_view type);
Value out_of_range(std::string_view expression, std::string_view type);
/// Arguments of types the function has no row for: `cannot apply size to (int)`.
Value no_overload(std::string_view name, Args args);

}  // namespace praxe
