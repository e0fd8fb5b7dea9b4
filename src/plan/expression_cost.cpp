// A walk over the typed tree: steps and sizes, each kind of expression as the evaluator treats it.
#include "plan/expression_cost.hpp"

#include <algorithm>
#include <praxe/limits.hpp>

#include "value/charges.hpp"
#include "value/functions.hpp"
#include "value/pattern.hpp"

namespace praxe {
namespace {

constexpr Bound one_step{1};
constexpr const EvaluationLimits& limits = decision_limits;

/// The record that a field is read of, through an optional too.
const RecordType* record_of(const Type& type) {
    return type.kind == TypeKind::optional ? record_of(type.args[0]) : type.record;
}

bool is_text(const Type& type) {
    return type.kind == TypeKind::string || type.kind == TypeKind::bytes || type.kind == TypeKind::enumeration;
}

SizeRef inner(SizeRef size, const Type& type) {
    return type.kind == TypeKind::optional && !size->parts.empty() ? size->parts[0] : size;
}

Bound steps_to_read_bound(Bound bytes) {
    return {steps_to_read(bytes.most), bytes.missing};
}

}  // namespace

bool ExpressionCost::has_parts(const Type& type) {
    return is_text(type) || type.kind == TypeKind::list || type.kind == TypeKind::map ||
           type.kind == TypeKind::optional || type.kind == TypeKind::record || type.kind == TypeKind::dyn;
}

ExpressionCost::Result ExpressionCost::of(const Expr& e) {
    Result result{{}, sizes_.scalar()};
    switch (e.kind) {
        case ExprKind::literal:
            result.second = sizes_.of(e.value);
            break;
        case ExprKind::ident:
            result.second = name(e.resolved.empty() ? e.name : e.resolved);
            break;
        case ExprKind::select:
            result = select(e);
            break;
        case ExprKind::call:
            result = call(e);
            break;
        case ExprKind::index:
            result = index(e);
            break;
        case ExprKind::list:
            result = list(e);
            break;
        case ExprKind::map:
            result = map(e);
            break;
        case ExprKind::has:  // the selection in it is looked into, not evaluated
            result.first = select(*e.args[0]).first;
            break;
        case ExprKind::comprehension:
            result = comprehension(e);
            break;
        case ExprKind::bind:
            result = bind(e);
            break;
    }
    return {result.first + one_step, result.second};
}

// ---------------------------------------------------------------------------------------------------------- names

SizeRef ExpressionCost::name(std::string_view name) {
    const auto local = std::find_if(locals_.rbegin(), locals_.rend(), [&](auto& bound) { return bound.first == name; });
    if (local != locals_.rend()) return local->second;
    for (const auto& [bound, size] : frame_.bound) {
        if (bound == name) return size;
    }
    for (std::size_t i = 0; i < frame_.lets.size(); ++i) {
        if (frame_.decision->let[i].name == name) return let(i);
    }
    const auto found = all_.model_.globals.find(name);
    return found == all_.model_.globals.end() ? sizes_.scalar() : global(found->second);
}

SizeRef ExpressionCost::let(std::size_t index) {
    if (frame_.lets[index] == nullptr) {
        const auto [steps, size] = all_.of(frame_.decision->let[index].value, frame_);
        frame_.once = frame_.once + steps;
        frame_.lets[index] = size;
    }
    return frame_.lets[index];
}

SizeRef ExpressionCost::global(const Model::Global& global) {
    const Model& model = all_.model_;
    switch (global.kind) {
        case Model::Global::Kind::parameter:
            return sizes_.of(model.parameters[global.index].value);
        case Model::Global::Kind::definition: {
            const Binding& definition = model.define[global.index];
            frame_.reads.definitions.insert(&definition);
            return all_.definition(definition).size;
        }
        case Model::Global::Kind::decision: {
            const Decision& decision = *model.decisions[global.index];
            frame_.reads.decisions.insert(&decision);
            return all_.decision(decision).size;
        }
        case Model::Global::Kind::fact:
            return field(model.schema->facts, global.index, nullptr);
    }
    return sizes_.scalar();
}

SizeRef ExpressionCost::field(const RecordType& type, std::size_t index, SizeRef record) {
    if (type.is_outcome) return sizes_.part(record, index);
    const Field& field = type.fields[index];
    const bool has_items = field.type.kind == TypeKind::list || field.type.kind == TypeKind::map;
    if (has_items) frame_.reads.lists.insert(&field);
    return sizes_.of(field);
}

void ExpressionCost::path(std::string_view path) {
    const RecordType* type = &all_.model_.schema->facts;
    while (type != nullptr && !path.empty()) {
        const std::string_view name = path.substr(0, path.find('.'));
        path = name.size() < path.size() ? path.substr(name.size() + 1) : std::string_view();
        const int index = type->find(name);
        if (index < 0) return;
        field(*type, static_cast<std::size_t>(index), nullptr);
        type = type->fields[static_cast<std::size_t>(index)].type.record;
    }
}

// --------------------------------------------------------------------------------------------------------- access

ExpressionCost::Result ExpressionCost::select(const Expr& e) {
    if (!e.resolved.empty()) return {{}, name(e.resolved)};
    const auto [steps, operand] = of(*e.args[0]);
    const Type& type = e.args[0]->type;
    const SizeRef of = inner(operand, type);
    const RecordType* record = record_of(type);
    const int index = record == nullptr ? -1 : record->find(e.name);
    const SizeRef found = index < 0 ? sizes_.part(of, 1) : field(*record, static_cast<std::size_t>(index), of);
    return {steps, e.optional || type.kind == TypeKind::optional ? sizes_.optional(found) : found};
}

ExpressionCost::Result ExpressionCost::index(const Expr& e) {
    const auto [steps, operand] = of(*e.args[0]);
    const auto [key_steps, key] = of(*e.args[1]);
    const Type& type = e.args[0]->type;
    const SizeRef of = inner(operand, type);
    const bool is_map = of->parts.size() > 1;
    const SizeRef found = sizes_.part(of, is_map ? 1 : 0);
    const Bound read = has_parts(e.args[1]->type) ? steps_to_read_bound(key->bytes) : Bound{};
    return {steps + key_steps + read, e.optional || type.kind == TypeKind::optional ? sizes_.optional(found) : found};
}

// ---------------------------------------------------------------------------------------------------------- calls

ExpressionCost::Result ExpressionCost::call(const Expr& e) {
    if (!e.receiver) {
        if (e.name == "_&&_" || e.name == "_||_") return logic(e);
        if (e.name == "_?_:_") return conditional(e);
        if (e.name == "before" && e.args.size() == 2) return before(e);
    }
    if (e.receiver && e.args.size() == 2 && (e.name == "or" || e.name == "orValue")) return alternative(e);
    std::vector<const Expr*> args;
    std::vector<SizeRef> sizes;
    Bound steps;
    for (const ExprPtr& arg : e.args) {
        const auto [taken, size] = of(*arg);
        steps = steps + taken;
        args.push_back(arg.get());
        sizes.push_back(size);
    }
    const auto [taken, size] = function(e, args, sizes);
    return {steps + taken, size};
}

ExpressionCost::Result ExpressionCost::logic(const Expr& e) {
    Bound steps;
    for (const ExprPtr& arg : e.args) steps = steps + of(*arg).first;
    return {steps, sizes_.scalar()};
}

ExpressionCost::Result ExpressionCost::conditional(const Expr& e) {
    const Bound condition = of(*e.args[0]).first;
    const Result first = of(*e.args[1]);
    const Result second = of(*e.args[2]);
    return {condition + greater_of(first.first, second.first), sizes_.joined(first.second, second.second)};
}

/// The body is another moment, in which nothing is remembered yet.
ExpressionCost::Result ExpressionCost::before(const Expr& e) {
    const Bound instant = of(*e.args[0]).first;
    Reckoning::Frame earlier;
    earlier.decision = frame_.decision;
    earlier.bound = frame_.bound;
    earlier.lets.resize(frame_.lets.size());
    ExpressionCost body(all_, earlier);
    body.locals_ = locals_;
    const auto [steps, size] = body.of(*e.args[1]);
    return {instant + steps + earlier.once + all_.moment(earlier.reads), size};
}

ExpressionCost::Result ExpressionCost::alternative(const Expr& e) {
    const auto [steps, left] = of(*e.args[0]);
    const auto [other_steps, right] = of(*e.args[1]);
    const SizeRef first = e.name == "orValue" ? inner(left, e.args[0]->type) : left;
    return {steps + other_steps, sizes_.joined(first, right)};
}

ExpressionCost::Result ExpressionCost::function(const Expr& e, const std::vector<const Expr*>& args,
                                                const std::vector<SizeRef>& sizes) {
    Bound bytes;
    for (std::size_t i = 0; i < args.size(); ++i) {
        const Type& type = args[i]->type;
        if (has_parts(type) && reads_all(e.name, is_text(type), type.kind == TypeKind::map))
            bytes = bytes + sizes[i]->bytes;
    }
    const Bound read = steps_to_read_bound(bytes);
    const Decision* decision = e.receiver ? nullptr : all_.model_.find(e.name);
    const bool is_function = e.overload != nullptr || has_style(functions_named(e.name), false);
    if (decision == nullptr || is_function) {
        const Bound more = matching(e, args, sizes);
        return {read + more, sizes_.made_by(e, args, sizes)};
    }
    const Work& work = all_.called(*decision, sizes);
    frame_.reads.add(work.reads);
    return {read + work.steps, work.size};
}

Bound ExpressionCost::matching(const Expr& e, const std::vector<const Expr*>& args, const std::vector<SizeRef>& sizes) {
    const bool many = e.name == "regex.replace" || e.name == "regex.extractAll";
    if (!many && e.name != "matches" && e.name != "regex.extract") return {};
    const Bound bytes = text_bytes(sizes[0]);
    const std::string* pattern =
        args[1]->kind == ExprKind::literal && args[1]->value.is(Kind::string) ? &args[1]->value.as_string() : nullptr;
    FunctionContext context;
    context.patterns = all_.model_.patterns.get();
    const std::uint64_t instructions =
        pattern != nullptr ? Pattern(context, *pattern).instructions() : limits.max_pattern_instructions;
    // One search finds nothing more; where it is one text, `regex.extract` looks ahead once.
    const Bound searches = many ? bytes + Bound{2} : Bound{1};
    const Bound ahead{pattern == nullptr ? bytes.most : bytes_of_next_search(*pattern, bytes.most), bytes.missing};
    const Bound searched = bytes + (e.name == "matches" ? Bound{} : searches * ahead);
    const Bound of_search = searched * Bound{instructions};
    return Bound{steps_to_compile(instructions)} +
           Bound{of_search.most / instructions_in_a_step + 1, of_search.missing};
}

ExpressionCost::Result ExpressionCost::list(const Expr& e) {
    Bound steps;
    Bound bytes{8};
    SizeRef element = sizes_.scalar();
    for (std::size_t i = 0; i < e.args.size(); ++i) {
        const auto [taken, size] = of(*e.args[i]);
        const bool optional = i < e.optionals.size() && e.optionals[i];
        const SizeRef item = optional ? inner(size, e.args[i]->type) : size;
        steps = steps + taken;
        bytes = bytes + item->bytes;
        element = i == 0 ? item : sizes_.joined(element, item);
    }
    return {steps, sizes_.list(element, {e.args.size()}, bytes)};
}

ExpressionCost::Result ExpressionCost::map(const Expr& e) {
    Bound steps;
    SizeRef keys = sizes_.scalar();
    SizeRef values = sizes_.scalar();
    for (std::size_t i = 0; i + 1 < e.args.size(); i += 2) {
        const auto [key_steps, key] = of(*e.args[i]);
        const auto [value_steps, value] = of(*e.args[i + 1]);
        const bool optional = i / 2 < e.optionals.size() && e.optionals[i / 2];
        steps = steps + key_steps + value_steps;
        keys = sizes_.joined(keys, key);
        values = sizes_.joined(values, optional ? inner(value, e.args[i + 1]->type) : value);
    }
    return {steps, sizes_.map(keys, values, {e.args.size() / 2})};
}

// --------------------------------------------------------------------------------------------------------- macros

template <typename Body>
auto ExpressionCost::with(const Expr& e, const std::vector<SizeRef>& bound, const Body& body) {
    for (std::size_t i = 0; i < e.vars.size(); ++i) locals_.emplace_back(e.vars[i], bound[i]);
    auto result = body();
    locals_.resize(locals_.size() - e.vars.size());
    return result;
}

ExpressionCost::Result ExpressionCost::bind(const Expr& e) {
    const auto [steps, value] = of(*e.args[0]);
    const auto [body_steps, result] = with(e, {value}, [&] { return of(*e.args[1]); });
    return {steps + body_steps, result};
}

ExpressionCost::Result ExpressionCost::comprehension(const Expr& e) {
    const auto [range_steps, range] = of(*e.args[0]);
    const Type& type = e.args[0]->type;
    if (e.macro == Macro::opt_map || e.macro == Macro::opt_flat_map) {
        const auto [steps, value] = with(e, {inner(range, type)}, [&] { return of(*e.args[1]); });
        return {range_steps + steps, e.macro == Macro::opt_map ? sizes_.optional(value) : value};
    }
    const Bound rounds = range->items;
    const bool is_map = type.kind == TypeKind::map;
    const bool two = e.vars.size() == 2;
    const SizeRef first = is_map || !two ? sizes_.part(range, 0) : sizes_.scalar();
    const SizeRef second = sizes_.part(range, is_map ? 1 : 0);
    Bound round = one_step;
    SizeRef made = nullptr;
    with(e, {first, second}, [&] {
        for (std::size_t i = 1; i < e.args.size(); ++i) {
            const auto [steps, size] = of(*e.args[i]);
            round = round + steps;
            made = size;
        }
        return true;
    });
    const Bound steps = range_steps + rounds * round;
    switch (e.macro) {
        case Macro::all:
        case Macro::exists:
        case Macro::exists_one:
        case Macro::opt_map:
        case Macro::opt_flat_map:
            return {steps, sizes_.scalar()};
        case Macro::map:
        case Macro::transform_list:
            return {steps, sizes_.list(made, rounds)};
        case Macro::transform_map:
            return {steps, sizes_.map(first, made, rounds)};
        case Macro::filter:
            return {steps, is_map ? sizes_.list(first, rounds) : range};
        case Macro::sort_by: {
            const Bound keys = rounds * made->bytes;
            const Bound sorting{steps_to_read(keys.most), keys.missing};
            return {steps + sorting * Bound{steps_to_sort(bytes_read_in_a_step, rounds.most)},
                    is_map ? sizes_.list(first, rounds) : range};
        }
    }
    return {steps, sizes_.scalar()};
}

}  // namespace praxe
