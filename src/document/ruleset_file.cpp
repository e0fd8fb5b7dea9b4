// A ruleset's files: parts and what an overlay extends, read and merged into one.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "document/rule_shapes.hpp"

namespace praxe {
namespace {

/// Reads one file after another into one ruleset; parts first, then what is laid over them.
class RulesetReader {
  public:
    RulesetReader(const FileReader& read_file, Diagnostics& diagnostics)
        : read_file_(read_file), diagnostics_(diagnostics) {}

    void read(const SourcePtr& source) {
        open_.push_back(source->name());
        ruleset_.sources.push_back(source);
        if (const auto document = read_document(source, diagnostics_)) read_top(*document);
        open_.pop_back();
    }
    RawRuleset take() { return std::move(ruleset_); }

  private:
    void read_named(const Node& name) {
        const std::string path = beside(name.source->name(), name.text.text);
        for (const std::string& open : open_) {
            if (open != path) continue;
            diagnostics_.error(name.place(), fmt::format("\"{}\" leads back to itself", name.text.text));
            return;
        }
        std::string message;
        if (const SourcePtr source = read_file_(path, message)) {
            read(source);
        } else {
            diagnostics_.error(name.place(), fmt::format("cannot read \"{}\": {}", path, message));
        }
    }

    void read_top(const Node& document) {
        Fields fields(document, "a ruleset", diagnostics_);
        auto name = fields.need_text("ruleset");
        const Node* base = fields.take("extends");
        if (base != nullptr && scalar_text(*base, "\"extends\"", diagnostics_)) read_named(*base);
        for (const Node& part : fields.list("parts")) {
            if (scalar_text(part, "a part", diagnostics_)) read_named(part);
        }
        if (name) ruleset_.name = std::move(name);
        read_settings(fields);
        read_texts(fields, "clauses", "clause", ruleset_.clauses);
        read_texts(fields, "words", "word", ruleset_.words);
        read_parameters(fields, base != nullptr);
        for (RawAssignment& definition : read_assignments(fields, "define", diagnostics_))
            read_definition(std::move(definition), base != nullptr);
        for (const auto& [key, node] : fields.map("decisions")) read_or_change_decision(key, node, base != nullptr);
        fields.finish();
    }

    /// What a file says of the whole ruleset; the file that names others has the last word.
    void read_settings(Fields& fields) {
        if (RawText title = read_text(fields, "title", diagnostics_); !title.languages.empty())
            ruleset_.title = std::move(title);
        if (auto vocabulary = fields.text("vocabulary")) ruleset_.vocabulary = std::move(vocabulary);
        if (auto zone = fields.text("zone")) ruleset_.zone = std::move(zone);
        for (Excerpt& file : fields.texts("calendars")) ruleset_.calendars.push_back(std::move(file));
        if (const Node* calendar = fields.take("calendar")) ruleset_.calendar = *calendar;
        if (const Node* effective = fields.take("effective")) {
            Fields dates(*effective, "\"effective\"", diagnostics_);
            ruleset_.effective_from = dates.text("from");
            ruleset_.effective_until = dates.text("until");
            dates.finish();
        }
    }

    /// A map from ids to texts; no id twice.
    void read_texts(Fields& fields, std::string_view key, std::string_view what,
                    std::vector<std::pair<Excerpt, RawText>>& into) {
        for (const auto& [id, node] : fields.map(key)) {
            RawText text = read_text(node, fmt::format("the {} \"{}\"", what, id.text.text), diagnostics_);
            add_once(
                into, id.text, what, [&] { into.emplace_back(id.text, std::move(text)); },
                [](const auto& entry) -> const Excerpt& { return entry.first; });
        }
    }

    void read_definition(RawAssignment definition, bool overlay) {
        const auto same = std::find_if(ruleset_.define.begin(), ruleset_.define.end(),
                                       [&](const RawAssignment& d) { return d.name.text == definition.name.text; });
        if (overlay && same != ruleset_.define.end()) {
            *same = std::move(definition);
            return;
        }
        const Excerpt name = definition.name;
        add_once(
            ruleset_.define, name, "definition", [&] { ruleset_.define.push_back(std::move(definition)); },
            [](const auto& d) -> const Excerpt& { return d.name; });
    }

    template <typename Items, typename Add, typename NameOf>
    void add_once(const Items& items, const Excerpt& name, std::string_view what, Add add, NameOf name_of) {
        for (const auto& item : items) {
            const Excerpt& other = name_of(item);
            if (other.text != name.text) continue;
            const auto position = other.source->position(other.offset(0));
            diagnostics_.error(name.place(), fmt::format("there is already a {} \"{}\"", what, name.text),
                               fmt::format("the first is at {}:{}", other.source->name(), position.line));
            return;
        }
        add();
    }

    void read_parameters(Fields& fields, bool overlay) {
        for (const auto& [name, node] : fields.map("parameters")) {
            RawParameter parameter = read_parameter(name, node, diagnostics_);
            if (overlay && node.is_scalar()) {
                set_parameter(parameter);
            } else if (!parameter.is && node.is_scalar()) {
                diagnostics_.error(
                    name.place(), fmt::format("the parameter \"{}\" needs a type", name.text.text),
                    fmt::format("write {}: {{is: TYPE, value: {}, pt: …, en: …}}", name.text.text, node.text.text));
            } else {
                const Excerpt key = name.text;
                add_once(
                    ruleset_.parameters, key, "parameter", [&] { ruleset_.parameters.push_back(std::move(parameter)); },
                    [](const auto& p) -> const Excerpt& { return p.name; });
            }
        }
    }

    void set_parameter(const RawParameter& change) {
        std::vector<std::string> known;
        for (RawParameter& parameter : ruleset_.parameters) {
            if (parameter.name.text == change.name.text) {
                parameter.value = change.value;
                return;
            }
            known.push_back(parameter.name.text);
        }
        const std::string near = nearest(change.name.text, known);
        diagnostics_.error(change.place, fmt::format("the base has no parameter \"{}\"", change.name.text),
                           near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
    }

    void read_or_change_decision(const Node& name, const Node& node, bool overlay) {
        if (overlay) {
            for (RawDecision& decision : ruleset_.decisions) {
                if (decision.name.text != name.text.text) continue;
                change_decision(decision, name, node, diagnostics_);
                return;
            }
        }
        RawDecision decision = read_decision(name, node, diagnostics_);
        add_once(
            ruleset_.decisions, name.text, "decision", [&] { ruleset_.decisions.push_back(std::move(decision)); },
            [](const auto& d) -> const Excerpt& { return d.name; });
    }

    const FileReader& read_file_;
    Diagnostics& diagnostics_;
    RawRuleset ruleset_;
    std::vector<std::string> open_;
};

}  // namespace

RawRuleset read_ruleset(const SourcePtr& source, const FileReader& read_file, Diagnostics& diagnostics) {
    RulesetReader reader(read_file, diagnostics);
    reader.read(source);
    return reader.take();
}

std::string beside(const std::string& base, const std::string& name) {
    if (!name.empty() && name.front() == '/') return name;
    return (std::filesystem::path(base).parent_path() / name).lexically_normal().string();
}

}  // namespace praxe
