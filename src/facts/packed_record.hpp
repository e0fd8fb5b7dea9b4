// Records of facts as few bytes: what a great many cases are kept as between their decisions.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "facts/schema.hpp"

namespace praxe {

/// REQUIRES: a record of facts that was read from a text against `schema`.
std::string pack(const Record& record, const Schema& schema);

/// The record again. `type` is that of the packed one, or of another schema with the same facts; `schema` is the one
/// that `type` belongs to, and must outlive the record and its values. REQUIRES: `bytes` came of `pack`. `path` is
/// where the record stands in its case.
std::shared_ptr<const Record> unpack(std::string_view bytes, const RecordType& type, const Schema& schema,
                                     const std::string& path);

/// Whether what was packed with one schema can be unpacked with the other: the same types in the same order.
bool same_facts(const Schema& a, const Schema& b);

}  // namespace praxe
