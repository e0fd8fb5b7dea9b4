// Instants and days, to and from Python's datetime and date.
//
// REQUIRES (all of them): the GIL is held. A Python exception of the host's own classes passes through.
#pragma once

#include <pybind11/pybind11.h>

#include <string>

#include "value/time.hpp"

namespace praxe::python {

namespace py = pybind11;

/// What a Python object is to us, as a moment or a day.
enum class Moment { none, date, naive, finer_than_microseconds, not_a_time, instant };
Moment moment_of(py::handle object);

/// RFC 3339 in the offset that the datetime has; in UTC where that offset has seconds.
/// REQUIRES: moment_of(object) is Moment::instant.
std::string instant_text(py::handle object);
/// YYYY-MM-DD. REQUIRES: moment_of(object) is Moment::date.
std::string date_text(py::handle object);

/// The tzinfo of a zone: a ZoneInfo, or a fixed offset where the zone is one.
py::object python_zone(const Zone& zone);
/// An aware datetime in that zone; in UTC where the local time lies outside of Python's years.
py::object python_instant(Instant at, const py::object& zone);
py::object python_date(Day day);
py::object python_duration(std::int64_t micros);

}  // namespace praxe::python
