// Functions of texts, lists and days that the machine does itself, on what its registers hold: no Value is made.
#pragma once

#include <optional>

#include "program/program.hpp"

namespace praxe {

class Machine;

/// What the function of the table (value/functions.hpp) gives, or nothing where that one is to be called. The arguments
/// have values; what is made stands in the machine's memory.
using NativeCall = std::optional<Datum> (*)(Machine& machine, const FunctionCall& call, const Datum* args);

/// Null where there is none.
NativeCall native_call(const FunctionCall& call);

}  // namespace praxe
