// A host's structs as they were bound: which member is which field, and how it is read and written.
#pragma once

#include <map>
#include <memory>
#include <praxe/bind.hpp>
#include <typeindex>
#include <vector>

#include "check/model.hpp"
#include "facts/host_reader.hpp"

namespace praxe {

struct BoundField {
    std::size_t field = 0;  // of the record's type
    HostType type;
    BoundTypesBuilder::Read read;
    BoundTypesBuilder::Write write;  // empty for callables
    BoundTypesBuilder::Look look;    // empty where only a Value tells
};

/// A struct bound to a record, which reads its objects' fields.
struct BoundRecord final : HostReader {
    const BoundTypes* types = nullptr;
    const RecordType* type = nullptr;
    std::vector<BoundField> fields;
    std::vector<int> bound_as;  // of the record's type: the index in `fields`, or -1

    Value read(const Record& record, std::size_t field) const override;
};

struct BoundTypes {
    std::shared_ptr<const Model> model;
    std::map<std::type_index, BoundRecord> records;
    std::map<std::type_index, std::vector<std::pair<std::int64_t, std::string>>> members;
};
/// Works out how the fields of a record of facts are read without Values. REQUIRES: all that it holds fits.
void make_host_fields(const BoundTypes& types, BoundRecord& record);

}  // namespace praxe
