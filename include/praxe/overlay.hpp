// What a ruleset changes in the one it extends: terms, rules, names, settings, each with its place.
//
// Lifetimes: a change stands alone; its place keeps the source it points into.
#pragma once

#include <praxe/diagnostics.hpp>
#include <string>

namespace praxe {

struct OverlayChange {
    enum class What { setting, vocabulary, parameter, definition, decision, rule, exception, let, always, question };
    enum class How { added, changed, dropped };

    What what;
    How how;
    std::string name;           // `zone`, `quoted_term`, `lead_owner.sell`, `Appointment.site`
    std::string before, after;  // as written; empty where nothing was there, or is there no more
    std::string anchor;         // of an added rule: `before sell`, `after sell`
    Place place;                // in the overlay
};

}  // namespace praxe
