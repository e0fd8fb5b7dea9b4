// Values say which record they were read from; one that the same record is to hold may not.
#pragma once

#include <praxe/value.hpp>

namespace praxe {

/// The value, with nothing in it said to be read from that record: a record and what it holds would otherwise keep each
/// other alive.
Value apart_from(const Record& record, Value value);

}  // namespace praxe
