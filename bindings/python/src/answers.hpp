// Outcomes, reasons and validity as plain Python values; made when they are looked at.
//
// REQUIRES (all of them): the GIL is held.
#pragma once

#include <pybind11/pybind11.h>

#include <memory>
#include <praxe/decision.hpp>
#include <praxe/ruleset.hpp>
#include <string>

namespace praxe::python {

namespace py = pybind11;

/// A ruleset and its zone as Python knows it.
struct LoadedRuleset {
    Ruleset ruleset;
    py::object zone;
};
using LoadedRulesetPtr = std::shared_ptr<const LoadedRuleset>;

/// One answer; it keeps its ruleset alive.
struct GivenAnswer {
    Answer answer;
    LoadedRulesetPtr by;
    std::string language;
    mutable py::object outcome{};  // once it was made
};

/// Members and hidden fields as in the answer's JSON. Throws the DecisionError where the answer is one.
py::object outcome_of(const GivenAnswer& given);
py::list because_of(const GivenAnswer& given);
py::list why_not_of(const GivenAnswer& given);
py::list workings_of(const GivenAnswer& given);
/// None where the answer is an error, or validity was not asked for.
py::object validity_of(const GivenAnswer& given);
py::object python_flip(const std::optional<Flip>& flip);
/// None for what is absent, an error as its message.
py::object python_value(const LoadedRuleset& by, const Value& value);
/// An outcome; the DecisionError itself where it is one.
py::object outcome_or_error(const LoadedRuleset& by, const std::string& decision, const Value& outcome);
/// None: never. Throws where the answer is an error, or validity was not asked for.
py::object valid_until_of(const GivenAnswer& given);

}  // namespace praxe::python
