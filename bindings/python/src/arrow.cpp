// Capsules of Arrow's PyCapsule interface.
#include "arrow.hpp"

#include <fmt/format.h>

#include "errors.hpp"

namespace praxe::python {
namespace {

template <typename Structure>
constexpr const char* name_of = nullptr;
template <>
constexpr const char* name_of<ArrowSchema> = "arrow_schema";
template <>
constexpr const char* name_of<ArrowArray> = "arrow_array";
template <>
constexpr const char* name_of<ArrowArrayStream> = "arrow_array_stream";

/// What the capsule holds; the capsule keeps nothing of it.
template <typename Structure>
Held<Structure> taken(const py::handle& capsule, const char* method) {
    if (PyCapsule_IsValid(capsule.ptr(), name_of<Structure>) == 0)
        throw_call_error(fmt::format("{} gives no capsule \"{}\"", method, name_of<Structure>), {});
    auto* const there = static_cast<Structure*>(PyCapsule_GetPointer(capsule.ptr(), name_of<Structure>));
    if (there->release == nullptr)
        throw_call_error(fmt::format("the capsule \"{}\" was taken before", name_of<Structure>), {});
    return Held<Structure>(std::exchange(*there, {}));
}

template <typename Structure>
void destroy(PyObject* capsule) {
    delete static_cast<Held<Structure>*>(PyCapsule_GetContext(capsule));
}

template <typename Structure>
py::object made_capsule(Held<Structure> held) {
    auto owner = std::make_unique<Held<Structure>>(std::move(held));
    auto capsule =
        py::reinterpret_steal<py::object>(PyCapsule_New(owner->get(), name_of<Structure>, &destroy<Structure>));
    if (!capsule) throw py::error_already_set();
    PyCapsule_SetContext(capsule.ptr(), owner.release());
    return capsule;
}

constexpr const char* array_method = "__arrow_c_array__";
constexpr const char* stream_method = "__arrow_c_stream__";

}  // namespace

GivenColumns take_columns(const py::object& cases) {
    GivenColumns given;
    if (py::hasattr(cases, array_method)) {
        const py::object pair = cases.attr(array_method)();
        if (!py::isinstance<py::tuple>(pair) || py::len(pair) != 2)
            throw_call_error("__arrow_c_array__ gives no pair of capsules, \"arrow_schema\" and \"arrow_array\"", {});
        const auto both = pair.cast<py::tuple>();
        given.schema = taken<ArrowSchema>(both[0], array_method);
        given.batch = taken<ArrowArray>(both[1], array_method);
    } else if (py::hasattr(cases, stream_method)) {
        given.stream = taken<ArrowArrayStream>(cases.attr(stream_method)(), stream_method);
    } else {
        throw_call_error(
            fmt::format("these are no Arrow columns: {}", py::repr(py::type::of(cases)).cast<std::string>()),
            "a table of pyarrow or polars, or what else has __arrow_c_stream__ or __arrow_c_array__; decide_many takes "
            "cases one by one");
    }
    return given;
}

py::object capsule_of(HeldSchema schema) {
    return made_capsule(std::move(schema));
}
py::object capsule_of(HeldArray array) {
    return made_capsule(std::move(array));
}
py::object capsule_of(HeldStream stream) {
    return made_capsule(std::move(stream));
}

}  // namespace praxe::python
