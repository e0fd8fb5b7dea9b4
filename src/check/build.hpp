// Located rules → a program whose expressions are parsed; their types are still to be found (types.hpp).
#pragma once

#include "check/model.hpp"
#include "document/rules.hpp"

namespace praxe {

/// Fills the model's clauses, parameters, definitions and decisions. The model's schema, zone and calendars are there.
/// Everything wrong goes to `diagnostics`.
void build_model(const RawRuleset& raw, Model& model, Diagnostics& diagnostics);

/// Parses and checks what the vocabulary assumes of its records.
void build_assumptions(Model& model, Diagnostics& diagnostics);

/// Reads the type that a name stands for: built-in types, closed sets and records of the vocabulary, outcomes of
/// decisions, `list(T)`, `map(string, T)`, `optional(T)`.
Type read_type(const Excerpt& text, const Model& model, Diagnostics& diagnostics);

}  // namespace praxe
