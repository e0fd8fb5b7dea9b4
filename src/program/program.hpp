// A ruleset's decisions as one program over typed registers: what the machine runs.
//
// There is no recursion in a ruleset, so every name has a register of its own and nothing is ever pushed. What is
// worked out once (definitions, lets, decisions) is a memo: the code that works it out, and where its value is kept.
// Whatever has no value is an error without a message: the reference engine is asked for that.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "check/model.hpp"
#include "program/datum.hpp"
#include "value/functions.hpp"

namespace praxe {

using Register = std::uint16_t;

/// What an instruction does with its registers a, b, c and its numbers d and e. Errors among b and c make a an error.
enum class Op : std::uint8_t {
    move,  // a = b
    none,  // a = nothing
    fail,  // a = an error
    now,   // a = the instant judged
    // Parts.
    fact,       // a = the field d of the case (of Program::fields)
    load,       // a = the field d of record b; c: ReadMode
    part,       // a = field d of outcome b; c: ReadMode
    at_index,   // a = item c of list b, of shape d; e: 1 where absence is nothing instead of an error
    entry,      // a = entry c of map b, of type d; e as above
    size,       // a = how many items list b has
    map_size,   // a = how many entries map b has
    value,      // a = b, an error where that is nothing
    has_value,  // a = whether b is something
    // Comparisons. d: Comparison.
    compare,         // of whole numbers b and c
    compare_text,    // equal or not
    reaches,         // of the moving b with the still c; e: Moving
    so_far,          // a = what the moving b is until it is one more; e: Moving
    in_list,         // a = whether b is in list c; d: the shape of its items
    in_map,          // a = whether text b is a key of map c
    member_of_text,  // a = the place of text b in the closed set of shape d
    text_of_member,  // a = the text of b, a member of the closed set of shape d
    // Logic; all three-valued.
    both,              // a = b and c
    either,            // a = b or c
    negate,            // a = not b
    or_error,          // a is an error where b is one
    jump,              // to d
    jump_if_false,     // b is false
    jump_if_true,      // b is true
    jump_unless_true,  // b is false or an error
    jump_if_error,     // b is an error
    jump_if_ok,        // b has a value
    jump_unless_ok,    // b has none
    // Arithmetic.
    add,          // whole numbers of one type; an overflow is an error
    subtract,     //
    add_moving,   // a = b + c, b moving; e: Moving
    take_moving,  // a = b - c, b moving
    moving_date,  // a = the local date of the moving instant b

