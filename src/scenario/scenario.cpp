// YAML → scenarios with facts that were read and expectations that fit the ruleset.
#include "scenario/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "document/fields.hpp"
#include "document/merge.hpp"
#include "document/rules.hpp"
#include "located_case.hpp"

namespace praxe {
namespace {

/// What is wrong with facts that scenarios share is found once for each of them, and said once.
class SaidOnce {
  public:
    explicit SaidOnce(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    void add(const Diagnostics& found) {
        for (Diagnostic& one : found.sorted()) {
            if (said_.emplace(one.place.source.get(), one.place.span.begin, one.message).second)
                diagnostics_.error(one.place, std::move(one.message), std::move(one.hint));
        }
    }

  private:
    Diagnostics& diagnostics_;
    std::set<std::tuple<const Source*, std::uint32_t, std::string>> said_;
};

class ScenarioReader {
  public:
    ScenarioReader(const Ruleset& ruleset, const Node* background, Diagnostics& diagnostics)
        : ruleset_(ruleset), background_(background), diagnostics_(diagnostics), facts_diagnostics_(diagnostics) {}

    void read(const Node& node) {
        Fields fields(node, "a scenario", diagnostics_);
        const auto name = fields.need_text("name");
        const Languages titles = names_in(fields, name);
        const std::vector<std::string> about = readings_in(fields);
        const Node* const given = facts_in(fields);
        const Node* const expect = fields.take("expect");
        const Node* const cases = fields.take("cases");
        const std::vector<Node>& variations = fields.list("cases");
        fields.finish();
        if (!name) return;
        if ((expect != nullptr) == (cases != nullptr)) {
            diagnostics_.error(node.place(), fmt::format("the scenario \"{}\" needs \"expect\" or \"cases\"{}",
                                                         name->text, expect != nullptr ? ", not both" : ""));
            return;
        }
        Node facts = empty_map_at(node);
        if (background_ != nullptr) facts = laid_over(facts, *background_);
        if (given != nullptr) facts = laid_over(facts, *given);
        if (expect != nullptr) {
            add({name->text, name->text, titles, {}, name->place(), about}, std::move(facts), *expect);
            return;
        }
        if (variations.empty() && cases->is_list())
            diagnostics_.error(cases->place(), fmt::format("the scenario \"{}\" has no cases", name->text));
        for (std::size_t i = 0; i < variations.size(); ++i)
            read_variation(variations[i], i, {name->text, name->text, titles, {}, name->place(), about}, facts);
    }

    std::vector<Scenario> take() { return std::move(scenarios_); }

  private:
    /// What a scenario is called, and where, and about.
    struct Heading {
        std::string name, title;
        Languages titles, variations;
        Place place;
        std::vector<std::string> about;
    };

    /// A name in every language: as it stands where nothing else is said.
    static Languages names_in(Fields& fields, const std::optional<Excerpt>& name) {
        Languages names;
        for (const char* language : {"pt", "en"}) {
            const auto said = fields.text(language);
            if (said || name) names.emplace(language, said ? said->text : name->text);
        }
        return names;
    }

    void read_variation(const Node& node, std::size_t index, Heading heading, Node facts) {
        Fields fields(node, "a case of a scenario", diagnostics_);
        const auto name = fields.text("name");
        heading.variations = names_in(fields, name);
        const Node* const given = facts_in(fields);
        const Node* const at = fields.take("at");
        const Node* const expect = fields.need("expect");
        fields.finish();
        if (expect == nullptr) return;
        if (given != nullptr) facts = laid_over(facts, *given);
        if (at != nullptr) set_instant(node, given, *at, facts);
        const std::string label = name                               ? name->text
                                  : at != nullptr && at->is_scalar() ? at->text.text
                                                                     : fmt::format("case {}", index + 1);
        heading.name = fmt::format("{} / {}", heading.title, label);
        heading.place = name ? name->place() : node.place();
        add(std::move(heading), std::move(facts), *expect);
    }

    void set_instant(const Node& variation, const Node* given, const Node& at, Node& facts) {
        const Node* const twice = given != nullptr ? given->find_key("at") : nullptr;
        if (twice != nullptr) diagnostics_.error(twice->place(), "\"at\" is given twice for this case");
        set_entry(facts, *variation.find_key("at"), at);
    }

