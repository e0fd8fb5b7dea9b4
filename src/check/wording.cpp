// What the checker says when types do not fit.
#include "check/wording.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

#include "check/unify.hpp"
#include "syntax/operators.hpp"

namespace praxe {
namespace {

constexpr std::size_t max_shown_forms = 5;      // of a function, in a hint
constexpr std::size_t max_repeated_bytes = 40;  // of an expression, in a hint

/// `{0}` is the left operand's type, `{1}` the right one's.
struct OperatorVerb {
    std::string_view name;
    std::string_view message;
};
constexpr std::array operator_verbs = {
    OperatorVerb{"_+_", "cannot add {1} to {0}"},
    OperatorVerb{"_-_", "cannot subtract {1} from {0}"},
    OperatorVerb{"_*_", "cannot multiply {0} by {1}"},
    OperatorVerb{"_/_", "cannot divide {0} by {1}"},
    OperatorVerb{"_%_", "cannot take the remainder of {0} by {1}"},
    OperatorVerb{"_==_", "cannot compare {0} with {1}"},
    OperatorVerb{"_!=_", "cannot compare {0} with {1}"},
    OperatorVerb{"_<_", "cannot compare {0} with {1}"},
    OperatorVerb{"_<=_", "cannot compare {0} with {1}"},
    OperatorVerb{"_>_", "cannot compare {0} with {1}"},
    OperatorVerb{"_>=_", "cannot compare {0} with {1}"},
    OperatorVerb{"@in", "cannot look for {0} in {1}"},
    OperatorVerb{"-_", "cannot negate {0}"},
    OperatorVerb{"!_", "`!` turns a bool around, not {0}"},
};

/// How a literal of one type is written as another; `{}` is the literal.
struct LiteralConversion {
    TypeKind from;
    TypeKind to;
    std::string_view hint;
};
constexpr std::array literal_conversions = {
    LiteralConversion{TypeKind::integer, TypeKind::business_days, "write business_days({})"},
    LiteralConversion{TypeKind::integer, TypeKind::business_hours, "write business_hours({})"},
    LiteralConversion{TypeKind::integer, TypeKind::calendar_days, "write calendar_days({})"},
    LiteralConversion{TypeKind::integer, TypeKind::months, "write months({})"},
    LiteralConversion{TypeKind::integer, TypeKind::years, "write years({})"},
    LiteralConversion{TypeKind::integer, TypeKind::money, "write money(\"{}.00\")"},
    LiteralConversion{TypeKind::integer, TypeKind::percent, "write percent(\"{}.00\")"},
    LiteralConversion{TypeKind::integer, TypeKind::real, "write {}.0"},
    LiteralConversion{TypeKind::integer, TypeKind::unsigned_integer, "write {}u"},
    LiteralConversion{TypeKind::integer, TypeKind::string, "write \"{}\""},
    LiteralConversion{TypeKind::integer, TypeKind::duration, "write duration(\"{}h\") or the like"},
    LiteralConversion{TypeKind::string, TypeKind::date, "write date({})"},
    LiteralConversion{TypeKind::string, TypeKind::timestamp, "write timestamp({})"},
    LiteralConversion{TypeKind::string, TypeKind::duration, "write duration({})"},
    LiteralConversion{TypeKind::string, TypeKind::money, "write money({})"},
    LiteralConversion{TypeKind::string, TypeKind::percent, "write percent({})"},
};

/// How a value of one type gives one of another; `{}` is the value as written.
struct Conversion {
    TypeKind from;
    TypeKind to;
    std::string_view hint;
};
constexpr std::array conversions = {
    Conversion{TypeKind::timestamp, TypeKind::date, "date({}) is the day of the instant"},
    Conversion{TypeKind::date, TypeKind::timestamp, "start_of_day({}) is its first instant"},
    Conversion{TypeKind::integer, TypeKind::real, "write double({})"},
    Conversion{TypeKind::integer, TypeKind::unsigned_integer, "write uint({})"},
    Conversion{TypeKind::unsigned_integer, TypeKind::integer, "write int({})"},
    Conversion{TypeKind::integer, TypeKind::business_days, "write business_days({})"},
    Conversion{TypeKind::integer, TypeKind::business_hours, "write business_hours({})"},
    Conversion{TypeKind::integer, TypeKind::calendar_days, "write calendar_days({})"},
    Conversion{TypeKind::integer, TypeKind::months, "write months({})"},
    Conversion{TypeKind::integer, TypeKind::years, "write years({})"},
};

std::string list_text(const std::vector<std::string>& items, std::string_view last_word) {
    std::string out;
    for (std::size_t i = 0; i < items.size(); ++i) {
        out += (i == 0 ? "" : i + 1 == items.size() ? fmt::format(" {} ", last_word) : ", ") + items[i];
    }
    return out;
}

std::string params_text(const Overload& row) {
    std::vector<std::string> names;
    for (std::size_t i = row.receiver ? 1 : 0; i < row.params.size(); ++i) names.push_back(to_string(row.params[i]));
    return fmt::format("({}{})", fmt::join(names, ", "), row.variadic ? "..." : "");
}

std::string args_text(const Expr& call) {
    std::vector<std::string> names;
    for (std::size_t i = call.receiver ? 1 : 0; i < call.args.size(); ++i)
        names.push_back(to_string(call.args[i]->type));
    return fmt::format("({})", fmt::join(names, ", "));
}

/// The expression as written, where it is short enough to be repeated in a hint.
std::string short_source(const Expr& e) {
    std::string text = to_source(e);
    return text.size() <= max_repeated_bytes ? text : "x";
}

bool has_row(std::string_view name, const Type& left, const Type& right) {
    const auto rows = functions_named(name);
    return std::any_of(rows.begin(), rows.end(), [&](const Overload& row) {
        TypeBindings bindings;
        return row.params.size() == 2 && match(row.params[0], left, bindings, false) &&
               match(row.params[1], right, bindings, false);
    });
}

bool is_plain_number(const Type& type) {
    return type.kind == TypeKind::integer || type.kind == TypeKind::unsigned_integer || type.kind == TypeKind::real;
}

/// What the operator takes beside the left type (the right one, where the left is but a number): `date + years`.
std::vector<std::string> fitting_forms(const BinaryOperator& op, const Type& left, const Type& right) {
    const std::size_t side = is_plain_number(left) ? 1 : 0;
    const Type& given = side == 0 ? left : right;
    std::vector<std::string> forms;
    for (const Overload& row : functions_named(op.name)) {
        if (row.params.size() != 2 || !(row.params[side] == given)) continue;
        forms.push_back(fmt::format("{} {} {}", to_string(row.params[0]), op.symbol, to_string(row.params[1])));
    }
    return forms;
}

std::string fitting_hint(const BinaryOperator& op, const Type& left, const Type& right) {
    std::vector<std::string> forms = fitting_forms(op, left, right);
    if (forms.empty() || op.precedence == Precedence::relation) return {};
    if (forms.size() > max_shown_forms) forms.resize(max_shown_forms);
    return "what fits: " + list_text(forms, "or");
}

bool is_text(const Type& type) {
    return type.kind == TypeKind::string || type.kind == TypeKind::enumeration;
}

bool is_day_count(const Type& type) {
    return type.kind == TypeKind::business_days || type.kind == TypeKind::calendar_days ||
           type.kind == TypeKind::months || type.kind == TypeKind::years;
}

std::string operands_hint(const Expr& call) {
    if (call.args.size() != 2) return {};
    const Expr& left = *call.args[0];
    const Expr& right = *call.args[1];
    for (const auto& [from, to] : {std::pair(&right, &left), std::pair(&left, &right)}) {
        if (from->type.kind == TypeKind::date || !has_row(call.name, to->type, to->type)) continue;
        if (std::string hint = conversion_hint(*from, to->type); !hint.empty()) return hint;
    }
    if (left.type.kind == TypeKind::null || right.type.kind == TypeKind::null) {
        return "what may be absent is asked for with has(record.field)";
    }
    if (call.name == "@in" && is_text(left.type) && is_text(right.type)) {
        return fmt::format("write {}.contains({})", short_source(right), short_source(left));
    }
    const BinaryOperator* op = find_binary_operator(call.name);
    const bool of_instant = left.type.kind == TypeKind::timestamp && is_day_count(right.type);
    if (of_instant && op != nullptr && op->precedence == Precedence::relation) {
        return fmt::format("days_since({}) is a count of days", short_source(left));
    }
    if (of_instant) {
        return "days are added to a date: date(x) + n; term_end(x, n) is the instant at which a term ends";
    }
    if (left.type.kind == TypeKind::money && call.name == "_/_") {
        return fmt::format(
            "say how the cents are rounded: divide({}, {}, \"half_up\"), prorate(x, part, whole, \"half_up\"), or "
            "split(x, weights)",
            short_source(left), short_source(right));
    }
    if (call.name == "_*_" && (left.type.kind == TypeKind::percent || right.type.kind == TypeKind::percent)) {
        const bool first = left.type.kind == TypeKind::percent;
        return fmt::format("say how the cents are rounded: percent_of({}, {}, \"half_up\")",
                           short_source(first ? left : right), short_source(first ? right : left));
    }
    return op ? fitting_hint(*op, left.type, right.type) : std::string();
}

/// `&&`, `||`: the first operand that is no condition.
Complaint not_a_condition(const Expr& call) {
    const auto wrong = std::find_if(call.args.begin(), call.args.end(), [](const ExprPtr& a) {
        return a->type.kind != TypeKind::boolean && a->type.kind != TypeKind::error;
    });
    return {(*wrong)->span,
            fmt::format("`{}` joins conditions (bool), not {}", find_binary_operator(call.name)->symbol,
                        to_string((*wrong)->type)),
            {}};
}

Complaint not_a_choice(const Expr& call) {
    if (!assignable(call.args[0]->type, Type::of(TypeKind::boolean))) {
        return {call.args[0]->span,
                fmt::format("a choice needs a condition (bool), not {}", to_string(call.args[0]->type)),
                {}};
    }
    return {call.name_span,
            fmt::format("both values of a choice have one type, not {} and {}", to_string(call.args[1]->type),
                        to_string(call.args[2]->type)),
            conversion_hint(*call.args[2], call.args[1]->type)};
}

std::vector<std::string> function_names(const Scope& scope) {
    std::set<std::string> names;
    for (const Overload& row : functions()) {
        if (!is_operator(row.name)) names.insert(row.name);
    }
    for (const MacroRow& row : macro_rows) names.emplace(row.name);
    for (const Scope* s = &scope; s != nullptr; s = s->parent) {
        for (const auto& [name, callable] : s->callables) names.insert(name);
        for (const auto& [name, rows] : s->functions) names.insert(name);
    }
    return {names.begin(), names.end()};
}

/// The rows that could have been meant; where there is no dyn, those that give one are not told of.
std::vector<const Overload*> rows_of_style(std::span<const Overload> rows, bool receiver, bool dynamic) {
    std::vector<const Overload*> out;
    for (const Overload& row : rows) {
        if (row.receiver == receiver && (dynamic || !gives_dyn(row))) out.push_back(&row);
    }
    return out;
}

Complaint wrong_style(const Expr& call) {
    if (call.receiver) {
        return {call.name_span, fmt::format("`{}` is not called after a dot", call.name),
                fmt::format("write {}(…)", call.name)};
    }
    return {call.name_span, fmt::format("`{}` is called on a value, after a dot", call.name),
            fmt::format("write value.{}(…)", call.name)};
}

Complaint wrong_count(const Expr& call, const std::vector<const Overload*>& rows) {
    const std::size_t receiver = call.receiver ? 1 : 0;
    std::set<std::size_t> counts;
    for (const Overload* row : rows) counts.insert(row->params.size() - receiver);
    std::vector<std::string> texts;
    for (const std::size_t count : counts) texts.push_back(std::to_string(count));
    const bool one = counts.size() == 1 && *counts.begin() == 1;
    const bool more = std::any_of(rows.begin(), rows.end(), [](const Overload* row) { return row->variadic; });
    return {call.name_span,
            fmt::format("`{}` takes {} argument{}{}, not {}", call.name, list_text(texts, "or"), one ? "" : "s",
                        more ? " or more" : "", call.args.size() - receiver),
            {}};
}

bool takes(const Type& param, const Type& given) {
    TypeBindings bindings;
    return match(param, given, bindings, false);
}

/// The texts, each once and not too many.
std::string some_of(const std::vector<std::string>& texts, std::string_view last_word) {
    std::vector<std::string> shown;
    for (const std::string& text : texts) {
        if (std::find(shown.begin(), shown.end(), text) == shown.end()) shown.push_back(text);
    }
    if (shown.size() <= max_shown_forms) return list_text(shown, last_word);
    shown.resize(max_shown_forms);
    return fmt::format("{}, …", fmt::join(shown, ", "));
}

Complaint wrong_receiver(const Expr& call, const std::vector<const Overload*>& rows) {
    std::vector<std::string> receivers;
    for (const Overload* row : rows) receivers.push_back(to_string(row->params[0]));
    const std::string unwrapped = conversion_hint(*call.args[0], rows[0]->params[0]);
    return {call.name_span, fmt::format("{} has no function `{}`", to_string(call.args[0]->type), call.name),
            !unwrapped.empty() ? unwrapped : fmt::format("it is for {}", some_of(receivers, "and"))};
}

/// The one argument that keeps a row from fitting, and what the row takes there.
struct Misfit {
    std::size_t arg;
    Type wanted;
};

/// The type with its parameters replaced; those that stand for nothing keep their letters.
Type with_letters(const Type& type, const TypeBindings& bindings) {
    if (type.kind == TypeKind::param && !bindings.contains(type.name)) return type;
    Type out = type.kind == TypeKind::param ? bindings.find(type.name)->second : type;
    for (Type& arg : out.args) arg = with_letters(arg, bindings);
    return out;
}

std::optional<Misfit> only_misfit(const Expr& call, const Overload& row) {
    std::optional<Misfit> misfit;
    TypeBindings bindings;
    for (std::size_t i = 0; i < call.args.size(); ++i) {
        if (match(row.param(i), call.args[i]->type, bindings, false)) continue;
        if (misfit) return std::nullopt;
        misfit = Misfit{i, with_letters(row.param(i), bindings)};
    }
    return misfit;
}

/// Where in all rows that nearly fit it is the same argument that does not: that one.
Complaint wrong_argument(const Expr& call, const std::vector<const Overload*>& rows) {
    std::vector<Misfit> misfits;
    for (const Overload* row : rows) {
        if (auto misfit = only_misfit(call, *row)) misfits.push_back(std::move(*misfit));
    }
    const bool one = !misfits.empty() && std::all_of(misfits.begin(), misfits.end(),
                                                     [&](const Misfit& m) { return m.arg == misfits[0].arg; });
    std::vector<std::string> wanted;
    if (!one) {
        for (const Overload* row : rows) wanted.push_back(params_text(*row));
        return {call.name_span, fmt::format("`{}` does not take {}", call.name, args_text(call)),
                fmt::format("it takes {}", some_of(wanted, "or"))};
    }
    const Expr& arg = *call.args[misfits[0].arg];
    std::string hint;
    for (const Misfit& m : misfits) {
        wanted.push_back(is_mixed_list(m.wanted) ? "list" : to_string(m.wanted));
        const bool as_text = m.wanted.kind == TypeKind::string && misfits.size() > 1;
        if (hint.empty() && !as_text) hint = conversion_hint(arg, m.wanted);
    }
    return {arg.span, fmt::format("`{}` takes {} here, not {}", call.name, some_of(wanted, "or"), to_string(arg.type)),
            hint};
}

bool is_literal_of(const Expr& e, Kind kind) {
    return e.kind == ExprKind::literal && e.value.is(kind);
}

}  // namespace

std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known) {
    const std::string near = nearest(wrong, known);
    return near.empty() ? std::string() : fmt::format("did you mean \"{}\"?", near);
}

