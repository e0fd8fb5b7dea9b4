// The order in which definitions and decisions can be worked out; cycles are reported with their path.
#pragma once

#include <praxe/diagnostics.hpp>
#include <string>
#include <utility>
#include <vector>

namespace praxe {

/// Something with a name, and the names it uses with the place of each use (by index in the same vector).
struct Dependent {
    std::string name;
    std::vector<std::pair<std::size_t, Place>> uses;
    std::size_t levels = 0;  // of its deepest expression
    bool is_called = false;  // with arguments: worked out anew at each use
};

/// Indices such that each stands after all it uses; every cycle is an error at the use that closes it.
std::vector<std::size_t> order_of(const std::vector<Dependent>& dependents, Diagnostics& diagnostics);

}  // namespace praxe
