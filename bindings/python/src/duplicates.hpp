// Duplicate registrations over a whole base, for Python.
#pragma once

#include <pybind11/pybind11.h>

namespace praxe::python {

void define_duplicates(pybind11::module_& module);

}  // namespace praxe::python
