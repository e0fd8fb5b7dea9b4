// The type of every part of a tree: literals, bound names, and the hand-over to the other parts.
#include "check/inference.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace praxe {
namespace {

constexpr std::string_view moving_message = "the instant of decision can only be compared";

TypeKind type_kind_of(const Value& literal) {
    if (literal.is(Kind::boolean)) return TypeKind::boolean;
    if (literal.is(Kind::integer)) return TypeKind::integer;
    if (literal.is(Kind::unsigned_integer)) return TypeKind::unsigned_integer;
    if (literal.is(Kind::real)) return TypeKind::real;
    if (literal.is(Kind::string)) return TypeKind::string;
    if (literal.is(Kind::bytes)) return TypeKind::bytes;
    return TypeKind::null;
}

}  // namespace

const Type& Inference::infer(Expr& e, const Type* expected) {
    e.overload = nullptr;
    e.resolved.clear();
    e.type = dispatch(e, expected);
    return e.type;
}

Type Inference::infer_as(Expr& e, const Type& expected) {
    const Type& type = infer(e, &expected);
    if (assignable(type, expected)) return type;
    return wrong(not_assignable(e, expected));
}

Type Inference::infer_still(Expr& e, const Type* expected) {
    const Type& type = infer(e, expected);
    if (!type.moving) return type;
    report_moving(e, moving_remedy);
    return Type::of(TypeKind::error);
}

Type Inference::dispatch(Expr& e, const Type* expected) {
    switch (e.kind) {
        case ExprKind::literal:
            return literal(e, expected);
        case ExprKind::ident:
            return name(e);
        case ExprKind::select:
            return select(e);
        case ExprKind::call:
            return call(e, expected);
        case ExprKind::index:
            return index(e);
        case ExprKind::list:
            return list(e, expected);
        case ExprKind::map:
            return map(e, expected);
        case ExprKind::has:
            infer(*e.args[0], nullptr);
            return Type::of(TypeKind::boolean);
        case ExprKind::comprehension:
            return comprehension(e, expected);
        case ExprKind::bind:
            return bind(e, expected);
    }
    return Type::of(TypeKind::error);
}

Type Inference::literal(Expr& e, const Type* expected) {
    const Type own = Type::of(type_kind_of(e.value));
    if (own.kind != TypeKind::string || expected == nullptr || expected->kind != TypeKind::enumeration) return own;
    Type as_member = *expected;
    as_member.moving = false;
    if (scope_.schema == nullptr) return as_member;
    const auto set = scope_.schema->closed_sets.find(expected->name);
    if (set == scope_.schema->closed_sets.end()) return as_member;
    const auto& members = set->second.members;
    if (std::find(members.begin(), members.end(), e.value.as_string()) != members.end()) return as_member;
    const std::string near = did_you_mean(e.value.as_string(), members);
    return wrong({e.span, fmt::format("{} is not a member of {}", to_text(e.value), expected->name),
                  near.empty() ? fmt::format("its members are {}", fmt::join(members, ", ")) : near});
}

Type Inference::bind(Expr& e, const Type* expected) {
    locals_.push_back({e.vars[0], infer(*e.args[0], nullptr)});
    Type result = infer(*e.args[1], expected);
    locals_.pop_back();
    return result;
}

void Inference::report(Complaint complaint) {
    diagnostics_.error({expression_.text.source, complaint.where}, std::move(complaint.message),
                       std::move(complaint.hint));
}

Type Inference::wrong(Complaint complaint) {
    report(std::move(complaint));
    return Type::of(TypeKind::error);
}

void Inference::report_moving(const Expr& e, std::string_view hint) {
    report({e.span, std::string(moving_message), std::string(hint)});
}

}  // namespace praxe
