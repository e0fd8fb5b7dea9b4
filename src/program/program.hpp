// A ruleset's decisions as one program over typed registers: what the machine runs.
//
// There is no recursion in a ruleset, so every name has a register of its own and nothing is ever pushed. What is
// worked out once (definitions, lets, decisions) is a memo: the code that works it out, and where its value is kept.
// Whatever has no value is an error without a message: the reference engine is asked for that.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "check/model.hpp"
#include "program/arena.hpp"
#include "program/datum.hpp"
#include "value/functions.hpp"

namespace praxe {

using Register = std::uint16_t;

/// What an instruction does with its registers a, b, c and its numbers d and e. Where there is no value the machine
/// gives up, so no register ever holds an error.
enum class Op : std::uint8_t {
    move,  // a = b
    none,  // a = nothing
    fail,  // there is no value
    now,   // a = the instant judged
    // Parts.
    fact,       // a = the field d of the case (of Program::fields); c: ReadMode
    load,       // a = the field d of record b; c: ReadMode
    part,       // a = field d of outcome b; c: ReadMode
    at_index,   // a = item c of list b, of shape d; e: 1 where absence is nothing instead of a failure
    entry,      // a = entry c of map b, of type d; e as above
    size,       // a = how many items list b has
    map_size,   // a = how many entries map b has
    value,      // a = b; fails where that is nothing
    has_value,  // a = whether b is something
    // Comparisons.
    equal,           // a = whether whole numbers b and c are equal
    differs,         // …
    less,            // …
    at_most,         // …
    same_text,       // … and texts
    other_text,      // …
    reaches,         // of the moving b with the still c; d: Comparison; e: Moving
    so_far,          // a = what the moving b is until it is one more; e: Moving
    in_list,         // a = whether b is in list c; d: the shape of its items
    in_set,          // a = whether bit b of c is set
    in_map,          // a = whether text b is a key of map c
    member_of_text,  // a = the place of text b in the closed set of shape d
    text_of_member,  // a = the text of b, a member of the closed set of shape d
    negate,          // a = not b
    // Jumps to d.
    jump,
    jump_if_false,      // where b is false
    jump_if_true,       //
    jump_if_ok,         // where b is something
    jump_unless_ok,     //
    jump_if_equal,      // where b and c are
    jump_if_differs,    //
    jump_if_less,       //
    jump_if_at_most,    //
    jump_if_same_text,  //
    jump_if_other_text,
    jump_if_in_set,  // where bit b of c is set
    jump_unless_in_set,
    // Arithmetic.
    add,          // whole numbers of one type; an overflow fails
    subtract,     //
    add_moving,   // a = b + c, b moving; e: Moving
    take_moving,  // a = b - c, b moving
    moving_date,  // a = the local date of the moving instant b

