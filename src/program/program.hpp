// A ruleset's decisions as one program over typed registers: what the machine runs.
//
// There is no recursion in a ruleset, so every name has a register of its own and nothing is ever pushed. What is
// worked out once (definitions, lets, decisions) is a memo: the code that works it out, and where its value is kept.
// Whatever has no value is an error without a message: the reference engine is asked for that.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "check/model.hpp"
#include "program/arena.hpp"
#include "program/datum.hpp"
#include "value/functions.hpp"

namespace praxe {

using Register = std::uint16_t;

/// What an instruction does: operations.def says it.
enum class Op : std::uint8_t {
#define PRAXE_OPERATION(name, kind) name,
#include "program/operations.def"
#undef PRAXE_OPERATION
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
    bool tracks = false;      // it may look at what changes with time
    // What it gives counts as made once more, as the reference has it: so many bytes, or each item of a list so many.
    std::uint32_t given_bytes = 0;
    bool gives_list = false;
};

/// A value worked out once in its scope.
struct Memo {
    std::uint32_t routine = 0;
    std::uint32_t scope = 0;
    bool moves = false;        // with the instant of decision
    bool drops_basis = false;  // whoever reads it does not rest on what lies below
    std::uint8_t level = 0;    // of `before`
    // The routine's.
    bool rests = false, tracks = false;
    Register result = 0;
    std::uint32_t code = 0, steps = 0;
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

/// What is told of an outcome's rule.
struct Told {
    std::string_view decision, rule, exception;
    std::vector<std::string_view> clauses;
};

/// What makes an outcome whole.
struct Firing {
    const Rule* rule = nullptr;  // null: of a decision without rules
    const Rule* exception = nullptr;
    std::uint32_t cites = 0, exception_cites = 0;  // those that are always cited, a bit each
    Told told;                                     // where no others are cited
    std::uint64_t written_bytes = 0;               // of the fields whose length is known; no fewer
    std::vector<std::uint32_t> long_fields;        // the others
    std::vector<std::uint32_t> outcome_fields;     // those that hold outcomes, on which this one rests
    // Of `conclude`.
    std::uint32_t blank = 0;
    std::vector<std::pair<std::uint32_t, Register>> fields;  // and where their values are
};

/// The rules of a decision that are found by its index. Where all that a rule gives is known at load there is no code
/// for it.
struct RowTable {
    /// How an index's column is read.
    struct Column {
        enum class Form : std::uint8_t { whole, unsigned_whole, real, text };
        Register at = 0;
        Form form = Form::whole;
    };
    /// Of the rules that have some.
    struct OwnCode {
        std::uint32_t row = 0;
        std::uint32_t conditions = 0;  // where the code of those begins that the index leaves; 0: it leaves none
        std::uint32_t outcome = 0;     // where that of its outcome begins; 0: it is known at load
    };
    const Decision* decision = nullptr;
    std::uint32_t number = 0;               // of the decision
    std::uint32_t routine = 0;              // puts the columns' values where `columns` says
    std::vector<Column> columns = {};       // of the index
    std::vector<OwnCode> own_code = {};     // in the order of the rows
    std::vector<Datum> fields = {};         // of the outcomes of row after row
    std::vector<std::uint32_t> cites = {};  // of each row, a bit each
    Firing firing = {};                     // of all; without a rule
    std::uint32_t steps = 0;                // that a row takes at most beside its columns
    std::uint32_t texts = 0;                // that a row compares with at most

    /// Nothing where it has none.
    const OwnCode* own_code_of(std::uint32_t row) const {
        const auto found = std::lower_bound(own_code.begin(), own_code.end(), row,
                                            [](const OwnCode& own, std::uint32_t number) { return own.row < number; });
        return found == own_code.end() || found->row != row ? nullptr : &*found;
    }
    /// Memory of it, the index and code apart.
    std::size_t bytes() const;
};

/// How a decision without arguments is asked.
struct Question {
    const Decision* decision = nullptr;
    std::string refused;                   // why it has no program; empty where it has one
    std::uint32_t number = 0;              // of the decision
    const Shape* shape = nullptr;          // of its value
    const Shape* element_shape = nullptr;  // of `each`
    std::uint32_t memo = 0;                // its value
    bool has_needs = false;                // beside the instant of decision
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
    Register the_case = 0;                // that holds its facts
    std::vector<std::unique_ptr<Shape>> shapes;
    std::vector<FunctionCall> calls;
    std::vector<Routine> routines;
    std::vector<Memo> memos;
    std::vector<std::vector<std::uint32_t>> lists;  // of numbers, for instructions that need several
    std::vector<Blank> blanks;
    std::vector<Firing> firings;
    std::vector<RowTable> tables;
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

/// How many clauses a rule and its exception have, where there are such; as many fit where `cited` writes.
std::size_t most_clauses(const Rule* rule, const Rule* exception);
/// Those whose bits are set, of the rule, then of the exception, none twice: writes them there, says how many.
std::size_t cited(const Rule* rule, std::uint32_t cites, const Rule* exception, std::uint32_t exception_cites,
                  std::string_view* into);

std::shared_ptr<const Program> make_program(const Model& model);

/// What `to_text` calls the operations, in their order.
std::span<const char* const> opcode_names();
/// The program as text: one instruction a line, for tests and for who wants to know.
std::string to_text(const Program& program);

}  // namespace praxe
