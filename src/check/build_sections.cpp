// The sections of the written policy: what they speak of must be there.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "check/building.hpp"
#include "check/indicator.hpp"
#include "value/functions.hpp"

namespace praxe {
namespace {

constexpr std::string_view settings[] = {"vocabulary", "zone", "calendar"};

class SectionBuilder {
  public:
    explicit SectionBuilder(const Building& building) : building_(building), model_(building.model) {
        for (const auto& [name, global] : model_.globals) known_.push_back(name);
        for (const auto& decision : model_.decisions) {
            for (const Rule& rule : decision->rules) name_rule(*decision, rule);
        }
        for (const auto& indicator : model_.indicators) known_.push_back(indicator->name);
        for (const OverlayChange& change : building.raw.changes) known_.push_back(change.name);  // dropped ones too
        for (const SourcePtr& source : building.raw.sources)
            files_.push_back(std::filesystem::path(source->name()).lexically_normal().string());
        known_.insert(known_.end(), std::begin(settings), std::end(settings));
    }

    void build(const RawSection& raw) {
        Section section{raw.id.text, languages_of(raw.title), {}, {}, raw.id.place()};
        for (const Excerpt& file : raw.files) {
            section.files.push_back(beside(file.source->name(), file.text));
            check_is_one_of(file, section.files.back(), files_);
        }
        for (const RawReading& reading : raw.says) section.says.push_back(build(reading));
        model_.sections.push_back(std::move(section));
    }

  private:
    void name_rule(const Decision& decision, const Rule& rule) {
        known_.push_back(fmt::format("{}.{}", decision.name, rule.id));
        for (const Rule& exception : rule.exceptions) name_rule(decision, exception);
    }

    Section::Reading build(const RawReading& raw) {
        Section::Reading reading{raw.id.text, languages_of(raw.text), {}, {}, raw.id.place()};
        for (const Excerpt& file : raw.tests) reading.tests.push_back(file.text);
        for (const Excerpt& by : raw.by) {
            check_known(by);
            reading.by.push_back(by.text);
        }
        if (raw.by.empty()) check_clause(raw.id);
        return reading;
    }

    void check_known(const Excerpt& name) {
        if (functions_named(name.text).empty()) check_is_one_of(name, name.text, known_);
    }

    void check_is_one_of(const Excerpt& name, const std::string& meant, const std::vector<std::string>& known) {
        if (std::ranges::find(known, meant) != known.end()) return;
        const std::string near = nearest(meant, known);
        building_.diagnostics.error(name.place(), fmt::format("the ruleset has no \"{}\"", name.text),
                                    near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
    }

    void check_clause(const Excerpt& id) {
        std::vector<std::string> clauses;
        for (const Clause& clause : model_.clauses) clauses.push_back(clause.id);
        if (std::ranges::find(clauses, id.text) != clauses.end()) return;
        const std::string near = nearest(id.text, clauses);
        building_.diagnostics.error(id.place(), fmt::format("there is no clause \"{}\"", id.text),
                                    near.empty()
                                        ? "where no rule cites it, say what brings it about: by: [RULE, PARAMETER…]"
                                        : fmt::format("did you mean \"{}\"?", near));
    }

    const Building& building_;
    Model& model_;
    std::vector<std::string> known_;
    std::vector<std::string> files_;  // of the ruleset
};

}  // namespace

void build_sections(const Building& building) {
    SectionBuilder builder(building);
    for (const RawSection& section : building.raw.sections) builder.build(section);
}

}  // namespace praxe
