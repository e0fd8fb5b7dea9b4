// Functions and operators: those the machine knows itself, calls of decisions, and all others by the table.
#include <algorithm>
#include <array>
#include <utility>

#include "program/lowering.hpp"
#include "value/type_kind.hpp"

namespace praxe {
namespace {

/// Whole numbers, and members of closed sets by their place.
bool compares_as_number(const Shape& shape) {
    return shape.kind == TypeKind::enumeration || is_whole(shape.kind);
}

struct ComparisonName {
    std::string_view name;
    Comparison comparison;
    Comparison mirrored;
};
constexpr std::array comparison_names = {
    ComparisonName{"_==_", Comparison::equal, Comparison::equal},
    ComparisonName{"_!=_", Comparison::differs, Comparison::differs},
    ComparisonName{"_<_", Comparison::less, Comparison::greater},
    ComparisonName{"_<=_", Comparison::at_most, Comparison::at_least},
    ComparisonName{"_>_", Comparison::greater, Comparison::less},
    ComparisonName{"_>=_", Comparison::at_least, Comparison::at_most},
};

const ComparisonName* find_comparison(std::string_view name) {
    const auto found =
        std::find_if(comparison_names.begin(), comparison_names.end(), [&](const auto& c) { return c.name == name; });
    return found == comparison_names.end() ? nullptr : &*found;
}

Comparison mirrored(Comparison comparison) {
    return std::find_if(comparison_names.begin(), comparison_names.end(),
                        [&](const auto& c) { return c.comparison == comparison; })
        ->mirrored;
}

const Type boolean_type = Type::of(TypeKind::boolean);

}  // namespace

Lowering::Operand Lowering::call(const Expr& e) {
    if (!e.receiver) {
        if (e.name == "_&&_") return logic(e, false);
        if (e.name == "_||_") return logic(e, true);
        if (e.name == "_?_:_") return conditional(e, shape_of(e.type));
        if (e.slot.kind == Slot::Kind::decision) return decision_call(e);
        if (e.name == "before" && e.args.size() == 2 && e.overload == nullptr) return before(e);
        if (const ComparisonName* found = find_comparison(e.name)) return compare(e, found->comparison);
        if (e.name == "!_") {
            const Operand of = lower(*e.args[0]);
            if (of.known != nullptr) return constant(Value::boolean(of.known->whole == 0), of.shape);
            const Operand into = temporary(boolean_type);
            emit({.op = Op::negate, .a = into.at, .b = of.at});
            return into;
        }
    }
    for (const auto form :
         {&Lowering::of_optional, &Lowering::membership, &Lowering::moving_call, &Lowering::arithmetic}) {
        if (auto lowered = (this->*form)(e)) return *lowered;
        if (!refused_.empty()) return refused({});
    }
    return generic_call(e);
}

Lowering::Operand Lowering::logic(const Expr& e, bool decisive) {
    const Operand into = temporary(boolean_type);
    Labels done;
    for (std::size_t i = 0; i < e.args.size(); ++i) {
        const Operand part = lower(*e.args[i]);
        if (!refused_.empty()) return part;
        if (part.known != nullptr && part.known->is_ok() && (part.known->whole != 0) == decisive && i == 0) return part;
        if (i == 0) {
            emit({.op = Op::move, .a = into.at, .b = part.at});
        } else {
            emit({.op = decisive ? Op::either : Op::both, .a = into.at, .b = into.at, .c = part.at});
        }
        if (i + 1 < e.args.size()) done.push_back(emit_jump(decisive ? Op::jump_if_true : Op::jump_if_false, into.at));
    }
    land(done);
    return into;
}

Lowering::Operand Lowering::conditional(const Expr& e, const Shape* shape) {
    const Operand condition = lower(*e.args[0]);
    if (!refused_.empty()) return condition;
    if (condition.known != nullptr && condition.known->is_ok())
        return lower_as(*e.args[condition.known->whole != 0 ? 1 : 2], shape);
    const Operand into{fresh(), shape};
    const std::size_t failed = emit_jump(Op::jump_if_error, condition.at);
    const std::size_t otherwise = emit_jump(Op::jump_if_false, condition.at);
    const Operand first = lower_as(*e.args[1], shape);
    emit({.op = Op::move, .a = into.at, .b = first.at});
    const std::size_t done = emit_jump(Op::jump);
    land(otherwise);
    const Operand second = lower_as(*e.args[2], shape);
    emit({.op = Op::move, .a = into.at, .b = second.at});
    const std::size_t also_done = emit_jump(Op::jump);
    land(failed);
    emit({.op = Op::fail, .a = into.at});
    land(done);
    land(also_done);
    return into;
}

/// What stood before an instant is worked out with lets of its own.
Lowering::Operand Lowering::before(const Expr& e) {
    const Operand instant = lower(*e.args[0]);
    if (instant.moving != Moving::none) return refused("an instant that moves, before which something is asked");
    const auto level = static_cast<std::uint8_t>(frame_->level + 1);
    Frame inner = *frame_;
    inner.level = level;
    inner.scope = scope_of_level(level);
    inner.lets.clear();
    const std::uint32_t code = routine("before", frame_->decision);
    Frame* const around = std::exchange(frame_, &inner);
    fill(code, [&] { return lower(*e.args[1]).at; });
    frame_ = around;
    if (const auto found = refused_routines_.find(code); found != refused_routines_.end()) refuse(found->second);
    const Operand into = temporary(e.type);
    emit({.op = Op::before, .a = into.at, .b = instant.at, .d = code, .e = level});
    return into;
}

Lowering::Operand Lowering::compare(const Expr& e, Comparison comparison) {
    const Operand a = lower(*e.args[0]);
    const Operand b = lower(*e.args[1]);
    if (!refused_.empty()) return a;
    const bool moves = a.moving != Moving::none || b.moving != Moving::none;
    const bool alike = a.shape->kind == b.shape->kind;
    const bool texts = (a.shape->kind == TypeKind::string || a.shape->kind == TypeKind::enumeration) &&
                       (b.shape->kind == TypeKind::string || b.shape->kind == TypeKind::enumeration);
    const bool by_order = comparison != Comparison::equal && comparison != Comparison::differs;
    const bool known_how = texts ? !by_order : alike && compares_as_number(*a.shape);
    if (moves || known_how) return compared(a, b, comparison, e.type);
    return generic_call(e, {a, b});
}

Lowering::Operand Lowering::compared(Operand a, Operand b, Comparison comparison, const Type& result) {
    if (a.moving != Moving::none || b.moving != Moving::none) {
        if (a.moving != Moving::none && b.moving != Moving::none) return refused("two values that move");
        if (a.shape->kind != b.shape->kind) return refused("what moves beside what is of another type");
        const bool first = a.moving != Moving::none;
        const Operand into = temporary(result);
        const Comparison as = first ? comparison : mirrored(comparison);
        emit({.op = Op::reaches,
              .a = into.at,
              .b = first ? a.at : b.at,
              .c = first ? b.at : a.at,
              .d = static_cast<std::uint32_t>(as),
              .e = static_cast<std::uint32_t>(first ? a.moving : b.moving)});
        return into;
    }
    const Shape* const text = shape_of(Type::of(TypeKind::string));
    const auto member_or_none = [&](Operand& of, const Operand& other) {  // a text compared with members
        if (of.shape->kind != TypeKind::string || of.known == nullptr || other.shape->kind != TypeKind::enumeration)
            return;
        const auto& members = other.shape->set->members;
        const auto place = std::find(members.begin(), members.end(), of.known->text()) - members.begin();
        const bool is_member = place < static_cast<std::ptrdiff_t>(members.size());
        of = constant(Datum::of(std::int64_t{is_member ? place : -1}), other.shape);
    };
    member_or_none(a, b);
    member_or_none(b, a);
    const bool same_set = a.shape->kind == TypeKind::enumeration && b.shape->kind == TypeKind::enumeration &&
                          a.shape->set == b.shape->set;
    const bool as_texts = !same_set && (a.shape->kind == TypeKind::string || a.shape->kind == TypeKind::enumeration);
    if (as_texts) {
        a = coerce(a, text);
        b = coerce(b, text);
    }
    if (a.known != nullptr && b.known != nullptr && a.known->is_ok() && b.known->is_ok()) {
        const bool equal = as_texts ? a.known->text() == b.known->text() : a.known->whole == b.known->whole;
        const bool verdict = as_texts ? equal == (comparison == Comparison::equal)
                                      : compares(a.known->whole, comparison, b.known->whole);
        return constant(Value::boolean(verdict), shape_of(boolean_type));
    }
    const Operand into = temporary(boolean_type);
    emit({.op = as_texts ? Op::compare_text : Op::compare,
          .a = into.at,
          .b = a.at,
          .c = b.at,
          .d = static_cast<std::uint32_t>(comparison)});
    return into;
}

std::optional<Lowering::Operand> Lowering::membership(const Expr& e) {
    if (e.name != "@in" || e.receiver) return std::nullopt;
    const Type& range = e.args[1]->type;
    const Type& item = e.args[0]->type;
    if (range.kind == TypeKind::map) {
        if (range.args[0].kind != TypeKind::string) return std::nullopt;
        const Operand key = lower_as(*e.args[0], shape_of(range.args[0]));
        const Operand map = lower(*e.args[1]);
        const Operand into = temporary(boolean_type);
        emit({.op = Op::in_map, .a = into.at, .b = key.at, .c = map.at});
        return into;
    }
    const bool same = range.args[0].kind == item.kind && range.args[0].name == item.name;
    const Shape* const shape = shape_of(item);
    const bool comparable = compares_as_number(*shape) || shape->kind == TypeKind::string;
    if (!refused_.empty() || !same || item.moving || !comparable) return std::nullopt;
    const Operand value = lower(*e.args[0]);
    const Operand list = lower_as(*e.args[1], shape_of(Type::list(item)));
    const Operand into = temporary(boolean_type);
    emit({.op = Op::in_list, .a = into.at, .b = value.at, .c = list.at, .d = index_of(shape)});
    return into;
}

/// Sums of numbers that are the same in every unit.
std::optional<Lowering::Operand> Lowering::arithmetic(const Expr& e) {
    const bool adds = e.name == "_+_";
    const bool binary = (adds || e.name == "_-_") && e.args.size() == 2;
    if (e.name == "size" && e.args.size() == 1) {
        const TypeKind of = e.args[0]->type.kind;
        if (of != TypeKind::list && of != TypeKind::map) return std::nullopt;
        const Operand range = lower(*e.args[0]);
        const Operand into = temporary(e.type);
        emit({.op = of == TypeKind::list ? Op::size : Op::map_size, .a = into.at, .b = range.at});
        return into;
    }
    if (e.name == "sum" && e.args.size() == 1 && e.args[0]->type.kind == TypeKind::list) {
        const TypeKind item = e.args[0]->type.args[0].kind;
        if (item != TypeKind::integer && item != TypeKind::money) return std::nullopt;
        const Operand list = lower(*e.args[0]);
        const Operand into = temporary(e.type);
        emit({.op = Op::sum, .a = into.at, .b = list.at});
        return into;
    }
    if (!binary) return std::nullopt;
    const TypeKind first = e.args[0]->type.kind;
    const bool plain = first == TypeKind::integer || first == TypeKind::money || first == TypeKind::calendar_days ||
                       first == TypeKind::business_days;
    if (!plain || e.args[1]->type.kind != first) return std::nullopt;
    const Operand a = lower(*e.args[0]);
    const Operand b = lower(*e.args[1]);
    if (!refused_.empty()) return std::nullopt;
    std::int64_t sum = 0;
    if (a.known != nullptr && b.known != nullptr && a.known->is_ok() && b.known->is_ok() &&
        !(adds ? __builtin_add_overflow(a.known->whole, b.known->whole, &sum)
               : __builtin_sub_overflow(a.known->whole, b.known->whole, &sum)))
        return constant(Datum::of(sum), a.shape);
    const Operand into = temporary(e.type);
    emit({.op = adds ? Op::add : Op::subtract, .a = into.at, .b = a.at, .c = b.at});
    return into;
}

/// What a function makes of a value that moves with the instant of decision.
std::optional<Lowering::Operand> Lowering::moving_call(const Expr& e) {
    if (frame_->level > 0) return counts_to_now(e.name) ? std::optional(refused(e.name)) : std::nullopt;
    if (counts_to_now(e.name)) {
        if (e.name != "days_since") return refused(e.name);
        const Operand from = lower(*e.args[0]);
        const Operand now = temporary(Type::of(TypeKind::timestamp));
        Operand into = temporary(e.type);
        emit({.op = Op::now, .a = now.at});
        const bool of_instant = from.shape->kind == TypeKind::timestamp;
        emit({.op = Op::days_to, .a = into.at, .b = from.at, .c = now.at, .d = 2u + (of_instant ? 1u : 0u)});
        into.moving = Moving::day;
        return into;
    }
    if (std::none_of(e.args.begin(), e.args.end(), [](const ExprPtr& arg) { return arg->type.moving; }))
        return std::nullopt;
    if ((e.name == "_+_" || e.name == "_-_") && e.args.size() == 2) {
        const Operand a = lower(*e.args[0]);
        const Operand b = lower(*e.args[1]);
        if (!refused_.empty()) return std::nullopt;
        const bool first = a.moving != Moving::none;
        if (first == (b.moving != Moving::none)) return refused(e.name + " of values that move");
        Operand into = temporary(e.type);
        into.moving = first ? a.moving : b.moving;
        const bool adds = e.name == "_+_";
        if (!adds && !first) return refused("what is less as time goes on");
        emit({.op = adds ? Op::add_moving : Op::take_moving,
              .a = into.at,
              .b = first ? a.at : b.at,
              .c = first ? b.at : a.at,
              .d = e.type.kind == TypeKind::date ? 1u : 0u});
        return into;
    }
    if (e.name == "date" && e.args.size() == 1 && e.args[0]->type.kind == TypeKind::timestamp) {
        const Operand of = lower(*e.args[0]);
        if (!of.is_now) return refused("the date of an instant beside that of the decision");
        Operand into = temporary(e.type);
        emit({.op = Op::moving_date, .a = into.at, .b = of.at});
        into.moving = Moving::day;
        return into;
    }
    if (e.name == "days_between" && e.args.size() == 2) {
        const Operand from = lower(*e.args[0]);
        const Operand to = lower(*e.args[1]);
        if (!refused_.empty()) return std::nullopt;
        const bool to_instant = to.shape->kind == TypeKind::timestamp;
        if (to.moving == Moving::none || (to_instant && !to.is_now)) return refused("these days between");
        Operand into = temporary(e.type);
        const bool of_instant = from.shape->kind == TypeKind::timestamp;
        emit({.op = Op::days_to,
              .a = into.at,
              .b = from.at,
              .c = to.at,
              .d = (to_instant ? 2u : 0u) + (of_instant ? 1u : 0u)});
        into.moving = Moving::day;
        return into;
    }
    if (e.name == "so_far" && e.args.size() == 1) {
        const Operand of = lower(*e.args[0]);
        if (of.moving != Moving::day) return refused("so_far of this");
        const Operand into = temporary(e.type);
        emit({.op = Op::so_far, .a = into.at, .b = of.at});
        return into;
    }
    return refused(e.name + " of the instant of decision");
}

std::optional<Lowering::Operand> Lowering::of_optional(const Expr& e) {
    if (e.name == "optional.of" && e.args.size() == 1) {
        if (e.args[0]->type.kind == TypeKind::optional) return refused("an optional of an optional");
        Operand of = lower_as(*e.args[0], shape_of(e.type.args[0]));
        of.shape = shape_of(e.type);
        of.known = nullptr;
        return of;
    }
    if (e.name == "optional.none" && e.args.empty()) {
        const Operand into = temporary(e.type);
        emit({.op = Op::none, .a = into.at});
        return into;
    }
    const bool of_list = e.receiver && e.args.size() == 1 && e.args[0]->type.kind == TypeKind::list;
    if (of_list && (e.name == "first" || e.name == "last")) {
        const Operand list = lower(*e.args[0]);
        if (!refused_.empty()) return std::nullopt;
        if (list.shape->part->kind == TypeKind::optional) return refused("an optional of an optional");
        const Operand place =
            constant(Value::integer(e.name == "first" ? 0 : -1), shape_of(Type::of(TypeKind::integer)));
        const Operand into{fresh(), shape_of(Type::optional(list.shape->part->type))};
        emit({.op = Op::at_index, .a = into.at, .b = list.at, .c = place.at, .d = index_of(list.shape->part), .e = 2});
        return into;
    }
    if (!e.receiver || e.args.empty() || e.args[0]->type.kind != TypeKind::optional) return std::nullopt;
    if (e.name == "hasValue" || e.name == "value") {
        const Operand of = lower(*e.args[0]);
        const Operand into = temporary(e.type);
        emit({.op = e.name == "value" ? Op::value : Op::has_value, .a = into.at, .b = of.at});
        return into;
    }
    if (e.name != "orValue" && e.name != "or") return std::nullopt;
    // The other value is looked at where there is none, and where there is an error, which stays.
    const Operand left = lower(*e.args[0]);
    const Operand into = temporary(e.type);
    if (!refused_.empty()) return std::nullopt;
    emit({.op = Op::move, .a = into.at, .b = left.at});
    const std::size_t there = emit_jump(Op::jump_if_ok, left.at);
    const Operand right = lower_as(*e.args[1], into.shape);
    const std::size_t failed = emit_jump(Op::jump_if_error, left.at);
    emit({.op = Op::move, .a = into.at, .b = right.at});
    land(failed);
    land(there);
    return into;
}

Lowering::Operand Lowering::decision_call(const Expr& e) {
    const Decision& decision = *model_.decisions[e.slot.index];
    std::vector<Operand> args;
    for (std::size_t i = 0; i < e.args.size(); ++i) {
        const Operand arg = lower_as(*e.args[i], shape_of(decision.params[i].second));
        if (arg.moving != Moving::none) return refused("an argument that moves");
        args.push_back(arg);
    }
    if (!refused_.empty()) return refused({});
    const std::uint32_t code = routine_of(decision, frame_->level);
    if (const auto found = refused_routines_.find(code); found != refused_routines_.end())
        return refused(found->second);
    const Operand into = temporary(e.type);
    Labels failed;
    for (const Operand& arg : args) {
        if (arg.known == nullptr) failed.push_back(emit_jump(Op::jump_if_error, arg.at));
    }
    for (std::size_t i = 0; i < args.size(); ++i)
        emit({.op = Op::move, .a = program_.routines[code].arguments[i], .b = args[i].at});
    emit({.op = Op::ask, .a = into.at, .d = code});
    if (failed.empty()) return into;
    const std::size_t done = emit_jump(Op::jump);
    land(failed);
    emit({.op = Op::fail, .a = into.at});
    land(done);
    return into;
}

Lowering::Operand Lowering::generic_call(const Expr& e) {
    std::vector<Operand> args;
    for (const ExprPtr& arg : e.args) args.push_back(lower(*arg));
    return generic_call(e, args);
}

Lowering::Operand Lowering::generic_call(const Expr& e, const std::vector<Operand>& args) {
    if (!refused_.empty()) return refused({});
    if (functions_named(e.name).empty()) return refused("the function " + e.name);
    FunctionCall call{e.name, e.receiver, e.overload, {}, shape_of(e.type)};
    std::vector<Value> known;
    for (const Operand& arg : args) {
        if (arg.moving != Moving::none) return refused(e.name + " of the instant of decision");
        if (arg.shape->has_outcomes) return refused(e.name + " of what a decision made");
        call.args.push_back(arg.shape);
    }
    if (call.result->has_outcomes) return refused(e.name + " of what a decision made");
    if (!refused_.empty()) return refused({});
    const bool all_known = std::all_of(e.args.begin(), e.args.end(), [](const ExprPtr& arg) {
        return arg->kind == ExprKind::literal && !arg->value.is(Kind::error);
    });
    if (all_known && !e.args.empty()) {
        for (const ExprPtr& arg : e.args) known.push_back(arg->value);
        const FunctionContext context{&model_.zone, model_.calendar.get(), &model_.calendars, nullptr,
                                      model_.patterns.get()};
        const Value value = call_function(e.name, e.receiver, known, context);
        if (!value.is_error() && datum_of(value, *call.result)) return constant(value, call.result);
    }
    const Operand into = temporary(e.type);
    std::vector<Register> places;
    for (const Operand& arg : args) {
        places.push_back(fresh());
        emit({.op = Op::move, .a = places.back(), .b = arg.at});
    }
    const auto number = static_cast<std::uint32_t>(program_.calls.size());
    program_.calls.push_back(std::move(call));
    emit({.op = Op::call,
          .a = into.at,
          .b = places.empty() ? Register{0} : places.front(),
          .d = number,
          .e = static_cast<std::uint32_t>(places.size())});
    return into;
}

}  // namespace praxe
