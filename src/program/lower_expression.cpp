// Values: names, parts, lists and walks over them.
#include <algorithm>
#include <utility>

#include "program/lowering.hpp"
#include "value/type_kind.hpp"

namespace praxe {
namespace {

const Type& unwrapped(const Type& type) {
    return type.kind == TypeKind::optional ? type.args[0] : type;
}

Moving moving_of(const Type& type) {
    const bool is_day = type.kind == TypeKind::date || type.kind == TypeKind::calendar_days;
    return is_day ? Moving::day : Moving::instant;
}

FieldRead::Exists exists_of(const Type& type) {
    const bool items = type.kind == TypeKind::list || type.kind == TypeKind::map;
    const Type& record = items ? type.args.back() : type;
    if (record.kind != TypeKind::record || record.record->since < 0) return FieldRead::Exists::always;
    return items ? FieldRead::Exists::items_since : FieldRead::Exists::since;
}

/// What keys of its shape can be sorted by.
bool orders(const Shape& shape) {
    return shape.kind == TypeKind::string || is_whole(shape.kind);
}

bool counts_business(const Type& type) {
    return type.kind == TypeKind::business_days || type.kind == TypeKind::business_hours;
}

}  // namespace

Lowering::Operand Lowering::refused(std::string why) {
    refuse(std::move(why));
    return {0, shape_of(Type::of(TypeKind::boolean))};
}

Lowering::Operand Lowering::lower(const Expression& expression, Frame& frame) {
    Frame* const around = std::exchange(frame_, &frame);
    const auto locals = std::exchange(locals_, {});
    const Operand operand = lower(*expression.root);
    locals_ = locals;
    frame_ = around;
    return operand;
}

Lowering::Operand Lowering::lower_as(const Expression& expression, Frame& frame, const Shape* wanted) {
    Frame* const around = std::exchange(frame_, &frame);
    const auto locals = std::exchange(locals_, {});
    const Operand operand = lower_as(*expression.root, wanted);
    locals_ = locals;
    frame_ = around;
    return operand;
}

/// What is written bare takes the type that is wanted of it.
Lowering::Operand Lowering::lower_as(const Expr& e, const Shape* wanted) {
    const bool is_empty_list = e.kind == ExprKind::list && e.args.empty() && wanted->kind == TypeKind::list;
    if (is_empty_list) return constant(Value::list({}), wanted);
    if (e.kind == ExprKind::call && e.name == "optional.none" && wanted->kind == TypeKind::optional) {
        const Operand into{fresh(), wanted};
        emit({.op = Op::none, .a = into.at});
        return into;
    }
    if (e.kind == ExprKind::call && e.name == "_?_:_") return conditional(e, wanted);
    if (e.kind == ExprKind::literal && e.value.is(Kind::string) && wanted->kind == TypeKind::enumeration)
        return constant(e.value, wanted);
    return coerce(lower(e), wanted);
}

/// The same value as another type has it.
Lowering::Operand Lowering::coerce(Operand from, const Shape* wanted) {
    if (from.shape == wanted || !refused_.empty()) return from;
    const TypeKind given = from.shape->kind;
    if (wanted->kind == TypeKind::string && given == TypeKind::enumeration) {
        const Operand into{fresh(), wanted};
        emit({.op = Op::text_of_member, .a = into.at, .b = from.at, .d = index_of(from.shape)});
        return into;
    }
    if (given == wanted->kind && given != TypeKind::list && given != TypeKind::map && given != TypeKind::optional &&
        given != TypeKind::record && (given != TypeKind::enumeration || from.shape->set == wanted->set))
        return from;
    if (given == wanted->kind && from.shape->type == wanted->type) return from;
    return refused(to_string(from.shape->type) + " as " + to_string(wanted->type));
}

Lowering::Operand Lowering::lower(const Expr& e) {
    ++steps_;
    if (!refused_.empty()) return {0, shape_of(Type::of(TypeKind::boolean))};
    if (e.type.moving && counts_business(e.type)) return refused("business time that moves");
    switch (e.kind) {
        case ExprKind::literal:
            return literal(e);
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
        case ExprKind::has: {
            ++steps_;
            return member(lower(*e.args[0]->args[0]), *e.args[0], ReadMode::has);
        }
        case ExprKind::comprehension:
            return comprehension(e);
        case ExprKind::bind:
            return bind(e);
    }
    return refused("an unknown kind of expression");
}

Lowering::Operand Lowering::literal(const Expr& e) {
    return constant(e.value, shape_of(e.type));
}

Lowering::Operand Lowering::recall(std::uint32_t memo, const Type& type) {
    const std::uint32_t code = program_.memos[memo].routine;
    if (refused_routines_.contains(code)) refuse(refused_routines_.at(code));
    const Instruction recalled{.op = Op::recall, .d = memo};
    if (known(recalled) == nullptr) {
        if (only_reads(code)) {  // again takes no longer than finding it where it is kept
            const auto& reads = units_[code].code;
            for (std::size_t i = 0; i + 1 < reads.size(); ++i) emit(reads[i]);
            steps_ += program_.routines[code].steps;
        } else {
            emit(recalled);
        }
        const bool rests = !program_.memos[memo].drops_basis && program_.routines[code].rests;
        known_.push_back({recalled, unit_->code.size() - 1, rests});
    }
    Operand value{program_.routines[code].result, shape_of(type)};
    value.shared = true;
    if (program_.memos[memo].moves) value.moving = moving_of(type);
    return value;
}

/// A routine that reads one or two facts and gives what it read.
bool Lowering::only_reads(std::uint32_t routine) const {
    constexpr std::size_t most_reads = 2;
    const auto& code = units_[routine].code;
    return code.size() >= 2 && code.size() <= most_reads + 1 &&
           std::all_of(code.begin(), code.end() - 1,
                       [](const Instruction& i) { return i.op == Op::fact || i.op == Op::load; }) &&
           code[code.size() - 2].a == program_.routines[routine].result;
}

/// Of a let, or of a definition where there is no decision.
void Lowering::count_reading(const Decision* of, std::size_t index) {
    Reading& reading = readings_[{of, index, frame_->level}];
    ++reading.places;
    const Decision* const reader = frame_->decision;
    const bool outlasts_reader = of == nullptr && reader != nullptr;
    const bool reader_comes_again = outlasts_reader && (reader->has_arguments() || reader->each || reader->pick);
    reading.again |= walks_ > 0 || reader_comes_again;
}

const Binding* Lowering::read_here(const Expr& e) {
    const bool is_let = e.slot.kind == Slot::Kind::let;
    if (!is_let && e.slot.kind != Slot::Kind::definition) return nullptr;
    if (!read_once_.contains({is_let ? frame_->decision : nullptr, e.slot.index, frame_->level})) return nullptr;
    return is_let ? &frame_->decision->let[e.slot.index] : &model_.define[e.slot.index];
}

Lowering::Operand Lowering::name(const Expr& e) {
    if (const Binding* const binding = read_here(e)) {
        Frame frame;
        frame.level = frame_->level;
        return lower(binding->value, e.slot.kind == Slot::Kind::let ? *frame_ : frame);
    }
    const std::size_t index = e.slot.index;
    const auto shared = [](Operand of) {
        of.shared = true;
        return of;
    };
    switch (e.slot.kind) {
        case Slot::Kind::local:
            if (frame_->level > 0 && locals_[index].moving != Moving::none)
                return refused("the instant of decision within `before`");
            return shared(locals_[index]);
        case Slot::Kind::bound:
            return shared(frame_->bound[index]);
        case Slot::Kind::outcome:
            return shared(*frame_->made);
        case Slot::Kind::let:
            count_reading(frame_->decision, index);
            return recall(memo_of_let(index, *frame_), frame_->decision->let[index].type);
        case Slot::Kind::parameter:
            return constant(model_.parameters[index].value, shape_of(model_.parameters[index].type));
        case Slot::Kind::definition:
            count_reading(nullptr, index);
            return recall(memo_of_definition(index, frame_->level), model_.define[index].type);
        case Slot::Kind::decision:
            return recall(memo_of_decision(index, frame_->level), model_.decisions[index]->type);
        case Slot::Kind::fact: {
            const Field& fact = model_.schema->facts.fields[index];
            const Shape* const shape = shape_of(fact.type);
            if (fact.name != "at") return read({.op = Op::fact, .d = field_index(model_.schema->facts, index)}, shape);
            Operand into = read({.op = Op::now}, shape);
            if (frame_->level > 0) return into;
            into.moving = Moving::instant;
            into.is_now = true;
            return into;
        }
        case Slot::Kind::unknown:
        case Slot::Kind::part:
            break;
    }
    return refused("the name " + e.name);
}

/// How a field reads that is not there, where that is no record.
Datum Lowering::absent_field(const Field& field, const Shape& shape) {
    if (field.absent) return Datum::of(std::int64_t{*field.absent});
    if (!field.absent_empty) return Datum::none();
    if (shape.kind == TypeKind::list) return *datum_of(Value::list({}), shape);
    if (shape.kind == TypeKind::map) return *datum_of(Value::map({}), shape);
    return Datum::none();
}

/// The place of a field in its record's layout.
std::uint32_t Lowering::place_of(const RecordType& record, std::size_t field) {
    return program_.fields[field_index(record, field)].place;
}

std::uint32_t Lowering::field_index(const RecordType& record, std::size_t field) {
    const auto key = std::pair(&record, field);
    const auto found = field_reads_.find(key);
    if (found != field_reads_.end()) return found->second;
    const Field& declared = record.fields[field];
    RecordLayout* const layout = layout_of(record);
    if (const auto now = field_reads_.find(key); now != field_reads_.end()) return now->second;
    const auto index = static_cast<std::uint32_t>(program_.fields.size());
    field_reads_.emplace(key, index);
    program_.fields.emplace_back();
    const auto place = static_cast<std::uint32_t>(layout->fields.size());
    layout->fields.push_back(index);
    program_.fields[index].place = place;  // for those that are looked up below
    FieldRead read;
    read.layout = layout;
    read.place = place;
    read.field = static_cast<std::uint32_t>(field);
    read.shape = shape_of(declared.type);
    read.happens = declared.happens;
    if (declared.dated_by >= 0)
        read.dated_by = static_cast<int>(place_of(record, static_cast<std::size_t>(declared.dated_by)));
    read.exists = exists_of(unwrapped(declared.type));
    read.dated = read.happens || read.dated_by >= 0 || read.exists != FieldRead::Exists::always;
    read.absent = absent_field(declared, *read.shape);
    if (declared.checked && declared.type.kind == TypeKind::string) {
        const RecordType& facts = model_.schema->facts;
        read.known_in = static_cast<int>(place_of(facts, static_cast<std::size_t>(facts.find(declared.one_of))));
    }
    const bool reads_as_record = declared.absent_empty && read.shape->kind == TypeKind::record;
    if (reads_as_record) empty_records_.emplace_back(index, read.shape->record);
    program_.fields[index] = read;
    return index;
}

Lowering::Operand Lowering::select(const Expr& e) {
    if (e.slot.kind != Slot::Kind::part && e.slot.kind != Slot::Kind::unknown) return name(e);
    const Operand of = lower(*e.args[0]);
    const bool optional = e.optional || of.shape->kind == TypeKind::optional;
    return member(of, e, optional ? ReadMode::optional : ReadMode::needed);
}

Lowering::Operand Lowering::member(Operand of, const Expr& e, ReadMode mode) {
    if (!refused_.empty()) return of;
    const Type& type = unwrapped(of.shape->type);
    const Shape* const shape = shape_of(mode == ReadMode::has ? Type::of(TypeKind::boolean) : e.type);
    if (type.kind == TypeKind::map && type.args[0].kind == TypeKind::string) {
        const Operand key = constant(Value::string(e.name), shape_of(type.args[0]));
        const Operand into{fresh(), shape};
        if (mode == ReadMode::has) {
            emit({.op = Op::in_map, .a = into.at, .b = key.at, .c = of.at});
        } else {
            emit({.op = Op::entry,
                  .a = into.at,
                  .b = of.at,
                  .c = key.at,
                  .d = index_of(shape_of(type.args[1])),
                  .e = mode == ReadMode::optional ? 1u : 0u});
        }
        return into;
    }
    if (type.kind != TypeKind::record) return refused("a part of " + to_string(type));
    const int field = type.record->find(e.name);
    if (field < 0) return refused("the field " + e.name);
    const Type& declared = type.record->fields[static_cast<std::size_t>(field)].type;
    if (mode != ReadMode::has && e.type.kind == TypeKind::optional && declared.kind == TypeKind::optional)
        return refused("an optional field through an optional");
    if (mode == ReadMode::has && type.record->is_outcome && declared.kind == TypeKind::optional)
        return refused("whether there is an optional field");  // which may be there and hold nothing
    const auto mode_number = static_cast<Register>(mode);
    if (type.record->is_outcome) {
        const Instruction part{.op = Op::part, .b = of.at, .c = mode_number, .d = static_cast<std::uint32_t>(field)};
        const bool is_in_making = frame_->made && frame_->made->at == of.at;
        return is_in_making ? read_again(part, shape) : read(part, shape);
    }
    const std::uint32_t index = field_index(*type.record, static_cast<std::size_t>(field));
    return read({.op = Op::load, .b = of.at, .c = mode_number, .d = index}, shape);
}

Lowering::Operand Lowering::index(const Expr& e) {
    const Operand of = lower(*e.args[0]);
    if (!refused_.empty()) return of;
    const Type& type = unwrapped(of.shape->type);
    const bool optional = e.optional || of.shape->kind == TypeKind::optional;
    if (type.kind != TypeKind::list && type.kind != TypeKind::map) return refused("an element of " + to_string(type));
    const bool is_list = type.kind == TypeKind::list;
    const Type& part = is_list ? type.args[0] : type.args[1];
    if (optional && part.kind == TypeKind::optional) return refused("an optional element through an optional");
    if (!is_list && type.args[0].kind != TypeKind::string) return refused("a map whose keys are not texts");
    const Shape* const key_shape = shape_of(is_list ? Type::of(TypeKind::integer) : type.args[0]);
    const Operand key = lower_as(*e.args[1], key_shape);
    const Operand into = temporary(e.type);
    emit({.op = is_list ? Op::at_index : Op::entry,
          .a = into.at,
          .b = of.at,
          .c = key.at,
          .d = index_of(shape_of(part)),
          .e = optional ? 1u : 0u});
    return into;
}

Lowering::Operand Lowering::list(const Expr& e) {
    if (e.args.empty()) return refused("an empty list of nothing known");
    const Shape* const shape = shape_of(e.type);
    if (!refused_.empty()) return refused({});
    const Operand into{fresh(), shape};
    const std::uint32_t number = next_list();
    const std::size_t begin = unit_->code.size();
    std::vector<Operand> items;
    emit({.op = Op::make, .d = number});
    bool known = true;
    for (std::size_t i = 0; i < e.args.size(); ++i) {
        const bool optional = i < e.optionals.size() && e.optionals[i];
        const Shape* const wanted = optional ? shape_of(Type::optional(shape->part->type)) : shape->part;
        const Operand item = lower_as(*e.args[i], wanted);
        known = known && item.known != nullptr && !optional;
        if (optional) {
            const std::size_t absent = emit_jump(Op::jump_unless_ok, item.at);
            emit({.op = Op::put, .b = item.at, .d = number});
            land(absent);
        } else {
            emit({.op = Op::put, .b = item.at, .d = number});
        }
        items.push_back(item);
    }
    const bool looks_at_nothing = unit_->code.size() == begin + 1 + items.size();
    if (known && looks_at_nothing && refused_.empty()) {
        auto* const cells = program_.arena.room<Datum>(items.size());
        auto* const made = program_.arena.make<Items>(1);
        made->cells = cells;
        for (const Operand& item : items) {
            cells[made->count++] = *item.known;
            made->written_bytes += 16 + item.known->length;
        }
        unit_->code.resize(begin);  // what was begun is not needed
        std::erase_if(known_, [&](const Known& k) { return k.at >= begin; });
        count_constant(made->count * sizeof(Value));
        return constant(Datum::of(static_cast<const Items*>(made)), shape);
    }
    emit({.op = Op::made, .a = into.at, .d = number, .e = index_of(shape->part)});
    return into;
}

/// Only of what is written out.
Lowering::Operand Lowering::map(const Expr& e) {
    Map map;
    for (std::size_t i = 0; i + 1 < e.args.size(); i += 2) {
        const bool literal = e.args[i]->kind == ExprKind::literal && e.args[i + 1]->kind == ExprKind::literal;
        if (!literal) return refused("a map made on the way");
        map.entries.emplace_back(e.args[i]->value, e.args[i + 1]->value);
        steps_ += 2;
    }
    if (!map.index()) return refused("a map with a key twice");
    count_constant(map.entries.size() * 2 * sizeof(Value));
    return constant(Value::map(std::move(map)), shape_of(e.type));
}

Lowering::Operand Lowering::bind(const Expr& e) {
    locals_.push_back(lower(*e.args[0]));
    const Operand result = lower(*e.args[1]);
    locals_.pop_back();
    return result;
}

Lowering::Operand Lowering::optional_map(const Expr& e) {
    const Operand range = lower(*e.args[0]);
    const Operand into = temporary(e.type);
    if (!refused_.empty()) return into;
    if (range.shape->kind != TypeKind::optional) return refused("optMap of no optional");
    emit({.op = Op::move, .a = into.at, .b = range.at});
    const std::size_t absent = emit_jump(Op::jump_unless_ok, range.at);
    locals_.push_back({range.at, range.shape->part});
    const bool wraps = e.macro == Macro::opt_map;
    const Operand body = wraps ? lower_as(*e.args[1], into.shape->part) : lower_as(*e.args[1], into.shape);
    locals_.pop_back();
    put_into(into.at, body);
    land(absent);
    return into;
}

Lowering::Walk Lowering::begin_walk(const Operand& range, Register element) {
    Walk walk;
    const Register place = fresh();
    const bool over_map = range.shape->kind == TypeKind::map;
    walk.loop = emit({.op = Op::loop, .a = place, .b = range.at, .e = over_map ? 1u : 0u});
    walk.next = emit({.op = Op::next, .a = place, .c = element});
    walk.steps = std::exchange(steps_, 1);
    landed_ = here();
    ++walks_;
    return walk;
}

/// Its `next` jumps from here on, at the end; what was passed over goes on with the next element.
void Lowering::end_walk(const Walk& walk, const Labels& passed_over) {
    for (const std::size_t jump : passed_over) unit_->code[jump].d = static_cast<std::uint32_t>(walk.next);
    jump_to(static_cast<std::uint32_t>(walk.next));
    unit_->code[walk.loop].d = std::exchange(steps_, walk.steps);
    --walks_;
}

/// The macros: a loop with a body of its own, and what each does with the body's value.
Lowering::Operand Lowering::comprehension(const Expr& e) {
    if (e.macro == Macro::opt_map || e.macro == Macro::opt_flat_map) return optional_map(e);
    if (e.macro == Macro::transform_map) return refused("transformMap");
    if (e.vars.size() == 1 && (e.macro == Macro::all || e.macro == Macro::exists)) return value_of_branch(e);
    const Operand range = lower(*e.args[0]);
    if (!refused_.empty()) return range;
    const bool over_map = range.shape->kind == TypeKind::map;
    if (!over_map && range.shape->kind != TypeKind::list) return refused("a walk over " + to_string(range.shape->type));
    if (e.vars.size() != 1) return refused("a macro of two variables");

    const Operand into = temporary(e.type);
    const Operand element{fresh(), over_map ? range.shape->key : range.shape->part};
    const Shape* const whole_number = shape_of(Type::of(TypeKind::integer));
    const Operand one = constant(Value::integer(1), whole_number);
    const Operand count{fresh(), whole_number};
    const bool lists = e.macro != Macro::exists_one;
    const std::uint32_t made = lists ? next_list() : 0;
    const std::uint32_t keys = e.macro == Macro::sort_by ? next_list() : 0;

    if (lists) emit({.op = Op::make, .d = made});
    if (e.macro == Macro::sort_by) emit({.op = Op::make, .d = keys});
    if (!lists) emit({.op = Op::move, .a = count.at, .b = constant(Value::integer(0), whole_number).at});
    const Walk walk = begin_walk(range, element.at);
    locals_.push_back(element);
    Labels passed_over;
    const auto only_where = [&](const Expr& condition) {
        jump_if(branch(condition, false, passed_over), false, passed_over);
    };
    const Shape* key_shape = nullptr;
    switch (e.macro) {
        case Macro::exists_one:
            only_where(*e.args[1]);
            emit({.op = Op::add, .a = count.at, .b = count.at, .c = one.at});
            break;
        case Macro::filter:
            only_where(*e.args[1]);
            emit({.op = Op::put, .b = element.at, .d = made});
            break;
        case Macro::map:
        case Macro::transform_list:
            if (e.args.size() == 3) only_where(*e.args[1]);
            emit({.op = Op::put, .b = lower_as(*e.args.back(), into.shape->part).at, .d = made});
            break;
        case Macro::sort_by: {
            const Operand key = lower(*e.args[1]);
            key_shape = key.shape;
            emit({.op = Op::put, .b = key.at, .d = keys});
            emit({.op = Op::put, .b = element.at, .d = made});
            break;
        }
        default:
            return refused("this macro");
    }
    locals_.pop_back();
    end_walk(walk, passed_over);
    land(walk.next);
    if (key_shape != nullptr) {
        if (!orders(*key_shape)) refuse("sorting by " + to_string(key_shape->type));
        emit({.op = Op::sort, .c = static_cast<Register>(index_of(key_shape)), .d = made, .e = keys});
    }
    if (lists) {
        emit({.op = Op::made, .a = into.at, .d = made, .e = index_of(into.shape->part)});
    } else {
        emit({.op = Op::equal, .a = into.at, .b = count.at, .c = one.at});
    }
    return into;
}

}  // namespace praxe
