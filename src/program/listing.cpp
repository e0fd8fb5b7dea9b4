// The program as text.
#include <fmt/format.h>

#include <array>

#include "program/program.hpp"

namespace praxe {
namespace {

constexpr std::array op_names = {"move",
                                 "none",
                                 "fail",
                                 "now",
                                 "fact",
                                 "load",
                                 "part",
                                 "at_index",
                                 "entry",
                                 "size",
                                 "map_size",
                                 "value",
                                 "has_value",
                                 "equal",
                                 "differs",
                                 "less",
                                 "at_most",
                                 "same_text",
                                 "other_text",
                                 "reaches",
                                 "so_far",
                                 "in_list",
                                 "in_set",
                                 "in_map",
                                 "member_of_text",
                                 "text_of_member",
                                 "negate",
                                 "jump",
                                 "jump_if_false",
                                 "jump_if_true",
                                 "jump_if_ok",
                                 "jump_unless_ok",
                                 "jump_if_equal",
                                 "jump_if_differs",
                                 "jump_if_less",
                                 "jump_if_at_most",
                                 "jump_if_same_text",
                                 "jump_if_other_text",
                                 "jump_if_in_set",
                                 "jump_unless_in_set",
                                 "add",
                                 "subtract",
                                 "add_moving",
                                 "take_moving",
                                 "moving_date",
                                 "days_to",
                                 "sum",
                                 "trim",
                                 "term_end",
                                 "function",
                                 "loop",
                                 "next",
                                 "next_entry",
                                 "make",
                                 "put",
                                 "made",
                                 "sort",
                                 "recall",
                                 "ask",
                                 "before",
                                 "give",
                                 "activate",
                                 "clear_basis",
                                 "outcome",
                                 "set",
                                 "replace",
                                 "cite",
                                 "fire",
                                 "without_self",
                                 "choose",
                                 "agree",
                                 "less_keys",
                                 "find_rows",
                                 "next_row",
                                 "row_outcome",
                                 "fire_row"};
static_assert(op_names.size() == static_cast<std::size_t>(Op::fire_row) + 1);

/// What the number d of an instruction stands for.
std::string meaning(const Program& program, const Instruction& i) {
    switch (i.op) {
        case Op::fact:
        case Op::load: {
            const FieldRead& read = program.fields[i.d];
            return fmt::format("{}.{}", read.layout->type->name, read.layout->type->fields[read.field].name);
        }
        case Op::call:
            return program.calls[i.d].name;
        case Op::recall:
            return program.routines[program.memos[i.d].routine].name;
        case Op::ask:
        case Op::before:
            return program.routines[i.d].name;
        case Op::find_rows: {
            const RowTable& table = program.tables[i.d];
            return fmt::format("{}, {} rows, {} with code", table.decision->name, table.cites.size(),
                               table.own_code.size());
        }
        default:
            return {};
    }
}

}  // namespace

std::span<const char* const> opcode_names() {
    return op_names;
}

std::string to_text(const Program& program) {
    std::string text;
    for (const Question& question : program.questions) {
        if (!question.refused.empty()) text += fmt::format("# {}: {}\n", question.decision->name, question.refused);
    }
    for (std::size_t r = 0; r < program.routines.size(); ++r) {
        const Routine& routine = program.routines[r];
        const std::size_t end = r + 1 < program.routines.size() ? program.routines[r + 1].code : program.code.size();
        text += fmt::format("{}: -> r{}\n", routine.name, routine.result);
        for (std::size_t at = routine.code; at < end; ++at) {
            const Instruction& i = program.code[at];
            text += fmt::format("{:6}  {:16} r{} r{} r{} {} {}", at, op_names[static_cast<std::size_t>(i.op)], i.a, i.b,
                                i.c, i.d, i.e);
            if (const std::string what = meaning(program, i); !what.empty()) text += "  ; " + what;
            text += '\n';
        }
    }
    return text;
}

}  // namespace praxe