    /// The facts under `given`; null without them, or when they are no map.
    const Node* facts_in(Fields& fields) {
        const Node* const given = fields.take("given");
        if (given == nullptr || given->is_map()) return given;
        diagnostics_.error(given->place(), "\"given\" must be a map of facts");
        return nullptr;
    }

    static Node empty_map_at(const Node& node) {
        Node map;
        map.kind = Node::Kind::map;
        map.span = node.span;
        map.source = node.source;
        return map;
    }

    /// The readings under `about`: sections of the ruleset say them.
    std::vector<std::string> readings_in(Fields& fields) {
        std::vector<std::string> known, about;
        for (const Section& section : ruleset_.model().sections) {
            for (const Section::Reading& reading : section.says) known.push_back(reading.id);
        }
        for (const Excerpt& id : fields.texts("about")) {
            about.push_back(id.text);
            if (std::ranges::find(known, id.text) != known.end()) continue;
            const std::string near = nearest(id.text, known);
            diagnostics_.error(id.place(), fmt::format("no section of the ruleset says \"{}\"", id.text),
                               near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
        }
        return about;
    }

    void add(Heading heading, Node facts, const Node& expect) {
        if (!names_.insert(heading.name).second)
            diagnostics_.error(heading.place,
                               fmt::format("there is already a scenario \"{}\" in this file", heading.name));
        auto expectations = read_expectations(expect, ruleset_.model(), diagnostics_);
        auto read = read_case(ruleset_, std::move(facts));
        if (!read) {
            facts_diagnostics_.add(read.diagnostics());
            return;
        }
        scenarios_.push_back({std::move(heading.name), std::move(heading.title), std::move(heading.titles),
                              std::move(heading.variations), heading.place, *std::move(read), std::move(expectations),
                              std::move(heading.about)});
    }

    const Ruleset& ruleset_;
    const Node* background_;
    Diagnostics& diagnostics_;
    SaidOnce facts_diagnostics_;
    std::set<std::string> names_;
    std::vector<Scenario> scenarios_;
};

const Ruleset* ruleset_of(const std::optional<Excerpt>& named, const Node& document, const std::string& instead,
                          Rulesets& rulesets, Diagnostics& diagnostics) {
    if (!instead.empty()) return rulesets.load(instead, {}, diagnostics);
    if (named) return rulesets.load(beside(named->source->name(), named->text), named->place(), diagnostics);
    diagnostics.error(document.place(), "the file names no ruleset", "write ruleset: FILE, or pass -r FILE");
    return nullptr;
}

}  // namespace

const Ruleset* Rulesets::load(const std::string& path, const Place& named_at, Diagnostics& diagnostics) {
    auto found = loaded_.find(path);
    if (found == loaded_.end()) {
        found = loaded_.emplace(path, Ruleset::load(path)).first;
        if (!found->second) {
            for (const Diagnostic& one : found->second.diagnostics().sorted())
                diagnostics.error(one.place ? one.place : named_at, one.message, one.hint);
        }
    }
    return found->second ? &*found->second : nullptr;
}

std::optional<ScenarioFile> read_scenarios(const SourcePtr& source, const std::string& ruleset_path, Rulesets& rulesets,
                                           Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.size();
    const auto document = read_document(source, diagnostics);
    if (!document) return std::nullopt;

    Fields fields(*document, "a scenario file", diagnostics);
    const auto named = fields.text("ruleset");
    const Node* background = fields.take("background");
    if (background != nullptr && !background->is_map()) {
        diagnostics.error(background->place(), "\"background\" must be a map of facts");
        background = nullptr;
    }
    const Node* const list = fields.need("scenarios");
    const std::vector<Node>& nodes = fields.list("scenarios");
    fields.finish();
    if (list != nullptr && list->is_list() && nodes.empty())
        diagnostics.error(list->place(), "the file has no scenarios");

    const Ruleset* const ruleset = ruleset_of(named, *document, ruleset_path, rulesets, diagnostics);
    if (ruleset == nullptr) return std::nullopt;
    ScenarioReader reader(*ruleset, background, diagnostics);
    for (const Node& node : nodes) reader.read(node);
    if (diagnostics.size() != errors_before) return std::nullopt;
    return ScenarioFile{source->name(), *ruleset, reader.take()};
}

}  // namespace praxe
