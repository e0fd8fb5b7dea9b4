// A replay of a stream of events in Python.
#pragma once

#include <pybind11/pybind11.h>

namespace praxe::python {

void define_replay(pybind11::module_& module);

}  // namespace praxe::python
