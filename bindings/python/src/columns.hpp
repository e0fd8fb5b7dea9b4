// Many cases as Arrow columns, for Python.
#pragma once

#include <pybind11/pybind11.h>

namespace praxe::python {

void define_columns(pybind11::module_& module);

}  // namespace praxe::python
