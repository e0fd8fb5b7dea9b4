// The program around the expressions: routines, registers, constants, memos and shapes.
#include "program/lowering.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <utility>

#include "program/fact_cells.hpp"
#include "value/type_kind.hpp"

namespace praxe {
namespace {

/// What an operation does with its register a, or with its number d.
enum class OpKind : std::uint8_t { makes, jumps, acts };
constexpr std::array op_kinds = {
#define PRAXE_OPERATION(name, kind) OpKind::kind,
#include "program/operations.def"
#undef PRAXE_OPERATION
};

OpKind kind_of(Op op) {
    return op_kinds[static_cast<std::size_t>(op)];
}

/// Whether the value is of the shape, and stays as it is.
bool fits(const Value& value, const Shape& shape) {
    if (value.is_error() || value.nanos_below() != 0 || value.motion() != Motion::still) return false;
    const auto part_fits = [&](const Value& part) { return fits(part, *shape.part); };
    switch (shape.kind) {
        case TypeKind::string:
        case TypeKind::enumeration:
            return value.is(Kind::string);
        case TypeKind::real:
            return value.is(Kind::real);
        case TypeKind::optional:
            return value.is(Kind::optional) && (!value.has_value() || part_fits(value.as_optional()));
        case TypeKind::list:
            return value.is(Kind::list) && std::all_of(value.as_list().begin(), value.as_list().end(), part_fits);
        case TypeKind::map:
            return value.is(Kind::map) && !shape.has_outcomes &&
                   std::all_of(value.as_map().entries.begin(), value.as_map().entries.end(), [&](const auto& entry) {
                       return fits(entry.first, *shape.key) && part_fits(entry.second);
                   });
        default:
            return is_whole(shape.kind) && value.kind() < Kind::type && !value.is(Kind::string);
    }
}

constexpr std::size_t most_registers = std::numeric_limits<Register>::max();

/// Of two types that are written alike: whether they name the same records.
bool same_records(const Type& a, const Type& b) {
    return a.record == b.record && a.name == b.name &&
           std::equal(a.args.begin(), a.args.end(), b.args.begin(), b.args.end(), same_records);
}

}  // namespace

std::uint32_t Lowering::routine(std::string name, const Decision* decision) {
    program_.routines.push_back({.name = std::move(name), .decision = decision});
    units_.emplace_back();
    return static_cast<std::uint32_t>(program_.routines.size() - 1);
}

/// Makes the routine's code: `body` gives the register in which its value is left.
void Lowering::fill(std::uint32_t routine, const std::function<Register()>& body) {
    Unit* const unit = std::exchange(unit_, &units_[routine]);
    const std::uint32_t steps = std::exchange(steps_, 0);
    const std::size_t landed = std::exchange(landed_, 0);
    const std::size_t cleared = std::exchange(cleared_, 0);
    const std::uint32_t walks = std::exchange(walks_, 0);
    const auto known = std::exchange(known_, {});
    std::string refused = std::exchange(refused_, {});
    const Register result = body();
    emit({.op = Op::give});
    Routine& made = program_.routines[routine];
    made.steps = steps_;
    made.result = result;
    made.rests = may_rest(0);
    made.tracks = may_track();
    if (refused_.empty()) shorten_jumps();
    if (!refused_.empty()) refused_routines_.emplace(routine, refused_);
    refused_ = std::move(refused);
    known_ = known;
    walks_ = walks;
    cleared_ = cleared;
    landed_ = landed;
    steps_ = steps;
    unit_ = unit;
}

/// One after another; jumps count from the beginning of all from here on.
void Lowering::join() {
    for (std::size_t i = 0; i < units_.size(); ++i) {
        const auto begin = static_cast<std::uint32_t>(program_.code.size());
        program_.routines[i].code = begin;
        for (Instruction instruction : units_[i].code) {
            if (kind_of(instruction.op) == OpKind::jumps) instruction.d += begin;
            if (instruction.op == Op::jump_among) {
                for (std::uint32_t& place : program_.lists[instruction.d]) place += begin;
            }
            if (instruction.op == Op::fact || instruction.op == Op::load) place(instruction);
            program_.code.push_back(instruction);
        }
        units_[i].begin = begin;
    }
    for (std::size_t i = 0; i < program_.tables.size(); ++i) {
        for (RowTable::OwnCode& own : program_.tables[i].own_code) {
            if (own.conditions != 0) own.conditions += table_units_[i]->begin;
            if (own.outcome != 0) own.outcome += table_units_[i]->begin;
        }
    }
    for (Memo& memo : program_.memos) {
        const Routine& routine = program_.routines[memo.routine];
        memo.code = routine.code;
        memo.result = routine.result;
        memo.steps = routine.steps;
        memo.rests = routine.rests;
        memo.tracks = routine.tracks;
    }
}

void Lowering::tell_clauses() {
    for (Firing& firing : program_.firings) {
        std::vector<std::string_view>& clauses = firing.told.clauses;
        clauses.resize(most_clauses(firing.rule, firing.exception));
        clauses.resize(cited(firing.rule, firing.cites, firing.exception, firing.exception_cites, clauses.data()));
    }
}

/// Jumps to where a jump goes on at once.
void Lowering::shorten_jumps() {
    std::vector<Instruction>& code = unit_->code;
    for (Instruction& i : code) {
        if (kind_of(i.op) != OpKind::jumps) continue;
        while (code[i.d].op == Op::jump && code[i.d].d != i.d) i.d = code[i.d].d;
        if (i.op == Op::jump && code[i.d].op == Op::give) i = {.op = Op::give};
    }
    for (std::size_t n = 0; n + 1 < code.size(); ++n) {
        if (code[n].op == Op::conclude && code[n + 1].op == Op::give) code[n].c = 1;
    }
}

/// Where the field stands that the instruction reads, now that all are known.
void Lowering::place(Instruction& read) const {
    const FieldRead& field = program_.fields[read.d];
    read.e = field.place;
    if (!field.dated) return;
    if (read.op == Op::fact) read.b = program_.the_case;
    read.op = Op::dated_load;
}

void Lowering::refuse(std::string why) {
    if (refused_.empty()) refused_ = std::move(why);
}

Register Lowering::fresh() {
    if (!unit_->reuses) return lasting();
    if (unit_->spare.empty()) unit_->spare.push_back(lasting());
    unit_->taken.push_back(unit_->spare.back());
    unit_->spare.pop_back();
    return unit_->taken.back();
}

void Lowering::let_go() {
    unit_->spare.insert(unit_->spare.end(), unit_->taken.begin(), unit_->taken.end());
    unit_->taken.clear();
}

Register Lowering::lasting() {
    if (program_.registers == most_registers) {
        refuse("it takes more registers than there are");
        return 0;
    }
    return static_cast<Register>(program_.registers++);
}

/// What is made at load alone counts towards the limits of every evaluation all the same.
void Lowering::count_constant(std::uint64_t bytes) {
    program_.most_constant_bytes = std::max(program_.most_constant_bytes, bytes);
}

std::size_t Lowering::emit(Instruction instruction) {
    const bool forgets_basis =
        instruction.op == Op::clear_basis || instruction.op == Op::find_rows || instruction.op == Op::next_row;
    if (forgets_basis) std::erase_if(known_, [](const Known& k) { return k.rests; });
    if (instruction.op == Op::activate) std::erase_if(known_, [](const Known& k) { return k.what.op == Op::recall; });
    unit_->code.push_back(instruction);
    return unit_->code.size() - 1;
}

const Lowering::Known* Lowering::known(const Instruction& what) const {
    const auto found = std::find_if(known_.begin(), known_.end(), [&](const Known& k) {
        return k.what.op == what.op && k.what.b == what.b && k.what.c == what.c && k.what.d == what.d;
    });
    return found == known_.end() ? nullptr : &*found;
}

/// Of what comes after that place some ways here know nothing.
void Lowering::forget_after(std::size_t place) {
    std::erase_if(known_, [&](const Known& k) { return k.at > place; });
}

Lowering::Operand Lowering::read(Instruction read, const Shape* shape) {
    Operand value{0, shape};
    if (const Known* const before = known(read)) {
        value.at = before->what.a;
        value.shared = true;
        landed_ = here();  // that register is looked at from here too
        return value;
    }
    value.at = read.a = fresh();
    const std::size_t at = emit(read);
    known_.push_back({read, at, read.op == Op::part});
    return value;
}

Lowering::Operand Lowering::read_again(Instruction read, const Shape* shape) {
    const Operand value{fresh(), shape};
    read.a = value.at;
    emit(read);
    return value;
}

void Lowering::land(std::size_t jump) {
    forget_after(jump);
    unit_->code[jump].d = here();
    landed_ = here();
}

void Lowering::put_into(Register into, const Operand& from) {
    const bool just_made = !unit_->code.empty() && landed_ < here() && from.known == nullptr && !from.shared;
    if (just_made && kind_of(unit_->code.back().op) == OpKind::makes && unit_->code.back().a == from.at) {
        unit_->code.back().a = into;
        std::erase_if(known_, [&](const Known& k) { return k.at + 1 == unit_->code.size(); });
        return;
    }
    if (into != from.at) emit({.op = Op::move, .a = into, .b = from.at});
}

/// A register that nobody else writes: what a memo keeps must outlast what it was made of, which may be worked out for
/// another instant meanwhile.
Register Lowering::own(const Operand& value) {
    if (!value.shared || value.known != nullptr) return value.at;
    const Register kept = fresh();
    emit({.op = Op::move, .a = kept, .b = value.at});
    return kept;
}

/// Whether what stands between those places may leave outcomes that are rested on.
bool Lowering::may_rest(std::size_t from, std::size_t to) const {
    const auto at = [&](std::size_t place) {
        return unit_->code.begin() + static_cast<std::ptrdiff_t>(std::min(place, unit_->code.size()));
    };
    return std::any_of(at(from), at(to), [&](const Instruction& i) {
        if (i.op != Op::recall)
            return i.op == Op::part || i.op == Op::before || i.op == Op::fire || i.op == Op::conclude ||
                   i.op == Op::fire_row;
        const Memo& memo = program_.memos[i.d];
        return !memo.drops_basis && program_.routines[memo.routine].rests;
    });
}

/// Whether what leads from a place to a jump may: in a walk all of its rounds.
bool Lowering::may_rest_before(std::size_t from, std::size_t jump) const {
    std::size_t last = jump;
    for (std::size_t n = jump; n < unit_->code.size(); ++n) {
        const Instruction& i = unit_->code[n];
        if (i.op == Op::jump && i.d >= from && i.d <= jump) last = n;
    }
    return may_rest(from, last);
}

/// Whether the routine may look at what changes with time.
bool Lowering::may_track() const {
    return std::any_of(unit_->code.begin(), unit_->code.end(), [&](const Instruction& i) {
        switch (i.op) {
            case Op::fact:
            case Op::load:
                return program_.fields[i.d].dated;
            case Op::recall:
                return program_.routines[program_.memos[i.d].routine].tracks;
            case Op::ask:
                return program_.routines[i.d].tracks;
            default:
                return i.op == Op::reaches || i.op == Op::so_far;
        }
    });
}

void Lowering::clear_basis() {
    if (may_rest(cleared_)) emit({.op = Op::clear_basis});
    cleared_ = unit_->code.size();
}

void Lowering::land(const Labels& jumps) {
    for (const std::size_t jump : jumps) land(jump);
}

const Shape* Lowering::shape_of(const Type& type) {
    Type still = type;
    still.moving = false;
    std::vector<const Shape*>& alike = shapes_[to_string(still)];
    const auto known =
        std::find_if(alike.begin(), alike.end(), [&](const Shape* shape) { return same_records(shape->type, still); });
    if (known != alike.end()) {
        if (!(*known)->refused.empty()) refuse((*known)->refused);
        return *known;
    }
    const std::string refused_before = std::exchange(refused_, {});
    auto shape = std::make_unique<Shape>();
    shape->kind = type.kind;
    shape->type = still;
    switch (type.kind) {
        case TypeKind::enumeration: {
            const auto set = model_.schema->closed_sets.find(type.name);
            if (set == model_.schema->closed_sets.end())
                refuse("a closed set without a name");
            else
                shape->set = &set->second;
            break;
        }
        case TypeKind::record:
            shape->record = type.record;
            shape->has_outcomes = type.record->is_outcome;
            shape->has_facts = !type.record->is_outcome;
            if (shape->has_facts) shape->layout = layout_of(*type.record);
            break;
        case TypeKind::list:
        case TypeKind::optional:
            shape->part = shape_of(type.args[0]);
            break;
        case TypeKind::map:
            shape->key = shape_of(type.args[0]);
            shape->part = shape_of(type.args[1]);
            break;
        case TypeKind::string:
        case TypeKind::real:
            break;
        default:
            if (!is_whole(type.kind)) refuse(to_string(type) + " has no register");
    }
    if (shape->part != nullptr) {
        shape->has_outcomes = shape->part->has_outcomes;
        shape->has_facts = shape->part->has_facts;
        if (type.kind == TypeKind::optional && shape->part->kind == TypeKind::optional)
            refuse("an optional of an optional");
        if (type.kind == TypeKind::map && shape->has_outcomes) refuse("a map of outcomes");
    }
    shape->refused = refused_;
    if (!refused_before.empty()) refused_ = refused_before;
    shape->number = static_cast<std::uint32_t>(program_.shapes.size());
    alike.push_back(shape.get());
    program_.shapes.push_back(std::move(shape));
    return program_.shapes.back().get();
}

RecordLayout* Lowering::layout_of(const RecordType& record) {
    const auto [known, is_new] = layouts_.try_emplace(&record, nullptr);
    if (!is_new) return known->second;
    program_.layouts.push_back(std::make_unique<RecordLayout>());
    RecordLayout* const layout = layouts_[&record] = program_.layouts.back().get();
    layout->type = &record;
    layout->assumes = model_.assumptions.contains(&record);
    const bool has_key = record.key >= 0;
    if (has_key && record.fields[static_cast<std::size_t>(record.key)].type.kind == TypeKind::string)
        layout->key = static_cast<int>(place_of(record, static_cast<std::size_t>(record.key)));
    if (record.since >= 0) layout->since = static_cast<int>(place_of(record, static_cast<std::size_t>(record.since)));
    return layout;
}

/// What always stands somewhere; nothing where no register can hold it.
std::optional<Datum> Lowering::datum_of(const Value& value, const Shape& shape) {
    if (!fits(value, shape)) return std::nullopt;
    const bool stands_in_cell =
        is_whole(shape.kind) || shape.kind == TypeKind::real || shape.kind == TypeKind::enumeration;
    if (stands_in_cell) {
        const Datum made = FactCellsMaker(program_, program_.arena).datum(value, shape, false);
        return made.is_error() ? std::nullopt : std::optional(made);
    }
    program_.values.push_back(std::make_unique<Value>(value));
    const Datum made = FactCellsMaker(program_, program_.arena).datum(*program_.values.back(), shape, false);
    return made.is_error() ? std::nullopt : std::optional(made);
}

Lowering::Operand Lowering::constant(Datum datum, const Shape* shape) {
    const Register into = lasting();
    program_.constants.push_back({into, datum});
    auto* const known = program_.arena.room<Datum>(1);
    *known = datum;
    return {into, shape, Moving::none, false, known};
}

Lowering::Operand Lowering::constant(const Value& value, const Shape* shape) {
    const auto key = std::pair(shape, to_text(value));
    if (const auto found = constants_.find(key); found != constants_.end()) return found->second;
    const auto cell = datum_of(value, *shape);
    if (!cell) return refused(to_text(value) + " has no register");
    const Operand made = constant(*cell, shape);
    constants_.emplace(key, made);
    return made;
}

std::uint32_t Lowering::scope_of_level(std::uint8_t level) {
    while (program_.level_scopes.size() <= level) program_.level_scopes.push_back(program_.scopes++);
    return program_.level_scopes[level];
}

std::uint32_t Lowering::memo_of_definition(std::size_t index, std::uint8_t level) {
    const auto key = std::pair(index, int(level));
    if (const auto found = definitions_.find(key); found != definitions_.end()) return found->second;
    const Binding& definition = model_.define[index];
    const std::uint32_t code = routine(definition.name, nullptr);
    const auto memo = static_cast<std::uint32_t>(program_.memos.size());
    program_.memos.push_back({.routine = code,
                              .scope = scope_of_level(level),
                              .moves = level == 0 && definition.type.moving,
                              .level = level});
    definitions_.emplace(key, memo);
    fill(code, [&] {
        Frame frame;
        frame.level = level;
        return own(lower(definition.value, frame));
    });
    return memo;
}

std::uint32_t Lowering::memo_of_decision(std::size_t index, std::uint8_t level) {
    const auto key = std::pair(index, int(level));
    if (const auto found = decisions_.find(key); found != decisions_.end()) return found->second;
    const Decision& decision = *model_.decisions[index];
    const std::uint32_t code = routine(decision.name, &decision);
    const auto memo = static_cast<std::uint32_t>(program_.memos.size());
    program_.memos.push_back({.routine = code, .scope = scope_of_level(level), .drops_basis = true, .level = level});
    decisions_.emplace(key, memo);
    fill(code, [&] {
        if (decision.each) return each(decision, level).at;
        Frame frame;
        frame.decision = &decision;
        frame.level = level;
        frame.scope = scope_of_level(level);
        if (decision.pick) {
            frame.scope = program_.scopes++;
            program_.routines[code].scope = frame.scope;
        }
        return whole(decision, frame).at;
    });
    return memo;
}

std::uint32_t Lowering::memo_of_let(std::size_t index, Frame& frame) {
    if (const auto found = frame.lets.find(index); found != frame.lets.end()) return found->second;
    const Binding& let = frame.decision->let[index];
    const std::uint32_t code = routine(frame.decision->name + "." + let.name, frame.decision);
    const auto memo = static_cast<std::uint32_t>(program_.memos.size());
    program_.memos.push_back(
        {.routine = code, .scope = frame.scope, .moves = frame.level == 0 && let.type.moving, .level = frame.level});
    frame.lets.emplace(index, memo);
    const auto locals = std::exchange(locals_, {});
    fill(code, [&] { return own(lower(let.value, frame)); });
    locals_ = locals;
    return memo;
}

/// Once it is known which fields of theirs are read.
void Lowering::lay_out_empty_records() {
    FactCellsMaker maker(program_, program_.arena);
    for (const auto& [field, type] : empty_records_) {
        auto record = std::make_shared<Record>();
        record->type = type;
        record->fields.resize(type->fields.size());
        program_.values.push_back(std::make_unique<Value>(Value::record(std::move(record))));
        const Value& value = *program_.values.back();
        const FactCells* const cells = maker.whole_record(value.as_record(), *layout_of(*type), &value);
        program_.fields[field].absent = Datum::of(cells);
    }
}

void Lowering::run() {
    program_.outcomes.resize(model_.decisions.size());
    program_.facts = layout_of(model_.schema->facts);
    program_.the_case = lasting();
    for (std::size_t i = 0; i < model_.decisions.size(); ++i) lower_decision(i);
    lay_out_empty_records();
    tell_clauses();
    join();
}

std::set<Lowering::Named> Lowering::once_read() const {
    std::set<Named> names;
    for (const auto& [name, reading] : readings_) {
        if (reading.places == 1 && !reading.again) names.insert(name);
    }
    return names;
}

/// Lowered once to see what is read how often, then for good.
std::shared_ptr<const Program> make_program(const Model& model) {
    auto program = std::make_shared<Program>();
    Lowering lowering(model, *program);
    lowering.run();
    std::set<Lowering::Named> read_once = lowering.once_read();
    if (read_once.empty()) return program;
    program = std::make_shared<Program>();
    Lowering(model, *program, std::move(read_once)).run();
    return program;
}

}  // namespace praxe
