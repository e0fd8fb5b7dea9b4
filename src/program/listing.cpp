// The program as text.
#include <fmt/format.h>

#include <array>

#include "program/program.hpp"

namespace praxe {
namespace {

constexpr std::array op_names = {
#define PRAXE_OPERATION(name, kind) #name,
#include "program/operations.def"
#undef PRAXE_OPERATION
};

/// What the number d of an instruction stands for.
std::string meaning(const Program& program, const Instruction& i) {
    switch (i.op) {
        case Op::fact:
        case Op::load:
        case Op::dated_load: {
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
