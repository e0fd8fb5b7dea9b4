// Functions and operators: those the machine knows itself, calls of decisions, and all others by the table.
#include <algorithm>
#include <array>
#include <utility>

#include "program/lowering.hpp"
#include "value/budget.hpp"
#include "value/type_kind.hpp"

namespace praxe {
namespace {

const Type boolean_type = Type::of(TypeKind::boolean);

}  // namespace

Lowering::Operand Lowering::call(const Expr& e) {
    if (!e.receiver) {
        if (e.name == "_&&_" || e.name == "_||_") return value_of_branch(e);
        if (e.name == "_?_:_") return conditional(e, shape_of(e.type));
        if (e.slot.kind == Slot::Kind::decision) return decision_call(e);
        if (e.name == "before" && e.args.size() == 2 && e.overload == nullptr) return before(e);
        if (const Comparison* comparison = comparison_named(e.name)) return value_of(compare(e, *comparison));
        if (e.name == "@in") {
            --steps_;  // which it counts itself
            return value_of(contains(e));
        }
        if (e.name == "!_") {
            const Operand of = lower(*e.args[0]);
            if (of.known != nullptr) return constant(Value::boolean(of.known->whole == 0), of.shape);
            const Operand into = temporary(boolean_type);
            emit({.op = Op::negate, .a = into.at, .b = of.at});
            return into;
        }
    }
    for (const auto form : {&Lowering::of_optional, &Lowering::moving_call, &Lowering::arithmetic}) {
        if (auto lowered = (this->*form)(e)) return *lowered;
        if (!refused_.empty()) return refused({});
    }
    return generic_call(e);
}

Lowering::Operand Lowering::conditional(const Expr& e, const Shape* shape) {
    Labels otherwise;
    if (const std::optional<bool> known = branch(*e.args[0], false, otherwise); known && refused_.empty())
        return lower_as(*e.args[*known ? 1 : 2], shape);
    if (!refused_.empty()) return refused({});
    const Operand into{fresh(), shape};
    put_into(into.at, lower_as(*e.args[1], shape));
    const std::size_t done = emit_jump(Op::jump);
    land(otherwise);
    put_into(into.at, lower_as(*e.args[2], shape));
    land(done);
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

/// Sums of numbers that are the same in every unit; sizes; texts without the white space around them.
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
    if (e.name == "term_end" && e.args.size() == 2) {
        const TypeKind start = e.args[0]->type.kind;
        const TypeKind length = e.args[1]->type.kind;
        const bool in_days = length == TypeKind::calendar_days || length == TypeKind::business_days;
        if ((start != TypeKind::timestamp && start != TypeKind::date) || !in_days) return std::nullopt;
        const Operand from = lower(*e.args[0]);
        const Operand days = lower(*e.args[1]);
        const Operand into = temporary(e.type);
        emit({.op = Op::term_end,
              .a = into.at,
              .b = from.at,
              .c = days.at,
              .d = (start == TypeKind::timestamp ? 1u : 0u) + (length == TypeKind::business_days ? 2u : 0u)});
        return into;
    }
    if (e.name == "trim" && e.args.size() == 1 && e.args[0]->type.kind == TypeKind::string) {
        const Operand text = lower(*e.args[0]);
        const Operand into = temporary(e.type);
        emit({.op = Op::trim, .a = into.at, .b = text.at});
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
        if (e.name == "hasValue") {
            emit({.op = Op::has_value, .a = into.at, .b = of.at});
        } else {
            const bool counts = !is_whole(into.shape->kind) && into.shape->kind != TypeKind::real;
            emit({.op = Op::value, .a = into.at, .b = of.at, .d = index_of(into.shape), .e = counts ? 1u : 0u});
        }
        return into;
    }
    if (e.name != "orValue" && e.name != "or") return std::nullopt;
    const Operand left = lower(*e.args[0]);
    const Operand into = temporary(e.type);
    if (!refused_.empty()) return std::nullopt;
    put_into(into.at, left);
    const std::size_t there = emit_jump(Op::jump_if_ok, into.at);
    put_into(into.at, lower_as(*e.args[1], into.shape));
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
    for (std::size_t i = args.size(); i-- > 0;) put_into(program_.routines[code].arguments[i], args[i]);
    emit({.op = Op::ask, .a = into.at, .d = code});
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
    for (std::size_t i = 0; i < args.size(); ++i) {
        const Expr& arg = *e.args[i];
        if (arg.kind == ExprKind::literal && !arg.value.is(Kind::error)) {
            known.push_back(arg.value);
        } else if (args[i].known != nullptr && is_whole(args[i].shape->kind)) {
            known.push_back(whole_value(args[i].known->whole, args[i].shape->kind));
        }
    }
    if (known.size() == e.args.size() && !e.args.empty()) {
        Budget budget(decision_limits);
        const FunctionContext context{&model_.zone, model_.calendar.get(), &model_.calendars, &budget,
                                      model_.patterns.get()};
        const Value value = call_function(e.name, e.receiver, known, context);
        if (!value.is_error() && datum_of(value, *call.result)) {
            steps_ += static_cast<std::uint32_t>(steps_to_read(e.name, known) + budget.steps_taken());
            if (has_parts(value)) count_constant(value.written_bytes() * sizeof(Value));
            return constant(value, call.result);
        }
    }
    const Operand into = temporary(e.type);
    std::vector<Register> places;
    for (std::size_t i = 0; i < args.size(); ++i) places.push_back(lasting());  // side by side
    for (std::size_t i = args.size(); i-- > 0;) {
        if (args[i].known != nullptr) {
            program_.constants.push_back({places[i], *args[i].known});
        } else {
            put_into(places[i], args[i]);
        }
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
