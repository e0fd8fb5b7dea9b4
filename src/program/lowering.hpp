// From the checked tree to instructions: one object makes the whole program.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "program/program.hpp"

namespace praxe {

class Lowering {
  public:
    /// A let of a decision, a definition where there is none; at a level of `before`.
    using Named = std::tuple<const Decision*, std::size_t, int>;

    /// What is `read_once` is worked out where it is read; anything else is kept.
    Lowering(const Model& model, Program& program, std::set<Named> read_once = {})
        : model_(model), program_(program), read_once_(std::move(read_once)) {}
    void run();
    /// What was read in one place alone, which comes up once.
    std::set<Named> once_read() const;

  private:
    /// Where a value is and what it is.
    struct Operand {
        Register at = 0;
        const Shape* shape = nullptr;
        Moving moving = Moving::none;
        bool is_now = false;           // the instant judged itself
        const Datum* known = nullptr;  // what it always holds
        bool shared = false;           // others look at the same register
    };
    /// What an expression's names stand for.
    struct Frame {
        const Decision* decision = nullptr;
        std::uint8_t level = 0;
        std::uint32_t scope = 0;                    // of its lets
        std::vector<Operand> bound;                 // arguments, the element, a rule's element
        std::optional<Operand> made;                // `this`, `general`
        std::map<std::size_t, std::uint32_t> lets;  // their memos
    };
    /// Instructions of one routine; jumps count from its beginning until all are joined.
    struct Unit {
        std::vector<Instruction> code;
        std::uint32_t begin = 0;             // once all are joined
        bool reuses = false;                 // the registers that were let go
        std::vector<Register> taken, spare;  // of those
    };
    using Labels = std::vector<std::size_t>;  // instructions that jump to what comes next
    /// What stands between its beginning and its end is done for each element.
    struct Walk {
        std::size_t loop = 0, next = 0;  // instructions
        std::uint32_t steps = 0;         // of what stands around it
    };
    /// What surely was read or worked out on every way here, in the unit at work.
    struct Known {
        Instruction what;
        std::size_t at = 0;  // the instruction's place
        bool rests = false;  // on outcomes, until the basis is cleared
    };
    struct Reading {
        std::uint32_t places = 0;
        bool again = false;  // one of them comes up more often than the value is worked out
    };
    /// A truth that no register holds yet: of a comparison of registers, or (`move`) of what register b holds.
    struct Test {
        Op op = Op::move;
        Register b = 0, c = 0;
        std::optional<bool> known = {};  // what it always is
    };

    // lowering.cpp: the program around the expressions.
    std::uint32_t routine(std::string name, const Decision* decision);
    void fill(std::uint32_t routine, const std::function<Register()>& body);
    void join();
    void place(Instruction& read) const;
    void tell_clauses();
    void shorten_jumps();
    void refuse(std::string why);
    Register fresh();
    /// One that is never used for anything else.
    Register lasting();
    /// What was worked out since is not looked at again. REQUIRES: the unit at work reuses registers.
    void let_go();
    std::size_t emit(Instruction instruction);
    std::size_t emit_jump(Op op, Register b = 0) { return emit({.op = op, .b = b}); }
    std::size_t emit_jump(const Test& test, bool when);
    void jump_to(std::uint32_t place) { emit({.op = Op::jump, .d = place}); }
    /// A read whose result stands in one register for as long as the routine runs: done once on each way.
    Operand read(Instruction read, const Shape* shape);
    /// One of what may be written meanwhile.
    Operand read_again(Instruction read, const Shape* shape);
    const Known* known(const Instruction& what) const;
    void forget_after(std::size_t place);
    /// The value in that register: worked out there, where nobody else looks at the one it was worked out in.
    void put_into(Register into, const Operand& from);
    Register own(const Operand& value);
    bool may_rest(std::size_t from) const { return may_rest(from, unit_->code.size()); }
    bool may_rest(std::size_t from, std::size_t to) const;
    bool may_rest_before(std::size_t from, std::size_t jump) const;
    bool may_track() const;
    void clear_basis();
    std::uint32_t here() const { return static_cast<std::uint32_t>(unit_->code.size()); }
    void land(std::size_t jump);
    void land(const Labels& jumps);
    const Shape* shape_of(const Type& type);
    static std::uint32_t index_of(const Shape* shape) { return shape->number; }
    Operand constant(const Value& value, const Shape* shape);
    void count_constant(std::uint64_t bytes);
    Operand constant(Datum datum, const Shape* shape);
    std::optional<Datum> datum_of(const Value& value, const Shape& shape);
    void lay_out_empty_records();
    RecordLayout* layout_of(const RecordType& record);
    std::uint32_t memo_of_definition(std::size_t index, std::uint8_t level);
    std::uint32_t memo_of_decision(std::size_t index, std::uint8_t level);
    std::uint32_t memo_of_let(std::size_t index, Frame& frame);
    std::uint32_t scope_of_level(std::uint8_t level);

