// A ruleset's files: parts and what an overlay extends, read and merged into one.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "document/rule_shapes.hpp"
#include "document/settings.hpp"

namespace praxe {
namespace {

std::string normal(const std::string& path) {
    return std::filesystem::path(path).lexically_normal().string();
}

std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known) {
    const std::string near = nearest(wrong, known);
    return near.empty() ? "" : fmt::format("did you mean \"{}\"?", near);
}

std::string_view article(std::string_view noun) {
    return noun.starts_with('i') ? "an" : "a";
}

std::string where(const Excerpt& text) {
    return fmt::format("{}:{}", text.source->name(), text.source->position(text.offset(0)).line);
}

/// Reads one file after another into one ruleset; parts first, then what is laid over them.
class RulesetReader {
  public:
    RulesetReader(const FileReader& read_file, const RulesetLimits& limits, Diagnostics& diagnostics)
        : read_file_(read_file), limits_(limits), diagnostics_(diagnostics) {}

    RawRuleset read_all(const SourcePtr& source) {
        ruleset_.complete = true;
        set_all(read(source));
        return std::move(ruleset_);
    }

  private:
    Settings read(const SourcePtr& source) {
        Settings settings;
        const std::string path = normal(source->name());
        open_.push_back(path);
        read_.insert(path);
        ruleset_.sources.push_back(source);
        if (const auto document = read_document(source, diagnostics_)) {
            settings = read_top(*document);
            if (open_.size() == 1) check_vocabulary(*document, settings);
        } else {
            ruleset_.complete = false;
        }
        open_.pop_back();
        return settings;
    }

    /// Facts are declared in a vocabulary: without one, nothing else can be looked at.
    void check_vocabulary(const Node& document, const Settings& settings) {
        if (settings.vocabulary) return;
        const bool said = !document.is_map() || document.find("vocabulary") != nullptr;  // and wrong: reported
        if (!said && ruleset_.complete) {
            diagnostics_.error(settings.name ? settings.name->place() : document.place(),
                               "the ruleset names no vocabulary", "write vocabulary: FILE");
        }
        ruleset_.complete = false;
    }

    /// A file that another names; nothing if it was read before or cannot be read (reported).
    std::optional<Settings> read_named(const Node& name) {
        const std::string path = normal(beside(name.source->name(), name.text.text));
        if (const auto met = std::find(open_.begin(), open_.end(), path); met != open_.end()) {
            diagnostics_.error(name.place(),
                               fmt::format("\"{}\" leads back to itself: {} → {}", name.text.text,
                                           fmt::join(std::vector<std::string>(met, open_.end()), " → "), path));
            ruleset_.complete = false;
            return std::nullopt;
        }
        if (read_.contains(path)) return std::nullopt;
        const SourcePtr source = open_file(name, path);
        return source == nullptr ? std::nullopt : std::optional(read(source));
    }

    /// Null, and reported where it is named, if it cannot be read or is one too many.
    SourcePtr open_file(const Node& name, const std::string& path) {
        std::string message;
        if (ruleset_.sources.size() == limits_.max_files) {
            diagnostics_.error(name.place(), fmt::format("a ruleset can have {} files at most", limits_.max_files));
        } else if (SourcePtr source = read_file_(path, message)) {
            return source;
        } else {
            diagnostics_.error(name.place(), fmt::format("cannot read \"{}\": {}", path, message));
        }
        ruleset_.complete = false;
        return nullptr;
    }

    Settings read_top(const Node& document) {
        Fields fields(document, "a ruleset", diagnostics_);
        Settings own = read_settings(fields, diagnostics_);
        const Node* base = fields.take("extends");
        if (base != nullptr && scalar_text(*base, "\"extends\"", diagnostics_)) {
            if (auto settings = read_named(*base)) {
                changes_.begin();
                tell_settings(*settings, own);
                inherit(own, *std::move(settings), Inherited::base, diagnostics_);
            }
        }
        read_parts(fields, own);
        for (Excerpt& file : fields.texts("calendars")) ruleset_.calendars.push_back(std::move(file));
        read_texts(fields, "clauses", "clause", ruleset_.clauses);
        read_texts(fields, "words", "word", ruleset_.words);
        for (const Node& section : fields.list("sections")) read_section(section, ruleset_.sections, diagnostics_);
        read_parameters(fields, base != nullptr);
        for (RawAssignment& definition : read_assignments(fields, "define", diagnostics_))
            read_definition(std::move(definition), base != nullptr);
        for (const auto& [key, node] : fields.map("decisions")) read_or_change_decision(key, node, base != nullptr);
        for (const auto& [name, node] : fields.map("indicators"))
            read_or_replace_indicator(name, node, base != nullptr);
        fields.finish();
        return own;
    }

    void read_parts(Fields& fields, Settings& own) {
        std::set<std::string> named;
        for (const Node& part : fields.list("parts")) {
            if (!scalar_text(part, "a part", diagnostics_)) continue;
            if (!named.insert(normal(part.text.text)).second) {
                diagnostics_.error(part.place(), fmt::format("the part \"{}\" is named twice", part.text.text));
                continue;
            }
            if (auto settings = read_named(part)) inherit(own, *std::move(settings), Inherited::part, diagnostics_);
        }
    }

