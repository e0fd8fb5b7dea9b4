// What the functions that round amounts say of themselves, for explanations.
#include "run/workings.hpp"

#include <algorithm>

#include "value/exact_amounts.hpp"

namespace praxe {
namespace {

/// True if the part is a cent more, away from zero, than its quota rounded down.
bool has_odd_cent(const Quotient& exact, const Value& part) {
    return exact.numerator % exact.divisor != 0 && exact.numerator / exact.divisor != part.as_int();
}

bool same(const std::vector<Value>& one, const std::vector<Value>& other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), equal);
}

}  // namespace

std::optional<Working> working_of(const Expr& call, std::span<const Value> args, const Value& value) {
    const std::vector<Quotient> exact = exact_amounts(call.name, args);
    if (exact.empty()) return std::nullopt;
    Working working;
    working.expression = to_source(call);
    for (const Value& arg : args) {
        if (!arg.is(Kind::string)) working.of.push_back(arg);
    }
    working.value = value;
    for (const Quotient& amount : exact) working.exact.push_back(to_text(amount));
    for (std::size_t i = 0; value.is(Kind::list) && i < exact.size(); ++i) {
        if (has_odd_cent(exact[i], value.as_list()[i])) working.odd_cents.push_back(i);
    }
    return working;
}

void add_once(Working working, std::vector<Working>& workings) {
    const bool known = std::any_of(workings.begin(), workings.end(), [&](const Working& one) {
        return one.expression == working.expression && one.decision == working.decision && same(one.of, working.of);
    });
    if (!known) workings.push_back(std::move(working));
}

}  // namespace praxe