    // lower_expression.cpp: values.
    Operand lower(const Expression& expression, Frame& frame);
    Operand lower(const Expr& e);
    Operand lower_as(const Expression& expression, Frame& frame, const Shape* wanted);
    Operand lower_as(const Expr& e, const Shape* wanted);
    Operand coerce(Operand from, const Shape* wanted);
    Operand literal(const Expr& e);
    Operand name(const Expr& e);
    Operand recall(std::uint32_t memo, const Type& type);
    void count_reading(const Decision* of, std::size_t index);
    /// The binding that a name stands for, where it is worked out in this one place.
    const Binding* read_here(const Expr& e);
    bool only_reads(std::uint32_t routine) const;
    Operand select(const Expr& e);
    Operand member(Operand of, const Expr& e, ReadMode mode);
    Operand index(const Expr& e);
    Operand list(const Expr& e);
    Operand map(const Expr& e);
    Operand comprehension(const Expr& e);
    Walk begin_walk(const Operand& range, Register element);
    void end_walk(const Walk& walk, const Labels& passed_over);
    Operand optional_map(const Expr& e);
    Operand bind(const Expr& e);
    Operand truth(bool of);
    Operand refused(std::string why);
    Operand temporary(const Type& type) { return {fresh(), shape_of(type)}; }
    Datum absent_field(const Field& field, const Shape& shape);
    std::uint32_t field_index(const RecordType& record, std::size_t field);
    std::uint32_t place_of(const RecordType& record, std::size_t field);

    // lower_call.cpp: functions and operators.
    Operand call(const Expr& e);
    Operand conditional(const Expr& e, const Shape* shape);
    Operand before(const Expr& e);
    std::optional<Operand> arithmetic(const Expr& e);
    std::optional<Operand> moving_call(const Expr& e);
    std::optional<Operand> of_optional(const Expr& e);
    Operand decision_call(const Expr& e);
    Operand generic_call(const Expr& e);
    Operand generic_call(const Expr& e, const std::vector<Operand>& args);

    // lower_truth.cpp: conditions, as jumps where nobody asks for the value.
    /// Jumps to `to` where it is `when`, and goes on otherwise; where the truth is known nothing is emitted.
    std::optional<bool> branch(const Expr& e, bool when, Labels& to);
    std::optional<bool> branch(const Expression& expression, Frame& frame, bool when, Labels& to);
    std::optional<bool> branch(const Test& test, bool when, Labels& to);
    std::optional<bool> logic(const Expr& e, bool decisive, bool when, Labels& to);
    std::optional<bool> walk(const Expr& e, bool decisive, bool when, Labels& to);
    /// The same, known or not.
    void jump(const Expression& expression, Frame& frame, bool when, Labels& to);
    void jump_if(std::optional<bool> known, bool when, Labels& to);
    Test test(const Expr& e);
    Test compare(const Expr& e, Comparison comparison);
    Test contains(const Expr& e);
    std::optional<Test> membership(const Expr& e);
    Test compared(Operand a, Operand b, Comparison comparison);
    std::optional<Test> in_set(Operand value, const std::vector<const Datum*>& members);
    Operand value_of(const Test& test);
    Operand value_of_branch(const Expr& e);
    static const Comparison* comparison_named(std::string_view name);

    // lower_decision.cpp: decisions under their hit policies.
    void lower_decision(std::size_t index);
    std::uint32_t routine_of(const Decision& decision, std::uint8_t level);
    Operand whole(const Decision& decision, Frame& frame);
    Operand each(const Decision& decision, std::uint8_t level);
    Operand pick(const Decision& decision, Frame& frame);
    std::uint32_t element_routine(const Decision& decision, std::uint8_t level);
    std::uint32_t elements_memo(const Decision& decision, std::uint8_t level);
    Operand outcome(const Decision& decision, Frame& frame);
    void require(const Expression& expression, Frame& frame);
    Operand first_rule(const Decision& decision, Frame& frame);
    Operand unique_rule(const Decision& decision, Frame& frame);
    Operand of_all_rules(const Decision& decision, Frame& frame);
    Operand collected(const Decision& decision, Frame& frame);
    void collect_rule(const Decision& decision, const Rule& rule, Frame& frame, std::uint32_t list);
    std::uint32_t needs(const Decision& decision);

