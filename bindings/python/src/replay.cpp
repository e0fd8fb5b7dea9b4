// praxe._core.Replay: what each event brings about, in order; the GIL is released while it decides.
#include "replay.hpp"

#include <pybind11/stl.h>

#include <algorithm>
#include <mutex>
#include <praxe/history.hpp>
#include <variant>

#include "answers.hpp"
#include "book.hpp"
#include "check/model.hpp"
#include "document/made_node.hpp"
#include "errors.hpp"
#include "facts.hpp"
#include "instants.hpp"
#include "python_types.hpp"

namespace praxe::python {
namespace {

constexpr const char* event_name = "<event>";

/// What is told, in order: a change, or an event that is refused.
using Told = std::variant<ReplayedChange, Diagnostics>;

struct KeptReplay {
    Replay replay;
    std::vector<LoadedRulesetPtr> rulesets;
    std::string language;
    std::mutex mutex{};

    const std::string& zone() const { return rulesets.front()->ruleset.model().zone.name(); }

    LoadedRulesetPtr of(const std::shared_ptr<const Model>& model) const {
        const auto same = [&](const LoadedRulesetPtr& one) { return one->ruleset.shared_model() == model; };
        const auto found = std::find_if(rulesets.begin(), rulesets.end(), same);
        return found == rulesets.end() ? rulesets.front() : *found;
    }

    /// `work` on the replay, alone and without the GIL.
    template <typename Work>
    auto with(const Work& work) {
        const py::gil_scoped_release unlocked;
        const std::lock_guard lock(mutex);
        return work(replay);
    }

    /// The same for what tells a sink.
    template <typename Work>
    std::vector<Told> told_by(const Work& work) {
        return with([&](Replay& kept) {
            std::vector<Told> told;
            work(kept, Replay::Sink{[&](const ReplayedChange& change) { told.emplace_back(change); },
                                    [&](const Diagnostics& diagnostics) { told.emplace_back(diagnostics); }});
            return told;
        });
    }
};

std::shared_ptr<KeptReplay> open(const std::vector<std::shared_ptr<LoadedRuleset>>& by, const std::string& events,
                                 const AskedOptions& asked, std::int64_t window, const py::object& last) {
    std::vector<Ruleset> rulesets;
    for (const auto& one : by) rulesets.push_back(one->ruleset);
    ReplayOptions options{.events = events,
                          .decisions = asked.options.decisions,
                          .texts = asked.options.texts,
                          .valid_until = asked.options.valid_until,
                          .explain = asked.options.explain,
                          .window = window};
    if (!last.is_none()) options.last = instant_asked(last, by.front()->ruleset.model().zone.name());
    auto opened = Replay::open(std::move(rulesets), std::move(options));
    if (!opened) throw_ruleset_error(opened.diagnostics());
    return std::shared_ptr<KeptReplay>(new KeptReplay{*std::move(opened), {by.begin(), by.end()}, asked.language});
}

py::object or_none(const std::string& text) {
    return text.empty() ? py::object(py::none()) : py::object(python_text(text));
}

py::object python_cause(const Cause& cause) {
    const char* kind = "";
    switch (cause.kind) {
        case Cause::Kind::event:
            kind = "event";
            break;
        case Cause::Kind::time:
            kind = "time";
            break;
        case Cause::Kind::ruleset:
            kind = "ruleset";
            break;
    }
    const py::object line = cause.line == 0 ? py::object(py::none()) : py::object(py::int_(cause.line));
    return python_types().cause(kind, or_none(cause.id), or_none(cause.type), line, or_none(cause.ruleset), cause.late);
}

py::object python_change(const KeptReplay& kept, ReplayedChange told) {
    auto& [change, cause, before_by] = told;
    const std::string decision = change.now.decision;
    const LoadedRulesetPtr by = kept.of(change.now.made_by);
    const py::object before = outcome_or_error(*kept.of(before_by), decision, change.before);
    auto now = std::make_shared<GivenAnswer>(GivenAnswer{std::move(change.now), by, kept.language});
    return python_types().replayed_change(python_instant(change.at, by->zone), change.case_id, decision, before,
                                          std::move(now), python_flip(change.because), python_cause(cause));
}

py::list python_told(const KeptReplay& kept, std::vector<Told> told) {
    py::list out;
    for (Told& one : told) {
        if (auto* change = std::get_if<ReplayedChange>(&one)) {
            out.append(python_change(kept, std::move(*change)));
        } else {
            out.append(event_error(std::get<Diagnostics>(one)));
        }
    }
    return out;
}

/// An event as JSON text; what a dict holds that cannot be told is an error with no line.
py::list read(KeptReplay& kept, const py::object& event, std::uint32_t number) {
    GivenCase given = take_case(event, kept.zone());
    std::string text;
    if (const auto* made = std::get_if<MadeCase>(&given)) {
        if (!made->diagnostics.empty()) return python_told(kept, {made->diagnostics});
        text = to_json(made->document);
    } else if (const auto* source = std::get_if<SourcePtr>(&given)) {
        text = (*source)->text();
    } else {
        throw_call_error("a path is no event", "pass it in place of the events: its lines are read one by one");
    }
    const auto source = std::make_shared<const Source>(event_name, std::move(text), number);
    return python_told(kept,
                       kept.told_by([&](Replay& replay, const Replay::Sink& sink) { replay.read(source, sink); }));
}

py::list advance(KeptReplay& kept, const py::object& until) {
    const Instant instant = instant_asked(until, kept.zone());
    return python_told(kept,
                       kept.told_by([&](Replay& replay, const Replay::Sink& sink) { replay.advance(instant, sink); }));
}

py::list finish(KeptReplay& kept) {
    return python_told(kept, kept.told_by([](Replay& replay, const Replay::Sink& sink) { replay.finish(sink); }));
}

py::dict counts(KeptReplay& kept) {
    const ReplayCounts counts = kept.with([](const Replay& replay) { return replay.counts(); });
    py::dict out;
    out["events"] = counts.events;
    out["duplicates"] = counts.duplicates;
    out["late"] = counts.late;
    out["refused"] = counts.refused;
    out["changes"] = counts.changes;
    out["cases"] = counts.cases;
    return out;
}

}  // namespace

void define_replay(py::module_& module) {
    py::class_<KeptReplay, std::shared_ptr<KeptReplay>>(module, "Replay", "A stream of events through time.")
        .def_static("open", &open, py::arg("rulesets"), py::arg("events"), py::arg("options"), py::arg("window"),
                    py::arg("last"))
        .def("read", &read, py::arg("event"), py::arg("number"))
        .def("advance", &advance, py::arg("until"))
        .def("finish", &finish)
        .def(
            "facts",
            [](KeptReplay& kept, const std::string& of) {
                return kept.with([&](const Replay& replay) { return replay.facts(of, Replay::Notation::json); });
            },
            py::arg("case_id"))
        .def("cases", [](KeptReplay& kept) { return kept.with([](const Replay& replay) { return replay.cases(); }); })
        .def("counts", &counts)
        .def_property_readonly(
            "ended", [](KeptReplay& kept) { return kept.with([](const Replay& replay) { return replay.ended(); }); })
        .def_property_readonly("now", [](KeptReplay& kept) -> py::object {
            const auto now = kept.with([](const Replay& replay) { return replay.now(); });
            return now ? python_instant(*now, kept.rulesets.front()->zone) : py::object(py::none());
        });
}

}  // namespace praxe::python
