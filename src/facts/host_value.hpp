// What a host's object holds, as the vocabulary has it: counted units, closed sets, bounds, keys.
#pragma once

#include "facts/schema.hpp"

namespace praxe {

/// A record that reads the object when it is asked for its fields. All three must outlive it.
std::shared_ptr<const Record> host_record(const FieldReader& reader, const RecordType& type, const void* object,
                                          std::string path);

/// The value of a record's field as it is read from a host's object (integers for counts, lists for maps), made the
/// value that a text's reader would give, or an error that names it. `members`: whether a closed set's members are its
/// own already. REQUIRES: its type was found to fit.
Value settled(Value raw, const Field& field, const Schema& schema, const Record& record, bool members);

/// The error of a text that must be a key of one of the facts and is not; otherwise absent.
Value unknown_reference(const Schema& schema, const Record& facts, const Record& record, const Field& field,
                        const Value& value);

}  // namespace praxe
