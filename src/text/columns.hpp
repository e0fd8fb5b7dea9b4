// How wide text stands in a terminal: carets must stand under what they point at.
#pragma once

#include <cstddef>
#include <string_view>

namespace praxe {

/// Columns that UTF-8 text takes: two for a wide character (Chinese, Japanese, Korean, emoji), none for an accent that
/// is put on the character before it.
std::size_t columns_of(std::string_view text);

}  // namespace praxe
