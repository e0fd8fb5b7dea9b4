// From the checked tree to instructions: one object makes the whole program.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "program/program.hpp"

namespace praxe {

class Lowering {
  public:
    Lowering(const Model& model, Program& program) : model_(model), program_(program) {}
    void run();

  private:
    /// Where a value is and what it is.
    struct Operand {
        Register at = 0;
        const Shape* shape = nullptr;
        Moving moving = Moving::none;
        bool is_now = false;           // the instant judged itself
        const Datum* known = nullptr;  // what it always holds
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
    };
    using Labels = std::vector<std::size_t>;  // instructions that jump to what comes next

    // lowering.cpp: the program around the expressions.
    std::uint32_t routine(std::string name, const Decision* decision);
    void fill(std::uint32_t routine, const std::function<Register()>& body);
    void join();
    void refuse(std::string why);
    Register fresh();
    std::size_t emit(Instruction instruction);
    std::size_t emit_jump(Op op, Register b = 0) { return emit({.op = op, .b = b}); }
    void land(std::size_t jump);
    void land(const Labels& jumps);
    const Shape* shape_of(const Type& type);
    static std::uint32_t index_of(const Shape* shape) { return shape->number; }
    Operand constant(const Value& value, const Shape* shape);
    Operand constant(Datum datum, const Shape* shape);
    std::optional<Datum> datum_of(const Value& value, const Shape& shape);
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
    Operand select(const Expr& e);
    Operand member(Operand of, const Expr& e, ReadMode mode);
    Operand index(const Expr& e);
    Operand list(const Expr& e);
    Operand map(const Expr& e);
    Operand comprehension(const Expr& e);
    Operand optional_map(const Expr& e);
    Operand bind(const Expr& e);
    Operand refused(std::string why);
    Operand temporary(const Type& type) { return {fresh(), shape_of(type)}; }
    Datum absent_field(const Field& field, const Shape& shape);
    std::uint32_t field_index(const RecordType& record, std::size_t field);

    // lower_call.cpp: functions and operators.
    Operand call(const Expr& e);
    Operand logic(const Expr& e, bool decisive);
    Operand conditional(const Expr& e, const Shape* shape);
    Operand before(const Expr& e);
    Operand compare(const Expr& e, Comparison comparison);
    Operand compared(Operand a, Operand b, Comparison comparison, const Type& result);
    std::optional<Operand> membership(const Expr& e);
    std::optional<Operand> arithmetic(const Expr& e);
    std::optional<Operand> moving_call(const Expr& e);
    std::optional<Operand> of_optional(const Expr& e);
    Operand decision_call(const Expr& e);
    Operand generic_call(const Expr& e);
    Operand generic_call(const Expr& e, const std::vector<Operand>& args);

    // lower_decision.cpp: decisions under their hit policies.
    void lower_decision(std::size_t index);
    std::uint32_t routine_of(const Decision& decision, std::uint8_t level);
    Operand whole(const Decision& decision, Frame& frame);
    Operand each(const Decision& decision, std::uint8_t level);
    Operand pick(const Decision& decision, Frame& frame);
    std::uint32_t element_routine(const Decision& decision, std::uint8_t level);
    std::uint32_t elements_memo(const Decision& decision, std::uint8_t level);
    Operand outcome(const Decision& decision, Frame& frame);
    Operand first_rule(const Decision& decision, Frame& frame);
    Operand of_all_rules(const Decision& decision, Frame& frame);
    Operand collected(const Decision& decision, Frame& frame);
    void collect_rule(const Decision& decision, const Rule& rule, Frame& frame, std::uint32_t list, Labels& failed);
    std::uint32_t needs(const Decision& decision);

    // lower_rule.cpp: one rule's conditions and outcome.
    /// Falls through where all hold; `failed` where one is an error and none is false.
    void conditions(const std::vector<Condition>& conditions, Frame& frame, Labels& not_met, Labels& failed);
    Operand holds(const Condition& condition, Frame& frame);
    Operand cell_holds(const Condition& condition, Frame& frame);
    void fire(const Decision& decision, const Rule& rule, Frame& frame, Register into, Labels& failed);
    Register new_outcome(const Decision& decision, Frame& frame);
    void outputs(const std::vector<Output>& outputs, const Decision& decision, Frame& frame, Register record,
                 Labels& failed);
    void always(const Decision& decision, Frame& frame, Register record, Labels& failed);
    void cites(const std::vector<Cite>& cites, bool of_exception, Frame& frame, Register record, Labels& failed);
    std::uint32_t next_list() { return program_.lists_in_making++; }

    const Model& model_;
    Program& program_;
    std::deque<Unit> units_;       // of the routines, in their order
    Unit* unit_ = nullptr;         // at work
    Frame* frame_ = nullptr;       // at work
    std::uint32_t steps_ = 0;      // of the unit at work
    std::vector<Operand> locals_;  // of macros, the outermost first
    std::string refused_;
    std::map<std::pair<std::size_t, int>, std::uint32_t> definitions_, decisions_, elements_;
    std::map<std::pair<const Decision*, int>, std::uint32_t> routines_, element_routines_;
    std::map<std::uint32_t, std::string> refused_routines_;    // and why
    std::map<std::string, std::vector<const Shape*>> shapes_;  // by their types as written
    std::map<std::pair<const Shape*, std::string>, Operand> constants_;
    std::map<std::pair<const RecordType*, std::size_t>, std::uint32_t> field_reads_;
};

}  // namespace praxe
