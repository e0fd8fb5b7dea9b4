// Walking the tree: what each kind of expression does with the values of its parts.
#include "run/evaluate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "run/clock_parts.hpp"
#include "run/evaluator.hpp"
#include "run/moving.hpp"

namespace praxe {
namespace {

Value error(Error::Code code, std::string message) {
    return Value::error(code, std::move(message));
}

bool is_decided(const Value& v, bool decisive) {
    return v.is(Kind::boolean) && v.as_bool() == decisive;
}

bool moves(const Value& v) {
    return v.motion() != Motion::still;
}

/// What was made of values that were read from facts is read from the first of them.
Value traced(Value value, std::span<const Value> args) {
    const Value* const origin = origin_of(args);
    if (origin == nullptr || value.is_error() || value.from() != nullptr) return value;
    return value.read_from(origin->from(), origin->from_field());
}

bool accepted(const Expr& e, std::span<const Value> args) {
    const auto rows = functions_named(e.name);
    return std::any_of(rows.begin(), rows.end(), [&](const Overload& row) { return accepts_all(row, args); });
}

}  // namespace

std::optional<Value> Environment::call(const Expr&, std::span<const Value>) {
    return std::nullopt;
}

Value Environment::field(const std::shared_ptr<const Record>& record, std::size_t field) {
    return record->at(field);
}

Value Environment::before(Instant, const Body&) {
    return error(Error::Code::other, "there is no case here that could be seen as it stood earlier");
}

Value not_there(std::string_view shown, std::string path, const Value& stands) {
    const std::string_view why = stands.is_absent() ? "is not given" : "lies ahead of the instant judged";
    return Value::error(Error{Error::Code::missing_fact, fmt::format("\"{}\" {}", shown, why), std::move(path), {}});
}

Value expected(std::string_view what, const Value& got) {
    return error(Error::Code::no_such_overload,
                 fmt::format("expected {} here, found a value of type {}", what, author_type_name(got)));
}

bool is_map_key(const Value& v) {
    return v.is(Kind::boolean) || v.is(Kind::integer) || v.is(Kind::unsigned_integer) || v.is(Kind::string);
}

Value evaluate(const Expr& expr, Environment& environment) {
    Value value = Evaluator(environment).value_of(expr);
    const Budget* const budget = environment.functions().budget;
    if (budget == nullptr || !budget->used_up()) return value;
    if (value.is_error() && value.as_error().code == Error::Code::limit) return value;
    return budget->error();  // what made up for it, or came before it, did not look at everything
}

Value Evaluator::value_of(const Expr& e) {
    Value value = as_argument(e);
    return is_part(value) ? settled(value, environment_) : value;
}

Value Evaluator::as_argument(const Expr& e) {
    Value value = budget_ == nullptr || budget_->step() ? dispatch(e) : budget_->error();
    return value.is_error() ? placed(std::move(value), e) : value;
}

Value Evaluator::placed(Value value, const Expr& e) const {
    if (!value.is_error() || value.as_error().place || !environment_.source) return value;
    Error placed = value.as_error();
    placed.place = {environment_.source, e.span};
    return Value::error(std::move(placed));
}

Value Evaluator::dispatch(const Expr& e) {
    switch (e.kind) {
        case ExprKind::literal:
            return e.value;
        case ExprKind::ident:
            return name(e);
        case ExprKind::select:
            return select(e);
        case ExprKind::call:
            return call(e);
        case ExprKind::index:
            return index(e);
        case ExprKind::list:
            return list(e);
        case ExprKind::map:
            return map(e);
        case ExprKind::has:
            return has(e);
        case ExprKind::comprehension:
            return comprehension(e);
        case ExprKind::bind:
            return bind(e);
    }
    return error(Error::Code::other, "an unknown kind of expression");
}

Evaluator::Arguments Evaluator::values_of(std::span<const ExprPtr> args) {
    Arguments values;
    values.reserve(args.size());
    for (const ExprPtr& arg : args) values.push_back(value_of(*arg));
    return values;
}

Evaluator::Arguments Evaluator::arguments_of(const Expr& call) {
    Arguments arguments;
    arguments.reserve(call.args.size());
    for (const ExprPtr& arg : call.args) arguments.push_back(as_argument(*arg));
    return arguments;
}

Value Evaluator::call(const Expr& e) {
    if (!e.receiver) {
        if (e.name == "_&&_") return logic(e, false);
        if (e.name == "_||_") return logic(e, true);
        if (e.name == "_?_:_") return conditional(e);
        if (e.name == "before" && e.args.size() == 2) return before(e);
    }
    if (e.overload == nullptr) {  // where there is one, the checker has found the function
        if (const auto function = qualified_function(e)) {
            return call_by_name(*function, std::span(e.args).subspan(e.receiver ? 1 : 0));
        }
    }
    if (e.receiver && e.args.size() == 2 && (e.name == "or" || e.name == "orValue")) {
        const Value left = value_of(*e.args[0]);
        if (left.is(Kind::optional)) return first_with_value(e, left);
        const Value both[] = {left, value_of(*e.args[1])};
        return apply(e, both);
    }
    return apply(e, arguments_of(e));
}

/// `&&` and `||`: one operand that decides makes up for errors in the others, on either side.
Value Evaluator::logic(const Expr& e, bool decisive) {
    std::optional<Value> failure;
    for (const ExprPtr& arg : e.args) {
        const Value value = value_of(*arg);
        if (is_decided(value, decisive) || used_up()) return value;
        if (failure || is_decided(value, !decisive)) continue;
        failure = value.is_error() ? value : placed(expected("a bool", value), *arg);
    }
    return failure ? *failure : Value::boolean(!decisive);
}

Value Evaluator::conditional(const Expr& e) {
    const Value condition = value_of(*e.args[0]);
    if (condition.is_error()) return condition;
    if (!condition.is(Kind::boolean)) return placed(expected("a bool", condition), *e.args[0]);
    return value_of(*e.args[condition.as_bool() ? 1 : 2]);
}

/// `before(T, body)`: an instant that moves with the decision's own is none to go back to.
Value Evaluator::before(const Expr& e) {
    const Value instant = value_of(*e.args[0]);
    if (instant.is_error()) return instant;
    if (!instant.is(Kind::timestamp)) return placed(expected("a timestamp", instant), *e.args[0]);
    environment_.at_work = {&e, {&instant, 1}};
    if (moves(instant)) return call_moving(e, {&instant, 1}, environment_);
    return environment_.before(instant.as_int(), [&](Environment& earlier) {
        Evaluator evaluator(earlier);
        evaluator.locals_ = locals_;
        return evaluator.value_of(*e.args[1]);
    });
}

/// `or` and `orValue`: the right side is looked at only if the left one has no value.
Value Evaluator::first_with_value(const Expr& e, const Value& left) {
    const bool unwrapped = e.name == "orValue";
    if (left.has_value()) return unwrapped ? left.as_optional() : left;
    const Value right = value_of(*e.args[1]);
    if (unwrapped || right.is_error() || right.is(Kind::optional)) return right;
    return placed(expected("an optional value", right), *e.args[1]);
}

/// A function of the table, whatever the tree says.
Value Evaluator::call_by_name(std::string_view function, std::span<const ExprPtr> args) {
    const Arguments values = values_of(args);
    if (budget_ != nullptr && !budget_->spend_steps(steps_to_read(function, values))) return budget_->error();
    return made(call_function(function, false, values, environment_.functions()));
}

Value Evaluator::apply(const Expr& e, std::span<const Value> args) {
    const auto failed = std::find_if(args.begin(), args.end(), [](const Value& v) { return v.is_error(); });
    if (failed != args.end()) return *failed;
    if (budget_ != nullptr && !budget_->spend_steps(steps_to_read(e.name, args))) return budget_->error();
    Value value = made(applied(e, args));
    if (environment_.notes_calls && !value.is_error()) environment_.was_called(e, args, value);
    return environment_.traces ? traced(std::move(value), args) : value;
}

/// True for what was read from a fact, or made of one, that is an instant or a date.
bool is_of_dated_fact(const Value& value) {
    if (value.from() == nullptr) return false;
    const Value& fact = value.from()->at(value.from_field());
    return fact.is(Kind::timestamp) || fact.is(Kind::date);
}

const Value* origin_of(std::span<const Value> args) {
    const auto dated = std::find_if(args.begin(), args.end(), is_of_dated_fact);
    if (dated != args.end()) return &*dated;
    const auto any = std::find_if(args.begin(), args.end(), [](const Value& arg) { return arg.from() != nullptr; });
    return any == args.end() ? nullptr : &*any;
}

Value Evaluator::made(Value value) const {
    return budget_ == nullptr || !has_parts(value) ? value : charged(*budget_, std::move(value));
}

Value Evaluator::applied(const Expr& e, std::span<const Value> args) {
    const bool to_now = counts_to_now(e.name) && accepted(e, args);
    if (std::any_of(args.begin(), args.end(), is_part)) return with_parts(e, args);
    if (to_now || std::any_of(args.begin(), args.end(), moves)) {
        environment_.at_work = {&e, args};
        return call_moving(e, args, environment_);
    }
    if (e.overload != nullptr && e.overload->call != nullptr && accepts_all(*e.overload, args)) {
        return e.overload->call(environment_.functions(), args);
    }
    if (e.slot.kind == Slot::Kind::decision) {
        if (auto result = environment_.call(e, args)) return *std::move(result);
    }
    const auto rows = functions_named(e.name);
    if (!e.receiver && !has_style(rows, false)) {
        if (auto result = environment_.call(e, args)) return *std::move(result);
    }
    if (!rows.empty()) return call_function(e.name, e.receiver, args, environment_.functions());
    return error(Error::Code::no_such_overload, fmt::format("there is no function \"{}\"", e.name));
}

Value Evaluator::with_parts(const Expr& e, std::span<const Value> args) {
    if (compares_parts(e, args)) {
        environment_.at_work = {&e, args};
        return compare_parts(e, args, environment_);
    }
    Arguments still(args.begin(), args.end());
    for (Value& arg : still)
        if (is_part(arg)) arg = settled(arg, environment_);
    return applied(e, still);
}

Value Evaluator::list(const Expr& e) {
    List items;
    for (std::size_t i = 0; i < e.args.size(); ++i) {
        Value item = value_of(*e.args[i]);
        if (item.is_error()) return item;
        if (i < e.optionals.size() && e.optionals[i]) {
            if (!item.is(Kind::optional)) return placed(expected("an optional value", item), *e.args[i]);
            if (!item.has_value()) continue;
            item = Value(item.as_optional());
        }
        items.push_back(std::move(item));
    }
    return made(Value::list(std::move(items)));
}

Value Evaluator::map(const Expr& e) {
    Map map;
    for (std::size_t i = 0; i + 1 < e.args.size(); i += 2) {
        const Value key = value_of(*e.args[i]);
        if (key.is_error()) return key;
        if (!is_map_key(key)) return placed(expected("a key (bool, int, uint or string)", key), *e.args[i]);
        Value value = value_of(*e.args[i + 1]);
        if (value.is_error()) return value;
        if (i / 2 < e.optionals.size() && e.optionals[i / 2]) {
            if (!value.is(Kind::optional)) return placed(expected("an optional value", value), *e.args[i + 1]);
            if (!value.has_value()) continue;
            value = Value(value.as_optional());
        }
        map.entries.emplace_back(key, std::move(value));
    }
    return map.index() ? made(Value::map(std::move(map))) : error(Error::Code::other, "a key is repeated in this map");
}

/// The bound value may be an error: it is one only for those who read it.
Value Evaluator::bind(const Expr& e) {
    locals_.push_back({e.vars[0], value_of(*e.args[0])});
    Value result = value_of(*e.args[1]);
    locals_.pop_back();
    return result;
}

}  // namespace praxe
