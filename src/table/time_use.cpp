// One walk over the tree and over what its names stand for.
#include "table/time_use.hpp"

#include <algorithm>

namespace praxe {
namespace {

bool is_since_an_instant(const Type& type) {
    if (type.kind == TypeKind::record) return type.record == nullptr || type.record->since >= 0;
    return std::any_of(type.args.begin(), type.args.end(), is_since_an_instant);
}

TimeUse of_field(const Field& field) {
    const bool dated = field.happens || field.dated_by >= 0 || is_since_an_instant(field.type);
    return dated ? TimeUse::facts : TimeUse::none;
}

TimeUse of_part(const Slot& slot) {
    if (slot.record == nullptr || slot.record->is_outcome) return TimeUse::facts;
    return of_field(slot.record->fields[slot.index]);
}

/// An argument may have been given a value that moves.
TimeUse of_bound(const Type& type) {
    switch (type.kind) {
        case TypeKind::null:
        case TypeKind::boolean:
        case TypeKind::integer:
        case TypeKind::unsigned_integer:
        case TypeKind::real:
        case TypeKind::string:
        case TypeKind::bytes:
        case TypeKind::money:
        case TypeKind::percent:
        case TypeKind::type:
        case TypeKind::enumeration:
        case TypeKind::record:
            return TimeUse::none;
        case TypeKind::error:
        case TypeKind::dyn:
        case TypeKind::timestamp:
        case TypeKind::duration:
        case TypeKind::date:
        case TypeKind::business_days:
        case TypeKind::business_hours:
        case TypeKind::calendar_days:
        case TypeKind::months:
        case TypeKind::years:
        case TypeKind::list:
        case TypeKind::map:
        case TypeKind::optional:
        case TypeKind::param:
        case TypeKind::opaque:
            return TimeUse::facts;
    }
    return TimeUse::facts;
}

bool has_name(const Expr& expr) {
    return expr.kind == ExprKind::ident || expr.kind == ExprKind::select || expr.kind == ExprKind::call;
}

}  // namespace

TimeUse TimeUses::of_binding(const Binding& binding, const Decision& decision) {
    const auto found = bindings_.find(&binding);
    if (found != bindings_.end()) return found->second;
    const TimeUse use = of(*binding.value.root, decision);
    bindings_.emplace(&binding, use);
    return use;
}

TimeUse TimeUses::of_name(const Expr& expr, const Decision& decision) {
    switch (expr.slot.kind) {
        case Slot::Kind::unknown:
            return expr.kind == ExprKind::call ? TimeUse::none : TimeUse::own;
        case Slot::Kind::decision:
            return TimeUse::own;
        case Slot::Kind::fact:
            return of_field(model_.schema->facts.fields[expr.slot.index]);
        case Slot::Kind::part:
            return of_part(expr.slot);
        case Slot::Kind::let:
            return of_binding(decision.let[expr.slot.index], decision);
        case Slot::Kind::definition:
            return of_binding(model_.define[expr.slot.index], decision);
        case Slot::Kind::bound:
            return of_bound(expr.type);
        case Slot::Kind::local:
        case Slot::Kind::outcome:
        case Slot::Kind::parameter:
            return TimeUse::none;
    }
    return TimeUse::own;
}

TimeUse TimeUses::of(const Expr& expr, const Decision& decision) {
    TimeUse use = expr.type.moving ? TimeUse::own : TimeUse::none;
    if (has_name(expr)) use = std::max(use, of_name(expr, decision));
    for (const ExprPtr& arg : expr.args) use = std::max(use, of(*arg, decision));
    return use;
}

}  // namespace praxe
