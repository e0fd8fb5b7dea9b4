// What values must know of a record's type to print it; the type itself belongs to the facts, which define these.
#pragma once

#include <cstddef>
#include <string>

namespace praxe {

struct RecordType;

const std::string& record_type_name(const RecordType& type);
/// REQUIRES: the type has that field.
const std::string& record_field_name(const RecordType& type, std::size_t field);

}  // namespace praxe
