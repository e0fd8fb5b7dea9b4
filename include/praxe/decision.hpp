// What a decision answers: the outcome, the clause that decided, and the instant until which it holds.
//
// Units: instants are microseconds since 1970-01-01T00:00:00Z.
// Lifetimes: an answer stands alone: it needs neither the case nor the Ruleset it came from.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <praxe/value.hpp>
#include <string>
#include <vector>

namespace praxe {

struct Model;

/// Until when an answer holds for the same case.
struct Validity {
    /// The first instant after the one decided at, at which the outcome differs; nothing: never.
    std::optional<std::int64_t> until;
    /// The search stopped at the limit of evaluations: the outcome holds at least until `until`.
    bool limited = false;
};

/// A rule that decided, or on whose outcome the answer rested.
struct Because {
    std::string decision;
    std::string rule;
    std::string exception;                    // the exception that replaced the rule's outcome, if any
    std::vector<std::string> cite;            // clauses; the deciding one first
    std::map<std::string, std::string> text;  // by language (`pt`, `en`); empty unless asked for
    std::string item;                         // the key of the item, where the decision is made per item
    std::optional<Validity> valid_until;      // the item's own
};

/// A rule that did not decide: its first condition that does not hold, and what that read.
struct WhyNot {
    std::string rule;
    std::string item;
    std::string condition;  // as written
    std::string value;      // `false`, or the error's message; empty: its conditions hold, but another rule came first
    std::vector<std::pair<std::string, Value>> read;
};

struct Answer {
    std::string decision;
    /// A record, a list of records, an optional, or an error.
    Value outcome;
    /// The deciding rule first; for decisions made per item one entry for each item, in order.
    std::vector<Because> because;
    std::optional<Validity> valid_until;   // nothing when it was not asked for, or the outcome is an error
    std::vector<WhyNot> why_not;           // only on request
    std::shared_ptr<const Model> made_by;  // keeps what the outcome's types belong to
};

struct DecideOptions {
    /// Decisions asked for by name; empty: all whose facts the case holds and that need no arguments.
    std::vector<std::string> decisions = {};
    std::optional<std::int64_t> at = {};  // instead of the case's own `at`
    bool valid_until = true;
    bool texts = false;
    bool explain = false;
    /// Evaluations of one decision while looking for `valid_until`.
    std::size_t max_evaluations = 100'000;
};

}  // namespace praxe
