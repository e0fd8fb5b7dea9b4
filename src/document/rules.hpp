// A ruleset as written: located text, no expression parsed, no name looked up. Parts and overlays are merged here.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <praxe/limits.hpp>
#include <praxe/overlay.hpp>
#include <string>
#include <utility>
#include <vector>

#include "document/node.hpp"

namespace praxe {

/// Something for people to read, in each language (`pt`, `en`).
struct RawText {
    std::map<std::string, Excerpt> languages;
    Place place;
};

struct RawCite {
    Excerpt clause;
    std::optional<Excerpt> when;  // `{CLAUSE: condition}`: cited only where the condition holds
};

struct RawAssignment {
    Excerpt name;
    Excerpt value;
};

struct RawRule {
    Excerpt id;
    std::vector<RawCite> cites;
    std::optional<RawAssignment> each;  // name: list; an outcome for each element
    std::vector<Excerpt> when, unless, any;
    std::vector<Excerpt> require;  // expressions that must have a value where the rule is looked at
    std::vector<RawAssignment> then;
    RawText say;
    std::vector<RawRule> exceptions;
    Place place;
    bool is_group = false;
    std::vector<RawRule> rules;            // of a group
    std::optional<Excerpt> before, after;  // of a rule that an overlay adds
    std::vector<RawAssignment> cells;      // of a table's row: column and cell
    bool broken = false;                   // something in it was reported, so it may not be whole
};

/// An exception that stands apart and names the rules it excepts from.
struct RawException {
    std::vector<Excerpt> to;
    RawRule rule;
};

struct RawNeed {
    Excerpt fact;
    std::optional<Excerpt> when;  // `{FACT: condition}`: needed only where the condition holds
};

struct RawDecision {
    Excerpt name;
    RawText asks;
    std::vector<RawNeed> needs;
    std::vector<Excerpt> require;             // expressions that must have a value for the decision to have one
    std::vector<RawAssignment> given;         // name: type
    std::optional<RawAssignment> each, pick;  // name: list
    std::optional<Excerpt> where;
    std::vector<Excerpt> order;
    std::vector<std::pair<Excerpt, Node>> gives;  // name: type, or a list of members
    std::vector<Excerpt> optional;
    std::vector<RawAssignment> let, always;
    std::optional<Excerpt> hit, priority;
    std::vector<Excerpt> precedence;  // columns of the table
    std::vector<RawRule> rules;
    std::vector<RawException> exceptions;
    Place place;
    bool broken = false;  // something in it was reported, so it may not be whole
};

/// A measure over many cases.
struct RawIndicator {
    RawDecision looks_at;  // of its fields: name, place, needs, each, where, let
    RawText title, unit;
    std::vector<Excerpt> cites;
    std::optional<Excerpt> measure;     // the key under which it says what it measures
    std::optional<Excerpt> of, to, by;  // expressions
    std::optional<std::int64_t> percent, decimals, top;
    std::optional<Excerpt> at_least, at_most;  // parameters
    std::optional<Excerpt> fact;               // of the base: that its value stands for
};

struct RawParameter {
    Excerpt name;
    std::optional<Node> is;  // a type's name, or a list of members
    std::optional<Excerpt> value;
    std::optional<Excerpt> minimum, maximum;
    RawText say;
    Place place;
};

/// A clause in a section of the written policy, or a reading that no rule cites: then it says what brings it about.
struct RawReading {
    Excerpt id;
    RawText text;
    std::vector<Excerpt> by, tests;
};

/// A section of the written policy: the files whose decisions it is, and what it says.
struct RawSection {
    Excerpt id;
    RawText title;
    std::vector<Excerpt> files;
    std::vector<RawReading> says;
};

struct RawRuleset {
    bool complete = false;  // every file that it names could be read, and a vocabulary is one of them
    std::optional<Excerpt> name, vocabulary, zone, currency, effective_from, effective_until;
    std::vector<Excerpt> calendars;  // files
    std::optional<Node> calendar;    // a calendar's name, or `{over: …, add: […]}`
    RawText title;
    std::vector<std::pair<Excerpt, RawText>> clauses;
    std::vector<std::pair<Excerpt, RawText>> words;  // how members and fields are said to people
    std::vector<RawParameter> parameters;
    std::vector<RawAssignment> define;
    std::vector<RawDecision> decisions;
    std::vector<RawIndicator> indicators;
    std::vector<RawSection> sections;
    std::vector<OverlayChange> changes;  // what an overlay changed in its base, in the order of their files
    std::vector<SourcePtr> sources;      // all that was read, the top file first
};

/// Finds a file that another names; the name is relative to the naming file. Nothing and a message if it cannot be
/// read.
using FileReader = std::function<SourcePtr(const std::string& path, std::string& message)>;

/// Reads a ruleset with its parts, and what it extends, into one. Everything wrong goes to `diagnostics`.
RawRuleset read_ruleset(const SourcePtr& source, const FileReader& read_file, Diagnostics& diagnostics,
                        const RulesetLimits& limits = {});

/// A decision table written as text, one row a rule: `id | cite | conditions… || outputs… || pt | en`.
/// An empty cell or `-` says nothing; what else a condition's cell may hold is src/check/build_cell.cpp's to know.
std::vector<RawRule> read_table(const Excerpt& text, Diagnostics& diagnostics);
/// The same in a CSV file, with commas; a cell of its first line that begins with `||` begins the next part.
std::vector<RawRule> read_csv_table(const SourcePtr& source, Diagnostics& diagnostics);
/// The same as a list of lists of cells. REQUIRES: list.is_list()
std::vector<RawRule> read_list_table(const Node& list, Diagnostics& diagnostics);

/// The path of `name` as written in the file at `base`.
std::string beside(const std::string& base, const std::string& name);

}  // namespace praxe
