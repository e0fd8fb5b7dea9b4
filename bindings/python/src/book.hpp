// A book of cases in Python, and what its calls share with those of a ruleset.
#pragma once

#include <pybind11/pybind11.h>

#include <praxe/decision.hpp>
#include <string>

#include "value/time.hpp"

namespace praxe::python {

namespace py = pybind11;

struct AskedOptions {
    DecideOptions options;
    std::string language;
};

/// An instant as a caller gives it: an aware datetime, or RFC 3339 text. `zone` is named in remedies.
Instant instant_asked(const py::object& at, const std::string& zone);

void define_book(py::module_& module);

}  // namespace praxe::python
