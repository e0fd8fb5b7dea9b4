// praxe._core.Book: the GIL is released while it decides; a lock of its own keeps threads apart meanwhile.
#include "book.hpp"

#include <pybind11/stl.h>

#include <algorithm>
#include <mutex>
#include <praxe/book.hpp>

#include "answers.hpp"
#include "check/model.hpp"
#include "document/made_node.hpp"
#include "errors.hpp"
#include "facts.hpp"
#include "instants.hpp"
#include "python_types.hpp"

namespace praxe::python {
namespace {

struct KeptBook {
    Book book;
    LoadedRulesetPtr by;
    std::string language;
    std::mutex mutex{};

    const std::string& zone() const { return by->ruleset.model().zone.name(); }

    /// `work` on the book, alone and without the GIL.
    template <typename Work>
    auto with(const Work& work) {
        const py::gil_scoped_release unlocked;
        const std::lock_guard lock(mutex);
        return work(book);
    }
};

std::shared_ptr<KeptBook> open(const LoadedRulesetPtr& by, const py::object& now, const AskedOptions& asked) {
    const DecideOptions& how = asked.options;
    auto opened = Book::open(by->ruleset, instant_asked(now, by->ruleset.model().zone.name()),
                             {.decisions = how.decisions,
                              .texts = how.texts,
                              .max_evaluations = how.max_evaluations,
                              .horizon = how.horizon,
                              .limits = how.limits});
    if (!opened) throw_call_error(opened.diagnostics().sorted().front().message, {});
    return std::shared_ptr<KeptBook>(new KeptBook{*std::move(opened), by, asked.language});
}

py::object python_change(const KeptBook& book, Change change) {
    const std::string decision = change.now.decision;
    const py::object before = outcome_or_error(*book.by, decision, change.before);
    auto now = std::make_shared<GivenAnswer>(GivenAnswer{std::move(change.now), book.by, book.language});
    return python_types().change(python_instant(change.at, book.by->zone), change.case_id, decision, before,
                                 std::move(now), python_flip(change.because));
}

py::list python_changes(const KeptBook& book, std::vector<Change> changes) {
    py::list out;
    for (Change& change : changes) out.append(python_change(book, std::move(change)));
    return out;
}

/// A case as JSON text: what a dict holds is written out.
Result<std::string> json_of(GivenCase given) {
    if (const auto* made = std::get_if<MadeCase>(&given)) {
        if (!made->diagnostics.empty()) return made->diagnostics;
        return to_json(made->document);
    }
    if (const auto* source = std::get_if<SourcePtr>(&given)) return (*source)->text();
    const std::string& path = std::get<CaseFile>(given).path;
    std::string message;
    if (const SourcePtr source = Ruleset::read_file(path, message)) return source->text();
    Diagnostics diagnostics;
    diagnostics.error({}, "cannot read \"" + path + "\": " + message);
    return diagnostics;
}

py::list put(KeptBook& book, const std::string& case_id, const py::object& facts) {
    GivenCase given = take_case(facts, book.zone());
    auto changes = book.with([&](Book& kept) -> Result<std::vector<Change>> {
        const auto json = json_of(std::move(given));
        return json ? kept.put(case_id, *json) : json.diagnostics();
    });
    if (!changes) throw_case_error(changes.diagnostics(), facts, book.zone());
    return python_changes(book, *std::move(changes));
}

py::list due(KeptBook& book, const py::object& until, std::optional<std::size_t> at_most) {
    const Instant instant = instant_asked(until, book.zone());
    return python_changes(book, book.with([&](Book& kept) { return kept.due(instant, at_most.value_or(Book::all)); }));
}

py::list wakeups(KeptBook& book, std::optional<std::size_t> at_most) {
    py::list out;
    for (const Wakeup& one : book.with([&](const Book& kept) { return kept.wakeups(at_most.value_or(Book::all)); }))
        out.append(python_types().wakeup(python_instant(one.at, book.by->zone), one.case_id, one.decision));
    return out;
}

}  // namespace

void define_book(py::module_& module) {
    py::class_<KeptBook, std::shared_ptr<KeptBook>>(module, "Book", "Many cases and their next wake-up.")
        .def_static(
            "open",
            [](const std::shared_ptr<LoadedRuleset>& by, const py::object& now, const AskedOptions& asked) {
                return open(by, now, asked);
            },
            py::arg("ruleset"), py::arg("now"), py::arg("options"))
        .def("put", &put, py::arg("case_id"), py::arg("case"))
        .def(
            "remove",
            [](KeptBook& book, const std::string& id) {
                return book.with([&](Book& kept) { return kept.remove(id); });
            },
            py::arg("case_id"))
        .def("wakeups", &wakeups, py::arg("at_most"))
        .def("due", &due, py::arg("until"), py::arg("at_most"))
        .def(
            "contains",
            [](KeptBook& book, const std::string& id) {
                return book.with([&](const Book& kept) { return kept.contains(id); });
            },
            py::arg("case_id"))
        .def_property_readonly("now",
                               [](KeptBook& book) {
                                   const Instant now = book.with([](const Book& kept) { return kept.now(); });
                                   return python_instant(now, book.by->zone);
                               })
        .def("__len__", [](KeptBook& book) { return book.with([](const Book& kept) { return kept.size(); }); });
}

}  // namespace praxe::python
