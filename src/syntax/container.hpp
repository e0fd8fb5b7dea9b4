// Names in a container: in `a.b` a name `x` stands for `a.b.x`, or else `a.x`, or else `x`.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace praxe {

/// What `find` gives for the first of these names for which it gives something; its nothing if for none.
/// `absolute`: the name was written with a leading dot, and stands for itself alone.
template <typename Find>
auto find_in_container(std::string_view container, std::string_view name, bool absolute, const Find& find) {
    for (std::string_view prefix = absolute ? "" : container; !prefix.empty();) {
        if (auto found = find(std::string_view(fmt::format("{}.{}", prefix, name)))) return found;
        const std::size_t dot = prefix.rfind('.');
        prefix = dot == std::string_view::npos ? "" : prefix.substr(0, dot);
    }
    return find(name);
}

}  // namespace praxe
