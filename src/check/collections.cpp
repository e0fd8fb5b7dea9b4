// Types of lists, maps, their elements, and the macros that walk them.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "check/inference.hpp"
#include "syntax/operators.hpp"

namespace praxe {
namespace {

const Type bool_type = Type::of(TypeKind::boolean);
const Type int_type = Type::of(TypeKind::integer);

constexpr std::array key_kinds = {TypeKind::boolean, TypeKind::integer,     TypeKind::unsigned_integer,
                                  TypeKind::string,  TypeKind::enumeration, TypeKind::dyn,
                                  TypeKind::error,   TypeKind::param};

constexpr std::array unordered_kinds = {TypeKind::null, TypeKind::type,     TypeKind::list,
                                        TypeKind::map,  TypeKind::optional, TypeKind::record};

template <std::size_t n>
bool is_one_of(const std::array<TypeKind, n>& kinds, TypeKind kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool is_unknown(const Type& type) {
    return type.kind == TypeKind::error || type.kind == TypeKind::dyn || is_open(type);
}

const Type* arg_of(const Type* type, TypeKind kind, std::size_t arg) {
    return type != nullptr && type->kind == kind ? &type->args[arg] : nullptr;
}

}  // namespace

bool is_bare(const Expr& e) {
    if (e.kind == ExprKind::literal) return e.value.is(Kind::string);
    const bool choice = e.kind == ExprKind::call && e.name == "_?_:_";
    if (e.kind != ExprKind::list && !choice) return false;
    return !e.args.empty() &&
           std::all_of(e.args.begin() + (choice ? 1 : 0), e.args.end(), [](const ExprPtr& a) { return is_bare(*a); });
}

Type Inference::infer_element(Expr& e, bool optional, const Type* expected) {
    const Type wrapped = Type::optional(expected ? *expected : open_type());
    Type type = infer_still(e, optional ? &wrapped : expected);
    if (!optional || is_unknown(type)) return type;
    if (type.kind == TypeKind::optional) return type.args[0];
    return wrong({e.span, fmt::format("after `?` stands an optional value, not {}", to_string(type)), {}});
}

/// The one type of the elements: what is bare takes its type from the others.
Type Inference::merged_elements(const std::vector<Expr*>& elements, const std::vector<bool>& optionals,
                                const Type* expected, std::string_view what) {
    Type merged = open_type();
    for (const bool bare : {false, true}) {
        for (std::size_t i = 0; i < elements.size(); ++i) {
            Expr& e = *elements[i];
            if (is_bare(e) != bare) continue;
            const bool optional = i < optionals.size() && optionals[i];
            const Type type = infer_element(e, optional, expected ? expected : is_open(merged) ? nullptr : &merged);
            if (const auto both = merge(merged, type, scope_.dynamic)) {
                merged = *both;
            } else if (scope_.dynamic) {
                merged = Type::of(TypeKind::dyn);
            } else {
                report({e.span,
                        fmt::format("{} have one type, not {} and {}", what, to_string(merged), to_string(type)),
                        conversion_hint(e, merged)});
            }
        }
    }
    return merged;
}

Type Inference::list(Expr& e, const Type* expected) {
    std::vector<Expr*> elements;
    if (expected != nullptr && is_mixed_list(*expected)) return mixed_list(e);
    for (const ExprPtr& a : e.args) elements.push_back(a.get());
    return Type::list(
        merged_elements(elements, e.optionals, arg_of(expected, TypeKind::list, 0), "the elements of a list"));
}

Type Inference::mixed_list(Expr& e) {
    for (std::size_t i = 0; i < e.args.size(); ++i) infer_element(*e.args[i], e.optionals[i], nullptr);
    return Type::list(Type::of(TypeKind::dyn));
}

Type Inference::map(Expr& e, const Type* expected) {
    std::vector<Expr*> keys, values;
    for (std::size_t i = 0; i + 1 < e.args.size(); i += 2) {
        keys.push_back(e.args[i].get());
        values.push_back(e.args[i + 1].get());
    }
    const Type key = merged_elements(keys, {}, arg_of(expected, TypeKind::map, 0), "the keys of a map");
    const Type value = merged_elements(values, e.optionals, arg_of(expected, TypeKind::map, 1), "the values of a map");
    for (const Expr* k : keys) {
        if (!is_one_of(key_kinds, k->type.kind)) {
            report({k->span, fmt::format("{} is no key of a map", to_string(k->type)),
                    "keys are bool, int, uint or string"});
        }
    }
    return Type::map(key, value);
}

Type Inference::index(Expr& e) {
    const Type of = infer_still(*e.args[0], nullptr);
    const bool unwrap = of.kind == TypeKind::optional;
    Type type = element_at(unwrap ? of.args[0] : of, e);
    const bool wrap = (e.optional || unwrap) && type.kind != TypeKind::optional && type.kind != TypeKind::error;
    return wrap ? Type::optional(std::move(type)) : type;
}

Type Inference::element_at(const Type& of, Expr& e) {
    Expr& key = *e.args[1];
    if (of.kind == TypeKind::map) {
        const Type& wanted = of.args.front();
        const Type given = infer_still(key, &wanted);
        const bool fits = assignable(given, wanted) ||
                          (given.kind == TypeKind::string && wanted.kind == TypeKind::enumeration) ||
                          (scope_.dynamic && given.kind == TypeKind::real);
        if (fits) return of.args[1];
        return wrong({key.span, fmt::format("this map's keys are {}, not {}", to_string(wanted), to_string(given)),
                      conversion_hint(key, wanted)});
    }
    const Type given = infer_still(key, nullptr);
    if (is_unknown(of)) return of;
    if (of.kind != TypeKind::list) {
        return wrong({e.name_span, fmt::format("{} has no elements to take by `[…]`", to_string(of)), {}});
    }
    const bool number = given.kind == TypeKind::unsigned_integer || given.kind == TypeKind::real;
    if (assignable(given, int_type) || (scope_.dynamic && number)) return of.args[0];
    return wrong({key.span, fmt::format("an element of a list is taken by int, not {}", to_string(given)),
                  given.kind == TypeKind::string || given.kind == TypeKind::enumeration
                      ? "find it with filter or exists"
                      : std::string()});
}

Type Inference::comprehension(Expr& e, const Type* expected) {
    const Type* range_expected = e.macro == Macro::filter || e.macro == Macro::sort_by ? expected : nullptr;
    const Type range = infer_still(*e.args[0], range_expected);
    const std::size_t outer = locals_.size();
    const bool walkable = declare_variables(e, range);
    Type result = macro_result(e, walkable ? range : Type::of(TypeKind::error), expected);
    locals_.resize(outer);
    return walkable ? result : Type::of(TypeKind::error);
}

/// The macro's variables as locals; false if the range cannot be walked (reported).
bool Inference::declare_variables(const Expr& e, const Type& range) {
    const bool of_optional = e.macro == Macro::opt_map || e.macro == Macro::opt_flat_map;
    const bool of_list_only = e.macro == Macro::sort_by;
    std::vector<Type> types(e.vars.size(), is_open(range) ? open_type() : Type::of(range.kind));
    const bool fits = is_unknown(range) || (of_optional && range.kind == TypeKind::optional) ||
                      (!of_optional && range.kind == TypeKind::list) ||
                      (!of_optional && !of_list_only && range.kind == TypeKind::map);
    if (!fits) types.assign(e.vars.size(), Type::of(TypeKind::error));
    if (fits && range.kind == TypeKind::list) types = {int_type, range.args[0]};
    if (fits && range.kind == TypeKind::map) types = range.args;
    if (fits && range.kind == TypeKind::optional) types = {range.args[0]};
    if (e.vars.size() == 1 && types.size() == 2) types = {range.kind == TypeKind::list ? types[1] : types[0]};
    for (std::size_t i = 0; i < e.vars.size(); ++i) locals_.push_back({e.vars[i], types[i]});
    if (!fits) {
        report(
            {e.args[0]->span,
             fmt::format("`{}` walks {}, not {}", row_of(e.macro).name,
                         of_optional    ? "an optional value"
                         : of_list_only ? "a list"
                                        : "a list or a map",
                         to_string(range)),
             range.kind == TypeKind::optional ? conversion_hint(*e.args[0], Type::list(open_type())) : std::string()});
    }
    return fits;
}

void Inference::condition(Expr& e, std::string_view macro) {
    const Type type = infer_still(e, &bool_type);
    if (assignable(type, bool_type)) return;
    report({e.span, fmt::format("the condition of `{}` is bool, not {}", macro, to_string(type)), {}});
}

Type Inference::macro_result(Expr& e, const Type& range, const Type* expected) {
    const std::string_view name = row_of(e.macro).name;
    Expr& body = *e.args.back();
    const bool filtered = e.args.size() == 3;
    if (filtered) condition(*e.args[1], name);
    switch (e.macro) {
        case Macro::all:
        case Macro::exists:
        case Macro::exists_one:
            condition(body, name);
            return bool_type;
        case Macro::filter:
            condition(body, name);
            return range.kind == TypeKind::map ? Type::list(range.args[0]) : range;
        case Macro::map:
        case Macro::transform_list:
            return Type::list(infer_still(body, arg_of(expected, TypeKind::list, 0)));
        case Macro::sort_by: {
            const Type key = infer_still(body, nullptr);
            if (is_one_of(unordered_kinds, key.kind)) {
                report({body.span, fmt::format("{} has no order to sort by", to_string(key)), {}});
            }
            return range;
        }
        case Macro::transform_map: {
            const Type value = infer_still(body, arg_of(expected, TypeKind::map, 1));
            if (is_unknown(range)) return Type::map(open_type(), value);
            return Type::map(range.kind == TypeKind::list ? int_type : range.args[0], value);
        }
        case Macro::opt_map:
            return Type::optional(infer_still(body, arg_of(expected, TypeKind::optional, 0)));
        case Macro::opt_flat_map: {
            Type inner = infer_still(body, expected);
            if (inner.kind == TypeKind::optional || is_unknown(inner)) return inner;
            return wrong({body.span, fmt::format("`optFlatMap` gives an optional value, not {}", to_string(inner)),
                          "write optMap"});
        }
    }
    return Type::of(TypeKind::error);
}

}  // namespace praxe
