// What the verbs that put cases to a ruleset share.
#include "cli/case_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>

#include "document/node.hpp"
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

Result<Case> read_dated_case(const Ruleset& ruleset, const SourcePtr& source, bool json,
                             std::optional<std::int64_t> at) {
    auto facts = ruleset.read_case(source, json);
    if (!facts || at || facts->at()) return facts;
    Diagnostics diagnostics;
    diagnostics.error({source, {}}, "the case does not say when it is decided",
                      "write at: INSTANT, or pass --at INSTANT");
    return diagnostics;
}

std::optional<Case> read_case_file(const Ruleset& ruleset, const std::string& path, std::optional<std::int64_t> at,
                                   std::string& errors) {
    std::string message;
    const SourcePtr source = Ruleset::read_file(path, message);
    if (source == nullptr) {
        errors += fmt::format("{}: error: {}\n", path, message);
        return std::nullopt;
    }
    auto facts = read_dated_case(ruleset, source, false, at);
    if (facts) return *std::move(facts);
    errors += facts.diagnostics().to_string();
    return std::nullopt;
}

}  // namespace praxe
