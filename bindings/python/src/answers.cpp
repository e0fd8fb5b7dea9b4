// The engine's values to Python's: money as Decimal, instants as datetime in the ruleset's zone, records as dict.
#include "answers.hpp"

#include <fmt/format.h>

#include "check/model.hpp"
#include "errors.hpp"
#include "instants.hpp"
#include "python_types.hpp"
#include "run/answer_json.hpp"
#include "value/decimal.hpp"

namespace praxe::python {
namespace {

class PythonValues {
  public:
    explicit PythonValues(const LoadedRuleset& by) : model_(by.ruleset.model()), zone_(by.zone) {}

    py::object of(const Value& value) const {
        switch (value.kind()) {
            case Kind::boolean:
                return py::bool_(value.as_bool());
            case Kind::integer:
            case Kind::business_days:
            case Kind::calendar_days:
            case Kind::months:
            case Kind::years:
                return py::int_(value.as_int());
            case Kind::unsigned_integer:
                return py::int_(value.as_uint());
            case Kind::real:
                return py::float_(value.as_double());
            case Kind::string:
            case Kind::type:
                return py::str(value.as_string());
            case Kind::bytes:
                return py::bytes(value.as_string());
            case Kind::timestamp:
                return python_instant(value.as_int(), zone_);
            case Kind::date:
                return python_date(static_cast<Day>(value.as_int()));
            case Kind::duration:
            case Kind::business_hours:
                return duration(value);
            case Kind::money:
            case Kind::percent:
                return python_types().decimal(format_hundredths(value.as_int()));
            case Kind::list:
                return list(value.as_list());
            case Kind::map:
                return map(value.as_map());
            case Kind::record:
                return record(value.as_record());
            case Kind::optional:
                return value.has_value() ? of(value.as_optional()) : py::none();
            case Kind::error:
                return py::str(value.as_error().message);  // of what a rule read
            case Kind::null:
            case Kind::absent:
                return py::none();
        }
        return py::none();
    }

    py::object until(const std::optional<Validity>& validity) const {
        if (!validity || !validity->until) return py::none();
        return python_instant(*validity->until, zone_);
    }

  private:
    /// Python's timedelta has no nanoseconds.
    static py::object duration(const Value& value) {
        if (value.nanos_below() != 0) return py::str(format_duration(value.as_int(), value.nanos_below()));
        return python_duration(value.as_int());
    }

    py::list list(const List& items) const {
        py::list out;
        for (const Value& item : items) out.append(of(item));
        return out;
    }

    py::dict map(const Map& map) const {
        py::dict out;
        for (const auto& [key, value] : map.entries) out[of(key)] = of(value);
        return out;
    }

    py::dict record(const Record& record) const {
        py::dict out;
        const std::size_t shown = record.path.empty() ? model_.shown_fields(*record.type) : record.fields.size();
        for (std::size_t i = 0; i < shown; ++i) {
            if (record.fields[i].is_absent()) continue;
            out[py::str(record.type->fields[i].name)] = of(record.fields[i]);
        }
        return out;
    }

