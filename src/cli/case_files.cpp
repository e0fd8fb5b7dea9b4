// What the verbs that put cases to a ruleset share.
#include "cli/case_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>

#include "document/merge.hpp"
#include "located_case.hpp"
#include "value/time.hpp"

namespace praxe {

std::string default_language() {
    const char* set = std::getenv("LC_ALL");
    if (set == nullptr || *set == '\0') set = std::getenv("LANG");
    return set != nullptr && std::string_view(set).starts_with("pt") ? "pt" : "en";
}

std::string unknown_decision(const Ruleset& ruleset, const std::vector<std::string>& asked) {
    const std::vector<std::string> known = ruleset.decisions();
    for (const std::string& name : asked) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        const std::string near = nearest(name, known);
        return fmt::format("error: the ruleset \"{}\" has no decision \"{}\"\n    hint: {}\n", ruleset.name(), name,
                           near.empty() ? fmt::format("known are: {}", fmt::join(known, ", "))
                                        : fmt::format("did you mean \"{}\"?", near));
    }
    return {};
}

std::optional<std::int64_t> read_instant(const std::string& text, std::string& error) {
    const auto at = parse_instant(text);
    if (at && at->nanos_below == 0) return at->micros;
    error += fmt::format("error: \"{}\" is not an instant\n    hint: write 2024-05-02T10:00:00-03:00\n", text);
    return std::nullopt;
}

namespace {

Result<Case> read_over(const Ruleset& ruleset, const SourcePtr& source, bool json, const Node& background) {
    Diagnostics diagnostics;
    const auto document = json ? read_json(source, diagnostics) : read_document(source, diagnostics);
    if (!document) return diagnostics;
    return read_case(ruleset, laid_over(background, *document));
}

}  // namespace

std::optional<Node> read_background(const std::string& path, std::string& errors) {
    if (path.empty()) return std::nullopt;
    std::string message;
    const SourcePtr source = Ruleset::read_file(path, message);
    if (source == nullptr) {
        errors += fmt::format("{}: error: {}\n", path, message);
        return std::nullopt;
    }
    Diagnostics diagnostics;
    auto document = read_document(source, diagnostics);
    if (document && !document->is_map())
        diagnostics.error(document->place(), "facts that cases share must be a map of fields");
    errors += diagnostics.to_string();
    return diagnostics.empty() ? std::move(document) : std::nullopt;
}

Result<Case> read_dated_case(const Ruleset& ruleset, const SourcePtr& source, bool json, std::optional<std::int64_t> at,
                             const Node* background) {
    auto facts =
        background == nullptr ? ruleset.read_case(source, json) : read_over(ruleset, source, json, *background);
    if (!facts || at || facts->at()) return facts;
    Diagnostics diagnostics;
    diagnostics.error({source, {}}, "the case does not say when it is decided",
                      "write at: INSTANT, or pass --at INSTANT");
    return diagnostics;
}

std::optional<Case> read_case_file(const Ruleset& ruleset, const std::string& path, std::optional<std::int64_t> at,
                                   std::string& errors, const Node* background) {
    std::string message;
    const SourcePtr source = Ruleset::read_file(path, message);
    if (source == nullptr) {
        errors += fmt::format("{}: error: {}\n", path, message);
        return std::nullopt;
    }
    auto facts = read_dated_case(ruleset, source, false, at, background);
    if (facts) return *std::move(facts);
    errors += facts.diagnostics().to_string();
    return std::nullopt;
}

}  // namespace praxe
