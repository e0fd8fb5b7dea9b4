// Duplicate registrations from Python: read one by one, found without the GIL, told as plain values.
#include "duplicates.hpp"

#include <pybind11/stl.h>

#include <praxe/duplicates.hpp>

#include "answers.hpp"
#include "book.hpp"
#include "check/model.hpp"
#include "errors.hpp"
#include "facts.hpp"
#include "python_types.hpp"

namespace praxe::python {
namespace {

/// All of an iterable, each a registration as a dict.
void add_all(Duplicates& duplicates, const LoadedRuleset& by, const py::iterable& registrations) {
    const std::string& zone = by.ruleset.model().zone.name();
    for (const py::handle registration : registrations) {
        py::list one;
        one.append(registration);
        py::dict facts;
        facts["registrations"] = one;
        auto given = read_given(by.ruleset, take_case(facts, zone));
        const Diagnostics wrong = given ? duplicates.add(*given) : given.diagnostics();
        if (!wrong.empty()) throw_case_error(wrong, facts, zone);
    }
}

py::list duplicates(const LoadedRulesetPtr& by, const py::iterable& registrations, const py::object& at, bool texts,
                    const std::string& language) {
    DuplicateOptions options;
    options.texts = texts;
    if (!at.is_none()) options.at = instant_asked(at, by->ruleset.model().zone.name());
    auto found = Duplicates::of(by->ruleset, options);
    if (!found) throw_ruleset_error(found.diagnostics());
    add_all(*found, *by, registrations);
    std::vector<DuplicateGroup> groups;
    {
        const py::gil_scoped_release unlocked;
        found->find([&](const DuplicateGroup& group) { groups.push_back(group); });
    }
    py::list told;
    for (DuplicateGroup& group : groups) {
        auto answer = std::make_shared<GivenAnswer>(GivenAnswer{std::move(group.answer), by, language});
        told.append(python_types().duplicate_group(py::tuple(py::cast(group.ids)), group.unclear, std::move(answer)));
    }
    return told;
}

}  // namespace

void define_duplicates(py::module_& module) {
    module.def("duplicates", &duplicates, py::arg("ruleset"), py::arg("registrations"), py::arg("at"), py::arg("texts"),
               py::arg("lang"));
}

}  // namespace praxe::python