    days_to,  // a = the days from the still b to the moving c; d: 1 where b is an instant, 2 where c is
    sum,      // of list b of whole numbers
    call,     // a = function d of the registers b …; e: how many
    // Walks.
    loop,        // register a walks over list b; to d where b is an error
    next,        // c = the next of a's list b, of shape e; to d at its end
    next_entry,  // c = the next key of map b, of shape e; to d at its end
    make,        // list a is begun; d: which of the lists in the making
    put,         // b is put at the end of list d
    made,        // a = list d, of items of shape e
    sort,        // sorts list d by list e of keys; c: the shape of keys
    // What is worked out.
    recall,  // a = memo d
    ask,     // a = routine d, whose arguments are in their registers
    before,  // a = what the code d gives just before the instant b; c: where it leaves it, e: the level
    give,    // ends: the value is in its register
    steps,   // d more steps were taken
    // Outcomes.
    activate,      // the lets of scope d are worked out anew
    clear_basis,   // what was rested on is forgotten
    outcome,       // a = a new outcome of decision d; b: the element's register, e: 1 where there is one
    set,           // field d of outcome a = b
    replace,       // a = a copy of outcome b for an exception of the same rule, without the fields d (Program::lists)
    cite,          // outcome a cites its rule's clause d, e: 1 for the exception's
    fire,          // outcome a is whole; d: its rule, e: its exception (counted from 1; 0: none)
    without_self,  // the basis does not hold outcome a
    choose,        // a = the outcome in list d of least rank by field e
    agree,         // a = the first of list d, an error where another differs
    less_keys,     // a = whether the keys at b … come before those at c …; d: their shapes (Program::lists)
};

enum class ReadMode : std::uint8_t { needed, optional, has };
enum class Comparison : std::uint8_t { equal, differs, less, at_most, greater, at_least };
/// What the comparison says of two whole numbers.
constexpr bool compares(std::int64_t a, Comparison comparison, std::int64_t b) {
    switch (comparison) {
        case Comparison::equal:
            return a == b;
        case Comparison::differs:
            return a != b;
        case Comparison::less:
            return a < b;
        case Comparison::at_most:
            return a <= b;
        case Comparison::greater:
            return a > b;
        case Comparison::at_least:
            return a >= b;
    }
    return false;
}
/// How a value grows with the instant of decision.
enum class Moving : std::uint8_t { none, instant, day };

struct Instruction {
    Op op;
    Register a = 0, b = 0, c = 0;
    std::uint32_t d = 0, e = 0;
};

/// A type as cells have it: how a value of it is read from a Value and made one again.
struct Shape {
    TypeKind kind = TypeKind::error;
    const ClosedSet* set = nullptr;      // of an enumeration
    const RecordType* record = nullptr;  // of a record
    const Shape* part = nullptr;         // of a list's items, a map's values, an optional's value
    const Shape* key = nullptr;          // of a map
    bool has_outcomes = false;           // in it: what decisions made, which no Value stands for
    bool has_facts = false;              // in it: records of facts
    Type type;
    std::uint32_t number = 0;  // its place in the program
};

/// A field of a fact as it is read.
struct FieldRead {
    const RecordType* record = nullptr;
    std::uint32_t field = 0;
    const Shape* shape = nullptr;
    bool plain = false;            // nothing dates it, and its absence is nothing
    Datum absent = Datum::none();  // how it reads where it is not there
};

/// A call of a function of the table.
struct FunctionCall {
    std::string name;
    bool receiver = false;
    const Overload* overload = nullptr;  // null: found by its arguments
    std::vector<const Shape*> args;
    const Shape* result = nullptr;
};

/// Code that works out one value.
struct Routine {
    std::string name;
    const Decision* decision = nullptr;  // whose it is, or in whose sight; null for definitions
    std::uint32_t code = 0;              // where it begins
    Register result = 0;
    std::vector<Register> arguments;
    std::uint32_t scope = 0;  // of its lets
};

/// A value worked out once in its scope.
struct Memo {
    std::uint32_t routine = 0;
    std::uint32_t scope = 0;
    bool moves = false;        // with the instant of decision
    bool drops_basis = false;  // whoever reads it does not rest on what lies below
    std::uint8_t level = 0;    // of `before`
};

/// A register that holds the same for ever.
struct Constant {
    Register into = 0;
    Datum datum;
};

/// How a decision without arguments is asked.
struct Question {
    const Decision* decision = nullptr;
    std::string refused;                   // why it has no program; empty where it has one
    std::uint32_t number = 0;              // of the decision
    const Shape* shape = nullptr;          // of its value
    const Shape* element_shape = nullptr;  // of `each`
    std::uint32_t memo = 0;                // its value
    std::uint32_t needs = 0;               // routine: 0 where all it needs is there, 1 where something is not given
    std::uint32_t elements = 0;            // of `each`: the memo of its elements
    std::uint32_t element = 0;             // of `each`: the routine of one outcome
    bool is_question = false;              // its outcome shows no record of a fact
};

struct Program {
    std::vector<Instruction> code;
    std::vector<Constant> constants;
    std::vector<FieldRead> fields;
    std::vector<std::unique_ptr<Shape>> shapes;
    std::vector<FunctionCall> calls;
    std::vector<Routine> routines;
    std::vector<Memo> memos;
    std::vector<std::vector<std::uint32_t>> lists;    // of numbers, for instructions that need several
    std::vector<Question> questions;                  // of the model's decisions, in their order
    std::vector<std::vector<const Shape*>> outcomes;  // the fields of each decision's outcome
    std::vector<std::unique_ptr<Value>> values;       // that constants stand in
    std::vector<std::unique_ptr<Items>> items;
    std::vector<std::unique_ptr<std::vector<Datum>>> cells;
    std::uint32_t registers = 0;
    std::uint32_t scopes = 0;
    std::vector<std::uint32_t> level_scopes;  // the scope of each level of `before`, the outer one first
    std::uint32_t lists_in_making = 0;
};

std::shared_ptr<const Program> make_program(const Model& model);

/// The program as text: one instruction a line, for tests and for who wants to know.
std::string to_text(const Program& program);

}  // namespace praxe
