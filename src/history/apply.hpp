// What an event does to facts.
#pragma once

#include "check/model.hpp"
#include "history/event.hpp"

namespace praxe {

/// The facts after the event; the given ones stay as they are. `shared`: what all cases have in common, for texts that
/// must be keys of one of those. Null, and reported at the event, where it does not go with the facts: an unknown
/// record, one that is there already, a broken assumption. REQUIRES: both are of the types of the model's schema, which
/// the event was read against.
std::shared_ptr<const Record> apply(const Event& event, const EventTypes& types, const Model& model,
                                    const std::shared_ptr<const Record>& facts, const Record& shared,
                                    Diagnostics& diagnostics);

/// A record with one fact set, and those around it made where they are not there.
std::shared_ptr<const Record> with_fact(const Record& record, const FactPath& path, Value value);

}  // namespace praxe
