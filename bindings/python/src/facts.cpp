// Python values to a located tree. Its nodes are in no source; their spans number them, so that a path can be found
// for what is said of one.
#include "facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "document/made_node.hpp"
#include "instants.hpp"
#include "located_case.hpp"
#include "python_types.hpp"

namespace praxe::python {
namespace {

/// Good until the object goes; nothing where it holds half of a surrogate pair.
std::optional<std::string_view> utf8(py::handle text) {
    Py_ssize_t size = 0;
    const char* const bytes = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
    if (bytes != nullptr) return std::string_view(bytes, static_cast<std::size_t>(size));
    if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError) == 0) throw py::error_already_set();
    PyErr_Clear();
    return std::nullopt;
}

/// A text written out by Python itself.
std::string shown_text(py::handle object) {
    return py::str(object).cast<std::string>();
}

std::string type_name(py::handle object) {
    return Py_TYPE(object.ptr())->tp_name;
}

/// A remedy for a type that no fact can be.
std::string hint_for(py::handle object) {
    struct Remedy {
        bool (*is)(py::handle);
        const char* hint;
    };
    static constexpr Remedy remedies[] = {
        {[](py::handle o) { return PyBytes_Check(o.ptr()) || PyByteArray_Check(o.ptr()); },
         "make it text: value.decode()"},
        {[](py::handle o) { return PyAnySet_Check(o.ptr()); }, "make it a list: sorted(value)"},
        {[](py::handle o) { return PyGen_Check(o.ptr()) || PyIter_Check(o.ptr()) != 0; },
         "make it a list: list(value)"},
        {[](py::handle o) { return py::hasattr(o, "__dataclass_fields__"); },
         "make it a dict: dataclasses.asdict(value)"},
        {[](py::handle o) { return py::hasattr(o, "tolist"); }, "make it a list: value.tolist()"},
    };
    for (const Remedy& remedy : remedies) {
        if (remedy.is(object)) return remedy.hint;
    }
    return "a fact is a str, int, bool, Decimal, float, datetime, date, list or dict";
}

constexpr const char* hint_not_given = "give None, or leave it out, where a fact is not known";

/// Of dicts, lists and single values together: one list may stand in a thousand places.
constexpr std::uint32_t max_values = 1'000'000;

class FactsReader {
  public:
    FactsReader(std::string zone, FactPaths* paths) : zone_(std::move(zone)), paths_(paths) {}

    MadeCase read(py::handle facts) {
        Node document = value(facts);
        return {std::move(document), std::move(diagnostics_)};
    }

  private:
    /// One level of the walk; names are good while the dict's key is held.
    struct Step {
        std::string_view name;
        std::size_t index;
    };

    Node value(py::handle object) {
        if (stopped_) return {};
        const std::uint32_t number = next_++;
        const std::uint32_t outer = std::exchange(current_, number);
        if (number == max_values) stop(fmt::format("the case holds more than {} values", max_values));
        if (paths_ != nullptr) paths_->push_back(path());
        Node node = PyDict_Check(object.ptr())                                  ? dict(object)
                    : PyList_Check(object.ptr()) || PyTuple_Check(object.ptr()) ? list(object)
                                                                                : scalar(object);
        node.span = {number, number + 1};
        current_ = outer;
        return node;
    }

    // --------------------------------------------------------------------------------------- dicts and lists

    Node dict(py::handle object) {
        Node node = made_map({});
        if (!enter(object)) return node;
        node.entries.reserve(static_cast<std::size_t>(PyDict_Size(object.ptr())));
        PyObject *key = nullptr, *item = nullptr;
        Py_ssize_t position = 0;
        while (!stopped_ && PyDict_Next(object.ptr(), &position, &key, &item) != 0) {
            // Held: reading a value may run the host's code, which may change the dict.
            entry(node, py::reinterpret_borrow<py::object>(key), py::reinterpret_borrow<py::object>(item));
        }
        leave();
        return node;
    }

