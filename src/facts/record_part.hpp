// A record read on its own, for what is put together piece by piece.
#pragma once

#include "facts/schema.hpp"

namespace praxe {

/// As read_case, but fields that must be there may be missing, and no text is looked up among other facts: whoever puts
/// the pieces together looks at the whole. Null where anything is wrong (reported). `path` is what messages call it.
std::shared_ptr<const Record> read_record_part(const Node& node, const RecordType& type, const Schema& schema,
                                               const std::string& path, Diagnostics& diagnostics);

}  // namespace praxe