bool is_operator(std::string_view function) {
    return function.find_first_of("_@") == 0 || function == "!_" || function == "-_";
}

std::string conversion_hint(const Expr& value, const Type& wanted) {
    const bool literal = is_literal_of(value, Kind::integer) || is_literal_of(value, Kind::string);
    for (const auto& c : literal_conversions) {
        if (literal && c.from == value.type.kind && c.to == wanted.kind) {
            return fmt::format(fmt::runtime(c.hint), short_source(value));
        }
    }
    for (const auto& c : conversions) {
        if (c.from == value.type.kind && c.to == wanted.kind)
            return fmt::format(fmt::runtime(c.hint), short_source(value));
    }
    if (value.type.kind == TypeKind::optional && wanted.kind != TypeKind::optional) {
        return fmt::format("it may be absent: write {}.orValue(…), or .value() after .hasValue()", short_source(value));
    }
    return {};
}

Complaint operands_do_not_fit(const Expr& call) {
    if (call.name == "_&&_" || call.name == "_||_") return not_a_condition(call);
    if (call.name == "_?_:_") return not_a_choice(call);
    const auto* verb =
        std::find_if(operator_verbs.begin(), operator_verbs.end(), [&](auto& row) { return row.name == call.name; });
    const std::string left = to_string(call.args.front()->type);
    const std::string right = to_string(call.args.back()->type);
    return {call.name_span, fmt::format(fmt::runtime(verb->message), left, right), operands_hint(call)};
}