    void set_all(Settings settings) {
        ruleset_.name = std::move(settings.name);
        ruleset_.title = std::move(settings.title);
        ruleset_.vocabulary = std::move(settings.vocabulary);
        ruleset_.zone = std::move(settings.zone);
        ruleset_.currency = std::move(settings.currency);
        ruleset_.calendar = std::move(settings.calendar);
        ruleset_.effective_from = std::move(settings.effective_from);
        ruleset_.effective_until = std::move(settings.effective_until);
    }

    void tell_settings(const Settings& base, const Settings& own) {
        const auto tell = [&](std::string name, const auto& was, const auto& is) {
            if (!is || written(was) == written(is)) return;
            const What what = name == "vocabulary" ? What::vocabulary : What::setting;
            changes_.changed(what, std::move(name), written(was), written(is), is->place());
        };
        tell("vocabulary", base.vocabulary, own.vocabulary);
        tell("zone", base.zone, own.zone);
        tell("currency", base.currency, own.currency);
        tell("calendar", base.calendar, own.calendar);
        tell("effective.from", base.effective_from, own.effective_from);
        tell("effective.until", base.effective_until, own.effective_until);
    }

    /// A map from ids to texts; no id twice.
    void read_texts(Fields& fields, std::string_view key, std::string_view what,
                    std::vector<std::pair<Excerpt, RawText>>& into) {
        for (const auto& [id, node] : fields.map(key)) {
            RawText text = read_text(node, fmt::format("the {} \"{}\"", what, id.text.text), diagnostics_);
            if (is_new(into, id.text, what, [](const auto& entry) { return entry.first; }))
                into.emplace_back(id.text, std::move(text));
        }
    }

    /// False, and reported, if one of that name is there already.
    template <typename Items, typename NameOf>
    bool is_new(const Items& items, const Excerpt& name, std::string_view what, NameOf name_of) {
        for (const auto& item : items) {
            const Excerpt other = name_of(item);
            if (other.text != name.text) continue;
            diagnostics_.error(name.place(),
                               fmt::format("there is already {} {} \"{}\"", article(what), what, name.text),
                               fmt::format("the first is at {}", where(other)));
            return false;
        }
        return true;
    }

    void read_definition(RawAssignment definition, bool overlay) {
        const auto same = std::find_if(ruleset_.define.begin(), ruleset_.define.end(),
                                       [&](const RawAssignment& d) { return d.name.text == definition.name.text; });
        const std::string name = definition.name.text;
        const Place place = definition.name.place();
        if (overlay && same != ruleset_.define.end()) {
            changes_.changed(What::definition, name, written(same->value.text), written(definition.value.text), place);
            *same = std::move(definition);
        } else if (is_new(ruleset_.define, definition.name, "definition", [](const auto& d) { return d.name; })) {
            changes_.added(What::definition, name, written(definition.value.text), place);
            ruleset_.define.push_back(std::move(definition));
        }
    }

    void read_parameters(Fields& fields, bool overlay) {
        for (const auto& [name, node] : fields.map("parameters")) {
            if (overlay && node.is_scalar()) {
                set_parameter(name.text, node.text);
            } else if (node.is_scalar()) {
                diagnostics_.error(
                    name.place(), fmt::format("the parameter \"{}\" needs a type", name.text.text),
                    fmt::format("write {}: {{is: TYPE, value: {}, pt: …, en: …}}", name.text.text, node.text.text));
            } else {
                RawParameter parameter = read_parameter(name, node, diagnostics_);
                if (is_new(ruleset_.parameters, name.text, "parameter", [](const auto& p) { return p.name; }))
                    add_parameter(std::move(parameter));
            }
        }
    }

    void add_parameter(RawParameter parameter) {
        changes_.added(What::parameter, parameter.name.text, written(parameter.value), parameter.name.place());
        ruleset_.parameters.push_back(std::move(parameter));
    }

    /// An overlay's new value.
    void set_parameter(const Excerpt& name, const Excerpt& value) {
        std::vector<std::string> known;
        for (RawParameter& parameter : ruleset_.parameters) {
            if (parameter.name.text == name.text) {
                changes_.changed(What::parameter, name.text, written(parameter.value), written(value.text),
                                 name.place());
                parameter.value = value;
                return;
            }
            known.push_back(parameter.name.text);
        }
        report_not_in_base(name, "parameter", known);
    }

    void read_or_change_decision(const Node& name, const Node& node, bool overlay) {
        std::vector<std::string> known;
        for (RawDecision& decision : ruleset_.decisions) {
            if (overlay && decision.name.text == name.text.text)
                return change_decision(decision, name, node, rows_of_, changes_, diagnostics_);
            known.push_back(decision.name.text);
        }
        if (overlay && node.is_map() && !is_whole(node)) return report_not_in_base(name.text, "decision", known);
        RawDecision decision = read_decision(name, node, rows_of_, diagnostics_);
        if (is_new(ruleset_.decisions, name.text, "decision", [](const auto& d) { return d.name; }))
            add_decision(std::move(decision));
    }

