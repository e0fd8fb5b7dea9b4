// A ruleset as a program: parsed, ordered, typed. The evaluator walks it; nothing changes it after loading.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <praxe/cost.hpp>
#include <praxe/overlay.hpp>
#include <set>
#include <string>
#include <vector>

#include "facts/schema.hpp"
#include "syntax/expr.hpp"
#include "value/calendar.hpp"

namespace praxe {

class Patterns;       // value/pattern.hpp
class DecisionIndex;  // table/decision_index.hpp
struct Program;       // program/program.hpp
class Machines;       // machine/machines.hpp

/// A text for people with holes (`goes to <holder>`), in one language.
struct Template {
    struct Piece {
        std::string text;
        std::optional<Expression> hole;  // stands after `text`
    };
    std::vector<Piece> pieces;
};
using Texts = std::map<std::string, Template>;         // by language
using Languages = std::map<std::string, std::string>;  // texts without holes

struct Cite {
    std::string clause;
    std::optional<Expression> when;
    Place place;
};

/// A cell of a table over its column: holds when the column has one of the values, compares so with the one value, or
/// lies between two.
struct Cell {
    const Expression* column = nullptr;  // of its decision
    enum class Form { yes, no, one_of, compare, range } form = Form::one_of;
    std::string comparison;          // `_>=_` and the like; of a range with its lower limit
    std::string upper_comparison;    // of a range with its upper limit: `_<_` or `_<=_`
    std::vector<Expression> values;  // of yes, no: the word itself, which may be a member of the column's closed set
    Place place;                     // of the first that is written so
};

/// One condition of a rule; a rule applies when all hold. `require` holds where its expression has a value at all, and
/// is that expression's error where it has none.
struct Condition {
    enum class Form { when, unless, any, require, cell } form = Form::when;
    std::vector<Expression> parts;  // when, unless, require: one; any: at least one must hold
    const Cell* cell = nullptr;     // of its decision
    Place place;
};

/// A condition as its author would read it back.
std::string to_source(const Condition& condition);

struct Output {
    std::size_t field = 0;
    Expression value;
    Place place;
};

struct Binding {
    std::string name;
    Expression value;  // without a tree (root) where it could not be parsed; no such model is ever run
    Type type;
    Place place;  // of the name
};

struct Rule {
    std::string id;
    std::vector<Cite> cites;
    std::optional<Binding> each;        // applies once for each element for which its conditions hold
    std::vector<Condition> conditions;  // those of the groups around it first
    std::vector<Output> outputs;
    Texts say;
    std::vector<Rule> exceptions;
    Place place;
};

enum class HitPolicy { unique, first, priority, any, most_specific, collect, rule_order };

struct Need {
    std::string fact;  // `client.status`
    std::optional<Expression> when;
    Place place;
};

struct Decision {
    std::string name;
    Languages asks;
    std::vector<Need> needs;
    std::vector<Expression> require;
    std::vector<std::pair<std::string, Type>> params;
    std::optional<Binding> each;  // one outcome for each element
    std::optional<Binding> pick;  // the first element by `order`
    std::optional<Expression> where;
    std::vector<Expression> order;
    RecordType outcome;            // its fields; for `each` the element follows as a last, hidden field
    std::size_t shown_fields = 0;  // how many of the outcome's fields are its own
    std::vector<Binding> let;
    std::vector<Output> always;
    HitPolicy hit = HitPolicy::first;
    int priority = -1;                // the outcome field whose declared order ranks the rules
    std::vector<Excerpt> precedence;  // columns: under most_specific what says something in an earlier one goes first
    std::vector<std::size_t> cited;   // the outcome fields that are the clause a rule cites first, unless it says other
    std::deque<Expression> columns;   // that the cells of its table are about
    std::deque<Cell> cells;           // those that are written alike and are constant stand here once
    std::vector<Rule> rules;
    std::shared_ptr<const DecisionIndex> index;  // of the rules; null where they are looked at one after another
    Place place;

    bool has_arguments() const { return !params.empty(); }
    /// The first rule that applies decides. Most specific rules are put first when the ruleset is loaded.
    bool first_decides() const { return hit == HitPolicy::first || hit == HitPolicy::most_specific; }
    /// A list of the outcomes of all rules that apply.
    bool collects() const { return hit == HitPolicy::collect || hit == HitPolicy::rule_order; }
    /// What naming it (or calling it) gives: a record, a list of records, or an optional of what it picks from.
    Type type;
};

struct Parameter {
    std::string name;
    Type type;
    Value value;
    std::optional<Value> minimum, maximum;
    Languages say;
    Place place;
};

struct Clause {
    std::string id;
    Languages text;
    Place place;
};

struct Indicator;  // check/indicator.hpp
/// A section of the written policy, for its readers; nothing is decided by it.
struct Section {
    /// A clause as this section has it, or a reading that no rule cites.
    struct Reading {
        std::string id;
        Languages text;
        std::vector<std::string> by;     // of a reading: the rules, parameters, settings that bring it about
        std::vector<std::string> tests;  // what holds it where no scenario can
        Place place;
    };
    std::string id;
    Languages title;
    std::vector<std::string> files;  // whose decisions it is about
    std::vector<Reading> says;
    Place place;
};

struct Model {
    std::string name;
    Languages title;
    std::unique_ptr<Schema> schema;
    std::string currency;  // shown beside amounts; empty where the ruleset names none
    Zone zone = Zone::utc();
    std::string zone_data;  // the version of the IANA database that the zone was read from; empty where it is unknown
    std::shared_ptr<const Calendar> calendar;
    Calendars calendars;
    std::optional<Instant> effective_from, effective_until;  // in force in [from, until)
    Place effective_from_place, effective_until_place;
    std::vector<Clause> clauses;
    std::vector<Section> sections;
    std::map<std::string, Languages, std::less<>> words;  // how members and fields are said to people
    std::vector<Parameter> parameters;
    std::vector<Binding> define;
    std::vector<std::unique_ptr<Decision>> decisions;       // in the order written
    std::vector<std::shared_ptr<Indicator>> indicators;     // in the order written
    std::vector<std::pair<std::size_t, std::size_t>> uses;  // what uses what: definitions counted first, then decisions
    std::map<const RecordType*, std::vector<Expression>> assumptions;  // over a variable `this`

    /// What a name of the whole ruleset stands for; `index` counts in the vector of its kind.
    struct Global {
        enum class Kind { fact, parameter, definition, decision } kind;
        std::size_t index;
    };
    std::map<std::string, Global, std::less<>> globals;

    std::shared_ptr<const Patterns> patterns;  // those that the program writes out

    std::shared_ptr<const Program> program;  // of its decisions
    std::shared_ptr<Machines> machines;      // that run it

    std::vector<OverlayChange> changes;  // to what it extends
    std::vector<Cost> costs;             // of the decisions without arguments

    const Decision* find(std::string_view name) const;
    /// The decision whose outcome has that type; null for facts.
    const Decision* decision_of(const RecordType& type) const;
    /// How many of the fields are shown: all but the element that goes with an outcome.
    std::size_t shown_fields(const RecordType& type) const;
    std::vector<std::string> decision_names() const;
};

}  // namespace praxe