    const Model& model_;
    const py::object& zone_;
};

py::object or_none(const std::string& text) {
    return text.empty() ? py::object(py::none()) : py::object(py::str(text));
}

py::object said_in(const std::map<std::string, std::string>& texts, const std::string& language) {
    const auto said = texts.find(language);
    return said == texts.end() ? py::object(py::none()) : py::object(py::str(said->second));
}

const char* name_or_null(LimitedBy limit) {
    return limit == LimitedBy::nothing ? nullptr : name_of(limit);
}

py::object python_validity(const std::optional<Validity>& validity, const LoadedRuleset& by,
                           const std::string& decision) {
    if (!validity) return py::none();
    const PythonValues values(by);
    const py::object next = validity->next ? outcome_or_error(by, decision, *validity->next) : py::none();
    return python_types().validity(values.until(validity), name_or_null(validity->limited_by), validity->evaluations,
                                   python_flip(validity->because), next);
}

py::object python_because(const Because& because, const std::string& language, const LoadedRuleset& by) {
    const PythonValues values(by);
    py::tuple cite(because.cite.size());
    for (std::size_t i = 0; i < because.cite.size(); ++i) cite[i] = py::str(because.cite[i]);
    py::dict texts;
    for (const auto& [name, text] : because.text) texts[py::str(name)] = py::str(text);
    return python_types().because(because.decision, because.rule, or_none(because.exception), cite,
                                  said_in(because.text, language), texts, or_none(because.item),
                                  values.until(because.valid_until),
                                  because.valid_until && because.valid_until->limited_by != LimitedBy::nothing,
                                  python_validity(because.valid_until, by, because.decision));
}

py::object python_why_not(const WhyNot& why, const PythonValues& values) {
    py::dict read;
    for (const auto& [name, value] : why.read) read[py::str(name)] = values.of(value);
    return python_types().why_not(why.rule, or_none(why.item), or_none(why.condition), or_none(why.value), read);
}

py::object python_working(const Working& working, const PythonValues& values) {
    py::list of, exact, odd_cents;
    for (const Value& value : working.of) of.append(values.of(value));
    for (const std::string& amount : working.exact) exact.append(amount);
    for (const std::size_t part : working.odd_cents) odd_cents.append(part);
    return python_types().working(or_none(working.decision), working.expression, py::tuple(of),
                                  values.of(working.value), py::tuple(exact), py::tuple(odd_cents));
}

[[noreturn]] void throw_error_of(const Answer& answer) {
    const py::object error = decision_error(answer);
    PyErr_SetObject(python_types().decision_error.ptr(), error.ptr());
    throw py::error_already_set();
}

}  // namespace

py::object outcome_of(const GivenAnswer& given) {
    if (given.answer.outcome.is_error()) throw_error_of(given.answer);
    if (!given.outcome) given.outcome = PythonValues(*given.by).of(given.answer.outcome);
    return given.outcome;
}

py::list because_of(const GivenAnswer& given) {
    py::list out;
    for (const Because& because : given.answer.because) out.append(python_because(because, given.language, *given.by));
    return out;
}

py::list why_not_of(const GivenAnswer& given) {
    const PythonValues values(*given.by);
    py::list out;
    for (const WhyNot& why : given.answer.why_not) out.append(python_why_not(why, values));
    return out;
}

py::list workings_of(const GivenAnswer& given) {
    const PythonValues values(*given.by);
    py::list out;
    for (const Working& working : given.answer.workings) out.append(python_working(working, values));
    return out;
}

py::object python_flip(const std::optional<Flip>& flip) {
    if (!flip) return py::none();
    return python_types().flip(or_none(flip->decision), or_none(flip->rule), or_none(flip->exception),
                               or_none(flip->binding), or_none(flip->comparison), or_none(flip->fact),
                               or_none(place_text(flip->place)));
}

py::object python_value(const LoadedRuleset& by, const Value& value) {
    return PythonValues(by).of(value);
}

py::object outcome_or_error(const LoadedRuleset& by, const std::string& decision, const Value& outcome) {
    if (!outcome.is_error()) return PythonValues(by).of(outcome);
    Answer answer;
    answer.decision = decision;
    answer.outcome = outcome;
    return decision_error(answer);
}

py::object validity_of(const GivenAnswer& given) {
    return python_validity(given.answer.valid_until, *given.by, given.answer.decision);
}

py::object valid_until_of(const GivenAnswer& given) {
    if (given.answer.outcome.is_error()) throw_error_of(given.answer);
    if (!given.answer.valid_until)
        throw_call_error("valid_until was not asked for", "decide(…, valid_until=True), the default");
    return PythonValues(*given.by).until(given.answer.valid_until);
}

}  // namespace praxe::python
