// Conditions: comparisons, logic and quantifiers, as jumps where nobody asks for the value.
#include <algorithm>
#include <array>
#include <utility>

#include "program/lowering.hpp"
#include "value/type_kind.hpp"

namespace praxe {
namespace {

constexpr std::size_t bits = 64;

/// Whole numbers, and members of closed sets by their place.
bool compares_as_number(const Shape& shape) {
    return shape.kind == TypeKind::enumeration || is_whole(shape.kind);
}

bool is_text(const Shape& shape) {
    return shape.kind == TypeKind::string || shape.kind == TypeKind::enumeration;
}

struct ComparisonForm {
    std::string_view name;
    Comparison comparison;
    Comparison mirrored;
    Op op;
    bool swaps;  // its sides for `op`
};
constexpr std::array comparison_forms = {
    ComparisonForm{"_==_", Comparison::equal, Comparison::equal, Op::equal, false},
    ComparisonForm{"_!=_", Comparison::differs, Comparison::differs, Op::differs, false},
    ComparisonForm{"_<_", Comparison::less, Comparison::greater, Op::less, false},
    ComparisonForm{"_<=_", Comparison::at_most, Comparison::at_least, Op::at_most, false},
    ComparisonForm{"_>_", Comparison::greater, Comparison::less, Op::less, true},
    ComparisonForm{"_>=_", Comparison::at_least, Comparison::at_most, Op::at_most, true},
};

const ComparisonForm& form_of(Comparison comparison) {
    return *std::find_if(comparison_forms.begin(), comparison_forms.end(),
                         [&](const ComparisonForm& form) { return form.comparison == comparison; });
}

/// How a test is jumped upon.
struct JumpForm {
    Op test;
    Op where_true, where_false;
    bool swaps_where_false;  // its sides: not (b < c) is c <= b
};
constexpr std::array jump_forms = {
    JumpForm{Op::move, Op::jump_if_true, Op::jump_if_false, false},
    JumpForm{Op::has_value, Op::jump_if_ok, Op::jump_unless_ok, false},
    JumpForm{Op::equal, Op::jump_if_equal, Op::jump_if_differs, false},
    JumpForm{Op::differs, Op::jump_if_differs, Op::jump_if_equal, false},
    JumpForm{Op::less, Op::jump_if_less, Op::jump_if_at_most, true},
    JumpForm{Op::at_most, Op::jump_if_at_most, Op::jump_if_less, true},
    JumpForm{Op::same_text, Op::jump_if_same_text, Op::jump_if_other_text, false},
    JumpForm{Op::other_text, Op::jump_if_other_text, Op::jump_if_same_text, false},
    JumpForm{Op::in_set, Op::jump_if_in_set, Op::jump_unless_in_set, false},
};

const Type boolean_type = Type::of(TypeKind::boolean);

}  // namespace

const Comparison* Lowering::comparison_named(std::string_view name) {
    const auto found =
        std::find_if(comparison_forms.begin(), comparison_forms.end(), [&](const auto& f) { return f.name == name; });
    return found == comparison_forms.end() ? nullptr : &found->comparison;
}

std::size_t Lowering::emit_jump(const Test& test, bool when) {
    const JumpForm& form =
        *std::find_if(jump_forms.begin(), jump_forms.end(), [&](const JumpForm& f) { return f.test == test.op; });
    const bool swaps = !when && form.swaps_where_false;
    return emit(
        {.op = when ? form.where_true : form.where_false, .b = swaps ? test.c : test.b, .c = swaps ? test.b : test.c});
}

Lowering::Operand Lowering::truth(bool of) {
    return constant(Value::boolean(of), shape_of(boolean_type));
}

std::optional<bool> Lowering::branch(const Expression& expression, Frame& frame, bool when, Labels& to) {
    Frame* const around = std::exchange(frame_, &frame);
    const auto locals = std::exchange(locals_, {});
    const std::optional<bool> known = branch(*expression.root, when, to);
    locals_ = locals;
    frame_ = around;
    return known;
}

void Lowering::jump(const Expression& expression, Frame& frame, bool when, Labels& to) {
    jump_if(branch(expression, frame, when, to), when, to);
}

void Lowering::jump_if(std::optional<bool> known, bool when, Labels& to) {
    if (known == when) to.push_back(emit_jump(Op::jump));
}

std::optional<bool> Lowering::branch(const Test& test, bool when, Labels& to) {
    if (!test.known) to.push_back(emit_jump(test, when));
    return test.known;
}

std::optional<bool> Lowering::branch(const Expr& e, bool when, Labels& to) {
    const bool is_operator = e.kind == ExprKind::call && !e.receiver;
    if (is_operator && e.name == "!_") {
        ++steps_;
        const std::optional<bool> known = branch(*e.args[0], !when, to);
        return known ? std::optional(!*known) : std::nullopt;
    }
    if (is_operator && (e.name == "_&&_" || e.name == "_||_")) return logic(e, e.name == "_||_", when, to);
    if (const Binding* const binding = read_here(e)) {
        ++steps_;
        Frame frame;
        frame.level = frame_->level;
        return branch(binding->value, e.slot.kind == Slot::Kind::let ? *frame_ : frame, when, to);
    }
    const bool walks = e.kind == ExprKind::comprehension && e.vars.size() == 1;
    if (walks && e.macro == Macro::exists) return walk(e, true, when, to);
    if (walks && e.macro == Macro::all) return walk(e, false, when, to);
    return branch(test(e), when, to);
}

/// One part that is `decisive` decides all.
std::optional<bool> Lowering::logic(const Expr& e, bool decisive, bool when, Labels& to) {
    ++steps_;
    Labels out;
    Labels& decided = decisive == when ? to : out;
    const std::size_t begin = unit_->code.size();
    std::optional<bool> whole;
    for (std::size_t i = 0; i < e.args.size() && !whole && refused_.empty(); ++i) {
        const bool is_last = i + 1 == e.args.size();
        const std::optional<bool> part = is_last ? branch(*e.args[i], when, to) : branch(*e.args[i], decisive, decided);
        if (part && (*part == decisive || is_last)) whole = part;
    }
    if (whole && unit_->code.size() == begin) return whole;
    if (whole) jump_if(whole, when, to);
    land(out);
    return std::nullopt;
}

/// `exists` and `all`: one element for which the body is `decisive` decides.
std::optional<bool> Lowering::walk(const Expr& e, bool decisive, bool when, Labels& to) {
    ++steps_;
    const Operand range = lower(*e.args[0]);
    if (!refused_.empty()) return std::nullopt;
    const bool over_map = range.shape->kind == TypeKind::map;
    if (!over_map && range.shape->kind != TypeKind::list) {
        refuse("a walk over " + to_string(range.shape->type));
        return std::nullopt;
    }
    const Operand element{fresh(), over_map ? range.shape->key : range.shape->part};
    const Walk walk = begin_walk(range, element.at);
    locals_.push_back(element);
    Labels found;
    jump_if(branch(*e.args[1], decisive, found), decisive, found);
    locals_.pop_back();
    end_walk(walk, {});
    // At the end none has decided.
    if (decisive == when) {
        to.insert(to.end(), found.begin(), found.end());
        land(walk.next);
    } else {
        to.push_back(walk.next);
        land(found);
    }
    return std::nullopt;
}

Lowering::Operand Lowering::value_of(const Test& test) {
    if (test.known) return truth(*test.known);
    const Shape* const shape = shape_of(boolean_type);
    if (test.op == Op::move) return {test.b, shape};
    const Operand into{fresh(), shape};
    emit({.op = test.op, .a = into.at, .b = test.b, .c = test.c});
    return into;
}

Lowering::Operand Lowering::value_of_branch(const Expr& e) {
    const Operand into = temporary(boolean_type);
    Labels other;
    const std::size_t begin = emit({.op = Op::move, .a = into.at, .b = truth(false).at});
    --steps_;  // the expression itself counts once
    if (const std::optional<bool> known = branch(e, false, other)) {
        if (unit_->code.size() == begin + 1) unit_->code.pop_back();
        return truth(*known);
    }
    emit({.op = Op::move, .a = into.at, .b = truth(true).at});
    land(other);
    return into;
}

/// REQUIRES: a boolean.
Lowering::Test Lowering::test(const Expr& e) {
    if (e.kind == ExprKind::call && !e.receiver) {
        if (const Comparison* comparison = comparison_named(e.name)) {
            ++steps_;
            return compare(e, *comparison);
        }
        if (e.name == "@in") return contains(e);
    }
    const bool asks_optional = e.kind == ExprKind::call && e.receiver && e.name == "hasValue" && e.args.size() == 1;
    if (asks_optional && e.args[0]->type.kind == TypeKind::optional) {
        ++steps_;
        return {Op::has_value, lower(*e.args[0]).at};
    }
    const Operand value = lower(e);
    std::optional<bool> known;
    if (value.known != nullptr) known = value.known->whole != 0;
    return {Op::move, value.at, 0, known};
}

Lowering::Test Lowering::compare(const Expr& e, Comparison comparison) {
    const Operand a = lower(*e.args[0]);
    const Operand b = lower(*e.args[1]);
    if (!refused_.empty()) return {};
    const bool moves = a.moving != Moving::none || b.moving != Moving::none;
    const bool alike = a.shape->kind == b.shape->kind;
    const bool texts = is_text(*a.shape) && is_text(*b.shape);
    const bool by_order = comparison != Comparison::equal && comparison != Comparison::differs;
    const bool unsigned_order = by_order && a.shape->kind == TypeKind::unsigned_integer;
    const bool known_how = texts ? !by_order : alike && compares_as_number(*a.shape) && !unsigned_order;
    if (moves || known_how) return compared(a, b, comparison);
    return {Op::move, generic_call(e, {a, b}).at};
}

Lowering::Test Lowering::compared(Operand a, Operand b, Comparison comparison) {
    const ComparisonForm& form = form_of(comparison);
    if (a.moving != Moving::none || b.moving != Moving::none) {
        if (a.moving != Moving::none && b.moving != Moving::none) refuse("two values that move");
        if (a.shape->kind != b.shape->kind) refuse("what moves beside what is of another type");
        const bool first = a.moving != Moving::none;
        const Register into = fresh();
        emit({.op = Op::reaches,
              .a = into,
              .b = first ? a.at : b.at,
              .c = first ? b.at : a.at,
              .d = static_cast<std::uint32_t>(first ? comparison : form.mirrored),
              .e = static_cast<std::uint32_t>(first ? a.moving : b.moving)});
        return {Op::move, into};
    }
    const auto member_or_none = [&](Operand& of, const Operand& other) {  // a text compared with members
        if (of.shape->kind != TypeKind::string || of.known == nullptr || other.shape->kind != TypeKind::enumeration)
            return;
        const auto& members = other.shape->set->members;
        const auto place = std::find(members.begin(), members.end(), of.known->text()) - members.begin();
        const bool is_member = place < static_cast<std::ptrdiff_t>(members.size());
        of = constant(Datum::of(std::int64_t{is_member ? place : -1}), other.shape);
    };
    member_or_none(a, b);
    member_or_none(b, a);
    const bool same_set = a.shape->kind == TypeKind::enumeration && b.shape->kind == TypeKind::enumeration &&
                          a.shape->set == b.shape->set;
    const bool as_texts = !same_set && is_text(*a.shape);
    if (as_texts) {
        const Shape* const text = shape_of(Type::of(TypeKind::string));
        a = coerce(a, text);
        b = coerce(b, text);
    }
    Test test;
    test.op = !as_texts ? form.op : comparison == Comparison::equal ? Op::same_text : Op::other_text;
    test.b = form.swaps ? b.at : a.at;
    test.c = form.swaps ? a.at : b.at;
    if (a.known != nullptr && b.known != nullptr) {
        test.known = as_texts ? (a.known->text() == b.known->text()) == (comparison == Comparison::equal)
                              : compares(a.known->whole, comparison, b.known->whole);
    }
    return test;
}

Lowering::Test Lowering::contains(const Expr& e) {
    ++steps_;
    const auto found = membership(e);
    if (found) return *found;
    return {Op::move, refused_.empty() ? generic_call(e).at : Register{0}};
}

std::optional<Lowering::Test> Lowering::membership(const Expr& e) {
    const Type& range = e.args[1]->type;
    const Type& item = e.args[0]->type;
    if (range.kind == TypeKind::map) {
        if (range.args[0].kind != TypeKind::string) return std::nullopt;
        const Operand key = lower_as(*e.args[0], shape_of(range.args[0]));
        const Operand map = lower(*e.args[1]);
        const Register into = fresh();
        emit({.op = Op::in_map, .a = into, .b = key.at, .c = map.at});
        return Test{Op::move, into};
    }
    const bool same = range.args[0].kind == item.kind && range.args[0].name == item.name;
    const Shape* const shape = shape_of(item);
    const bool comparable = compares_as_number(*shape) || shape->kind == TypeKind::string;
    if (!refused_.empty() || !same || item.moving || !comparable) return std::nullopt;
    const Operand value = lower(*e.args[0]);
    const Operand list = lower_as(*e.args[1], shape_of(Type::list(item)));
    if (list.known != nullptr) {
        std::vector<const Datum*> members;
        for (std::uint32_t n = 0; n < list.known->items->count; ++n) members.push_back(&list.known->items->cells[n]);
        if (const auto test = in_set(value, members)) return test;
    }
    const Register into = fresh();
    emit({.op = Op::in_list, .a = into, .b = value.at, .c = list.at, .d = index_of(shape)});
    return Test{Op::move, into};
}

/// Whether a member of a closed set is one of those; nothing where its places are too many for bits.
std::optional<Lowering::Test> Lowering::in_set(Operand value, const std::vector<const Datum*>& members) {
    if (value.shape->kind != TypeKind::enumeration || value.shape->set->members.size() > bits) return std::nullopt;
    std::uint64_t set = 0;
    for (const Datum* member : members) {
        if (member == nullptr) return std::nullopt;
        if (member->whole >= 0) set |= std::uint64_t{1} << member->whole;
    }
    const Operand kept = constant(Datum::of(static_cast<std::int64_t>(set)), shape_of(Type::of(TypeKind::integer)));
    Test test{Op::in_set, value.at, kept.at};
    if (value.known != nullptr) test.known = (set >> value.known->whole & 1u) != 0;
    return test;
}

}  // namespace praxe
