// Values as people read them, in their language and local time.
#pragma once

#include <praxe/value.hpp>
#include <string>
#include <string_view>

#include "value/time.hpp"

namespace praxe {

/// `03/05/2024 00:00` and `1.234,56` in Portuguese, `2024-05-03 00:00` and `1,234.56` in English; strings as they
/// stand; the unit's name after a count; an error as its message. Amounts carry the currency, if one is named.
std::string display(const Value& value, const Zone& zone, std::string_view language, std::string_view currency = {});
std::string display_instant(Instant at, const Zone& zone, std::string_view language);

}  // namespace praxe
