// What decisions take: the rules under their hit policy, elements, calls; and what a moment remembers.
#include "plan/reckoning.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "plan/expression_cost.hpp"
#include "table/decision_index.hpp"
#include "value/charges.hpp"

namespace praxe {
namespace {

constexpr std::size_t max_sizes_of_arguments = 64;  // of one decision; beyond, arguments of any size are assumed

/// The steps for reading so many bytes.
Bound reading(Bound bytes) {
    return {steps_to_read(bytes.most), bytes.missing};
}

}  // namespace

void Reads::add(const Reads& other) {
    definitions.insert(other.definitions.begin(), other.definitions.end());
    decisions.insert(other.decisions.begin(), other.decisions.end());
    lists.insert(other.lists.begin(), other.lists.end());
}

void Costliest::note(Bound taken, const Expression& candidate) {
    if (expression != nullptr && (steps.missing != nullptr || (taken.missing == nullptr && taken.most <= steps.most)))
        return;
    steps = taken;
    expression = &candidate;
}

void Costliest::note(const Costliest& inner, Bound rounds) {
    if (inner.expression != nullptr) note(inner.steps * rounds, *inner.expression);
}

Reckoning::Reckoning(const Model& model) : model_(model), sizes_(model) {
    for (const auto& [name, type] : model.schema->records) {
        for (const Field& field : type->fields) owners_.emplace(&field, type.get());
    }
    for (const Field& field : model.schema->facts.fields) owners_.emplace(&field, &model.schema->facts);
    count_records(model.schema->facts, {1});
}

/// How many records of each type a case can hold. Of one that holds its own kind there is no bound.
void Reckoning::count_records(const RecordType& type, Bound times) {
    Bound& records = records_[&type];
    records = records + times;
    counting_.push_back(&type);
    for (const Field& field : type.fields) {
        const bool has_items = field.type.kind == TypeKind::list || field.type.kind == TypeKind::map;
        const RecordType* part = has_items ? field.type.args.back().record : field.type.record;
        if (part == nullptr) continue;
        const Bound items = has_items ? sizes_.of(field)->items : Bound{1};
        if (std::find(counting_.begin(), counting_.end(), part) == counting_.end()) {
            count_records(*part, times * items);
        } else {
            records_[part] = Bound{std::numeric_limits<std::int64_t>::max(), &field};
        }
    }
    counting_.pop_back();
}

Bound Reckoning::walked(const Field& list) const {
    const RecordType* item = list.type.args.back().record;
    if (item == nullptr || item->since < 0) return {};
    const Bound items =
        list.max_items > 0 ? Bound{list.max_items} : Bound{std::numeric_limits<std::int64_t>::max(), &list};
    return records_.at(owners_.at(&list)) * items;
}

// --------------------------------------------------------------------------------------------------- what is read

Reckoning::Frame Reckoning::Frame::for_element(std::string_view name, SizeRef element) const {
    Frame inner;
    inner.decision = decision;
    inner.bound = bound;
    inner.bound.emplace_back(name, element);
    inner.lets.resize(lets.size());
    return inner;
}

Reckoning::Frame Reckoning::frame_of(const Decision& decision) const {
    Frame frame;
    frame.decision = &decision;
    frame.lets.resize(decision.let.size());
    return frame;
}

std::pair<Bound, SizeRef> Reckoning::of(const Expression& expression, Frame& frame) {
    const auto result = ExpressionCost(*this, frame).of(*expression.root);
    frame.costliest.note(result.first, expression);
    return result;
}

Bound Reckoning::steps(const std::optional<Expression>& expression, Frame& frame) {
    return expression ? steps(*expression, frame) : Bound{};
}

Work Reckoning::worked(Frame frame) {
    const auto [steps, size] = body(frame);
    return {steps + frame.once, size, std::move(frame.reads), frame.costliest};
}

const Work& Reckoning::definition(const Binding& definition) {
    if (const auto found = definitions_.find(&definition); found != definitions_.end()) return found->second;
    Frame frame;
    const auto [steps, size] = of(definition.value, frame);
    return definitions_.emplace(&definition, Work{steps, size, std::move(frame.reads), frame.costliest}).first->second;
}

const Work& Reckoning::decision(const Decision& decision) {
    if (const auto found = decisions_.find(&decision); found != decisions_.end()) return found->second;
    Work work = worked(frame_of(decision));
    return decisions_.emplace(&decision, std::move(work)).first->second;
}

const Work& Reckoning::called(const Decision& decision, std::vector<SizeRef> args) {
    auto& calls = calls_[&decision];
    if (calls.size() >= max_sizes_of_arguments && !calls.contains(args)) {
        for (std::size_t i = 0; i < args.size(); ++i) args[i] = sizes_.anything(decision.params[i].second);
    }
    if (const auto found = calls.find(args); found != calls.end()) return found->second;
    Frame frame = frame_of(decision);
    for (std::size_t i = 0; i < args.size(); ++i) frame.bound.emplace_back(decision.params[i].first, args[i]);
    Work work = worked(std::move(frame));
    return calls.emplace(std::move(args), std::move(work)).first->second;
}

Bound Reckoning::moment(const Reads& reads, std::vector<Reckoned::Part>* parts) {
    Reads all = reads;
    std::vector<std::pair<const Work*, const std::string*>> todo;
    const auto add = [&](const Reads& more) {
        for (const Binding* d : more.definitions) todo.emplace_back(&definition(*d), &d->name);
        for (const Decision* d : more.decisions) todo.emplace_back(&decision(*d), &d->name);
    };
    add(reads);
    Bound sum;
    for (std::size_t i = 0; i < todo.size(); ++i) {
        const auto [work, name] = todo[i];
        sum = sum + work->steps;
        if (parts != nullptr) parts->push_back({*name, work->steps, work->costliest.expression});
        Reads fresh;
        for (const Binding* d : work->reads.definitions) {
            if (all.definitions.insert(d).second) fresh.definitions.insert(d);
        }
        for (const Decision* d : work->reads.decisions) {
            if (all.decisions.insert(d).second) fresh.decisions.insert(d);
        }
        all.lists.insert(work->reads.lists.begin(), work->reads.lists.end());
        add(fresh);
    }
    for (const Field* list : all.lists) {
        if (walked(*list).most == 0) continue;
        sum = sum + walked(*list);
        if (parts != nullptr) parts->push_back({list->name, walked(*list)});
    }
    return sum;
}

/// Records of facts are shown as they stand: lists of them are looked at.
void Reckoning::show(const Type& type, Reads& reads, std::set<const RecordType*>& shown) {
    for (const Type& part : type.args) show(part, reads, shown);
    if (type.record == nullptr || !shown.insert(type.record).second) return;
    for (const Field& field : type.record->fields) {
        const bool has_items = field.type.kind == TypeKind::list || field.type.kind == TypeKind::map;
        if (has_items && !type.record->is_outcome) reads.lists.insert(&field);
        show(field.type, reads, shown);
    }
}

Reckoned Reckoning::asked(const Decision& decision) {
    Frame needs;
    Reckoned reckoned;
    for (const Need& need : decision.needs) {
        reckoned.steps = reckoned.steps + steps(need.when, needs);
        ExpressionCost(*this, needs).path(need.fact);
    }
    if (needs.costliest.expression != nullptr)
        reckoned.parts.push_back({"needs", reckoned.steps, needs.costliest.expression});
    needs.reads.decisions.insert(&decision);
    std::set<const RecordType*> shown;
    show(decision.type, needs.reads, shown);
    reckoned.steps = reckoned.steps + moment(needs.reads, &reckoned.parts);
    return reckoned;
}

// ------------------------------------------------------------------------------------------------------- decisions

std::pair<Bound, SizeRef> Reckoning::body(Frame& frame) {
    if (frame.decision->each) return each(frame);
    if (frame.decision->pick) return pick(frame);
    return outcome(frame);
}

std::pair<Bound, SizeRef> Reckoning::each(Frame& frame) {
    const Decision& decision = *frame.decision;
    const auto [steps, range] = of(decision.each->value, frame);
    Frame inner = frame.for_element(decision.each->name, sizes_.part(range, 0));
    const Bound wanted = this->steps(decision.where, inner);
    const auto [made, size] = outcome(inner);
    frame.reads.add(inner.reads);
    frame.costliest.note(inner.costliest, range->items);
    return {steps + range->items * (wanted + made + inner.once), sizes_.list(size, range->items)};
}

std::pair<Bound, SizeRef> Reckoning::pick(Frame& frame) {
    const Decision& decision = *frame.decision;
    const auto [steps, range] = of(decision.pick->value, frame);
    Frame inner = frame.for_element(decision.pick->name, sizes_.part(range, 0));
    Bound round = this->steps(decision.where, inner);
    for (const Expression& key : decision.order) round = round + this->steps(key, inner);
    frame.reads.add(inner.reads);
    frame.costliest.note(inner.costliest, range->items);
    return {steps + range->items * (round + inner.once), sizes_.optional(sizes_.part(range, 0))};
}

std::pair<Bound, SizeRef> Reckoning::outcome(Frame& frame) {
    const Decision& decision = *frame.decision;
    Bound sum;
    for (const Expression& expression : decision.require) sum = sum + steps(expression, frame);
    if (!decision.rules.empty()) {
        const auto [taken, size] = by_rules(frame);
        return {sum + taken, size};
    }
    std::vector<SizeRef> fields(decision.outcome.fields.size(), sizes_.scalar());
    sum = sum + always(frame, fields);
    return {sum, sizes_.outcome(std::move(fields))};
}

/// What the index asks for before any rule is looked at.
Bound Reckoning::indexed_columns(Frame& frame) {
    Bound sum;
    if (frame.decision->index == nullptr) return sum;
    for (const DecisionIndex::Column& column : frame.decision->index->columns())
        sum = sum + steps(column.expression(), frame);
    return sum;
}

std::pair<Bound, SizeRef> Reckoning::by_rules(Frame& frame) {
    const Decision& decision = *frame.decision;
    std::vector<SizeRef> fields(decision.outcome.fields.size(), sizes_.scalar());
    Bound looked_at = indexed_columns(frame), costliest, all, outcomes;
    for (const Rule& rule : decision.rules) {
        const RuleCost cost = this->rule(rule, frame);
        looked_at = looked_at + cost.looked_at;
        all = all + cost.fired;
        outcomes = outcomes + cost.outcomes;
        costliest = greater_of(costliest, decision.first_decides() ? looked_at + cost.fired : cost.fired);
        for (std::size_t i = 0; i < fields.size(); ++i) fields[i] = sizes_.joined(fields[i], cost.fields[i]);
    }
    const SizeRef one = sizes_.outcome(std::move(fields));
    switch (decision.hit) {
        case HitPolicy::first:
        case HitPolicy::most_specific:
            return {greater_of(costliest, looked_at), one};
        case HitPolicy::unique:
            return {looked_at + costliest, one};
        case HitPolicy::priority:
            return {looked_at + all, one};
        case HitPolicy::any:
            return {looked_at + all + outcomes * reading(one->bytes + one->bytes), one};
        case HitPolicy::collect:
        case HitPolicy::rule_order:
            return {looked_at + all, sizes_.list(one, outcomes)};
    }
    return {};
}

/// A rule made for each element is looked at, and applies, once for each.
Reckoning::RuleCost Reckoning::rule(const Rule& rule, Frame& frame) {
    RuleCost cost;
    cost.fields.assign(frame.decision->outcome.fields.size(), sizes_.scalar());
    Costliest outer = std::exchange(frame.costliest, {});
    Bound rounds{1};
    Bound range_steps;
    if (rule.each) {
        const auto [steps, range] = of(rule.each->value, frame);
        range_steps = steps;
        rounds = range->items;
        frame.bound.emplace_back(rule.each->name, sizes_.part(range, 0));
    }
    cost.looked_at = range_steps + rounds * conditions(rule.conditions, frame);
    cost.fired = rounds * fire(rule, frame, cost.fields);
    cost.outcomes = rounds;
    if (rule.each) frame.bound.pop_back();
    outer.note(frame.costliest, rounds);
    frame.costliest = outer;
    return cost;
}

Bound Reckoning::conditions(const std::vector<Condition>& conditions, Frame& frame) {
    Bound sum;
    for (const Condition& condition : conditions) {
        for (const Expression& part : condition.parts) sum = sum + steps(part, frame);
        if (condition.cell != nullptr) sum = sum + cell(*condition.cell, frame);
    }
    return sum;
}

/// What reading it adds to the frame is there after the first time.
Bound Reckoning::cell(const Cell& cell, Frame& frame) {
    const auto [known, is_new] = frame.cells.try_emplace(&cell);
    if (is_new) known->second = fresh_cell(cell, frame);
    return known->second;
}

Bound Reckoning::fresh_cell(const Cell& cell, Frame& frame) {
    auto [sum, column] = of(*cell.column, frame);
    if (cell.form == Cell::Form::yes || cell.form == Cell::Form::no) return sum;
    const bool has_parts = ExpressionCost::has_parts(cell.column->root->type);
    for (const Expression& expression : cell.values) {
        const auto [taken, value] = of(expression, frame);
        sum = sum + taken + (has_parts ? reading(column->bytes + value->bytes) : Bound{});
    }
    return sum;
}

Bound Reckoning::outputs(const std::vector<Output>& outputs, Frame& frame, std::vector<SizeRef>& fields) {
    Bound sum;
    for (const Output& output : outputs) {
        const auto [taken, size] = of(output.value, frame);
        sum = sum + taken;
        const Type& type = frame.decision->outcome.fields[output.field].type;
        const bool unwrapped = output.value.root->type.kind == TypeKind::optional && type.kind != TypeKind::optional;
        fields[output.field] = sizes_.joined(fields[output.field], unwrapped ? sizes_.part(size, 0) : size);
    }
    return sum;
}

Bound Reckoning::citations(const std::vector<Cite>& cites, Frame& frame) {
    Bound sum;
    for (const Cite& cite : cites) sum = sum + steps(cite.when, frame);
    return sum;
}

Bound Reckoning::texts(const Texts& texts, Frame& frame) {
    Bound sum;
    for (const auto& [language, text] : texts) {
        for (const Template::Piece& piece : text.pieces) sum = sum + steps(piece.hole, frame);
    }
    return sum;
}

/// What every rule gives can be made of what this one gives.
Bound Reckoning::always(Frame& frame, std::vector<SizeRef>& fields) {
    frame.bound.emplace_back("this", sizes_.outcome(fields));
    const Bound made = outputs(frame.decision->always, frame, fields);
    frame.bound.pop_back();
    return made;
}

Bound Reckoning::fire(const Rule& rule, Frame& frame, std::vector<SizeRef>& fields) {
    const Bound made = outputs(rule.outputs, frame, fields);
    return made + always(frame, fields) + citations(rule.cites, frame) + texts(rule.say, frame) +
           exceptions(rule, frame, fields);
}

/// All are looked at, one takes effect.
Bound Reckoning::exceptions(const Rule& rule, Frame& frame, std::vector<SizeRef>& fields) {
    Bound looked_at, costliest;
    const SizeRef general = sizes_.outcome(fields);
    for (const Rule& exception : rule.exceptions) {
        frame.bound.emplace_back("general", general);
        looked_at = looked_at + conditions(exception.conditions, frame);
        const Bound made = outputs(exception.outputs, frame, fields);
        costliest = greater_of(
            costliest, made + always(frame, fields) + citations(exception.cites, frame) + texts(exception.say, frame));
        frame.bound.pop_back();
    }
    return looked_at + costliest;
}

}  // namespace praxe