Complaint arguments_do_not_fit(const Expr& call, std::span<const Overload> rows, bool dynamic) {
    const auto styled = rows_of_style(rows, call.receiver, dynamic);
    if (styled.empty()) return wrong_style(call);
    std::vector<const Overload*> fitting;
    std::copy_if(styled.begin(), styled.end(), std::back_inserter(fitting),
                 [&](const Overload* row) { return !row->receiver || takes(row->params[0], call.args[0]->type); });
    if (fitting.empty()) return wrong_receiver(call, styled);
    std::vector<const Overload*> counted;
    std::copy_if(fitting.begin(), fitting.end(), std::back_inserter(counted),
                 [&](const Overload* row) { return row->takes(call.args.size()); });
    if (counted.empty()) return wrong_count(call, fitting);
    return wrong_argument(call, counted);
}

Complaint no_such_word(const Expr& call, std::size_t argument) {
    const auto words = argument_words(call.name, argument);
    const std::vector<std::string> known(words.begin(), words.end());
    const std::string& word = call.args[argument]->value.as_string();
    const std::string near = did_you_mean(word, known);
    return {call.args[argument]->span, fmt::format("`{}` knows no \"{}\" here", call.name, word),
            !near.empty() ? near : fmt::format("it is one of {}", fmt::join(known, ", "))};
}

