// What a name stands for: a variable of a macro, of the environment (in its container), or a type.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "run/evaluator.hpp"
#include "syntax/container.hpp"

namespace praxe {
namespace {

constexpr std::array<std::string_view, 20> type_names = {
    "bool",
    "bytes",
    "double",
    "google.protobuf.Duration",
    "google.protobuf.Timestamp",
    "int",
    "list",
    "map",
    "null_type",
    "optional_type",
    "praxe.BusinessDays",
    "praxe.CalendarDays",
    "praxe.Date",
    "praxe.Money",
    "praxe.Months",
    "praxe.Percent",
    "praxe.Years",
    "string",
    "type",
    "uint",
};

const Expr& first_of_chain(const Expr& e) {
    const Expr* first = &e;
    while (first->kind == ExprKind::select) first = first->args[0].get();
    return *first;
}

/// `a.b.c` of a chain of plain selections from a name; nothing of anything else.
std::optional<std::string> chain_name(const Expr& e) {
    if (e.kind == ExprKind::ident) return e.name;
    if (e.kind != ExprKind::select || e.optional) return std::nullopt;
    auto name = chain_name(*e.args[0]);
    if (name) *name += "." + e.name;
    return name;
}

}  // namespace

const Value* Evaluator::local(std::string_view name) const {
    const auto found =
        std::find_if(locals_.rbegin(), locals_.rend(), [&](const Local& local) { return local.name == name; });
    return found == locals_.rend() ? nullptr : &found->value;
}

bool Evaluator::begins_with_local(const Expr& e) const {
    const Expr& first = first_of_chain(e);
    return first.kind == ExprKind::ident && !first.absolute && local(first.name) != nullptr;
}

std::optional<Value> Evaluator::global(std::string_view name, bool absolute) {
    return find_in_container(environment_.container(), name, absolute,
                             [&](std::string_view candidate) { return known(candidate); });
}

std::optional<Value> Evaluator::known(std::string_view name) {
    if (auto value = environment_.variable(name)) return value;
    if (!std::binary_search(type_names.begin(), type_names.end(), name)) return std::nullopt;
    return Value::type(std::string(name));
}

std::optional<std::string> Evaluator::qualified_function(const Expr& call) {
    if (call.receiver) {
        return call.qualified.empty() || begins_with_variable(*call.args[0]) ? std::nullopt
                                                                             : std::optional(call.qualified);
    }
    if (environment_.container().empty()) return std::nullopt;
    const auto known = [&](std::string_view name) {
        return name != call.name && !functions_named(name).empty() ? std::optional<std::string>(name) : std::nullopt;
    };
    return find_in_container(environment_.container(), call.name, call.absolute, known);
}

std::optional<Value> Evaluator::named(const Expr& e) {
    if (e.slot.kind == Slot::Kind::local) return locals_[e.slot.index].value;
    if (e.slot.kind != Slot::Kind::unknown) return environment_.at(e.slot);
    const Value* bound = e.absolute ? nullptr : local(e.name);
    if (bound != nullptr) return *bound;
    return e.resolved.empty() ? global(e.name, e.absolute) : global(e.resolved, true);
}

Value Evaluator::name(const Expr& e) {
    environment_.at_work = {&e, {}};
    std::optional<Value> value = named(e);
    if (!value) return Value::error(Error::Code::other, fmt::format("there is nothing called \"{}\"", e.name));
    if (value->is_absent()) {
        return Value::error(Error{Error::Code::missing_fact, fmt::format("\"{}\" is not given", e.name), e.name, {}});
    }
    environment_.was_read(e, *value);
    return *std::move(value);
}

bool Evaluator::begins_with_variable(const Expr& e) {
    if (begins_with_local(e) || !e.resolved.empty()) return true;
    const auto name = chain_name(e);
    if (name && global(*name, first_of_chain(e).absolute)) return true;
    return e.kind == ExprKind::select && begins_with_variable(*e.args[0]);
}

std::optional<Value> Evaluator::qualified_variable(const Expr& e) {
    if (e.slot.kind == Slot::Kind::part) return std::nullopt;
    if (begins_with_local(e)) return std::nullopt;
    environment_.at_work = {&e, {}};
    const Expr& first = first_of_chain(e);
    const bool checked = !first.resolved.empty();
    std::optional<Value> value;
    if (!e.resolved.empty()) {
        value = global(e.resolved, true);
    } else if (const auto whole = checked ? std::nullopt : chain_name(e)) {
        value = global(*whole, first.absolute);
    }
    if (value && value->is_absent()) return std::nullopt;
    if (value) environment_.was_read(e, *value);
    return value;
}

}  // namespace praxe
