// Decisions: their rules under the hit policy, their elements, what they need.
#include <algorithm>
#include <utility>

#include "program/lowering.hpp"

namespace praxe {
namespace {

constexpr std::size_t most_rules_in_turn = 64;  // looked at without the index, where there is one

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
    for (const auto& [name, type] : decision.params) {
        frame.bound.push_back({fresh(), shape_of(type)});
        program_.routines[code].arguments.push_back(frame.bound.back().at);
    }
    const auto locals = std::exchange(locals_, {});
    fill(code, [&] {
        emit({.op = Op::activate, .d = frame.scope});
        return whole(decision, frame).at;
    });
    locals_ = locals;
    return code;
}

Lowering::Operand Lowering::whole(const Decision& decision, Frame& frame) {
    return decision.pick ? pick(decision, frame) : outcome(decision, frame);
}

std::uint32_t Lowering::elements_memo(const Decision& decision, std::uint8_t level) {
    const std::uint32_t code = routine(decision.name + ": each", &decision);
    const auto memo = static_cast<std::uint32_t>(program_.memos.size());
    program_.memos.push_back({code, scope_of_level(level), false, false, level});
    fill(code, [&] {
        Frame frame;
        frame.level = level;
        return lower(decision.each->value, frame).at;
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
    frame.bound.push_back({fresh(), shape_of(decision.each->type)});
    program_.routines[code].arguments.push_back(frame.bound.back().at);
    fill(code, [&] {
        emit({.op = Op::activate, .d = frame.scope});
        const Register into = fresh();
        if (!decision.where) {
            emit({.op = Op::move, .a = into, .b = outcome(decision, frame).at});
            return into;
        }
        const Operand wanted = lower(*decision.where, frame);
        emit({.op = Op::none, .a = into});
        const std::size_t failed = emit_jump(Op::jump_if_error, wanted.at);
        const std::size_t left_out = emit_jump(Op::jump_if_false, wanted.at);
        emit({.op = Op::move, .a = into, .b = outcome(decision, frame).at});
        const std::size_t done = emit_jump(Op::jump);
        land(failed);
        emit({.op = Op::fail, .a = into});
        land(left_out);
        land(done);
        return into;
    });
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
    const Register walk = fresh();
    const Register made = fresh();
    const Register element = fresh();
    const std::size_t no_range = emit({.op = Op::loop, .a = walk, .b = range.at});
    emit({.op = Op::make, .d = list});
    const std::size_t next =
        emit({.op = Op::next, .a = walk, .b = range.at, .c = element, .e = index_of(shape_of(decision.each->type))});
    emit({.op = Op::clear_basis});
    emit({.op = Op::move, .a = program_.routines[one].arguments.front(), .b = element});
    emit({.op = Op::ask, .a = made, .d = one, .e = 1});
    const std::size_t failed = emit_jump(Op::jump_if_error, made);
    unit_->code[emit_jump(Op::jump_unless_ok, made)].d = static_cast<std::uint32_t>(next);
    emit({.op = Op::put, .b = made, .d = list});
    emit({.op = Op::jump, .d = static_cast<std::uint32_t>(next)});
    land(next);
    emit({.op = Op::made, .a = into.at, .d = list, .e = index_of(shape->part)});
    const std::size_t done = emit_jump(Op::jump);
    land(no_range);
    land(failed);
    emit({.op = Op::fail, .a = into.at});
    land(done);
    return into;
}

Lowering::Operand Lowering::pick(const Decision& decision, Frame& frame) {
    const Operand into{fresh(), shape_of(decision.type)};
    const Operand range = lower(decision.pick->value, frame);
    if (!refused_.empty() || range.shape->kind != TypeKind::list) return refused("a pick from no list");
    const Operand element{fresh(), range.shape->part};
    frame.bound.push_back(element);
    const Register walk = fresh();
    std::vector<Register> keys, best;
    for (std::size_t i = 0; i < decision.order.size(); ++i) keys.push_back(fresh());
    for (std::size_t i = 0; i < decision.order.size(); ++i) best.push_back(fresh());
    Labels failed;
    failed.push_back(emit({.op = Op::loop, .a = walk, .b = range.at}));
    emit({.op = Op::none, .a = into.at});
    const std::size_t next =
        emit({.op = Op::next, .a = walk, .b = range.at, .c = element.at, .e = index_of(element.shape)});
    const std::size_t charge = emit({.op = Op::steps});
    const std::uint32_t around = std::exchange(steps_, 1);
    const auto again = [&] { emit({.op = Op::jump, .d = static_cast<std::uint32_t>(next)}); };
    emit({.op = Op::activate, .d = frame.scope});
    if (decision.where) {
        const Operand wanted = lower(*decision.where, frame);
        failed.push_back(emit_jump(Op::jump_if_error, wanted.at));
        unit_->code[emit_jump(Op::jump_if_false, wanted.at)].d = static_cast<std::uint32_t>(next);
    }
    std::vector<std::uint32_t> shapes;
    for (std::size_t i = 0; i < decision.order.size(); ++i) {
        const Operand key = lower(decision.order[i], frame);
        failed.push_back(emit_jump(Op::jump_if_error, key.at));
        emit({.op = Op::move, .a = keys[i], .b = key.at});
        if (key.shape->kind == TypeKind::real) refuse("picking by a double");
        shapes.push_back(index_of(key.shape));
    }
    const Register first = fresh();
    const std::size_t is_first = emit_jump(Op::jump_unless_ok, into.at);
    if (!keys.empty()) {
        const auto list = static_cast<std::uint32_t>(program_.lists.size());
        program_.lists.push_back(shapes);
        emit({.op = Op::less_keys,
              .a = first,
              .b = keys.front(),
              .c = best.front(),
              .d = list,
              .e = static_cast<std::uint32_t>(keys.size())});
        unit_->code[emit_jump(Op::jump_if_false, first)].d = static_cast<std::uint32_t>(next);
    } else {
        again();
    }
    land(is_first);
    emit({.op = Op::move, .a = into.at, .b = element.at});
    for (std::size_t i = 0; i < keys.size(); ++i) emit({.op = Op::move, .a = best[i], .b = keys[i]});
    again();
    land(next);
    unit_->code[charge].d = steps_;
    steps_ = around;
    const std::size_t done = emit_jump(Op::jump);
    land(failed);
    emit({.op = Op::fail, .a = into.at});
    land(done);
    return into;
}

Lowering::Operand Lowering::outcome(const Decision& decision, Frame& frame) {
    const Operand into{fresh(), shape_of(Type::record_of(decision.outcome))};
    Labels failed;
    for (const Expression& expression : decision.require) {
        const Operand value = lower(expression, frame);
        failed.push_back(emit_jump(Op::jump_if_error, value.at));
        if (value.shape->kind == TypeKind::boolean) failed.push_back(emit_jump(Op::jump_if_false, value.at));
    }
    if (decision.index != nullptr && decision.rules.size() > most_rules_in_turn)
        refuse("a table that is looked up by its index");
    if (!refused_.empty()) return into;
    Operand made = into;
    if (decision.rules.empty()) {
        const Register record = new_outcome(decision, frame);
        const auto around = std::exchange(frame.made, std::nullopt);
        outputs(decision.always, decision, frame, record, failed);
        frame.made = around;
        emit({.op = Op::fire, .a = record});
        made.at = record;
    } else if (decision.first_decides()) {
        made = first_rule(decision, frame);
    } else if (decision.collects()) {
        made = collected(decision, frame);
    } else {
        made = of_all_rules(decision, frame);
    }
    if (failed.empty()) return made;
    const Operand result{fresh(), made.shape};
    emit({.op = Op::move, .a = result.at, .b = made.at});
    const std::size_t done = emit_jump(Op::jump);
    land(failed);
    emit({.op = Op::fail, .a = result.at});
    land(done);
    return result;
}

Lowering::Operand Lowering::first_rule(const Decision& decision, Frame& frame) {
    const Operand into{fresh(), shape_of(Type::record_of(decision.outcome))};
    Labels failed, done;
    for (const Rule& rule : decision.rules) {
        Labels not_met;
        emit({.op = Op::clear_basis});
        conditions(rule.conditions, frame, not_met, failed);
        if (!refused_.empty()) return into;
        fire(decision, rule, frame, into.at, failed);
        done.push_back(emit_jump(Op::jump));
        land(not_met);
    }
    land(failed);
    emit({.op = Op::fail, .a = into.at});
    land(done);
    return into;
}

/// Hit policies that look at all rules before one is made.
Lowering::Operand Lowering::of_all_rules(const Decision& decision, Frame& frame) {
    const Shape* const boolean = shape_of(Type::of(TypeKind::boolean));
    const Operand into{fresh(), shape_of(Type::record_of(decision.outcome))};
    const Operand yes = constant(Value::boolean(true), boolean);
    const Operand no = constant(Value::boolean(false), boolean);
    const Register trouble = fresh();
    const Register taken = fresh();  // one applies already
    emit({.op = Op::move, .a = trouble, .b = yes.at});
    emit({.op = Op::move, .a = taken, .b = no.at});
    std::vector<Register> applies;
    Labels failed;
    for (const Rule& rule : decision.rules) {
        const Register verdict = fresh();
        applies.push_back(verdict);
        Labels not_met, broken;
        emit({.op = Op::move, .a = verdict, .b = no.at});
        conditions(rule.conditions, frame, not_met, broken);
        if (!refused_.empty()) return into;
        emit({.op = Op::move, .a = verdict, .b = yes.at});
        std::vector<std::size_t> next;
        next.push_back(emit_jump(Op::jump));
        if (!broken.empty()) {
            land(broken);
            emit({.op = Op::fail, .a = trouble});
        }
        land(next);
        land(not_met);
    }
    failed.push_back(emit_jump(Op::jump_if_error, trouble));
    const bool unique = decision.hit == HitPolicy::unique;
    if (unique) {
        for (const Register verdict : applies) {
            const std::size_t not_this = emit_jump(Op::jump_if_false, verdict);
            failed.push_back(emit_jump(Op::jump_if_true, taken));
            emit({.op = Op::move, .a = taken, .b = yes.at});
            land(not_this);
        }
    }
    const std::uint32_t list = unique ? 0 : next_list();
    if (!unique) emit({.op = Op::make, .d = list});
    Labels done;
    for (std::size_t i = 0; i < applies.size(); ++i) {
        const std::size_t not_this = emit_jump(Op::jump_if_false, applies[i]);
        fire(decision, decision.rules[i], frame, into.at, failed);
        if (unique) {
            done.push_back(emit_jump(Op::jump));
        } else {
            emit({.op = Op::move, .a = taken, .b = yes.at});
            emit({.op = Op::put, .b = into.at, .d = list});
        }
        land(not_this);
    }
    if (!unique) {
        failed.push_back(emit_jump(Op::jump_if_false, taken));
        const bool any = decision.hit == HitPolicy::any;
        emit({.op = any ? Op::agree : Op::choose,
              .a = into.at,
              .d = list,
              .e = any ? 0u : static_cast<std::uint32_t>(decision.priority)});
        done.push_back(emit_jump(Op::jump));
    }
    land(failed);
    emit({.op = Op::fail, .a = into.at});
    land(done);
    return into;
}

Lowering::Operand Lowering::collected(const Decision& decision, Frame& frame) {
    const Shape* const shape = shape_of(Type::list(Type::record_of(decision.outcome)));
    const Operand into{fresh(), shape};
    const std::uint32_t list = next_list();
    Labels failed;
    emit({.op = Op::make, .d = list});
    for (const Rule& rule : decision.rules) collect_rule(decision, rule, frame, list, failed);
    emit({.op = Op::made, .a = into.at, .d = list, .e = index_of(shape->part)});
    const std::size_t done = emit_jump(Op::jump);
    land(failed);
    emit({.op = Op::fail, .a = into.at});
    land(done);
    return into;
}

void Lowering::collect_rule(const Decision& decision, const Rule& rule, Frame& frame, std::uint32_t list,
                            Labels& failed) {
    const auto one = [&] {
        Labels not_met;
        emit({.op = Op::clear_basis});
        conditions(rule.conditions, frame, not_met, failed);
        if (!refused_.empty()) return;
        const Register made = fresh();
        fire(decision, rule, frame, made, failed);
        emit({.op = Op::put, .b = made, .d = list});
        land(not_met);
    };
    if (!rule.each) return one();
    const Operand range = lower(rule.each->value, frame);
    if (!refused_.empty() || range.shape->kind != TypeKind::list) return;
    const Operand element{fresh(), range.shape->part};
    const Register walk = fresh();
    failed.push_back(emit({.op = Op::loop, .a = walk, .b = range.at}));
    const std::size_t next =
        emit({.op = Op::next, .a = walk, .b = range.at, .c = element.at, .e = index_of(element.shape)});
    const std::size_t charge = emit({.op = Op::steps});
    const std::uint32_t around = std::exchange(steps_, 1);
    frame.bound.push_back(element);
    one();
    frame.bound.pop_back();
    emit({.op = Op::jump, .d = static_cast<std::uint32_t>(next)});
    unit_->code[charge].d = steps_;
    steps_ = around;
    land(next);
}

/// 0 where the case holds all that the decision needs, 1 where something is not given or lies ahead.
std::uint32_t Lowering::needs(const Decision& decision) {
    const std::uint32_t code = routine(decision.name + ": needs", nullptr);
    fill(code, [&] {
        const Shape* const whole_number = shape_of(Type::of(TypeKind::integer));
        const Operand into{fresh(), whole_number};
        const Operand zero = constant(Value::integer(0), whole_number);
        const Operand one = constant(Value::integer(1), whole_number);
        Labels lacking, failed;
        Frame frame;
        for (const Need& need : decision.needs) {
            if (need.fact == "at") continue;
            std::optional<std::size_t> not_asked, not_asked_either;
            if (need.when) {
                const Operand wanted = lower(*need.when, frame);
                not_asked = emit_jump(Op::jump_if_error, wanted.at);
                not_asked_either = emit_jump(Op::jump_if_false, wanted.at);
            }
            const RecordType* record = &model_.schema->facts;
            std::string_view rest = need.fact;
            std::optional<Register> of;
            while (record != nullptr) {
                const std::string_view name = rest.substr(0, rest.find('.'));
                rest = name.size() < rest.size() ? rest.substr(name.size() + 1) : std::string_view();
                const auto field = static_cast<std::size_t>(record->find(name));
                const Operand into_part{fresh(), shape_of(record->fields[field].type)};
                const auto mode = static_cast<Register>(ReadMode::optional);
                if (!of) {
                    emit({.op = Op::fact, .a = into_part.at, .c = mode, .d = field_index(*record, field)});
                } else {
                    emit({.op = Op::load, .a = into_part.at, .b = *of, .c = mode, .d = field_index(*record, field)});
                }
                failed.push_back(emit_jump(Op::jump_if_error, into_part.at));
                lacking.push_back(emit_jump(Op::jump_unless_ok, into_part.at));
                if (record->fields[field].absent_empty && into_part.shape->kind == TypeKind::list) {
                    const Register count = fresh();
                    emit({.op = Op::size, .a = count, .b = into_part.at});
                    lacking.push_back(emit_jump(Op::jump_if_false, count));
                }
                of = into_part.at;
                record = !rest.empty() && into_part.shape->kind == TypeKind::record ? into_part.shape->record : nullptr;
            }
            if (not_asked) land(*not_asked);
            if (not_asked_either) land(*not_asked_either);
        }
        emit({.op = Op::move, .a = into.at, .b = zero.at});
        const std::size_t done = emit_jump(Op::jump);
        land(lacking);
        emit({.op = Op::move, .a = into.at, .b = one.at});
        const std::size_t also_done = emit_jump(Op::jump);
        land(failed);
        emit({.op = Op::fail, .a = into.at});
        land(done);
        land(also_done);
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