    Node mapping(py::handle object) {
        Node node = made_map({});
        if (!enter(object)) return node;
        for (const py::handle pair : object.attr("items")()) {
            if (stopped_) break;
            const auto both = pair.cast<py::tuple>();
            entry(node, both[0], both[1]);
        }
        leave();
        return node;
    }

    void entry(Node& node, const py::object& key, const py::object& item) {
        if (item.is_none()) return;  // not given
        if (!PyUnicode_Check(key.ptr())) {
            wrong(fmt::format("{} has the key {}, which is not text", owner(), shown_text(py::repr(key))),
                  "a key is the name of a fact");
            return;
        }
        const auto name = utf8(key);
        if (!name) {
            wrong(fmt::format("{} has a key that is not well-formed Unicode", owner()), {});
            return;
        }
        count(name->size());
        steps_.push_back({*name, 0});
        node.entries.emplace_back(made_text(std::string(*name)), value(item));
        node.entries.back().first.span = node.entries.back().second.span;
        steps_.pop_back();
    }

    Node list(py::handle object) {
        Node node = made_list({});
        if (!enter(object)) return node;
        node.items.reserve(static_cast<std::size_t>(PySequence_Fast_GET_SIZE(object.ptr())));
        for (Py_ssize_t i = 0; !stopped_ && i < PySequence_Fast_GET_SIZE(object.ptr()); ++i) {
            const auto item = py::reinterpret_borrow<py::object>(PySequence_Fast_GET_ITEM(object.ptr(), i));
            steps_.push_back({{}, static_cast<std::size_t>(i)});
            node.items.push_back(value(item));
            steps_.pop_back();
        }
        leave();
        return node;
    }

    /// The bounds that a text's nesting and size have hold for a dict too, and one that holds itself meets them.
    bool enter(py::handle object) {
        if (std::find(open_.begin(), open_.end(), object.ptr()) != open_.end()) {
            stop(fmt::format("{} holds itself", owner()));
        } else if (open_.size() >= limits_.max_nesting) {
            stop(fmt::format("nested deeper than {} levels", limits_.max_nesting));
        } else {
            open_.push_back(object.ptr());
            return true;
        }
        return false;
    }

    void leave() { open_.pop_back(); }

    void count(std::size_t bytes) {
        bytes_ += bytes;
        if (bytes_ > limits_.max_bytes) stop(fmt::format("the case is larger than {} MiB", limits_.max_bytes >> 20));
    }

    // --------------------------------------------------------------------------------------------- scalars

    Node scalar(py::handle object) {
        if (PyUnicode_Check(object.ptr())) return text(object);
        if (PyBool_Check(object.ptr())) return made_literal(object.ptr() == Py_True ? "true" : "false");
        if (PyLong_Check(object.ptr())) return whole(object);
        if (PyFloat_Check(object.ptr())) return real(PyFloat_AS_DOUBLE(object.ptr()));
        if (object.is_none()) return nothing(fmt::format("{} is None", owner()), "leave it out of the list");
        if (const Moment moment = moment_of(object); moment != Moment::none) return time(object, moment);
        const PythonTypes& types = python_types();
        if (py::isinstance(object, types.decimal)) return decimal(object);
        if (py::isinstance(object, types.mapping)) return mapping(object);
        return foreign(object);
    }

    Node text(py::handle object) {
        const auto bytes = utf8(object);
        if (!bytes) return nothing(fmt::format("{} is not well-formed Unicode", owner()), {});
        count(bytes->size());
        return made_text(std::string(*bytes));
    }

    Node whole(py::handle object) {
        int overflow = 0;
        const long long number = PyLong_AsLongLongAndOverflow(object.ptr(), &overflow);
        if (number == -1 && PyErr_Occurred() != nullptr) throw py::error_already_set();
        if (overflow != 0) return nothing(fmt::format("{} is a number of more than 64 bits", owner()), {});
        return literal(std::to_string(number));
    }

