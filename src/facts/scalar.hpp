// A fact's text as a value of its type.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/node.hpp"
#include "value/type.hpp"

namespace praxe {

/// The scalar types that facts may have, by the names a vocabulary gives them (`timestamp`, `money`).
std::optional<TypeKind> scalar_kind(std::string_view name);
std::vector<std::string> scalar_type_names();
/// Counts, amounts, dates and instants: what may have a minimum and a maximum.
bool has_bounds(TypeKind kind);

/// Nothing, and an error about the field `name` of the record at `path`, if the scalar is not written as one of `kind`.
/// REQUIRES: `node` is a scalar; `kind` is one that scalar_kind gives.
std::optional<Value> read_scalar(const Node& node, TypeKind kind, std::string_view path, std::string_view name,
                                 Diagnostics& diagnostics);

/// `client.id`, or the name alone where the path is empty.
std::string join_path(std::string_view path, std::string_view name);
/// A bound in the author's own form. REQUIRES: has_bounds(kind)
std::string bound_text(TypeKind kind, std::int64_t bound);
/// A text as shown in a message: its beginning, if it is long.
std::string shown(std::string_view text);

}  // namespace praxe
