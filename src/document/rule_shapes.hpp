// The readers of a ruleset's pieces, shared by rules.cpp (whole ones) and overlay.cpp (changes to them).
#pragma once

#include <functional>

#include "document/fields.hpp"
#include "document/overlay_changes.hpp"
#include "document/rules.hpp"

namespace praxe {

/// The texts of one thing, in every language, among its other fields.
void read_languages(Fields& fields, RawText& text);
RawText read_text(const Node& node, std::string what, Diagnostics& diagnostics);
RawText read_text(Fields& fields, std::string_view key, Diagnostics& diagnostics);
std::vector<RawAssignment> read_assignments(Fields& fields, std::string_view key, Diagnostics& diagnostics);
/// Whether rules may say where they stand among the rules of a base.
enum class Anchors { refused, taken };
std::vector<RawRule> read_rules(const std::vector<Node>& nodes, Anchors anchors, Diagnostics& diagnostics);
/// The fields of a rule but its id: what a replacement may say.
void read_replacement(const Node& node, RawRule& rule, Diagnostics& diagnostics);
std::vector<RawException> read_exceptions(Fields& fields, Diagnostics& diagnostics);
/// The rows of a `table`, which may stand in a file of their own.
using ReadTable = std::function<std::vector<RawRule>(const Node& table)>;
RawDecision read_decision(const Node& name, const Node& node, const ReadTable& rows_of, Diagnostics& diagnostics);
/// What of a case an indicator looks at: `needs`, `each`, `where`, `let`.
void read_frame(Fields& fields, RawDecision& frame, Diagnostics& diagnostics);
/// indicators.cpp
RawIndicator read_indicator(const Node& name, const Node& node, Diagnostics& diagnostics);
RawParameter read_parameter(const Node& name, const Node& node, Diagnostics& diagnostics);
void read_section(const Node& node, std::vector<RawSection>& sections, Diagnostics& diagnostics);

/// True if the decision says itself what it gives or picks; otherwise it changes one of a base.
bool is_whole(const Node& decision);

/// What an overlay's decision of the same name does to the base's: new rules before or after named ones, exceptions,
/// `replace`, `drop`, `let`, `always`; or, where it is whole, it stands in the base's place.
void change_decision(RawDecision& base, const Node& name, const Node& node, const ReadTable& rows_of,
                     OverlayChanges& changes, Diagnostics& diagnostics);

}  // namespace praxe
