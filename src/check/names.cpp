// What names stand for: variables of macros and scopes, qualified or not, types, fields of records.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "check/inference.hpp"
#include "facts/schema.hpp"
#include "syntax/container.hpp"

namespace praxe {
namespace {

/// Names of types as values, as `type(x)` gives them.
struct TypeValue {
    std::string_view name;
    std::string_view type;
};
constexpr std::array type_values = {
    TypeValue{"bool", "bool"},
    TypeValue{"int", "int"},
    TypeValue{"uint", "uint"},
    TypeValue{"double", "double"},
    TypeValue{"string", "string"},
    TypeValue{"bytes", "bytes"},
    TypeValue{"list", "list(dyn)"},
    TypeValue{"map", "map(dyn, dyn)"},
    TypeValue{"null_type", "null_type"},
    TypeValue{"type", "type(dyn)"},
    TypeValue{"optional_type", "optional_type(dyn)"},
    TypeValue{"google.protobuf.Timestamp", "timestamp"},
    TypeValue{"google.protobuf.Duration", "duration"},
    TypeValue{"praxe.Date", "date"},
    TypeValue{"praxe.Money", "money"},
    TypeValue{"praxe.Percent", "percent"},
    TypeValue{"praxe.BusinessDays", "business_days"},
    TypeValue{"praxe.BusinessHours", "business_hours"},
    TypeValue{"praxe.CalendarDays", "calendar_days"},
    TypeValue{"praxe.Months", "months"},
    TypeValue{"praxe.Years", "years"},
};

/// A chain `a.b.c` of plain selections; empty if it is none.
struct Chain {
    std::string name;
    const Expr* first = nullptr;
};

Chain chain_of(const Expr& e) {
    std::vector<std::string_view> names;
    const Expr* at = &e;
    for (; at->kind == ExprKind::select && !at->optional; at = at->args[0].get()) names.push_back(at->name);
    if (at->kind != ExprKind::ident) return {};
    Chain chain{at->name, at};
    for (auto name = names.rbegin(); name != names.rend(); ++name) chain.name.append(".").append(*name);
    return chain;
}

std::optional<Type> type_value(std::string_view name) {
    const auto* row = std::find_if(type_values.begin(), type_values.end(), [&](auto& r) { return r.name == name; });
    if (row == type_values.end()) return std::nullopt;
    return Type::type_of(parse_type(row->type));
}

/// The closed set that has the member, or null.
const ClosedSet* set_with(std::string_view member, const Schema* schema) {
    if (schema == nullptr) return nullptr;
    for (const auto& [name, set] : schema->closed_sets) {
        if (std::find(set.members.begin(), set.members.end(), member) != set.members.end()) return &set;
    }
    return nullptr;
}

/// What a selection from an optional gives: again an optional, never one of an optional.
Type optional_of(Type type) {
    return type.kind == TypeKind::optional || type.kind == TypeKind::error ? type : Type::optional(std::move(type));
}

}  // namespace

const Type* Inference::local(std::string_view name) const {
    const auto found = std::find_if(locals_.rbegin(), locals_.rend(), [&](const Local& l) { return l.name == name; });
    return found == locals_.rend() ? nullptr : &found->type;
}

/// The variable that the whole chain `e` names, if it does.
std::optional<Type> Inference::variable(Expr& e) {
    const Chain chain = chain_of(e);
    if (chain.first == nullptr) return std::nullopt;
    if (!chain.first->absolute) {
        if (const Type* type = local(chain.first->name)) {
            return &e == chain.first ? std::optional(*type) : std::nullopt;
        }
    }
    const auto stands_for = [&](std::string_view name) -> std::optional<Type> {
        const Type* type = scope_.find(name);
        if (type == nullptr) return type_value(name);
        e.resolved = name;
        Type found = *type;
        found.moving = found.moving && !scope_.dynamic;
        return found;
    };
    return find_in_container(scope_.container, chain.name, chain.first->absolute, stands_for);
}

bool Inference::begins_with_variable(Expr& e) {
    return variable(e) || (e.kind == ExprKind::select && begins_with_variable(*e.args[0]));
}

/// The function that the dots of the call, or its container, make of it: of `abs` in container `math`, `math.abs`.
std::optional<std::string> Inference::qualified_function(const Expr& call) {
    if (!call.receiver && scope_.container.empty()) return std::nullopt;
    const Chain chain = call.receiver ? chain_of(*call.args[0]) : Chain{};
    if (call.receiver && (chain.first == nullptr || begins_with_variable(*call.args[0]))) return std::nullopt;
    const std::string written = call.receiver ? chain.name + "." + call.name : call.name;
    const bool absolute = call.receiver ? chain.first->absolute : call.absolute;
    const auto known = [&](std::string_view name) {
        const bool is_one = !scope_.find_functions(name).empty();
        return is_one && (call.receiver || name != written) ? std::optional<std::string>(name) : std::nullopt;
    };
    return find_in_container(scope_.container, written, absolute, known);
}

Type Inference::name(Expr& e) {
    const auto type = variable(e);
    return type ? *type : unknown_name(e);
}

Type Inference::unknown_name(const Expr& e) {
    std::string hint;
    if (e.absolute && local(e.name) != nullptr) {
        hint = fmt::format("a dot leads past variables of macros: write {}", e.name);
    } else if (scope_.find_callable(e.name) != nullptr) {
        hint = fmt::format("it takes arguments: write {}(…)", e.name);
    } else if (set_with(e.name, scope_.schema) != nullptr) {
        hint = fmt::format("a member of a closed set is written \"{}\"", e.name);
    } else {
        std::vector<std::string> known = scope_.names();
        for (const Local& l : locals_) known.push_back(l.name);
        known.insert(known.end(), {"true", "false"});
        hint = did_you_mean(e.name, known);
    }
    return wrong({e.span, fmt::format("there is nothing called `{}` here", e.name), std::move(hint)});
}

Type Inference::select(Expr& e) {
    if (const auto whole = variable(e)) return *whole;
    const Type of = infer_still(*e.args[0], nullptr);
    const bool unwrap = of.kind == TypeKind::optional;
    Type type = member(unwrap ? of.args[0] : of, e);
    return e.optional || unwrap ? optional_of(std::move(type)) : type;
}

Type Inference::member(const Type& of, const Expr& e) {
    if (of.kind == TypeKind::error || of.kind == TypeKind::dyn) return of;
    if (is_open(of)) return of;
    if (of.kind == TypeKind::record) return field(of, e);
    if (of.kind == TypeKind::map && assignable(Type::of(TypeKind::string), of.args[0])) return of.args[1];
    if (of.kind == TypeKind::map && of.args[0].kind == TypeKind::enumeration) return of.args[1];
    return wrong({e.name_span, fmt::format("{} has no fields, so no `{}`", to_string(of), e.name),
                  of.kind == TypeKind::list ? "take one element, or walk the list with exists, all, filter or map"
                                            : std::string()});
}

Type Inference::field(const Type& record, const Expr& e) {
    const int found = record.record->find(e.name);
    if (found >= 0) return record.record->fields[static_cast<std::size_t>(found)].type;
    const std::vector<std::string> names = record.record->field_names();
    const std::string near = did_you_mean(e.name, names);
    return wrong({e.name_span, fmt::format("{} has no field `{}`", record.name, e.name),
                  near.empty() ? fmt::format("its fields are {}", fmt::join(names, ", ")) : near});
}

}  // namespace praxe
