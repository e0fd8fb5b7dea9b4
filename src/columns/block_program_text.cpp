// Block programs as text.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "columns/block_program.hpp"

namespace praxe {
namespace {

using Form = BlockTest::Form;
using From = BlockNumber::From;

}  // namespace

std::string to_text(const BlockProgram& program) {
    static constexpr std::array names{"yes",     "less", "greater", "equal", "among", "flag",
                                      "present", "not",  "all",     "any",   "choice"};
    static constexpr std::array kinds{"fact", "at", "constant", "sum", "difference", "product"};
    std::string text;
    for (std::size_t i = 0; i < program.facts.size(); ++i) {
        text += fmt::format("fact {}: {}\n", i, program.facts[i].field->name);
    }
    for (std::size_t i = 0; i < program.numbers.size(); ++i) {
        const BlockNumber& n = program.numbers[i];
        const auto kind = kinds[static_cast<std::size_t>(n.from)];
        text += fmt::format("number {}: {}", i, kind);
        if (n.from == From::fact) text += fmt::format(" {}", n.fact);
        if (n.from == From::constant) text += fmt::format(" {}", n.constant);
        if (n.from == From::sum || n.from == From::difference || n.from == From::product)
            text += fmt::format(" {} {}", n.left, n.right);
        text += '\n';
    }
    for (std::size_t i = 0; i < program.tests.size(); ++i) {
        const BlockTest& t = program.tests[i];
        if (t.uses == 0) continue;
        text += fmt::format("test {}: {}", i, names[static_cast<std::size_t>(t.form)]);
        if (t.form == Form::flag || t.form == Form::present) text += fmt::format(" {}", t.fact);
        if (t.form == Form::among) text += fmt::format(" {} {}", t.left, t.members);
        if (t.form == Form::less || t.form == Form::greater || t.form == Form::equal)
            text += fmt::format(" {} {}", t.left, t.right);
        if (!t.parts.empty()) text += fmt::format(" {}", t.parts);
        text += '\n';
    }
    for (const BlockRule& rule : program.rules) {
        text += "rule:";
        for (const BlockCondition& condition : rule.conditions)
            text += fmt::format(" {}{}", condition.holds ? "" : "not ", condition.test);
        text += '\n';
    }
    return text;
}

}  // namespace praxe
