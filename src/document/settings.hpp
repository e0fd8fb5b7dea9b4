// What a ruleset's file says of the whole ruleset, and what it takes over from the files it names.
#pragma once

#include "document/fields.hpp"
#include "document/rules.hpp"

namespace praxe {

struct Settings {
    SourcePtr source;
    std::optional<Excerpt> name, vocabulary, zone, currency, effective_from, effective_until;
    std::optional<Node> calendar;
    RawText title;
};

Settings read_settings(Fields& fields, Diagnostics& diagnostics);

enum class Inherited { base, part };

/// Takes over what the file does not say itself: the vocabulary, zone and calendar of bases and parts, which must then
/// agree; of a base its dates and title too.
void inherit(Settings& own, Settings from, Inherited as, Diagnostics& diagnostics);

}  // namespace praxe
