// What a ruleset must have so that duplicates can be looked for, and where it stands.
#pragma once

#include <optional>
#include <praxe/ruleset.hpp>

#include "check/model.hpp"

namespace praxe {

inline constexpr const char* registrations_name = "registrations";
inline constexpr const char* mark_name = "registration_mark";
inline constexpr const char* duplicates_name = "duplicates";

/// Places of fields and what they belong to, looked up once.
struct Base {
    const Decision* mark = nullptr;
    const RecordType* registration = nullptr;
    std::size_t fact = 0;  // the list of registrations, among the facts
    std::size_t id = 0;    // of a registration
    std::size_t own = 0, shared = 0;
    std::size_t groups = 0;  // of the outcome of `duplicates`
    std::size_t most_in_a_case = 0;
};

/// Nothing, and the first that is missing in `diagnostics`.
std::optional<Base> base_of(const Ruleset& ruleset, Diagnostics& diagnostics);

}  // namespace praxe
