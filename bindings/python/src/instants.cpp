// Through Python's C interface for datetime, which hands out its fields without calling Python code.
#include "instants.hpp"

#include <datetime.h>
#include <fmt/format.h>

#include <cctype>

#include "python_types.hpp"

namespace praxe::python {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t seconds_per_day = 86'400;
constexpr int seconds_per_minute = 60;
constexpr int seconds_per_hour = 3'600;

void import_datetime() {
    if (PyDateTimeAPI == nullptr) PyDateTime_IMPORT;
    if (PyDateTimeAPI == nullptr) throw py::error_already_set();
}

/// pandas' NaT is a datetime that is unequal to itself.
bool is_no_time(py::handle moment) {
    const auto differs = py::reinterpret_steal<py::object>(PyObject_RichCompare(moment.ptr(), moment.ptr(), Py_NE));
    if (!differs) throw py::error_already_set();
    return differs.cast<bool>();
}

/// pandas' Timestamp keeps nanoseconds beside a datetime's own fields.
bool has_nanoseconds(py::handle moment) {
    return py::hasattr(moment, "nanosecond") && moment.attr("nanosecond").cast<int>() != 0;
}

/// Seconds east of UTC, and what is left of a microsecond count; Python allows offsets of microseconds.
struct Offset {
    int seconds;
    int micros;
};

Offset offset_of(py::handle moment) {
    const py::object offset = moment.attr("utcoffset")();
    return {PyDateTime_DELTA_GET_DAYS(offset.ptr()) * static_cast<int>(seconds_per_day) +
                PyDateTime_DELTA_GET_SECONDS(offset.ptr()),
            PyDateTime_DELTA_GET_MICROSECONDS(offset.ptr())};
}

std::string offset_text(int seconds) {
    const int magnitude = std::abs(seconds);
    return fmt::format("{}{:02}:{:02}", seconds < 0 ? '-' : '+', magnitude / seconds_per_hour,
                       magnitude % seconds_per_hour / seconds_per_minute);
}

std::string local_text(PyObject* moment) {
    std::string text =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", PyDateTime_GET_YEAR(moment), PyDateTime_GET_MONTH(moment),
                    PyDateTime_GET_DAY(moment), PyDateTime_DATE_GET_HOUR(moment), PyDateTime_DATE_GET_MINUTE(moment),
                    PyDateTime_DATE_GET_SECOND(moment));
    if (const int micros = PyDateTime_DATE_GET_MICROSECOND(moment)) text += fmt::format(".{:06}", micros);
    return text;
}

Instant micros_of(PyObject* moment, Offset offset) {
    const Day day =
        day_from_civil({PyDateTime_GET_YEAR(moment), PyDateTime_GET_MONTH(moment), PyDateTime_GET_DAY(moment)});
    const std::int64_t seconds = day * seconds_per_day + PyDateTime_DATE_GET_HOUR(moment) * seconds_per_hour +
                                 PyDateTime_DATE_GET_MINUTE(moment) * seconds_per_minute +
                                 PyDateTime_DATE_GET_SECOND(moment) - offset.seconds;
    return seconds * micros_per_second + PyDateTime_DATE_GET_MICROSECOND(moment) - offset.micros;
}

/// `-03:00`, `05:00`: zones that are an offset and have no name.
bool is_fixed_offset(const std::string& name) {
    return !name.empty() && std::isalpha(static_cast<unsigned char>(name.front())) == 0;
}

}  // namespace

Moment moment_of(py::handle object) {
    import_datetime();
    if (!PyDate_Check(object.ptr())) return Moment::none;
    if (!PyDateTime_Check(object.ptr())) return Moment::date;
    if (!PyDateTime_CheckExact(object.ptr())) {
        if (is_no_time(object)) return Moment::not_a_time;
        if (has_nanoseconds(object)) return Moment::finer_than_microseconds;
    }
    return object.attr("utcoffset")().is_none() ? Moment::naive : Moment::instant;
}

std::string instant_text(py::handle object) {
    import_datetime();
    const Offset offset = offset_of(object);
    if (offset.micros != 0 || offset.seconds % seconds_per_minute != 0)
        return format_utc(micros_of(object.ptr(), offset), 0);
    return local_text(object.ptr()) + offset_text(offset.seconds);
}

std::string date_text(py::handle object) {
    import_datetime();
    PyObject* const date = object.ptr();
    return fmt::format("{:04}-{:02}-{:02}", PyDateTime_GET_YEAR(date), PyDateTime_GET_MONTH(date),
                       PyDateTime_GET_DAY(date));
}

py::object python_zone(const Zone& zone) {
    const PythonTypes& types = python_types();
    if (!is_fixed_offset(zone.name())) return types.zone_info(zone.name());
    return types.timezone(types.timedelta(0, zone.civil(0).offset_seconds));
}

py::object python_instant(Instant at, const py::object& zone) {
    import_datetime();
    const CivilTime utc = Zone::utc().civil(at);
    const auto made = py::reinterpret_steal<py::object>(PyDateTimeAPI->DateTime_FromDateAndTime(
        static_cast<int>(utc.date.year), utc.date.month, utc.date.day, utc.hour, utc.minute, utc.second, utc.micros,
        PyDateTime_TimeZone_UTC, PyDateTimeAPI->DateTimeType));
    if (!made) throw py::error_already_set();
    try {
        return made.attr("astimezone")(zone);
    } catch (const py::error_already_set& error) {
        if (!error.matches(PyExc_OverflowError)) throw;
        return made;
    }
}

py::object python_date(Day day) {
    import_datetime();
    const CivilDate date = civil_from_day(day);
    auto made = py::reinterpret_steal<py::object>(PyDate_FromDate(static_cast<int>(date.year), date.month, date.day));
    if (!made) throw py::error_already_set();
    return made;
}

py::object python_duration(std::int64_t micros) {
    return python_types().timedelta(0, 0, micros);
}

}  // namespace praxe::python
