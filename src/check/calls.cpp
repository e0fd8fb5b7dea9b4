// Types of calls: which rows of the function table fit, what the arguments are taken for, what may move.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "check/format_use.hpp"
#include "check/inference.hpp"
#include "check/moving_rules.hpp"

namespace praxe {
namespace {

const Type timestamp_type = Type::of(TypeKind::timestamp);

constexpr std::string_view before_name = "before";  // before(instant, expression): as things stood just before it
constexpr std::string_view dyn_name = "dyn";

constexpr std::array<std::string_view, 4> orderings = {"_<_", "_<=_", "_>_", "_>=_"};

bool is_ordering(std::string_view name) {
    return std::find(orderings.begin(), orderings.end(), name) != orderings.end();
}

bool has_dyn(const Type& type) {
    return type.kind == TypeKind::dyn || type.kind == TypeKind::error || is_open(type) ||
           std::any_of(type.args.begin(), type.args.end(), has_dyn);
}

/// Why what moves may not stand there, by the function it is given to.
std::string_view moving_hint(std::string_view function, bool both_move) {
    if (both_move) return "both sides move with it: one of them must be fixed";
    if (counts_to_now(function)) return "it is counted to the instant of decision already";
    if (is_operator(function)) return "work out the other side of the comparison instead: date(at) > x + n";
    return moving_remedy;
}

/// The first argument written as a text that the function does not know there.
std::optional<std::size_t> unknown_word(const Expr& call) {
    for (std::size_t i = 0; i < call.args.size(); ++i) {
        const auto words = argument_words(call.name, i);
        const Expr& arg = *call.args[i];
        if (words.empty() || arg.kind != ExprKind::literal || !arg.value.is(Kind::string)) continue;
        if (std::find(words.begin(), words.end(), arg.value.as_string()) == words.end()) return i;
    }
    return std::nullopt;
}

bool has_param(const Type& type) {
    if (type.args.empty()) return type.kind == TypeKind::param;
    return std::any_of(type.args.begin(), type.args.end(), has_param);
}

/// Other types stand for themselves, whatever the other arguments are.
bool may_expect(const Type& param) {
    return has_param(param) || has_enumeration(param) || is_mixed_list(param);
}

/// False where what is expected changes nothing.
bool heeds_expectation(const Expr& e) {
    switch (e.kind) {
        case ExprKind::literal:
            return e.value.is(Kind::string);
        case ExprKind::ident:
        case ExprKind::select:
        case ExprKind::index:
        case ExprKind::has:
            return false;
        case ExprKind::call:
        case ExprKind::list:
        case ExprKind::map:
        case ExprKind::comprehension:
        case ExprKind::bind:
            return true;
    }
    return true;
}

bool fits_form(const Overload& row, const Expr& call) {
    return row.receiver == call.receiver && row.takes(call.args.size());
}

/// `math.abs(x)`, parsed as a method of `math`, as the call of a function that it is.
void drop_receiver(Expr& e) {
    const Expr* first = e.args[0].get();
    while (first->kind == ExprKind::select) first = first->args[0].get();
    e.absolute = first->absolute;
    e.name_span.begin = e.args[0]->span.begin;
    e.args.erase(e.args.begin());
    e.qualified.clear();
    e.receiver = false;
}

}  // namespace

Type Inference::call(Expr& e, const Type* expected) {
    if (auto function = qualified_function(e)) {
        if (e.receiver) drop_receiver(e);
        if (!scope_.container.empty()) e.absolute = true;
        e.name = *std::move(function);
    }
    const auto rows = scope_.find_functions(e.name);
    if (!e.receiver) {
        if (const Callable* found = scope_.find_callable(e.name)) return callable(e, *found);
        if (e.name == before_name && rows.empty()) return before(e, expected);
        if (e.name == dyn_name && !scope_.dynamic) {
            return wrong({e.name_span, "every value has a type of its own here: there is no `dyn`", {}});
        }
    }
    if (rows.empty()) return wrong(no_such_function(e, scope_, e.receiver && begins_with_variable(*e.args[0])));
    infer_arguments(e, rows, expected);
    Type result = resolve(e, rows);
    return scope_.dynamic ? result : moving_result(e, std::move(result));
}

/// A decision with arguments.
Type Inference::callable(Expr& e, const Callable& callable) {
    if (e.args.size() != callable.params.size()) {
        std::vector<std::string> params;
        for (const auto& [name, type] : callable.params) params.push_back(fmt::format("{}: {}", name, to_string(type)));
        return wrong({e.name_span,
                      fmt::format("`{}` takes {} argument{}, not {}", e.name, callable.params.size(),
                                  callable.params.size() == 1 ? "" : "s", e.args.size()),
                      fmt::format("write {}({})", e.name, fmt::join(params, ", "))});
    }
    for (std::size_t i = 0; i < e.args.size(); ++i) {
        const auto& [name, wanted] = callable.params[i];
        const Type given = infer_still(*e.args[i], &wanted);
        if (assignable(given, wanted)) continue;
        report({e.args[i]->span,
                fmt::format("`{}` takes {} as its `{}`, not {}", e.name, to_string(wanted), name, to_string(given)),
                conversion_hint(*e.args[i], wanted)});
    }
    return callable.result;
}

Type Inference::before(Expr& e, const Type* expected) {
    if (e.args.size() != 2) {
        return wrong({e.name_span, fmt::format("`before` takes 2 arguments, not {}", e.args.size()),
                      "write before(instant, expression)"});
    }
    const Type at = infer_still(*e.args[0], nullptr);
    if (!assignable(at, timestamp_type)) {
        report({e.args[0]->span, fmt::format("`before` takes an instant (timestamp) first, not {}", to_string(at)),
                conversion_hint(*e.args[0], timestamp_type)});
    }
    return infer_still(*e.args[1], expected);
}

/// What is bare comes last, so that the other arguments can say what it is taken for.
void Inference::infer_arguments(Expr& e, std::span<const Overload> rows, const Type* expected) {
    std::vector<bool> known(e.args.size(), false);
    for (const bool bare : {false, true}) {
        for (std::size_t i = 0; i < e.args.size(); ++i) {
            if (is_bare(*e.args[i]) != bare) continue;
            std::optional<Type> wanted;
            if (heeds_expectation(*e.args[i])) wanted = expectation(e, i, known, rows, expected);
            infer(*e.args[i], wanted ? &*wanted : nullptr);
            known[i] = true;
        }
    }
}

/// The closed set that an argument is taken for: from the arguments known so far, then from what the call is to give.
std::optional<Type> Inference::expectation(const Expr& e, std::size_t arg, const std::vector<bool>& known,
                                           std::span<const Overload> rows, const Type* expected) const {
    for (const Overload& row : rows) {
        if (!fits_form(row, e) || !may_expect(row.param(arg))) continue;
        TypeBindings bindings;
        bool fits = true;
        for (std::size_t i = 0; i < e.args.size() && fits; ++i) {
            fits = !known[i] || match(row.param(i), e.args[i]->type, bindings, scope_.dynamic);
        }
        if (!fits) continue;
        TypeBindings from_result;
        if (expected != nullptr && match(row.result, *expected, from_result, scope_.dynamic)) {
            bindings.insert(from_result.begin(), from_result.end());
        }
        Type wanted = substitute(row.param(arg), bindings);
        if (has_enumeration(wanted) || is_mixed_list(wanted)) return wanted;
    }
    return std::nullopt;
}

Type Inference::resolve(Expr& e, std::span<const Overload> rows) {
    std::optional<Type> result;
    std::size_t fitting = 0;
    const auto consider = [&](const Overload& row) {
        TypeBindings bindings;
        bool fits = true;
        for (std::size_t i = 0; i < e.args.size() && fits; ++i) {
            fits = match(row.param(i), e.args[i]->type, bindings, scope_.dynamic);
        }
        if (!fits) return;
        Type given = substitute(row.result, bindings);
        if (++fitting == 1 && row.call != nullptr) e.overload = &row;  // one of the table: a host's has no call
        if (result && !(*result == given)) given = Type::of(TypeKind::dyn);
        result = std::move(given);
    };
    const bool unsure = std::any_of(e.args.begin(), e.args.end(), [](const ExprPtr& a) { return has_dyn(a->type); });
    for (const bool dynamic : {false, true}) {
        if (dynamic && (!scope_.dynamic || (result && !unsure))) break;
        for (const Overload& row : rows) {
            if (fits_form(row, e) && gives_dyn(row) == dynamic) consider(row);
        }
    }
    const bool wrong_argument =
        std::any_of(e.args.begin(), e.args.end(), [](const ExprPtr& a) { return a->type.kind == TypeKind::error; });
    if (fitting != 1 || unsure) e.overload = nullptr;
    if (wrong_argument && (!result || result->kind != TypeKind::boolean)) return Type::of(TypeKind::error);
    if (!result) return no_fit(e, rows);
    if (const auto argument = unknown_word(e)) return wrong(no_such_word(e, *argument));
    if (!scope_.dynamic) {
        for (Complaint& complaint : format_complaints(e)) report(std::move(complaint));
    }
    const bool of_set = std::any_of(e.args.begin(), e.args.end(),
                                    [](const ExprPtr& a) { return a->type.kind == TypeKind::enumeration; });
    if (of_set && !scope_.dynamic && is_ordering(e.name)) {
        return wrong({e.name_span, "members of a closed set have no order", "compare them with == or in"});
    }
    return *result;
}

Type Inference::no_fit(const Expr& e, std::span<const Overload> rows) {
    return wrong(is_operator(e.name) ? operands_do_not_fit(e) : arguments_do_not_fit(e, rows, scope_.dynamic));
}

Type Inference::moving_result(Expr& e, Type result) {
    const auto moves = [](const ExprPtr& a) { return a->type.moving; };
    const auto first = std::find_if(e.args.begin(), e.args.end(), moves);
    result.moving = first == e.args.end() && counts_to_now(e.name);
    if (first == e.args.end() || result.kind == TypeKind::error) return result;
    std::vector<Type> types;
    for (const ExprPtr& a : e.args) types.push_back(a->type);
    const MovingUse use = moving_use(e.name, types);
    result.moving = use == MovingUse::moving;
    if (use != MovingUse::never) return result;
    const auto moving = std::count_if(e.args.begin(), e.args.end(), moves);
    report_moving(**first, moving_hint(e.name, moving > 1));
    return Type::of(TypeKind::error);
}

}  // namespace praxe
