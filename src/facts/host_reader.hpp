// How a host's struct is read where no Value is needed: of each field of its record the member, and what the vocabulary
// asks of it.
#pragma once

#include <functional>
#include <praxe/host_cell.hpp>
#include <vector>

#include "facts/schema.hpp"

namespace praxe {

struct HostReader;

/// What numbers and texts need stands in the first of its two cache lines.
struct alignas(64) HostField {
    /// What the member is to a register; value: only a Value tells, absent: none is bound. From `whole` on it is read
    /// without a look at anything else.
    enum class As : std::uint8_t { absent, value, record, whole, real, text, member, member_text };
    As as = As::absent;                      // of a list or map its items
    bool has_items = false, is_map = false;  // a list or a map; a map
    bool empty_is_absent = false;            // of lists and maps
    int key = -1;                            // by which a list's records are told apart
    std::function<HostCell(const void* object, HostItems& items)> look;
    std::int64_t least = 0, most = 0;     // of whole numbers
    std::size_t most_bytes = 0;           // of texts
    std::size_t most_items = 0;           // of lists and maps
    const HostReader* held = nullptr;     // of records
    const ClosedSet* set = nullptr;       // of members
    std::int64_t first_enumerator = 0;    // of those that have a name
    std::vector<std::int32_t> member_of;  // from the first on: the place in the set, or -1
};

/// A reader that tells what it reads of each field of its record's type.
struct HostReader : FieldReader {
    std::vector<HostField> by_field;
};

}  // namespace praxe
