// What a decision answers: the outcome, the clause that decided, and the instant until which it holds.
//
// Units: instants are microseconds since 1970-01-01T00:00:00Z.
// Lifetimes: an answer stands alone: it needs neither the case nor the Ruleset it came from.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <praxe/limits.hpp>
#include <praxe/value.hpp>
#include <string>
#include <vector>

namespace praxe {

struct Model;

/// What ends an answer's validity: a comparison that turns over, or a fact dated ahead that takes effect. Of several at
/// one instant it is the first that the rules come to.
struct Flip {
    std::string decision;    // where it stands; empty in a definition, and for the ruleset's own dates
    std::string rule;        // empty outside of rules
    std::string exception;   // the exception of that rule, if it stands in one
    std::string binding;     // the `let` or definition that it stands in, if any
    std::string comparison;  // as written; empty where no expression asked (a fact that is needed, or only shown)
    /// The fact (`client.appointments[0].renewed_at`) or else the parameter that it rests on; `effective.from` and
    /// `effective.until` are the ruleset's. Empty: it compares with something written in the rule.
    std::string fact;
    Place place;
};

/// Where the search for the instant stopped; the outcome holds at least until then.
enum class LimitedBy {
    nothing,
    horizon,  // of the search: an instant too far ahead, or too many evaluations
    calendar  // the calendar's last known day: from there on nothing is known
};

/// Until when an answer holds for the same case.
struct Validity {
    /// The first instant after the one decided at, at which the outcome differs; nothing: never.
    std::optional<std::int64_t> until;
    LimitedBy limited_by = LimitedBy::nothing;
    std::size_t evaluations = 0;  // that the search took, beside the answer's own

    // On request, and where something ends it.
    std::optional<Flip> because;  // nothing at the search's horizon
    /// The outcome from `until` on, which may be an error; nothing where it is limited. Of an item that is no longer
    /// decided for, it is absent.
    std::optional<Value> next;
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

/// A function that rounds amounts, as it was called on the way to the answer: what an amount came from, and what
/// rounding made of it.
struct Working {
    std::string decision;                // at work; empty in a definition
    std::string expression;              // as written
    std::vector<Value> of;               // the arguments, without the names of roundings
    Value value;                         // an amount, or the list of its parts
    std::vector<std::string> exact;      // each amount before rounding: "12.501", or cut, "33.333333…"
    std::vector<std::size_t> odd_cents;  // the parts, from 0, to which a cent that was left over went
};

struct Answer {
    std::string decision;
    /// A record, a list of records, an optional, or an error.
    Value outcome;
    /// The deciding rule first; for decisions made per item one entry for each item, in order.
    std::vector<Because> because;
    std::optional<Validity> valid_until;   // nothing when it was not asked for, or the outcome is an error
    std::vector<WhyNot> why_not;           // only on request
    std::vector<Working> workings;         // only on request: in the order in which they were made
    std::shared_ptr<const Model> made_by;  // keeps what the outcome's types belong to
};

struct DecideOptions {
    /// Decisions asked for by name; empty: all whose facts the case holds and that need no arguments.
    std::vector<std::string> decisions = {};
    std::optional<std::int64_t> at = {};  // instead of the case's own `at`
    bool valid_until = true;
    bool texts = false;
    /// Why other rules did not decide; how amounts came about; what ends `valid_until`, and the outcome from then on.
    bool explain = false;
    /// Evaluations of one decision while looking for `valid_until`.
    std::size_t max_evaluations = 100'000;
    /// How far ahead of the instant decided at `valid_until` is looked for, in microseconds; nothing: without end.
    std::optional<std::int64_t> horizon = {};
    /// Of each evaluation.
    EvaluationLimits limits = decision_limits;
    /// By the reference engine alone, which walks over the rules as they are written: slow, and the same answers.
    bool by_reference = false;
};

}  // namespace praxe
