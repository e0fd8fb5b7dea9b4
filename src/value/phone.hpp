// Telephone numbers in the one form of ITU-T E.164: `+` and digits, the country first.
//
// Two files bring this about, of which one is built. phone_library.cpp asks Google's libphonenumber (CMake option
// PRAXE_PHONENUMBER), which knows the numbering plans of all countries. phone_plain.cpp knows those of three in
// outline; docs/language.md says where the two differ.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace praxe {

/// Nothing where the text is no valid number. `region` (ISO 3166: `BR`) is the country of a number that names none.
std::optional<std::string> e164(std::string_view text, std::string_view region);

}  // namespace praxe