    /// As Python's json writes it: the shortest digits that read back the same.
    Node real(double number) {
        if (!std::isfinite(number)) return nothing(fmt::format("{} is {}", owner(), number), hint_not_given);
        char* const digits = PyOS_double_to_string(number, 'r', 0, Py_DTSF_ADD_DOT_0, nullptr);
        if (digits == nullptr) throw py::error_already_set();
        std::string written(digits);
        PyMem_Free(digits);
        return literal(std::move(written));
    }

    /// Written out in full, without an exponent, unless that would be longer than any amount.
    Node decimal(py::handle object) {
        constexpr long most_shifted = 400;
        const py::object exponent = object.attr("as_tuple")().attr("exponent");
        if (!PyLong_Check(exponent.ptr()))
            return nothing(fmt::format("{} is {}", owner(), shown_text(object)), hint_not_given);
        const bool short_enough = std::abs(exponent.cast<long>()) <= most_shifted;
        return literal(short_enough ? object.attr("__format__")("f").cast<std::string>() : shown_text(object));
    }

    Node time(py::handle object, Moment moment) {
        switch (moment) {
            case Moment::none:
                break;
            case Moment::date:
                return quoted(date_text(object));
            case Moment::instant:
                return quoted(instant_text(object));
            case Moment::naive:
                return nothing(fmt::format("{} has no time zone: {}", owner(), shown_text(object)),
                               fmt::format("value.replace(tzinfo=zoneinfo.ZoneInfo(\"{}\"))", zone_));
            case Moment::finer_than_microseconds:
                return nothing(fmt::format("{} has nanoseconds: {}", owner(), shown_text(object)),
                               "instants are whole microseconds: value.floor(\"us\")");
            case Moment::not_a_time:
                return nothing(fmt::format("{} is {}", owner(), shown_text(object)), hint_not_given);
        }
        return {};
    }

    /// NumPy's scalars, and whatever else says that it is a whole number.
    Node foreign(py::handle object) {
        if (is_numpy_scalar(object)) {
            const py::object plain = object.attr("item")();
            if (Py_TYPE(plain.ptr()) != Py_TYPE(object.ptr())) return scalar(plain);
        }
        if (PyIndex_Check(object.ptr()) != 0) {
            const auto number = py::reinterpret_steal<py::object>(PyNumber_Index(object.ptr()));
            if (!number) throw py::error_already_set();
            return whole(number);
        }
        return nothing(fmt::format("{} cannot be of type {}", owner(), type_name(object)), hint_for(object));
    }

    static bool is_numpy_scalar(py::handle object) {
        return type_name(object).starts_with("numpy.") && py::hasattr(object, "item") && py::hasattr(object, "ndim") &&
               object.attr("ndim").cast<int>() == 0;
    }

    Node literal(std::string written) {
        count(written.size());
        return made_literal(std::move(written));
    }
    Node quoted(std::string written) {
        count(written.size());
        return made_text(std::move(written));
    }

    // ------------------------------------------------------------------------------------------- what is wrong

    std::string path() const {
        std::string out;
        for (const Step& step : steps_) {
            if (step.name.data() == nullptr) {
                out += fmt::format("[{}]", step.index);
            } else {
                out += fmt::format("{}{}", out.empty() ? "" : ".", step.name);
            }
        }
        return out;
    }

    std::string owner() const { return steps_.empty() ? "the case" : fmt::format("\"{}\"", path()); }

    void wrong(std::string message, std::string hint) {
        diagnostics_.error({nullptr, {current_, current_ + 1}}, std::move(message), std::move(hint));
    }
    Node nothing(std::string message, std::string hint) {
        wrong(std::move(message), std::move(hint));
        return {};
    }
    void stop(std::string message) {
        if (stopped_) return;
        wrong(std::move(message), {});
        stopped_ = true;
    }

