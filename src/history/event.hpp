// One event as it is told: a line of JSON, held against the types of events and the vocabulary.
//
//   {"at": "2024-05-02T10:00:00-03:00", "id": "e17", "type": "appointment_renewed", "client": "c1", "record": {"id":
//   "a1"}}
//
// `id` may be left out; then nothing tells the event from another. An event of all cases names no subject.
#pragma once

#include "history/event_types.hpp"
#include "value/time.hpp"

namespace praxe {

struct Event {
    Instant at = 0;
    std::string id;  // empty: not told
    const EventType* type = nullptr;
    std::string subject;                   // empty for events of all cases
    std::shared_ptr<const Record> record;  // what is told of it; null where the type has none
    Place place;                           // of the whole line
};

/// Everything wrong goes to `diagnostics`, and then nothing is returned.
std::optional<Event> read_event(const SourcePtr& line, const EventTypes& types, const Schema& schema,
                                Diagnostics& diagnostics);

}  // namespace praxe
