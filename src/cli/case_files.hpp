// What the verbs that put cases to a ruleset share: reading a dated case, names of decisions, instants, the language.
#pragma once

#include <optional>
#include <praxe/ruleset.hpp>
#include <string>
#include <vector>

#include "document/node.hpp"

namespace praxe {

/// `pt` where LC_ALL or LANG says Portuguese, otherwise `en`.
std::string default_language();

/// The message about the first name that is no decision of the ruleset; empty: all are.
std::string unknown_decision(const Ruleset& ruleset, const std::vector<std::string>& asked);

/// Nothing, and a message added to `error`, where the text is no instant of whole microseconds.
std::optional<std::int64_t> read_instant(const std::string& text, std::string& error);

/// A case with an instant of decision: its own, or `at`. Laid over the `background` (which may be null).
Result<Case> read_dated_case(const Ruleset& ruleset, const SourcePtr& source, bool json, std::optional<std::int64_t> at,
                             const Node* background = nullptr);

/// Facts that all cases of a call share, from a file; nothing where it is wrong (added to `errors`) or `path` is empty.
std::optional<Node> read_background(const std::string& path, std::string& errors);

/// The same of a file; where it is wrong nothing, with what is wrong added to `errors`.
std::optional<Case> read_case_file(const Ruleset& ruleset, const std::string& path, std::optional<std::int64_t> at,
                                   std::string& errors, const Node* background = nullptr);

}  // namespace praxe
