// Diagnostics and errors of decisions to the classes of praxe/_values.py.
#include "errors.hpp"

#include <fmt/format.h>

#include "document/node.hpp"
#include "facts.hpp"
#include "python_types.hpp"
#include "value/error_name.hpp"

namespace praxe::python {
namespace {

[[noreturn]] void raise(const py::object& type, const py::object& error) {
    PyErr_SetObject(type.ptr(), error.ptr());
    throw py::error_already_set();
}

py::object or_none(const std::string& text) {
    return text.empty() ? py::object(py::none()) : py::object(python_text(text));
}

py::object python_diagnostic(const Diagnostic& diagnostic, const std::string& path) {
    py::object file = py::none(), line = py::none(), column = py::none();
    if (const Place& place = diagnostic.place) {
        const auto position = place.source->position(place.span.begin);
        file = python_text(place.source->name());
        line = py::int_(position.line);
        column = py::int_(position.column);
    }
    return python_types().diagnostic(file, line, column, python_text(diagnostic.message), or_none(diagnostic.hint),
                                     or_none(path));
}

py::str without_last_break(std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    return python_text(text);
}

/// Finds the facts that diagnostics are about, in the case as it was given.
class PathFinder {
  public:
    PathFinder(const Diagnostics& diagnostics, py::handle facts, const std::string& zone) {
        for (const Diagnostic& diagnostic : diagnostics.sorted()) {
            if (diagnostic.place) source_ = diagnostic.place.source;
        }
        if (source_ == nullptr) {
            made_case(facts, zone, &paths_);
        } else {
            Diagnostics again;
            document_ = source_->name() == text_case_name ? read_json(source_, again) : read_document(source_, again);
        }
    }

    std::string of(const Diagnostic& diagnostic) const {
        const std::uint32_t begin = diagnostic.place.span.begin;
        if (diagnostic.place) return document_ ? path_at(*document_, begin) : "";
        return begin < paths_.size() ? paths_[begin] : "";
    }

  private:
    SourcePtr source_;
    std::optional<Node> document_;
    FactPaths paths_;
};

}  // namespace

std::string place_text(const Place& place) {
    if (!place) return {};
    const auto [line, column] = place.source->position(place.span.begin);
    return fmt::format("{}:{}:{}", place.source->name(), line, column);
}

void throw_ruleset_error(const Diagnostics& diagnostics) {
    py::list list;
    for (const Diagnostic& diagnostic : diagnostics.sorted()) list.append(python_diagnostic(diagnostic, {}));
    const py::object& type = python_types().ruleset_error;
    raise(type, type(without_last_break(diagnostics.to_string()), list));
}

void throw_case_error(const Diagnostics& diagnostics, py::handle facts, const std::string& zone) {
    const PathFinder paths(diagnostics, facts, zone);
    py::list list;
    for (const Diagnostic& diagnostic : diagnostics.sorted())
        list.append(python_diagnostic(diagnostic, paths.of(diagnostic)));
    const py::object& type = python_types().case_error;
    raise(type, type(without_last_break(diagnostics.to_string()), list));
}

void throw_case_error(const Diagnostics& diagnostics) {
    py::list list;
    for (const Diagnostic& diagnostic : diagnostics.sorted()) list.append(python_diagnostic(diagnostic, {}));
    const py::object& type = python_types().case_error;
    raise(type, type(without_last_break(diagnostics.to_string()), list));
}

void throw_case_error(std::string text) {
    const py::object& type = python_types().case_error;
    raise(type, type(without_last_break(std::move(text)), py::list()));
}

py::object event_error(const Diagnostics& diagnostics) {
    py::list list;
    for (const Diagnostic& diagnostic : diagnostics.sorted()) list.append(python_diagnostic(diagnostic, {}));
    return python_types().event_error(without_last_break(diagnostics.to_string()), list);
}

void throw_call_error(const std::string& message, const std::string& hint) {
    const py::object& type = python_types().call_error;
    raise(type, type(hint.empty() ? message : fmt::format("{}\n    hint: {}", message, hint)));
}

std::string hint_for_name(const std::string& wrong, const std::vector<std::string>& known) {
    const std::string near = nearest(wrong, known);
    return near.empty() ? fmt::format("known are: {}", fmt::join(known, ", "))
                        : fmt::format("did you mean \"{}\"?", near);
}

py::object decision_error(const Answer& answer) {
    const Error& error = answer.outcome.as_error();
    return python_types().decision_error(answer.decision, name_of(error.code), python_text(error.message),
                                         or_none(error.path), or_none(place_text(error.fact_place)),
                                         or_none(place_text(error.place)));
}

}  // namespace praxe::python
