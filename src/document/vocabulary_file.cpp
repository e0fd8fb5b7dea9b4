// Vocabularies laid over one another: an extension only ever adds, so that cases of the base stay good.
#include "document/vocabulary_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "document/fields.hpp"

namespace praxe {
namespace {

/// `status?` → `status`.
std::string field_name(const Node& key) {
    const std::string& text = key.text.text;
    return text.ends_with('?') ? text.substr(0, text.size() - 1) : text;
}

std::pair<Node, Node>* entry_of(Node& map, std::string_view key) {
    const auto found =
        std::ranges::find_if(map.entries, [&](const auto& entry) { return field_name(entry.first) == key; });
    return found == map.entries.end() ? nullptr : &*found;
}

class Extension {
  public:
    Extension(std::vector<OverlayChange>& changes, Diagnostics& diagnostics)
        : changes_(changes), diagnostics_(diagnostics) {}

    /// Lays `above` over `base`.
    void lay(Node& base, const Node& above) {
        Fields top(above, "a vocabulary", diagnostics_);
        top.need_text("vocabulary");
        top.take("extends");
        for (const auto& [name, members] : top.map("closed_sets"))
            lay_set(part(base, above, "closed_sets"), name, members);
        for (const auto& [name, body] : top.map("records")) lay_record(part(base, above, "records"), name, body);
        if (top.take("facts") != nullptr) lay_fields(part(base, above, "facts"), top.map("facts"), "case");
        top.finish();
        if (const Node* const name = above.find("vocabulary")) part(base, above, "vocabulary") = *name;
    }

  private:
    /// The base's value of a key; an empty map where it has none.
    static Node& part(Node& base, const Node& above, std::string_view key) {
        if (auto* const entry = entry_of(base, key)) return entry->second;
        Node map;
        map.kind = Node::Kind::map;
        map.span = above.span;
        map.source = above.source;
        base.entries.emplace_back(*above.find_key(key), std::move(map));
        return base.entries.back().second;
    }

    void lay_set(Node& sets, const Node& name, const Node& members) {
        auto* const known = entry_of(sets, name.text.text);
        if (known == nullptr && members.is_map()) {
            not_in_base(name, "closed set", sets);
        } else if (known == nullptr) {
            sets.entries.emplace_back(name, members);
            tell(name.text.text, name);
        } else if (!members.is_map()) {
            diagnostics_.error(name.place(), fmt::format("the base has a closed set \"{}\" already", name.text.text),
                               fmt::format("write {}: {{add: [MEMBER…]}}", name.text.text));
        } else {
            Fields fields(members, fmt::format("the change of \"{}\"", name.text.text), diagnostics_);
            for (const Node& member : fields.list("add")) {
                known->second.items.push_back(member);
                tell(fmt::format("{}.{}", name.text.text, member.text.text), member);
            }
            fields.finish();
        }
    }

    void lay_record(Node& records, const Node& name, const Node& body) {
        auto* const known = entry_of(records, name.text.text);
        if (known == nullptr) {
            records.entries.emplace_back(name, body);
            tell(name.text.text, name);
            return;
        }
        Fields fields(body, fmt::format("the change of \"{}\"", name.text.text), diagnostics_);
        const auto& added = fields.map("fields");
        if (auto* const own = entry_of(known->second, "fields")) lay_fields(own->second, added, name.text.text);
        fields.finish();
    }

    void lay_fields(Node& fields, const std::vector<std::pair<Node, Node>>& added, const std::string& record) {
        for (const auto& [key, type] : added) {
            const std::string name = field_name(key);
            if (entry_of(fields, name) != nullptr) {
                diagnostics_.error(key.place(),
                                   fmt::format("the base's \"{}\" has a field \"{}\" already", record, name),
                                   "an extension adds fields; it does not change them");
                continue;
            }
            fields.entries.emplace_back(key, type);
            tell(fmt::format("{}.{}", record, name), key);
        }
    }

    void not_in_base(const Node& name, std::string_view what, const Node& known) {
        std::vector<std::string> names;
        for (const auto& [key, value] : known.entries) names.push_back(key.text.text);
        const std::string near = nearest(name.text.text, names);
        diagnostics_.error(name.place(), fmt::format("the base has no {} \"{}\"", what, name.text.text),
                           near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
    }

    void tell(std::string name, const Node& at) {
        changes_.push_back(
            {OverlayChange::What::vocabulary, OverlayChange::How::added, std::move(name), {}, {}, {}, at.place()});
    }

    std::vector<OverlayChange>& changes_;
    Diagnostics& diagnostics_;
};

class VocabularyReader {
  public:
    VocabularyReader(const FileReader& read_file, const RulesetLimits& limits, std::vector<OverlayChange>& changes,
                     Diagnostics& diagnostics)
        : read_file_(read_file), limits_(limits), changes_(changes), diagnostics_(diagnostics) {}

    std::optional<Node> read(const SourcePtr& source) {
        open_.push_back(std::filesystem::path(source->name()).lexically_normal().string());
        auto document = read_document(source, diagnostics_);
        const Node* const extends = document ? document->find("extends") : nullptr;
        if (extends == nullptr) return document;
        const auto name = scalar_text(*extends, "\"extends\"", diagnostics_);
        if (!name) return std::nullopt;
        auto base = read_named(*name);
        if (base && base->is_map()) Extension(changes_, diagnostics_).lay(*base, *document);
        return base;
    }

  private:
    std::optional<Node> read_named(const Excerpt& name) {
        const std::string path = beside(name.source->name(), name.text);
        if (std::ranges::find(open_, path) != open_.end()) {
            diagnostics_.error(name.place(), fmt::format("\"{}\" leads back to itself: {} → {}", name.text,
                                                         fmt::join(open_, " → "), path));
            return std::nullopt;
        }
        if (open_.size() == limits_.max_files) {
            diagnostics_.error(name.place(), fmt::format("a vocabulary can have {} files at most", limits_.max_files));
            return std::nullopt;
        }
        std::string message;
        if (const SourcePtr source = read_file_(path, message)) return read(source);
        diagnostics_.error(name.place(), fmt::format("cannot read \"{}\": {}", path, message));
        return std::nullopt;
    }

    const FileReader& read_file_;
    const RulesetLimits& limits_;
    std::vector<OverlayChange>& changes_;
    Diagnostics& diagnostics_;
    std::vector<std::string> open_;
};

}  // namespace

std::optional<Node> read_vocabulary(const SourcePtr& source, const FileReader& read_file, const RulesetLimits& limits,
                                    std::vector<OverlayChange>& changes, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.size();
    auto document = VocabularyReader(read_file, limits, changes, diagnostics).read(source);
    return diagnostics.size() == errors_before ? std::move(document) : std::nullopt;
}

}  // namespace praxe