    const std::string zone_;
    const DocumentLimits limits_;
    FactPaths* const paths_;
    Diagnostics diagnostics_;
    std::vector<Step> steps_;
    std::vector<PyObject*> open_;
    std::uint32_t next_ = 0;
    std::uint32_t current_ = 0;
    std::size_t bytes_ = 0;
    bool stopped_ = false;
};

MadeCase not_a_case(std::string message, std::string hint) {
    MadeCase made;
    made.diagnostics.error({}, std::move(message), std::move(hint));
    return made;
}

bool is_bytes(py::handle object) {
    return PyBytes_Check(object.ptr()) || PyByteArray_Check(object.ptr()) || PyMemoryView_Check(object.ptr());
}

SourcePtr json_source(std::string text) {
    return std::make_shared<const Source>(text_case_name, std::move(text));
}

GivenCase take_text(py::handle object) {
    if (const auto text = utf8(object)) return json_source(std::string(*text));
    return not_a_case("the case is not well-formed Unicode", {});
}

SourcePtr take_bytes(py::handle object) {
    const auto bytes = py::reinterpret_steal<py::object>(PyBytes_FromObject(object.ptr()));
    if (!bytes) throw py::error_already_set();
    return json_source(bytes.cast<std::string>());
}

Diagnostics unreadable(const std::string& path, const std::string& message) {
    Diagnostics diagnostics;
    diagnostics.error({}, fmt::format("cannot read \"{}\": {}", path, message));
    return diagnostics;
}

}  // namespace

MadeCase made_case(py::handle facts, const std::string& zone, FactPaths* paths) {
    return FactsReader(zone, paths).read(facts);
}

GivenCase take_case(py::handle facts, const std::string& zone) {
    const PythonTypes& types = python_types();
    if (PyDict_Check(facts.ptr())) return made_case(facts, zone);
    if (PyUnicode_Check(facts.ptr())) return take_text(facts);
    if (is_bytes(facts)) return take_bytes(facts);
    if (py::isinstance(facts, types.path_like)) return CaseFile{types.fsencode(facts).cast<std::string>()};
    if (py::isinstance(facts, types.mapping)) return made_case(facts, zone);
    return not_a_case(fmt::format("a case cannot be of type {}", type_name(facts)),
                      "a case is a dict of facts, JSON as str or bytes, or the pathlib.Path of a file");
}

Result<Case> read_given(const Ruleset& ruleset, GivenCase given) {
    if (auto* made = std::get_if<MadeCase>(&given)) {
        if (!made->diagnostics.empty()) return made->diagnostics;
        return praxe::read_case(ruleset, std::move(made->document));
    }
    if (const auto* source = std::get_if<SourcePtr>(&given)) return ruleset.read_case(*source, true);
    const std::string& path = std::get<CaseFile>(given).path;
    std::string message;
    const SourcePtr source = Ruleset::read_file(path, message);
    if (source == nullptr) return unreadable(path, message);
    return ruleset.read_case(source);
}

std::string path_at(const Node& document, std::uint32_t offset) {
    const auto holds = [offset](const Node& node) { return node.span.begin <= offset && offset < node.span.end; };
    std::string path;
    const Node* node = &document;
    while (node != nullptr) {
        const Node* inner = nullptr;
        for (std::size_t i = 0; i < node->items.size() && inner == nullptr; ++i) {
            if (!holds(node->items[i])) continue;
            inner = &node->items[i];
            path += fmt::format("[{}]", i);
        }
        for (std::size_t i = 0; i < node->entries.size() && inner == nullptr; ++i) {
            const auto& [key, value] = node->entries[i];
            if (!holds(key) && !holds(value)) continue;
            inner = &value;
            path += fmt::format("{}{}", path.empty() ? "" : ".", key.text.text);
        }
        node = inner;
    }
    return path;
}

}  // namespace praxe::python
