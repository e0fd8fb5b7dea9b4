// What is wrong, as Python exceptions with their places.
//
// REQUIRES (all of them): the GIL is held.
#pragma once

#include <pybind11/pybind11.h>

#include <praxe/decision.hpp>
#include <praxe/diagnostics.hpp>
#include <praxe/ruleset.hpp>
#include <string>
#include <vector>

namespace praxe::python {

namespace py = pybind11;

[[noreturn]] void throw_ruleset_error(const Diagnostics& diagnostics);
/// `facts` is the case as the host gave it: it is read once more for the paths of what is wrong.
[[noreturn]] void throw_case_error(const Diagnostics& diagnostics, py::handle facts, const std::string& zone);
/// Columns of cases, which have no places.
[[noreturn]] void throw_case_error(const Diagnostics& diagnostics);
/// A case that cannot be decided, with why in words.
[[noreturn]] void throw_case_error(std::string text);
/// An EventError.
py::object event_error(const Diagnostics& diagnostics);
/// The call itself is wrong; with the nearest of the known names, if one is near.
[[noreturn]] void throw_call_error(const std::string& message, const std::string& hint);
/// `did you mean "x"?`, or the known names.
std::string hint_for_name(const std::string& wrong, const std::vector<std::string>& known);

/// `file:line:column`; empty for nowhere.
std::string place_text(const Place& place);

/// A DecisionError. REQUIRES: the answer is an error.
py::object decision_error(const Answer& answer);

}  // namespace praxe::python