    void add_decision(RawDecision decision) {
        changes_.added(What::decision, decision.name.text, "", decision.name.place());
        ruleset_.decisions.push_back(std::move(decision));
    }

    /// An overlay's indicator stands in the place of the base's of that name.
    void read_or_replace_indicator(const Node& name, const Node& node, bool overlay) {
        RawIndicator indicator = read_indicator(name, node, diagnostics_);
        const auto same =
            std::find_if(ruleset_.indicators.begin(), ruleset_.indicators.end(),
                         [&](const RawIndicator& one) { return one.looks_at.name.text == name.text.text; });
        if (overlay && same != ruleset_.indicators.end()) {
            *same = std::move(indicator);
        } else if (is_new(ruleset_.indicators, name.text, "indicator", [](const auto& i) { return i.looks_at.name; })) {
            ruleset_.indicators.push_back(std::move(indicator));
        }
    }

    void report_not_in_base(const Excerpt& name, std::string_view what, const std::vector<std::string>& known) {
        if (!ruleset_.complete) return;  // what cannot be read may have it
        diagnostics_.error(name.place(), fmt::format("the base has no {} \"{}\"", what, name.text),
                           did_you_mean(name.text, known));
    }

    /// The rows of a table, written as text, as lists or in a file of their own.
    std::vector<RawRule> rows_of(const Node& table) {
        if (table.is_list()) return read_list_table(table, diagnostics_);
        if (!table.is_map()) {
            const auto text = scalar_text(table, "\"table\"", diagnostics_);
            return text ? read_table(*text, diagnostics_) : std::vector<RawRule>();
        }
        Fields fields(table, "a table", diagnostics_);
        const Node* const name = fields.need("file");
        fields.finish();
        if (name == nullptr || !scalar_text(*name, "\"file\"", diagnostics_)) return {};
        const SourcePtr source = open_file(*name, normal(beside(name->source->name(), name->text.text)));
        if (source == nullptr) return {};
        ruleset_.sources.push_back(source);
        return read_csv_table(source, diagnostics_);
    }

    const FileReader& read_file_;
    const RulesetLimits& limits_;
    Diagnostics& diagnostics_;
    RawRuleset ruleset_;
    OverlayChanges changes_{ruleset_.changes};
    std::vector<std::string> open_;  // files being read, the top one first
    std::set<std::string> read_;
    const ReadTable rows_of_ = [this](const Node& table) { return rows_of(table); };
};

// ------------------------------------------------------------------------------------------------------ limits

std::size_t count_rules(const std::vector<RawRule>& rules) {
    std::size_t count = 0;
    for (const RawRule& rule : rules)
        count += (rule.is_group ? 0 : 1) + rule.exceptions.size() + count_rules(rule.rules);
    return count;
}

std::size_t count_rules(const RawDecision& decision) {
    std::size_t count = count_rules(decision.rules);
    for (const RawException& exception : decision.exceptions) count += exception.to.size();
    return count;
}

/// Says at the first thing too many that a limit is passed; false if so.
bool keep_limits(const RawRuleset& ruleset, const RulesetLimits& limits, Diagnostics& diagnostics) {
    const auto passed = [&](const Excerpt& at, std::size_t limit, std::string_view what) {
        diagnostics.error(at.place(), fmt::format("a ruleset can have {} {} at most", limit, what));
        return false;
    };
    bool kept = true;
    if (ruleset.parameters.size() > limits.max_parameters)
        kept = passed(ruleset.parameters[limits.max_parameters].name, limits.max_parameters, "parameters");
    if (ruleset.decisions.size() > limits.max_decisions)
        kept = passed(ruleset.decisions[limits.max_decisions].name, limits.max_decisions, "decisions");
    if (ruleset.indicators.size() > limits.max_indicators)
        kept = passed(ruleset.indicators[limits.max_indicators].looks_at.name, limits.max_indicators, "indicators");
    std::size_t rules = 0;
    for (const RawDecision& decision : ruleset.decisions) {
        rules += count_rules(decision);
        if (rules > limits.max_rules) return passed(decision.name, limits.max_rules, "rules");
    }
    return kept;
}

}  // namespace

RawRuleset read_ruleset(const SourcePtr& source, const FileReader& read_file, Diagnostics& diagnostics,
                        const RulesetLimits& limits) {
    RawRuleset ruleset = RulesetReader(read_file, limits, diagnostics).read_all(source);
    if (!keep_limits(ruleset, limits, diagnostics)) ruleset.complete = false;
    return ruleset;
}

std::string beside(const std::string& base, const std::string& name) {
    if (!name.empty() && name.front() == '/') return name;
    return (std::filesystem::path(base).parent_path() / name).lexically_normal().string();
}

}  // namespace praxe