    days_to,   // a = the days from the still b to the moving c; d: 1 where b is an instant, 2 where c is
    sum,       // of list b of whole numbers
    trim,      // a = text b without the white space around it
    term_end,  // a = the end of the term of c days from b on; d: 1 where b is an instant, 2 where c are business days
    call,      // a = function d of the registers b …; e: how many
    // Walks.
    loop,        // register a walks over list b, a map with e: 1; d: the steps that a round takes
    next,        // c = the next of a's list b, of shape e; to d at its end
    next_entry,  // c = the next key of map b, of shape e; to d at its end
    make,        // list a is begun; d: which of the lists in the making
    put,         // b is put at the end of list d
    made,        // a = list d, of items of shape e
    sort,        // sorts list d by list e of keys; c: the shape of keys
    // What is worked out.
    recall,  // memo d, in its own register
    ask,     // a = routine d, whose arguments are in their registers; e: 1 where it is of one element
    before,  // a = what the routine d gives just before the instant b; e: the level
    give,    // ends: the value is in its register
    // Outcomes.
    activate,      // the lets of scope d are worked out anew
    clear_basis,   // what was rested on is forgotten
    outcome,       // a = a new outcome as blank d has it; b: the element's register, e: 1 where there is one
    set,           // field d of outcome a = b
    replace,       // a = a copy of outcome b for an exception of the same rule, without the fields d (Program::lists)
    cite,          // outcome a cites its rule's clause d, e: 1 for the exception's
    fire,          // outcome a is whole, as firing d has it
    without_self,  // the basis does not hold outcome a
    choose,        // a = the outcome in list d of least rank by field e
    agree,         // a = the first of list d; fails where another differs
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

struct RecordLayout;

/// A type as cells have it: how a value of it is read from a Value and made one again.
struct Shape {
    TypeKind kind = TypeKind::error;
    const ClosedSet* set = nullptr;        // of an enumeration
    const RecordType* record = nullptr;    // of a record
    const RecordLayout* layout = nullptr;  // of a record of facts
    const Shape* part = nullptr;           // of a list's items, a map's values, an optional's value
    const Shape* key = nullptr;            // of a map
    bool has_outcomes = false;             // in it: what decisions made, which no Value stands for
    bool has_facts = false;                // in it: records of facts
    Type type;
    std::string refused;       // why no register holds it, each time it is asked for; empty where one does
    std::uint32_t number = 0;  // its place in the program
};

/// The fields of a record that the program names.
struct RecordLayout {
    const RecordType* type = nullptr;
    std::vector<std::uint32_t> fields;  // of Program::fields
    int since = -1;                     // the place of the field since which such a record exists
    int key = -1;                       // that of its key, where that is a text
    bool assumes = false;               // the vocabulary assumes something of such records
};

/// A field of a fact as it is read.
struct FieldRead {
    const RecordLayout* layout = nullptr;
    std::uint32_t place = 0;  // in its layout
    std::uint32_t field = 0;  // in its type
    const Shape* shape = nullptr;
    bool happens = false;  // it is not there before its own instant
    int dated_by = -1;     // nor before that of the field at this place
    enum class Exists : std::uint8_t { always, since, items_since };
    Exists exists = Exists::always;  // the record itself, or those in the list or map, since an instant of theirs
    bool dated = false;              // any of these
    int known_in = -1;               // of a text that must be a key of the case's field at this place
    Datum absent = Datum::none();    // how it reads where it is not there
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
    std::vector<Register> arguments = {};
    std::uint32_t scope = 0;  // of its lets
    std::uint32_t steps = 0;  // that it takes at most, walks apart
    bool has_lets = false;    // in a scope of its own
    bool rests = false;       // it may leave outcomes that its value rests on
};

/// A value worked out once in its scope.
struct Memo {
    std::uint32_t routine = 0;
    std::uint32_t code = 0;  // the routine's
    Register result = 0;     // the routine's
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

/// An outcome before its rule is worked out: what is known of it at load.
struct Blank {
    const Decision* decision = nullptr;
    std::uint32_t number = 0;  // of the decision
    std::vector<Datum> fields;
};

/// What makes an outcome whole.
struct Firing {
    const Rule* rule = nullptr;  // null: of a decision without rules
    const Rule* exception = nullptr;
    std::uint32_t cites = 0, exception_cites = 0;  // those that are always cited, a bit each
    std::uint64_t written_bytes = 0;               // of the fields whose length is known; no fewer
    std::vector<std::uint32_t> long_fields;        // the others
    std::vector<std::uint32_t> outcome_fields;     // those that hold outcomes, on which this one rests
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
    std::vector<std::unique_ptr<RecordLayout>> layouts;
    const RecordLayout* facts = nullptr;  // the case's
    std::vector<std::unique_ptr<Shape>> shapes;
    std::vector<FunctionCall> calls;
    std::vector<Routine> routines;
    std::vector<Memo> memos;
    std::vector<std::vector<std::uint32_t>> lists;  // of numbers, for instructions that need several
    std::vector<Blank> blanks;
    std::vector<Firing> firings;
    std::vector<Question> questions;                  // of the model's decisions, in their order
    std::vector<std::vector<const Shape*>> outcomes;  // the fields of each decision's outcome
    std::vector<std::unique_ptr<Value>> values;       // that constants stand in
    Arena arena;                                      // and what they are laid out in
    std::uint32_t registers = 0;
    std::uint32_t scopes = 0;
    std::vector<std::uint32_t> level_scopes;  // the scope of each level of `before`, the outer one first
    std::uint32_t lists_in_making = 0;
    std::uint64_t most_constant_bytes =
        0;  // of one list, map or text that was made at load; the walk makes it each time
};

std::shared_ptr<const Program> make_program(const Model& model);

/// What `to_text` calls the operations, in their order.
std::span<const char* const> opcode_names();
/// The program as text: one instruction a line, for tests and for who wants to know.
std::string to_text(const Program& program);

}  // namespace praxe