    // lower_table.cpp: the same by the index of their rules.
    /// What looks at a table's rows: its registers, and jumps out of the rows' own code.
    struct Search {
        std::uint32_t table = 0;
        Register row = 0;
        Operand outcome;
        Labels applies, does_not, made;
    };
    Operand by_index(const Decision& decision, Frame& frame);
    Search begin_search(const Decision& decision, Frame& frame, std::optional<std::uint32_t> list);
    RowTable::Column table_column(const Expression& expression, Frame& frame);
    bool fill_row(const Decision& decision, std::size_t rule, RowTable& table);
    void own_code(const Decision& decision, Frame& frame, Search& search, std::optional<std::uint32_t> list);
    std::optional<Datum> known_output(const Output& output, const Decision& decision);
    std::uint32_t steps_of_cells(const Rule& rule, RowTable& table);
    std::uint32_t constant_steps(const Expr& e);
    std::size_t next_row(Search& search, bool forgets_basis);
    void row_outcome(const Decision& decision, Frame& frame, Search& search);
    Operand first_found(const Decision& decision, Frame& frame, Search& search);
    Operand all_found(const Decision& decision, Frame& frame, Search& search);
    Operand one_found(const Decision& decision, Frame& frame, Search& search);
    Operand collected_found(const Decision& decision, Frame& frame);

    // lower_rule.cpp: one rule's conditions and outcome.
    /// Falls through where all hold.
    void conditions(const std::vector<Condition>& conditions, Frame& frame, Labels& not_met);
    std::optional<bool> unless_holds(const Condition& condition, Frame& frame, Labels& not_met);
    std::optional<bool> unless_cell_holds(const Cell& cell, Frame& frame, Labels& not_met);
    void fire(const Decision& decision, const Rule* applies, Frame& frame, Register into);
    void conclude(const Decision& decision, const Rule* rule, Frame& frame, Register into);
    /// Its place in the model; what its outcome is made of is known from then on.
    std::uint32_t number_of(const Decision& decision);
    std::uint32_t new_blank(const Decision& decision);
    void emit_outcome(Op op, const Decision& decision, const Frame& frame, Register into, std::uint32_t number);
    void outputs(const std::vector<Output>& outputs, const Decision& decision, Frame& frame, Blank* blank,
                 const std::function<void(std::uint32_t, Register)>& give);
    void set(const std::vector<Output>& outputs, const Decision& decision, Frame& frame, Register record, Blank* blank);
    void always(const Decision& decision, Frame& frame, Register record, Blank* blank);
    std::uint32_t cites(const std::vector<Cite>& cites, bool of_exception, Frame& frame, Register record);
    std::uint32_t firing(const Decision& decision, const Rule* rule, const Rule* exception);
    std::uint32_t next_list() { return program_.lists_in_making++; }

    const Model& model_;
    Program& program_;
    std::deque<Unit> units_;                                     // of the routines, in their order
    Unit* unit_ = nullptr;                                       // at work
    Frame* frame_ = nullptr;                                     // at work
    std::uint32_t steps_ = 0;                                    // of the unit at work
    std::uint32_t walks_ = 0;                                    // in it that are not at their end
    std::size_t landed_ = 0;                                     // where the last jump lands in it
    std::size_t cleared_ = 0;                                    // from where on something may be rested on
    std::vector<Known> known_;                                   // in it
    std::vector<Unit*> table_units_;                             // in which the tables' code stands
    std::map<std::string, std::optional<Datum>> known_outputs_;  // texts of rows
    std::vector<Operand> locals_;                                // of macros, the outermost first
    std::string refused_;
    const std::set<Named> read_once_;
    std::map<Named, Reading> readings_;
    std::map<std::pair<std::size_t, int>, std::uint32_t> definitions_, decisions_, elements_;
    std::map<std::pair<const Decision*, int>, std::uint32_t> routines_, element_routines_;
    std::map<std::uint32_t, std::string> refused_routines_;    // and why
    std::map<std::string, std::vector<const Shape*>> shapes_;  // by their types as written
    std::map<std::pair<const Shape*, std::string>, Operand> constants_;
    std::map<std::pair<const RecordType*, std::size_t>, std::uint32_t> field_reads_;
    std::map<const RecordType*, RecordLayout*> layouts_;
    std::vector<std::pair<std::uint32_t, const RecordType*>> empty_records_;  // fields that read as one when absent
};

}  // namespace praxe
