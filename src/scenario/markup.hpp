// Text inside XML and HTML.
#pragma once

#include <string>
#include <string_view>

namespace praxe {

/// For an element or an attribute; XML 1.0 has no way to write most control characters, they become `?`.
std::string escaped(std::string_view text);

}  // namespace praxe
