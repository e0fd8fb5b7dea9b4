// Arrow's structures in and out of Python's capsules, as its PyCapsule interface names them.
//
// Lifetimes: what is taken out of a capsule is its holder's to release; what a capsule holds it releases with itself,
// unless it is taken out.
#pragma once

#include <pybind11/pybind11.h>

#include <memory>
#include <praxe/columns.hpp>
#include <utility>

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
extern "C" {
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
    int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
    const char* (*get_last_error)(struct ArrowArrayStream*);
    void (*release)(struct ArrowArrayStream*);
    void* private_data;
};
}
#endif

namespace praxe::python {

namespace py = pybind11;

/// One of Arrow's structures, released at its end.
template <typename Structure>
class Held {
  public:
    Held() = default;
    explicit Held(Structure taken) : it_(taken) {}
    Held(Held&& other) noexcept : it_(std::exchange(other.it_, {})) {}
    Held& operator=(Held&& other) noexcept {
        std::swap(it_, other.it_);
        return *this;
    }
    ~Held() {
        if (it_.release != nullptr) it_.release(&it_);
    }
    Structure* get() { return &it_; }
    const Structure& operator*() const { return it_; }
    const Structure* operator->() const { return &it_; }
    bool is_there() const { return it_.release != nullptr; }

  private:
    Structure it_{};
};
using HeldSchema = Held<ArrowSchema>;
using HeldArray = Held<ArrowArray>;
using HeldStream = Held<ArrowArrayStream>;

/// Columns as an object gives them: one batch, or a stream of them.
struct GivenColumns {
    HeldSchema schema{};  // of the batch
    HeldArray batch{};
    HeldStream stream{};
    bool is_batch() const { return batch.is_there(); }
};
/// Takes them. Throws a CallError where the object gives none. REQUIRES: the GIL is held.
GivenColumns take_columns(const py::object& cases);

/// REQUIRES (all of them): the GIL is held; they hold something.
py::object capsule_of(HeldSchema schema);
py::object capsule_of(HeldArray array);
py::object capsule_of(HeldStream stream);

}  // namespace praxe::python
