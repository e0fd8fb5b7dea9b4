// The tree of an expression, as parsed; the checker fills in types and what names stand for.
#pragma once

#include <cstdint>
#include <memory>
#include <praxe/diagnostics.hpp>
#include <praxe/value.hpp>
#include <string>
#include <vector>

#include "text/excerpt.hpp"
#include "value/type.hpp"

namespace praxe {

struct Overload;  // value/functions.hpp

enum class ExprKind : std::uint8_t {
    literal,  // value
    ident,    // name; absolute: written with a leading dot
    select,   // args[0].name; optional: `.?`
    call,     // name(args…); receiver: args[0] stands before the dot. Operators by CEL's names: `_+_`, `!_`, `_?_:_`,
              // `@in`. A function with a qualified name (`math.abs`) is parsed as a call with a receiver whose
              // `qualified` says which; the checker makes it a call without one unless `math` names a variable
    index,    // args[0][args[1]]; optional: `[?…]`
    list,     // args; optionals[i]: `?` before element i
    map,      // args: key, value, key, value…; optionals[i] for entry i
    has,      // has(args[0]), args[0] a select
    comprehension,  // macro over args[0] with vars (two: index or key, then value); args[1] the body; where the macro
                    // has both, args[1] is the filter and args[2] the transform
    bind,           // cel.bind(vars[0], args[0], args[1])
};

enum class Macro : std::uint8_t {
    all,  // these three take one variable or two
    exists,
    exists_one,
    map,  // list.map(x, transform), list.map(x, filter, transform)
    filter,
    sort_by,         // list.sortBy(x, key)
    transform_list,  // range.transformList(i, v, transform), range.transformList(i, v, filter, transform)
    transform_map,   // a map of the same keys: range.transformMap(k, v, [filter,] transform)
    opt_map,         // optional.optMap(x, body): an optional of the body
    opt_flat_map,    // optional.optFlatMap(x, body): the body, itself an optional
};

struct RecordType;

/// Where what a name or a selection stands for is found at work (check/slots.hpp); `index` counts in what it names.
struct Slot {
    enum class Kind : std::uint8_t {
        unknown,  // nobody looked: it is found by its name
        local,    // a variable of a macro, the outermost first
        bound,    // an argument of the decision at work, or its element
        outcome,  // what is bound last: `this`, `general`
        let,      // of the decision at work
        fact,     // of the case
        parameter,
        definition,
        decision,  // of the ruleset
        part,      // of a selection: no variable, but a part of what stands before the dot
    };
    Kind kind = Kind::unknown;
    std::uint32_t index = 0;             // of a part: the field, in records of that type
    const RecordType* record = nullptr;  // of a part; null: not known beforehand
};

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

/// What is looked at on every walk over a tree stands first, together: rulesets of thousands of rules have trees that
/// no cache holds.
struct Expr {
    ExprKind kind = ExprKind::literal;
    Macro macro = Macro::all;
    bool absolute = false;
    bool receiver = false;
    bool optional = false;
    std::uint32_t depth = 1;  // levels of the tree from here down; 0: stands for what could not be read
    std::uint32_t walks = 0;  // macros that walk over lists or maps here, each for every element of the one before
    std::vector<ExprPtr> args;
    const Overload* overload = nullptr;  // by the checker: the one overload that fits; null: chosen at run time
    Slot slot;                           // by find_slots
    std::string name;
    std::string resolved;  // by the checker: the variable this name or selection stands for (`a.b.c` may be one)
    Type type;             // by the checker
    Value value;
    Span span;       // the whole expression, in the bytes of its source file
    Span name_span;  // the operator, function, field or variable name
    std::vector<std::string> vars;
    std::vector<bool> optionals;
    std::string qualified;  // of a call with a receiver: the function of the table that it is if no variable hides it
};

/// A whole expression and the text it came from.
struct Expression {
    ExprPtr root;
    Excerpt text;
    Place place(const Expr& e) const { return {text.source, e.span}; }
};

/// CEL source text that parses to the same tree.
std::string to_source(const Expr& expr);
/// The tree as an indented text, with types where the checker gave them; compared in tests.
std::string to_tree(const Expr& expr);

}  // namespace praxe
