// praxe._core.Measures: indicators over many cases.
#pragma once

#include <pybind11/pybind11.h>

namespace praxe::python {

void define_measures(pybind11::module_& module);

}  // namespace praxe::python
