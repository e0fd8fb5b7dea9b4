// praxe._core.Measures: the GIL is released while it measures; a lock of its own keeps threads apart meanwhile.
#include "measures.hpp"

#include <pybind11/stl.h>

#include <mutex>
#include <praxe/measure.hpp>

#include "answers.hpp"
#include "book.hpp"
#include "check/model.hpp"
#include "errors.hpp"
#include "facts.hpp"

namespace praxe::python {
namespace {

struct KeptMeasures {
    Measures measures;
    LoadedRulesetPtr by;
    std::mutex mutex{};

    /// `work` on the measures, alone and without the GIL.
    template <typename Work>
    auto with(const Work& work) {
        const py::gil_scoped_release unlocked;
        const std::lock_guard lock(mutex);
        return work(measures);
    }
};

std::shared_ptr<KeptMeasures> open(const LoadedRulesetPtr& by, std::vector<std::string> indicators,
                                   const py::object& at) {
    MeasureOptions options;
    options.indicators = std::move(indicators);
    if (!at.is_none()) options.at = instant_asked(at, by->ruleset.model().zone.name());
    auto opened = Measures::open(by->ruleset, options);
    if (!opened) {
        const Diagnostic first = opened.diagnostics().sorted().front();
        throw_call_error(first.message, first.hint);
    }
    return std::shared_ptr<KeptMeasures>(new KeptMeasures{*std::move(opened), by});
}

void add(KeptMeasures& kept, const py::object& facts) {
    const std::string& zone = kept.by->ruleset.model().zone.name();
    GivenCase given = take_case(facts, zone);
    const Diagnostics wrong = kept.with([&](Measures& measures) {
        const auto read = read_given(kept.by->ruleset, std::move(given));
        return read ? measures.add(*read) : read.diagnostics();
    });
    if (!wrong.empty()) throw_case_error(wrong, facts, zone);
}

py::dict measured(const LoadedRuleset& by, const Measured& one) {
    py::dict out;
    out["group"] = python_value(by, one.group);
    out["value"] = python_value(by, one.value);
    out["part"] = python_value(by, one.part);
    out["whole"] = python_value(by, one.whole);
    out["elements"] = one.elements;
    out["goal_met"] = one.goal_met;
    return out;
}

py::list results(KeptMeasures& kept) {
    py::list out;
    for (const IndicatorResult& result : kept.with([](const Measures& measures) { return measures.results(); })) {
        py::list all;
        for (const Measured& one : result.measured) all.append(measured(*kept.by, one));
        const py::object error =
            result.broken.is_error() ? py::object(py::str(result.broken.as_error().message)) : py::object(py::none());
        out.append(py::make_tuple(result.name, all, result.groups, result.cases_left_out, error));
    }
    return out;
}

}  // namespace

void define_measures(py::module_& module) {
    py::class_<KeptMeasures, std::shared_ptr<KeptMeasures>>(module, "Measures", "Indicators over many cases.")
        .def_static(
            "open",
            [](const std::shared_ptr<LoadedRuleset>& by, std::vector<std::string> indicators, const py::object& at) {
                return open(by, std::move(indicators), at);
            },
            py::arg("ruleset"), py::arg("indicators"), py::arg("at"))
        .def("add", &add, py::arg("case"))
        .def("results", &results)
        .def("to_json", [](KeptMeasures& kept) { return kept.with([](const Measures& m) { return m.to_json(); }); })
        .def("facts_json",
             [](KeptMeasures& kept) { return kept.with([](const Measures& m) { return m.facts_json(); }); })
        .def("__len__", [](KeptMeasures& kept) { return kept.with([](const Measures& m) { return m.cases(); }); });
}

}  // namespace praxe::python
