// praxe._core.Agenda: cases are added one by one, then everybody's day is planned.
#include "agenda.hpp"

#include <pybind11/stl.h>

#include "agenda/agenda.hpp"
#include "answers.hpp"
#include "book.hpp"
#include "errors.hpp"
#include "facts.hpp"
#include "instants.hpp"
#include "python_types.hpp"

namespace praxe::python {
namespace {

struct KeptAgenda {
    Agenda agenda;
    LoadedRulesetPtr by;
    AgendaOptions options;
    std::string language;
};

/// A day as a caller gives it: a date, or YYYY-MM-DD.
Day day_asked(const py::object& day) {
    std::string text;
    if (moment_of(day) == Moment::date) text = date_text(day);
    if (PyUnicode_Check(day.ptr())) text = day.cast<std::string>();
    const auto date = parse_date(text);
    if (!date) throw_call_error("day is not a date: " + py::str(day).cast<std::string>(), "a date, or YYYY-MM-DD");
    return *date;
}

std::shared_ptr<KeptAgenda> open(const std::shared_ptr<LoadedRuleset>& by, const py::object& day, const py::object& at,
                                 std::optional<std::int64_t> capacity, std::string language) {
    AgendaOptions options;
    if (!day.is_none()) options.day = day_asked(day);
    if (!at.is_none()) options.at = instant_asked(at, by->ruleset.model().zone.name());
    options.capacity = capacity;
    auto opened = Agenda::of(by->ruleset, options);
    if (!opened) throw_call_error(opened.diagnostics().sorted().front().message, {});
    return std::shared_ptr<KeptAgenda>(new KeptAgenda{*std::move(opened), by, options, std::move(language)});
}

void add(KeptAgenda& kept, const std::string& title, const py::object& facts) {
    const std::string& zone = kept.by->ruleset.model().zone.name();
    GivenCase given = take_case(facts, zone);
    std::string refused;
    Diagnostics wrong = [&] {
        const py::gil_scoped_release unlocked;
        const auto read = read_given(kept.by->ruleset, std::move(given));
        if (!read) return read.diagnostics();
        Diagnostics diagnostics;
        if (!kept.options.at && !read->at())
            diagnostics.error({}, "the case does not say when it is decided", "give the fact \"at\", or pass at=…");
        else
            kept.agenda.add(title, *read, refused);
        return diagnostics;
    }();
    if (!wrong.empty()) throw_case_error(wrong, facts, zone);
    if (!refused.empty()) throw_case_error(refused);
}

py::object or_none(const std::string& text) {
    return text.empty() ? py::object(py::none()) : py::object(python_text(text));
}

py::object python_item(const KeptAgenda& kept, const AgendaItem& item) {
    const auto instant = [&](Instant at) { return python_instant(at, kept.by->zone); };
    const auto said = item.text.find(kept.language);
    const py::object text = said == item.text.end() ? py::object(py::none()) : py::object(python_text(said->second));
    return python_types().agenda_item(item.client, item.id, item.kind, instant(item.due_at),
                                      item.planned_at ? instant(*item.planned_at) : py::object(py::none()),
                                      item.movable_until ? python_date(*item.movable_until) : py::object(py::none()),
                                      py::tuple(py::cast(item.cite)), text, or_none(item.from));
}

py::object python_day(const KeptAgenda& kept, const PersonDay& day) {
    py::list items, moves;
    for (const AgendaItem& item : day.items) items.append(python_item(kept, item));
    for (const AgendaMove& move : day.moves) {
        const py::object item = items[move.item];
        moves.append(python_types().agenda_move(item, python_date(move.to)));
    }
    return python_types().person_day(day.person, python_date(kept.agenda.day()), py::tuple(items), day.capacity,
                                     day.over, py::tuple(moves), day.works, day.away, or_none(day.hand_over_to));
}

py::list plan(KeptAgenda& kept) {
    const std::vector<PersonDay> days = [&] {
        const py::gil_scoped_release unlocked;
        return kept.agenda.plan();
    }();
    py::list out;
    for (const PersonDay& day : days) out.append(python_day(kept, day));
    return out;
}

}  // namespace

void define_agenda(py::module_& module) {
    py::class_<KeptAgenda, std::shared_ptr<KeptAgenda>>(module, "Agenda", "Many cases, and what is on for a day.")
        .def_static("open", &open, py::arg("ruleset"), py::arg("day"), py::arg("at"), py::arg("capacity"),
                    py::arg("lang"))
        .def("add", &add, py::arg("title"), py::arg("case"))
        .def("plan", &plan);
}

}  // namespace praxe::python
