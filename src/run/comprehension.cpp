// The macros: walking over the elements of a list or the entries of a map, each under the macro's own variables.
#include <algorithm>
#include <numeric>

#include "run/evaluator.hpp"
#include "value/order.hpp"

namespace praxe {

/// One macro at work over one range.
class Evaluator::Walk {
  public:
    /// The range must outlive it.
    Walk(Evaluator& evaluator, const Expr& e, const Value& range) : evaluator_(evaluator), e_(e), range_(range) {}

    Value run() {
        switch (e_.macro) {
            case Macro::all:
                return until(false);
            case Macro::exists:
                return until(true);
            case Macro::exists_one:
                return exactly_one();
            case Macro::map:
            case Macro::transform_list:
                return transformed_list();
            case Macro::transform_map:
                return transformed_map();
            case Macro::filter:
                return filtered();
            case Macro::sort_by:
                return sorted();
            case Macro::opt_map:
            case Macro::opt_flat_map:
                return expected("a list or map", Value::optional_none());  // not walked over: see optional_map
        }
        return {};
    }

  private:
    std::size_t rounds() const { return range_.is(Kind::list) ? range_.as_list().size() : entries().size(); }
    const std::vector<std::pair<Value, Value>>& entries() const { return range_.as_map().entries; }
    bool has_two_variables() const { return e_.vars.size() == 2; }

    /// What the first variable stands for in a round: of one, an element or a key; of two, the place or key.
    Value first(std::size_t round) const {
        if (range_.is(Kind::map)) return entries()[round].first;
        return has_two_variables() ? Value::integer(static_cast<std::int64_t>(round)) : range_.as_list()[round];
    }
    /// The second: the element or value.
    const Value& second(std::size_t round) const {
        return range_.is(Kind::map) ? entries()[round].second : range_.as_list()[round];
    }

    Value in_round(std::size_t round, const Expr& body) {
        auto& locals = evaluator_.locals_;
        locals.push_back({e_.vars[0], first(round)});
        if (has_two_variables()) locals.push_back({e_.vars[1], second(round)});
        Value value = evaluator_.value_of(body);
        locals.resize(locals.size() - e_.vars.size());
        return value;
    }
    /// The condition in one round: a bool or an error.
    Value condition(std::size_t round) {
        Value value = in_round(round, *e_.args[1]);
        if (value.is(Kind::boolean) || value.is_error()) return value;
        return evaluator_.placed(expected("a bool", value), *e_.args[1]);
    }

    /// `all` and `exists`: one round that decides makes up for errors in the others.
    Value until(bool decisive) {
        std::optional<Value> failure;
        for (std::size_t round = 0; round < rounds(); ++round) {
            const Value value = condition(round);
            if (value.is_error()) {
                if (evaluator_.used_up()) return value;
                if (!failure) failure = value;
            } else if (value.as_bool() == decisive) {
                return value;
            }
        }
        return failure ? *failure : Value::boolean(!decisive);
    }

    Value exactly_one() {
        std::size_t count = 0;
        for (std::size_t round = 0; round < rounds(); ++round) {
            const Value value = condition(round);
            if (value.is_error()) return value;
            if (value.is_true()) ++count;
        }
        return Value::boolean(count == 1);
    }

    /// `keep` of each round's transform, in the rounds that the macro's condition (if it has one) lets through.
    /// Returns the first error there is.
    template <typename Keep>
    std::optional<Value> transform(const Keep& keep) {
        const bool conditional = e_.args.size() == 3;
        for (std::size_t round = 0; round < rounds(); ++round) {
            const Value wanted = conditional ? condition(round) : Value::boolean(true);
            if (wanted.is_error()) return wanted;
            if (wanted.is_false()) continue;
            Value value = in_round(round, *e_.args.back());
            if (value.is_error()) return value;
            keep(round, std::move(value));
        }
        return std::nullopt;
    }

    Value transformed_list() {
        List list;
        const auto failure = transform([&](std::size_t, Value value) { list.push_back(std::move(value)); });
        return failure ? *failure : evaluator_.made(Value::list(std::move(list)));
    }
    Value transformed_map() {
        Map map;
        const auto failure = transform(
            [&](std::size_t round, Value value) { map.entries.emplace_back(first(round), std::move(value)); });
        if (failure) return *failure;
        map.index();  // the keys are those of the range, so none is repeated
        return evaluator_.made(Value::map(std::move(map)));
    }

    Value filtered() {
        List list;
        for (std::size_t round = 0; round < rounds(); ++round) {
            const Value wanted = condition(round);
            if (wanted.is_error()) return wanted;
            if (wanted.is_true()) list.push_back(first(round));
        }
        return evaluator_.made(Value::list(std::move(list)));
    }

    /// Elements with equal keys stay in the order they had.
    Value sorted() {
        std::vector<Value> keys;
        for (std::size_t round = 0; round < rounds(); ++round) {
            keys.push_back(in_round(round, *e_.args[1]));
            if (keys.back().is_error()) return keys.back();
            const bool one_type = keys.front().kind() == keys.back().kind();
            if (one_type && order(keys.front(), keys.back())) continue;
            return evaluator_.placed(expected("keys of one ordered type", keys.back()), *e_.args[1]);
        }
        if (auto refused = refuse_steps(evaluator_.environment_.functions(), steps_to_sort(keys))) return *refused;
        std::vector<std::size_t> places(rounds());
        std::iota(places.begin(), places.end(), std::size_t{0});
        std::stable_sort(places.begin(), places.end(),
                         [&](std::size_t a, std::size_t b) { return sort_order(keys[a], keys[b]) < 0; });
        List list;
        for (const std::size_t place : places) list.push_back(first(place));
        return evaluator_.made(Value::list(std::move(list)));
    }

    Evaluator& evaluator_;
    const Expr& e_;
    const Value& range_;
};

Value Evaluator::comprehension(const Expr& e) {
    const Value range = value_of(*e.args[0]);
    if (range.is_error()) return range;
    if (e.macro == Macro::opt_map || e.macro == Macro::opt_flat_map) return optional_map(e, range);
    if (!range.is(Kind::list) && !range.is(Kind::map)) return placed(expected("a list or map", range), *e.args[0]);
    const std::size_t rounds = range.is(Kind::list) ? range.as_list().size() : range.as_map().entries.size();
    if (budget_ != nullptr && !budget_->spend_steps(rounds)) return budget_->error();
    return Walk(*this, e, range).run();
}

/// `optMap`, `optFlatMap`: the body over the value, if there is one.
Value Evaluator::optional_map(const Expr& e, const Value& range) {
    if (!range.is(Kind::optional)) return placed(expected("an optional value", range), *e.args[0]);
    if (!range.has_value()) return range;
    locals_.push_back({e.vars[0], range.as_optional()});
    const Value value = value_of(*e.args[1]);
    locals_.pop_back();
    if (value.is_error()) return value;
    if (e.macro == Macro::opt_map) return made(Value::optional_of(value));
    return value.is(Kind::optional) ? value : placed(expected("an optional value", value), *e.args[1]);
}

}  // namespace praxe
