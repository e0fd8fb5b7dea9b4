// The Python types that facts come in and answers leave in.
//
// Lifetimes: looked up once, when the module is imported, and never let go of: the interpreter may end before they do.
#pragma once

#include <pybind11/pybind11.h>

#include <string_view>

namespace praxe::python {

namespace py = pybind11;

struct PythonTypes {
    py::object decimal = py::module_::import("decimal").attr("Decimal");
    py::object mapping = py::module_::import("collections.abc").attr("Mapping");
    py::object path_like = py::module_::import("os").attr("PathLike");
    py::object fsencode = py::module_::import("os").attr("fsencode");
    py::object zone_info = py::module_::import("zoneinfo").attr("ZoneInfo");
    py::object timezone = py::module_::import("datetime").attr("timezone");
    py::object timedelta = py::module_::import("datetime").attr("timedelta");

    py::object because = py::module_::import("praxe._values").attr("Because");
    py::object flip = py::module_::import("praxe._values").attr("Flip");
    py::object validity = py::module_::import("praxe._values").attr("Validity");
    py::object wakeup = py::module_::import("praxe._values").attr("Wakeup");
    py::object change = py::module_::import("praxe._values").attr("Change");
    py::object duplicate_group = py::module_::import("praxe._values").attr("DuplicateGroup");
    py::object cause = py::module_::import("praxe._values").attr("Cause");
    py::object replayed_change = py::module_::import("praxe._values").attr("ReplayedChange");
    py::object agenda_item = py::module_::import("praxe._values").attr("AgendaItem");
    py::object agenda_move = py::module_::import("praxe._values").attr("AgendaMove");
    py::object person_day = py::module_::import("praxe._values").attr("PersonDay");
    py::object why_not = py::module_::import("praxe._values").attr("WhyNot");
    py::object working = py::module_::import("praxe._values").attr("Working");
    py::object diagnostic = py::module_::import("praxe._values").attr("Diagnostic");
    py::object ruleset_error = py::module_::import("praxe._values").attr("RulesetError");
    py::object case_error = py::module_::import("praxe._values").attr("CaseError");
    py::object event_error = py::module_::import("praxe._values").attr("EventError");
    py::object decision_error = py::module_::import("praxe._values").attr("DecisionError");
    py::object call_error = py::module_::import("praxe._values").attr("CallError");
};

/// REQUIRES: the GIL is held.
inline const PythonTypes& python_types() {
    static const PythonTypes* const types = new PythonTypes;
    return *types;
}

/// A text that may hold what its author wrote, well formed or not.
inline py::str python_text(std::string_view text) {
    auto made = py::reinterpret_steal<py::str>(
        PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
    if (!made) throw py::error_already_set();
    return made;
}

}  // namespace praxe::python
