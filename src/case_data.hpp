// What a Case holds: the facts of a text that was read, or a host's object.
#pragma once

#include <memory>
#include <praxe/ruleset.hpp>

#include "facts/host_value.hpp"
#include "facts/schema.hpp"
#include "program/fact_cells.hpp"

namespace praxe {

struct CaseData {
    CaseFacts facts = {};                         // of a text
    std::shared_ptr<const CaseCells> cells = {};  // the same as the ruleset's program reads them

    std::shared_ptr<const void> keeps = {};  // what the reader is part of
    const FieldReader* reader = nullptr;
    const RecordType* type = nullptr;
    const void* object = nullptr;  // null: there is a text

    /// Of a host's object a new record each time, for one thread at a time: the object is read anew.
    std::shared_ptr<const Record> record() const {
        return object == nullptr ? facts.facts : host_record(*reader, *type, object, {});
    }
};

}  // namespace praxe
