// The types of events that a company's systems tell of, and what each does to the facts; read from a YAML file.
//
//   events: praxe.crm
//   of: client.id                    # whose facts: an event names its client, and client.id is that name
//   shared: [staff]                  # facts that every client's case has in common
//   keep: {client.interactions: 500} # of longer lists the earliest records are let go of
//   types:
//     appointment_booked:  {adds: client.appointments, stamp: created_at}
//     appointment_renewed: {changes: client.appointments, once: renewed_at}
//     inactivated:         {puts: client.inactivation, stamp: at, set: {client.status: inactive}}
//     staff_changed:       {changes: staff}
//
//   adds     a record to a list; none with its key may be there
//   changes  the fields told, of the record with that key, or of a record that stands alone
//   puts     a record in the place of the one with its key, or of one that stands alone, or where none was
//   removes  the record with that key, or a record that stands alone
//   by       the field that tells the records of the list apart, where the vocabulary names no key
//   with     fields that the record has where the event does not tell them
//   stamp    the record's instant that is the event's, where the event does not tell it
//   once     the same, but one that the record has already stands
//   set      facts that have a certain value from then on
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "facts/schema.hpp"

namespace praxe {

/// Where a fact stands: fields within fields, from the case on; through records only.
struct FactPath {
    std::string text;  // `client.appointments`
    std::vector<std::size_t> steps;
    const RecordType* owner = nullptr;  // the record that has the last field
    const Field* field = nullptr;       // the last field
};

struct EventType {
    enum class Change { nothing, adds, changes, puts, removes };
    std::string name;
    std::map<std::string, std::string> title;  // by language
    bool shared = false;                       // of every case; otherwise of one subject's
    Change change = Change::nothing;
    FactPath path;                       // of the record, or of the list that it is in
    const RecordType* record = nullptr;  // the record's type
    bool in_list = false;                // or in a map
    int key = -1;                        // the field that tells the list's records apart; -1: nothing does
    std::shared_ptr<const Record> with;  // or null
    int stamp = -1;
    bool stamped_once = false;
    std::vector<std::pair<FactPath, Value>> set;
};

struct EventTypes {
    std::string name;
    std::string subject;  // the fact that a case is of, and the field by which an event names it: `client`
    FactPath subject_id;
    std::vector<bool> shared;  // for each fact of the case
    std::vector<std::pair<FactPath, std::size_t>> keep;
    std::map<std::string, EventType, std::less<>> types;
};

/// The schema must outlive what is read. Everything wrong goes to `diagnostics`, and then nothing is returned.
std::optional<EventTypes> read_event_types(const Node& document, const Schema& schema, Diagnostics& diagnostics);

}  // namespace praxe
