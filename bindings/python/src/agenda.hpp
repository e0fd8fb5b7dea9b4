// The day's agenda of many cases in Python.
#pragma once

#include <pybind11/pybind11.h>

namespace praxe::python {

void define_agenda(pybind11::module_& module);

}  // namespace praxe::python
