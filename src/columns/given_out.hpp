// The release of Arrow schemas and arrays that are given out, each with an owner of all that it points to.
#pragma once

#include <praxe/columns.hpp>

namespace praxe {

/// Releases what is part of a schema or array, unless it was moved away.
template <typename Part>
void release_part(Part& part) {
    if (part.release != nullptr) part.release(&part);
}

/// The owner has `pointers` to the children, and a `dictionary`, which may be none.
template <typename Owner, typename Whole>
void release(Whole* whole) {
    auto* const owner = static_cast<Owner*>(whole->private_data);
    for (auto* child : owner->pointers) release_part(*child);
    release_part(owner->dictionary);
    whole->release = nullptr;
    delete owner;  // NOLINT(cppcoreguidelines-owning-memory): C's structures have no destructors
}

}  // namespace praxe