/// `math.x` of a call `math.x()` where `math` is the first part of functions' names; empty elsewhere.
std::string qualified_name(const Expr& call) {
    if (!call.receiver || call.args[0]->kind != ExprKind::ident) return {};
    const std::string prefix = call.args[0]->name + ".";
    const bool known = std::any_of(functions().begin(), functions().end(),
                                   [&](const Overload& row) { return row.name.starts_with(prefix); });
    return known ? prefix + call.name : std::string();
}

/// Where only a qualified function has the name (`abs` of `math.abs`), how that one is called.
std::string qualified_hint(std::string_view name) {
    for (const Overload& row : functions()) {
        const std::size_t dot = row.name.rfind('.');
        if (dot != std::string::npos && std::string_view(row.name).substr(dot + 1) == name) {
            return fmt::format("write {}(…)", row.name);
        }
    }
    return {};
}

Complaint no_such_function(const Expr& call, const Scope& scope, bool of_variable) {
    if (!call.receiver && call.args.empty() && scope.find(call.name)) {
        return {call.span, fmt::format("`{}` is not a function", call.name),
                fmt::format("it takes nothing: write {}", call.name)};
    }
    if (call.name == "not") return {call.name_span, "there is no function `not`", "write !(…)"};
    if (const std::string name = of_variable ? "" : qualified_name(call); !name.empty()) {
        return {{call.args[0]->span.begin, call.name_span.end},
                fmt::format("there is no function `{}`", name),
                did_you_mean(name, function_names(scope))};
    }
    if (of_variable && !call.qualified.empty()) {
        return {call.name_span, fmt::format("there is no function `{}`", call.name),
                fmt::format("`{}` is a variable here", to_source(*call.args[0]))};
    }
    const std::string qualified = qualified_hint(call.name);
    return {call.name_span, fmt::format("there is no function `{}`", call.name),
            qualified.empty() ? did_you_mean(call.name, function_names(scope)) : qualified};
}

Complaint not_assignable(const Expr& value, const Type& expected) {
    return {value.span, fmt::format("{} is needed here, not {}", to_string(expected), to_string(value.type)),
            conversion_hint(value, expected)};
}

}  // namespace praxe
