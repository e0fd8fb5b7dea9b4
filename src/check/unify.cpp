// How types fit together.
#include "check/unify.hpp"

#include <algorithm>

#include "check/checker.hpp"

namespace praxe {
namespace {

constexpr std::string_view open_name = "_";

bool is_nullable(const Type& type) {
    return type.kind == TypeKind::optional || type.kind == TypeKind::timestamp || type.kind == TypeKind::duration ||
           type.kind == TypeKind::record || type.kind == TypeKind::opaque;
}

bool is_unknown(const Type& type) {
    return type.kind == TypeKind::error || is_open(type);
}

/// A member of a closed set is a string too.
bool is_text(const Type& type) {
    return type.kind == TypeKind::string || type.kind == TypeKind::enumeration;
}

std::optional<Type> merge_args(const Type& a, const Type& b, bool dynamic) {
    Type merged = a;
    for (std::size_t i = 0; i < a.args.size(); ++i) {
        const auto arg = merge(a.args[i], b.args[i], dynamic);
        if (!arg && a.kind != TypeKind::type) return std::nullopt;
        merged.args[i] = arg ? *arg : Type::of(TypeKind::dyn);  // types are compared whatever they are of
    }
    return merged;
}

/// Binds the parameters of `param` that stand for nothing yet.
void bind_all(const Type& param, const Type& given, TypeBindings& bindings) {
    if (param.kind == TypeKind::param) bindings.emplace(param.name, given);
    for (const Type& arg : param.args) bind_all(arg, given, bindings);
}

bool match_param(const Type& param, const Type& given, TypeBindings& bindings, bool dynamic) {
    if (is_unknown(given)) return true;
    const auto [bound, fresh] = bindings.emplace(param.name, given);
    if (fresh) return true;
    const auto merged = merge(bound->second, given, dynamic);
    if (merged) bound->second = *merged;
    return merged.has_value();
}

}  // namespace

Type open_type() {
    return Type::param(std::string(open_name));
}

bool is_open(const Type& type) {
    return type.kind == TypeKind::param && type.name == open_name;
}

bool is_mixed_list(const Type& type) {
    return type.kind == TypeKind::list && type.args[0].kind == TypeKind::dyn;
}

std::optional<Type> merge(const Type& a, const Type& b, bool dynamic) {
    if (is_unknown(a)) return b;
    if (is_unknown(b)) return a;
    if (a.kind == TypeKind::dyn || b.kind == TypeKind::dyn) return Type::of(TypeKind::dyn);
    if (a.kind == b.kind) {
        if (a.name != b.name || a.args.size() != b.args.size()) return std::nullopt;
        return merge_args(a, b, dynamic);
    }
    if (is_text(a) && is_text(b)) return Type::of(TypeKind::string);
    if (dynamic && a.kind == TypeKind::null && is_nullable(b)) return b;
    if (dynamic && b.kind == TypeKind::null && is_nullable(a)) return a;
    return std::nullopt;
}

bool assignable(const Type& from, const Type& to) {
    if (is_unknown(from) || is_unknown(to) || from.kind == TypeKind::dyn || to.kind == TypeKind::dyn) return true;
    if (from.kind == TypeKind::enumeration && to.kind == TypeKind::string) return true;
    if (from.kind != to.kind || from.name != to.name) return false;
    if (from.kind == TypeKind::type) return true;
    return std::equal(from.args.begin(), from.args.end(), to.args.begin(), to.args.end(), assignable);
}

bool match(const Type& param, const Type& given, TypeBindings& bindings, bool dynamic) {
    if (param.kind == TypeKind::param) return match_param(param, given, bindings, dynamic);
    if (param.kind == TypeKind::dyn || is_unknown(given)) return true;
    if (given.kind == TypeKind::dyn || (dynamic && given.kind == TypeKind::null && is_nullable(param))) {
        bind_all(param, Type::of(TypeKind::dyn), bindings);
        return true;
    }
    if (given.kind == TypeKind::enumeration && param.kind == TypeKind::string) return true;
    if (param.kind != given.kind || param.name != given.name || param.args.size() != given.args.size()) return false;
    for (std::size_t i = 0; i < param.args.size(); ++i) {
        if (!match(param.args[i], given.args[i], bindings, dynamic)) return false;
    }
    return true;
}

Type substitute(const Type& type, const TypeBindings& bindings) {
    if (type.kind == TypeKind::param) {
        const auto bound = bindings.find(type.name);
        return bound == bindings.end() ? open_type() : bound->second;
    }
    Type out = type;
    for (Type& arg : out.args) arg = substitute(arg, bindings);
    return out;
}

Type closed(Type type) {
    if (is_open(type)) return Type::of(TypeKind::dyn);
    for (Type& arg : type.args) arg = closed(std::move(arg));
    return type;
}

bool has_enumeration(const Type& type) {
    if (type.args.empty()) return type.kind == TypeKind::enumeration;
    return std::any_of(type.args.begin(), type.args.end(), has_enumeration);
}

}  // namespace praxe
