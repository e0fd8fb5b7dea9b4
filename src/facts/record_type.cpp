// The names in a record's type, for the values below (value/record_type.hpp).
#include "value/record_type.hpp"

#include "facts/schema.hpp"

namespace praxe {

const std::string& record_type_name(const RecordType& type) {
    return type.name;
}
const std::string& record_field_name(const RecordType& type, std::size_t field) {
    return type.fields[field].name;
}

}  // namespace praxe
