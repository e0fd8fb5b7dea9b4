// How types fit together: what can stand where, what two have in common, what a row's type parameters stand for.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "value/type.hpp"

namespace praxe {

/// A type about which nothing is known yet, as of the elements of `[]`: it fits everywhere.
Type open_type();
bool is_open(const Type& type);
/// The type of lists whose elements need not be of one type, as a function may take them.
bool is_mixed_list(const Type& type);

/// The type that values of both have, if there is one. With `dynamic`, dyn and null mix with others as in plain CEL.
std::optional<Type> merge(const Type& a, const Type& b, bool dynamic);

/// What type parameters stand for.
using TypeBindings = std::map<std::string, Type, std::less<>>;

/// Whether an argument of type `given` fits a row's parameter, binding the type parameters in it.
bool match(const Type& param, const Type& given, TypeBindings& bindings, bool dynamic);

/// The type with its parameters replaced; those that stand for nothing become open.
Type substitute(const Type& type, const TypeBindings& bindings);

/// The type with what is open made dyn.
Type closed(Type type);

/// Whether an enumeration is the type or in it.
bool has_enumeration(const Type& type);

}  // namespace praxe
