// Decisions: their rules under the hit policy, their elements, what they need.
#include <algorithm>
#include <utility>

#include "program/lowering.hpp"

namespace praxe {
namespace {

constexpr std::size_t most_rules_in_turn = 64;  // looked at without the index, where there is one

/// As the budget has it of a value that a call gives, a list's for each item (value/budget.cpp).
std::uint32_t bytes_of_outcome(const Decision& decision) {
    return static_cast<std::uint32_t>((decision.collects() ? 1 : decision.outcome.fields.size()) * sizeof(Value));
}

bool shows_facts(const Decision& decision, const auto& shape_of) {
    return std::any_of(decision.outcome.fields.begin(),
                       decision.outcome.fields.begin() + static_cast<std::ptrdiff_t>(decision.shown_fields),
                       [&](const Field& field) {
                           const Shape* shape = shape_of(field.type);
                           return shape == nullptr || shape->has_facts;
                       });
}

}  // namespace

/// The routine of a decision with arguments.
std::uint32_t Lowering::routine_of(const Decision& decision, std::uint8_t level) {
    const auto key = std::pair(&decision, int(level));
    if (const auto found = routines_.find(key); found != routines_.end()) return found->second;
    const std::uint32_t code = routine(decision.name, &decision);
    routines_.emplace(key, code);
    Frame frame;
    frame.decision = &decision;
    frame.level = level;
    frame.scope = program_.scopes++;
    program_.routines[code].scope = frame.scope;
    if (!decision.pick) program_.routines[code].given_bytes = bytes_of_outcome(decision);
    program_.routines[code].gives_list = decision.collects();
    for (const auto& [name, type] : decision.params) {
        frame.bound.push_back({lasting(), shape_of(type)});
        program_.routines[code].arguments.push_back(frame.bound.back().at);
    }
    const auto locals = std::exchange(locals_, {});
    fill(code, [&] { return whole(decision, frame).at; });
    program_.routines[code].has_lets = !frame.lets.empty();
    locals_ = locals;
    return code;
}

Lowering::Operand Lowering::whole(const Decision& decision, Frame& frame) {
    return decision.pick ? pick(decision, frame) : outcome(decision, frame);
}

std::uint32_t Lowering::elements_memo(const Decision& decision, std::uint8_t level) {
    const std::uint32_t code = routine(decision.name + ": each", &decision);
    const auto memo = static_cast<std::uint32_t>(program_.memos.size());
    program_.memos.push_back({.routine = code, .scope = scope_of_level(level), .level = level});
    fill(code, [&] {
        Frame frame;
        frame.level = level;
        return own(lower(decision.each->value, frame));
    });
    return memo;
}

/// One outcome: nothing where the element is left out.
std::uint32_t Lowering::element_routine(const Decision& decision, std::uint8_t level) {
    const auto key = std::pair(&decision, int(level));
    if (const auto found = element_routines_.find(key); found != element_routines_.end()) return found->second;
    const std::uint32_t code = routine(decision.name + ": one", &decision);
    element_routines_.emplace(key, code);
    Frame frame;
    frame.decision = &decision;
    frame.level = level;
    frame.scope = program_.scopes++;
    program_.routines[code].scope = frame.scope;
    frame.bound.push_back({lasting(), shape_of(decision.each->type)});
    program_.routines[code].arguments.push_back(frame.bound.back().at);
    fill(code, [&] {
        if (!decision.where) return outcome(decision, frame).at;
        const Register into = fresh();
        Labels left_out;
        emit({.op = Op::none, .a = into});
        jump(*decision.where, frame, false, left_out);
        put_into(into, outcome(decision, frame));
        land(left_out);
        return into;
    });
    program_.routines[code].has_lets = !frame.lets.empty();
    return code;
}

Lowering::Operand Lowering::each(const Decision& decision, std::uint8_t level) {
    const std::uint32_t elements = elements_memo(decision, level);
    const std::uint32_t one = element_routine(decision, level);
    for (const std::uint32_t code : {program_.memos[elements].routine, one}) {
        if (const auto found = refused_routines_.find(code); found != refused_routines_.end()) refuse(found->second);
    }
    const Shape* const shape = shape_of(decision.type);
    const Operand into{fresh(), shape};
    if (!refused_.empty()) return into;
    const Operand range = recall(elements, Type::list(decision.each->type));
    const std::uint32_t list = next_list();
    const Register made = fresh();
    emit({.op = Op::make, .d = list});
    clear_basis();
    emit({.op = Op::elements, .d = one});
    const Walk walk = begin_walk(range, program_.routines[one].arguments.front());
    steps_ = 1;
    emit({.op = Op::ask, .a = made, .d = one, .e = 1});
    Labels left_out;
    if (decision.where) left_out.push_back(emit_jump(Op::jump_unless_ok, made));
    emit({.op = Op::put, .b = made, .d = list});
    end_walk(walk, left_out);
    land(walk.next);
    emit({.op = Op::made, .a = into.at, .d = list, .e = index_of(shape->part)});
    return into;
}

Lowering::Operand Lowering::pick(const Decision& decision, Frame& frame) {
    const Operand into{fresh(), shape_of(decision.type)};
    const Operand range = lower(decision.pick->value, frame);
    if (!refused_.empty() || range.shape->kind != TypeKind::list) return refused("a pick from no list");
    const Operand element{fresh(), range.shape->part};
    frame.bound.push_back(element);
    std::vector<Register> keys, best;
    for (std::size_t i = 0; i < decision.order.size(); ++i) keys.push_back(fresh());
    for (std::size_t i = 0; i < decision.order.size(); ++i) best.push_back(fresh());
    emit({.op = Op::none, .a = into.at});
    const Walk walk = begin_walk(range, element.at);
    Labels passed_over;
    if (!decision.let.empty()) emit({.op = Op::activate, .d = frame.scope});
    if (decision.where) jump(*decision.where, frame, false, passed_over);
    std::vector<std::uint32_t> shapes;
    for (std::size_t i = 0; i < decision.order.size(); ++i) {
        const Operand key = lower(decision.order[i], frame);
        put_into(keys[i], key);
        if (key.shape->kind == TypeKind::real) refuse("picking by a double");
        shapes.push_back(index_of(key.shape));
    }
    const std::size_t is_first = emit_jump(Op::jump_unless_ok, into.at);
    if (!keys.empty()) {
        const auto list = static_cast<std::uint32_t>(program_.lists.size());
        program_.lists.push_back(shapes);
        const Register first = fresh();
        emit({.op = Op::less_keys,
              .a = first,
              .b = keys.front(),
              .c = best.front(),
              .d = list,
              .e = static_cast<std::uint32_t>(keys.size())});
        passed_over.push_back(emit_jump(Op::jump_if_false, first));
    } else {
        passed_over.push_back(emit_jump(Op::jump));
    }
    land(is_first);
    emit({.op = Op::move, .a = into.at, .b = element.at});
    for (std::size_t i = 0; i < keys.size(); ++i) emit({.op = Op::move, .a = best[i], .b = keys[i]});
    end_walk(walk, passed_over);
    land(walk.next);
    return into;
}

Lowering::Operand Lowering::outcome(const Decision& decision, Frame& frame) {
    const Operand into{fresh(), shape_of(Type::record_of(decision.outcome))};
    for (const Expression& expression : decision.require) require(expression, frame);
    if (!refused_.empty()) return into;
    if (decision.rules.empty()) {
        fire(decision, nullptr, frame, into.at);
        return into;
    }
    if (decision.index != nullptr && decision.rules.size() > most_rules_in_turn) return by_index(decision, frame);
    if (decision.first_decides()) return first_rule(decision, frame);
    if (decision.hit == HitPolicy::unique) return unique_rule(decision, frame);
    return decision.collects() ? collected(decision, frame) : of_all_rules(decision, frame);
}

/// What must be there, and true where it is a condition.
void Lowering::require(const Expression& expression, Frame& frame) {
    if (expression.root->type.kind != TypeKind::boolean) {
        lower(expression, frame);
        return;
    }
    Labels met;
    jump(expression, frame, true, met);
    emit({.op = Op::fail});
    land(met);
}

/// What was looked at before a rule is not what its outcome rests on.
Lowering::Operand Lowering::first_rule(const Decision& decision, Frame& frame) {
    const Operand into{fresh(), shape_of(Type::record_of(decision.outcome))};
    Labels done;
    bool rests = may_rest(0);
    Labels rested_on_nothing;
    for (const Rule& rule : decision.rules) {
        Labels not_met;
        if (rests) emit({.op = Op::clear_basis});
        land(rested_on_nothing);
        rested_on_nothing.clear();
        const std::size_t begin = here();
        conditions(rule.conditions, frame, not_met);
        if (!refused_.empty()) return into;
        const auto rested =
            std::ranges::partition(not_met, [&](std::size_t jump) { return !may_rest_before(begin, jump); }).begin();
        fire(decision, &rule, frame, into.at);
        done.push_back(emit_jump(Op::jump));
        rested_on_nothing.assign(not_met.begin(), rested);
        not_met.erase(not_met.begin(), rested);
        rests = !not_met.empty();
        land(not_met);
    }
    land(rested_on_nothing);
    emit({.op = Op::fail});
    land(done);
    return into;
}

/// All rules are looked at; one alone may apply.
Lowering::Operand Lowering::unique_rule(const Decision& decision, Frame& frame) {
    const Operand into{fresh(), shape_of(Type::record_of(decision.outcome))};
    const Shape* const whole_number = shape_of(Type::of(TypeKind::integer));
    const Register which = fresh();
    Labels failed, done;
    emit({.op = Op::none, .a = which});
    for (std::size_t i = 0; i < decision.rules.size(); ++i) {
        Labels not_met;
        conditions(decision.rules[i].conditions, frame, not_met);
        if (!refused_.empty()) return into;
        if (i > 0) failed.push_back(emit_jump(Op::jump_if_ok, which));
        emit(
            {.op = Op::move, .a = which, .b = constant(Value::integer(static_cast<std::int64_t>(i)), whole_number).at});
        land(not_met);
    }
    failed.push_back(emit_jump(Op::jump_unless_ok, which));
    const auto list = static_cast<std::uint32_t>(program_.lists.size());
    program_.lists.emplace_back();
    const std::size_t chosen = emit({.op = Op::jump_among, .b = which, .d = list});
    std::vector<std::uint32_t> places;
    for (const Rule& rule : decision.rules) {
        forget_after(chosen);
        landed_ = here();
        places.push_back(here());
        fire(decision, &rule, frame, into.at);
        done.push_back(emit_jump(Op::jump));
    }
    program_.lists[list] = std::move(places);
    land(failed);
    emit({.op = Op::fail});
    land(done);
    return into;
}

/// Of all rules that apply, each with an outcome, one is taken.
Lowering::Operand Lowering::of_all_rules(const Decision& decision, Frame& frame) {
    const Operand into{fresh(), shape_of(Type::record_of(decision.outcome))};
    const Operand yes = truth(true);
    const Operand no = truth(false);
    const Register taken = fresh();  // one applies already
    emit({.op = Op::move, .a = taken, .b = no.at});
    std::vector<Register> applies;
    for (const Rule& rule : decision.rules) {
        applies.push_back(fresh());
        Labels not_met;
        emit({.op = Op::move, .a = applies.back(), .b = no.at});
        conditions(rule.conditions, frame, not_met);
        if (!refused_.empty()) return into;
        emit({.op = Op::move, .a = applies.back(), .b = yes.at});
        land(not_met);
    }
    const std::uint32_t list = next_list();
    emit({.op = Op::make, .d = list});
    for (std::size_t i = 0; i < applies.size(); ++i) {
        const std::size_t not_this = emit_jump(Op::jump_if_false, applies[i]);
        fire(decision, &decision.rules[i], frame, into.at);
        emit({.op = Op::move, .a = taken, .b = yes.at});
        emit({.op = Op::put, .b = into.at, .d = list});
        land(not_this);
    }
    const std::size_t failed = emit_jump(Op::jump_if_false, taken);
    const bool any = decision.hit == HitPolicy::any;
    emit({.op = any ? Op::agree : Op::choose,
          .a = into.at,
          .d = list,
          .e = any ? 0u : static_cast<std::uint32_t>(decision.priority)});
    const std::size_t done = emit_jump(Op::jump);
    land(failed);
    emit({.op = Op::fail});
    land(done);
    return into;
}

Lowering::Operand Lowering::collected(const Decision& decision, Frame& frame) {
    const Shape* const shape = shape_of(Type::list(Type::record_of(decision.outcome)));
    const Operand into{fresh(), shape};
    const std::uint32_t list = next_list();
    emit({.op = Op::make, .d = list});
    for (const Rule& rule : decision.rules) collect_rule(decision, rule, frame, list);
    emit({.op = Op::made, .a = into.at, .d = list, .e = index_of(shape->part)});
    return into;
}

void Lowering::collect_rule(const Decision& decision, const Rule& rule, Frame& frame, std::uint32_t list) {
    Labels not_met;
    const auto one = [&] {
        conditions(rule.conditions, frame, not_met);
        if (!refused_.empty()) return;
        const Register made = fresh();
        fire(decision, &rule, frame, made);
        emit({.op = Op::put, .b = made, .d = list});
    };
    if (!rule.each) {
        clear_basis();
        one();
        land(not_met);
        return;
    }
    const Operand range = lower(rule.each->value, frame);
    if (!refused_.empty() || range.shape->kind != TypeKind::list) return;
    const Operand element{fresh(), range.shape->part};
    const Walk walk = begin_walk(range, element.at);
    frame.bound.push_back(element);
    emit({.op = Op::clear_basis});
    one();
    frame.bound.pop_back();
    end_walk(walk, not_met);
    land(walk.next);
}

/// 0 where the case holds all that the decision needs, 1 where something is not given or lies ahead.
std::uint32_t Lowering::needs(const Decision& decision) {
    const std::uint32_t code = routine(decision.name + ": needs", nullptr);
    fill(code, [&] {
        const Shape* const whole_number = shape_of(Type::of(TypeKind::integer));
        const Operand into{fresh(), whole_number};
        const Operand zero = constant(Value::integer(0), whole_number);
        const Operand one = constant(Value::integer(1), whole_number);
        Labels lacking;
        Frame frame;
        for (const Need& need : decision.needs) {
            if (need.fact == "at") continue;
            Labels not_asked;
            if (need.when) jump(*need.when, frame, false, not_asked);
            const RecordType* record = &model_.schema->facts;
            std::string_view rest = need.fact;
            std::optional<Register> of;
            while (record != nullptr) {
                const std::string_view name = rest.substr(0, rest.find('.'));
                rest = name.size() < rest.size() ? rest.substr(name.size() + 1) : std::string_view();
                const auto field = static_cast<std::size_t>(record->find(name));
                const auto mode = static_cast<Register>(ReadMode::optional);
                const Operand into_part = read({.op = of ? Op::load : Op::fact,
                                                .b = of.value_or(Register{0}),
                                                .c = mode,
                                                .d = field_index(*record, field)},
                                               shape_of(record->fields[field].type));
                lacking.push_back(emit_jump(Op::jump_unless_ok, into_part.at));
                if (record->fields[field].absent_empty && into_part.shape->kind == TypeKind::list) {
                    const Register count = fresh();
                    emit({.op = Op::size, .a = count, .b = into_part.at});
                    lacking.push_back(emit_jump(Op::jump_if_false, count));
                }
                of = into_part.at;
                record = !rest.empty() && into_part.shape->kind == TypeKind::record ? into_part.shape->record : nullptr;
            }
            land(not_asked);
        }
        emit({.op = Op::move, .a = into.at, .b = zero.at});
        const std::size_t done = emit_jump(Op::jump);
        land(lacking);
        emit({.op = Op::move, .a = into.at, .b = one.at});
        land(done);
        return into.at;
    });
    return code;
}

void Lowering::lower_decision(std::size_t index) {
    const Decision& decision = *model_.decisions[index];
    Question question;
    question.decision = &decision;
    question.number = static_cast<std::uint32_t>(index);
    if (decision.has_arguments()) {
        question.refused = "it takes arguments";
        program_.questions.push_back(std::move(question));
        return;
    }
    question.memo = memo_of_decision(index, 0);
    question.has_needs = std::ranges::any_of(decision.needs, [](const Need& need) { return need.fact != "at"; });
    question.needs = needs(decision);
    refused_.clear();
    question.shape = shape_of(decision.type);
    if (decision.each) question.element_shape = shape_of(decision.each->type);
    const bool walks_outcomes = decision.each && question.element_shape->has_outcomes;
    question.is_question = !question.shape->has_facts && !walks_outcomes &&
                           !shows_facts(decision, [&](const Type& type) { return shape_of(type); });
    refused_.clear();
    if (decision.each) {
        question.element = element_routine(decision, 0);
        for (std::size_t i = 0; i < program_.memos.size(); ++i) {
            if (program_.routines[program_.memos[i].routine].name == decision.name + ": each" &&
                program_.memos[i].level == 0)
                question.elements = static_cast<std::uint32_t>(i);
        }
    }
    for (const std::uint32_t code : {program_.memos[question.memo].routine, question.needs}) {
        const auto found = refused_routines_.find(code);
        if (found != refused_routines_.end() && question.refused.empty()) question.refused = found->second;
    }
    program_.questions.push_back(std::move(question));
}

}  // namespace praxe
