// From conditions of the checked tree to tests of whole columns.
#include "columns/block_tests.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <limits>

#include "check/constants.hpp"
#include "columns/bits.hpp"
#include "value/time.hpp"

namespace praxe {
namespace {

using Form = BlockTest::Form;
using From = BlockNumber::From;
using Number = std::optional<std::size_t>;
using Test = std::optional<std::size_t>;

/// Types whose values are whole numbers, or in the order of such, and compared as these.
constexpr std::array comparable{TypeKind::integer,   TypeKind::money,         TypeKind::percent,       TypeKind::date,
                                TypeKind::timestamp, TypeKind::business_days, TypeKind::calendar_days, TypeKind::months,
                                TypeKind::years,     TypeKind::duration,      TypeKind::enumeration,   TypeKind::real};
bool is_comparable(TypeKind kind) {
    return std::find(comparable.begin(), comparable.end(), kind) != comparable.end();
}

struct Comparison {
    std::string_view name;
    Form form;
    bool opposite;
};
constexpr std::array comparisons{
    Comparison{"_==_", Form::equal, false},  Comparison{"_!=_", Form::equal, true},
    Comparison{"_<_", Form::less, false},    Comparison{"_>=_", Form::less, true},
    Comparison{"_>_", Form::greater, false}, Comparison{"_<=_", Form::greater, true},
};

struct Sum {
    std::string_view name;
    TypeKind left, right;
    From from;
    std::int64_t least = std::numeric_limits<std::int64_t>::min();
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
};
constexpr std::array sums{
    Sum{"_+_", TypeKind::integer, TypeKind::integer, From::sum},
    Sum{"_-_", TypeKind::integer, TypeKind::integer, From::difference},
    Sum{"_+_", TypeKind::money, TypeKind::money, From::sum},
    Sum{"_-_", TypeKind::money, TypeKind::money, From::difference},
    Sum{"_+_", TypeKind::date, TypeKind::calendar_days, From::sum, min_day, max_day},
    Sum{"_-_", TypeKind::date, TypeKind::calendar_days, From::difference, min_day, max_day},
    Sum{"_-_", TypeKind::date, TypeKind::date, From::difference},
    Sum{"_+_", TypeKind::timestamp, TypeKind::duration, From::sum, min_instant, max_instant},
    Sum{"_-_", TypeKind::timestamp, TypeKind::duration, From::difference, min_instant, max_instant},
    Sum{"_-_", TypeKind::timestamp, TypeKind::timestamp, From::difference},
    Sum{"_*_", TypeKind::integer, TypeKind::integer, From::product},
    Sum{"_*_", TypeKind::integer, TypeKind::money, From::product},
    Sum{"_*_", TypeKind::money, TypeKind::integer, From::product},
};

/// True if a record's fields read as they stand but for what happens; nothing else about it can be an error.
bool is_plain(const Model& model, const RecordType& type) {
    return type.since < 0 && !type.is_outcome && !model.assumptions.contains(&type);
}
bool is_plain(const Field& field) {
    return field.dated_by < 0 && !field.absent_empty && !field.checked;
}

bool is_number(const Value& value) {
    return is_comparable(type_of(value).kind);
}

/// A constant's number, as a value of that type; nothing where it has none.
std::optional<std::int64_t> number_of(const Value& value, TypeKind type, const ClosedSet* set) {
    if (type == TypeKind::enumeration) {
        if (!value.is(Kind::string) || set == nullptr) return std::nullopt;
        const auto found = std::find(set->members.begin(), set->members.end(), value.as_string());
        return found == set->members.end() ? std::nullopt : std::optional<std::int64_t>(found - set->members.begin());
    }
    if (value.is(Kind::real)) return in_order(value.as_double());
    if (value.nanos_below() != 0 || value.motion() != Motion::still) return std::nullopt;
    return value.is(Kind::string) || !is_number(value) ? std::nullopt : std::optional(value.as_int());
}

/// Operands of `&&` within `&&`: their trees are balanced, which says nothing.
void gather(const Expr& e, std::string_view operation, std::vector<const Expr*>& parts) {
    if (e.kind != ExprKind::call || e.receiver || e.name != operation) return parts.push_back(&e);
    for (const ExprPtr& arg : e.args) gather(*arg, operation, parts);
}

template <typename T>
std::size_t once(std::vector<T>& all, std::map<std::string, std::size_t>& known, std::string key, T one) {
    const auto [found, is_new] = known.try_emplace(std::move(key), all.size());
    if (is_new) all.push_back(std::move(one));
    return found->second;
}

}  // namespace

// ------------------------------------------------------------------------------------------------------ the parts

std::size_t BlockTests::fact(BlockFact fact) {
    std::string key = fmt::format("{}", fmt::join(fact.fields, "."));
    return once(program_.facts, facts_, std::move(key), std::move(fact));
}
std::size_t BlockTests::number(const BlockNumber& n) {
    return once(program_.numbers, numbers_,
                fmt::format("{} {} {} {} {} {}", static_cast<int>(n.from), n.fact, n.constant, n.left, n.right, n.most),
                n);
}
std::size_t BlockTests::test(BlockTest t) {
    std::string key =
        fmt::format("{} {} {} {} {} {}", static_cast<int>(t.form), t.left, t.right, t.fact, t.members, t.parts);
    return once(program_.tests, tests_, std::move(key), std::move(t));
}
std::size_t BlockTests::opposite(std::size_t of) {
    if (program_.tests[of].form == Form::opposite) return program_.tests[of].parts.front();
    return test({.form = Form::opposite, .parts = {of}});
}

// ------------------------------------------------------------------------------------------------------- the facts

/// The fact that a chain of selections reads.
std::optional<BlockFact> BlockTests::fact_of(const Expr& e) const {
    if (e.kind == ExprKind::ident && e.slot.kind == Slot::Kind::fact) {
        const RecordType& facts = model_.schema->facts;
        if (!is_plain(model_, facts)) return std::nullopt;
        return ending({{e.slot.index}, &facts.fields[e.slot.index]});
    }
    if (e.kind != ExprKind::select || e.optional || e.slot.kind != Slot::Kind::part || e.slot.record == nullptr)
        return std::nullopt;
    auto inner = fact_of(*e.args[0]);
    if (!inner || inner->field->type.kind != TypeKind::record) return std::nullopt;
    if (inner->field->type.record != e.slot.record || !is_plain(model_, *e.slot.record)) return std::nullopt;
    inner->fields.push_back(e.slot.index);
    inner->field = &e.slot.record->fields[e.slot.index];
    return ending(*std::move(inner));
}

std::optional<BlockFact> BlockTests::ending(BlockFact fact) const {
    if (!is_plain(*fact.field)) return std::nullopt;
    if (fact.field->type.kind == TypeKind::enumeration)
        fact.set = &model_.schema->closed_sets.find(fact.field->type.name)->second;
    return fact;
}

// ----------------------------------------------------------------------------------------------------- the numbers

const ClosedSet* BlockTests::set_of(const Type& type) const {
    if (type.kind != TypeKind::enumeration) return nullptr;
    return &model_.schema->closed_sets.find(type.name)->second;
}

/// What a name of a definition or `let` stands for.
const Expr& BlockTests::meant(const Expr& e) const {
    const Expr* at = &e;
    while (at->kind == ExprKind::ident) {
        if (at->slot.kind == Slot::Kind::let) {
            at = decision_.let[at->slot.index].value.root.get();
        } else if (at->slot.kind == Slot::Kind::definition) {
            at = model_.define[at->slot.index].value.root.get();
        } else {
            break;
        }
    }
    return *at;
}

/// A text's number is its place among those that it is compared with.
BlockTests::Number BlockTests::text(const Expr& e) {
    auto read = fact_of(meant(e));
    if (!read || read->field->type.kind != TypeKind::string) return std::nullopt;
    return number({.from = From::fact, .fact = fact(*std::move(read))});
}
std::optional<std::int64_t> BlockTests::place_of_text(std::size_t text, const Expr& e) {
    const auto value = constant(meant(e), model_);
    if (!value || !value->is(Kind::string) || value->motion() != Motion::still) return std::nullopt;
    std::vector<std::string>& words = program_.facts[program_.numbers[text].fact].words;
    const auto found = std::find(words.begin(), words.end(), value->as_string());
    const std::int64_t place = found - words.begin();
    if (found == words.end()) words.push_back(value->as_string());
    return place;
}

BlockTests::Number BlockTests::number(const Expr& written, const ClosedSet* set) {
    const Expr& e = meant(written);
    if (const auto value = constant(e, model_)) {
        const bool is_word = value->is(Kind::string);
        const auto found = number_of(*value, is_word ? TypeKind::enumeration : e.type.kind, set);
        return found ? Number(number({.from = From::constant, .constant = *found})) : std::nullopt;
    }
    if (!is_comparable(e.type.kind)) return std::nullopt;
    if (e.kind == ExprKind::ident && e.slot.kind == Slot::Kind::fact &&
        model_.schema->facts.fields[e.slot.index].name == "at") {
        return number({.from = From::at});
    }
    if (auto read = fact_of(e)) return number({.from = From::fact, .fact = fact(*std::move(read))});
    if (e.kind != ExprKind::call || e.receiver || e.args.size() != 2) return std::nullopt;
    const TypeKind left_type = e.args[0]->type.kind, right_type = e.args[1]->type.kind;
    const auto* sum = std::find_if(sums.begin(), sums.end(), [&](const Sum& s) {
        return s.name == e.name && s.left == left_type && s.right == right_type;
    });
    if (sum == sums.end()) return std::nullopt;
    const Number left = number(*e.args[0], nullptr), right = number(*e.args[1], nullptr);
    if (!left || !right) return std::nullopt;
    return number({.from = sum->from, .left = *left, .right = *right, .least = sum->least, .most = sum->most});
}

// ------------------------------------------------------------------------------------------------------- the tests

BlockTests::Test BlockTests::flag(const Expr& e) {
    auto read = fact_of(e);
    if (!read || read->field->type.kind != TypeKind::boolean) return std::nullopt;
    return test({.form = Form::flag, .fact = fact(*std::move(read))});
}

BlockTests::Test BlockTests::compared(const std::string& operation, const Expr& left, const Expr& right) {
    const auto* row =
        std::find_if(comparisons.begin(), comparisons.end(), [&](const Comparison& c) { return c.name == operation; });
    if (row == comparisons.end()) return std::nullopt;
    const TypeKind left_type = meant(left).type.kind, right_type = meant(right).type.kind;
    const ClosedSet* const set =
        set_of(meant(left).type) != nullptr ? set_of(meant(left).type) : set_of(meant(right).type);
    const bool of_texts = left_type == TypeKind::string && right_type == TypeKind::string && row->form == Form::equal;
    if (of_texts) {
        const Test found = compared_texts(left, right);
        return found && row->opposite ? Test(opposite(*found)) : found;
    }
    const bool of_words = set != nullptr && row->form == Form::equal;
    if (!of_words && (left_type != right_type || set != nullptr)) return std::nullopt;
    const Number a = number(left, set), b = number(right, set);
    if (!a || !b || (of_words && differing_sets(left, right))) return std::nullopt;
    const std::size_t found = test({.form = row->form, .left = *a, .right = *b});
    return row->opposite ? opposite(found) : found;
}

/// A fact with a constant.
BlockTests::Test BlockTests::compared_texts(const Expr& left, const Expr& right) {
    const bool is_mirrored = constant(meant(left), model_).has_value();
    const Number number_of_text = text(is_mirrored ? right : left);
    if (!number_of_text) return std::nullopt;
    const auto place = place_of_text(*number_of_text, is_mirrored ? left : right);
    if (!place) return std::nullopt;
    return test(
        {.form = Form::equal, .left = *number_of_text, .right = number({.from = From::constant, .constant = *place})});
}

/// Members of two sets have no order that both share.
bool BlockTests::differing_sets(const Expr& left, const Expr& right) const {
    const ClosedSet *a = set_of(meant(left).type), *b = set_of(meant(right).type);
    return a != nullptr && b != nullptr && a != b;
}

BlockTests::Test BlockTests::among(const Expr& of, const Expr& list) {
    const ClosedSet* const set = set_of(meant(of).type);
    const bool of_texts = meant(of).type.kind == TypeKind::string;
    const Number left = of_texts ? text(of) : number(of, set);
    if (!left || list.kind != ExprKind::list || list.args.empty()) return std::nullopt;
    std::vector<std::int64_t> members;
    for (std::size_t i = 0; i < list.args.size(); ++i) {
        const auto value = constant(*list.args[i], model_);
        const bool sure = i >= list.optionals.size() || !list.optionals[i];
        if (!value || !sure || (set == nullptr && type_of(*value).kind != meant(of).type.kind)) return std::nullopt;
        const auto member =
            of_texts ? place_of_text(*left, *list.args[i]) : number_of(*value, meant(of).type.kind, set);
        if (!member) return std::nullopt;
        members.push_back(*member);
    }
    return one_of(*left, members);
}

/// So many members at a time as are compared at once.
std::size_t BlockTests::one_of(std::size_t left, const std::vector<std::int64_t>& members) {
    std::vector<std::size_t> parts;
    for (auto at = members.begin(); at != members.end();) {
        const auto end = at + std::min<std::ptrdiff_t>(max_members, members.end() - at);
        parts.push_back(test({.form = Form::among, .left = left, .members = {at, end}}));
        at = end;
    }
    return parts.size() == 1 ? parts.front() : test({.form = Form::any, .parts = std::move(parts)});
}

BlockTests::Test BlockTests::together(Form form, const std::vector<const Expr*>& expressions) {
    std::vector<std::size_t> parts;
    for (const Expr* expression : expressions) {
        const Test one = truth(*expression);
        if (!one) return std::nullopt;
        parts.push_back(*one);
    }
    return form == Form::any ? either(parts) : both(std::move(parts));
}

std::size_t BlockTests::both(std::vector<std::size_t> parts) {
    return parts.size() == 1 ? parts.front() : test({.form = Form::all, .parts = std::move(parts)});
}

/// What may equal this constant or that one is among both.
std::size_t BlockTests::either(const std::vector<std::size_t>& tests) {
    std::vector<std::size_t> parts;
    std::map<std::size_t, std::vector<std::int64_t>> equals;  // by the number that is compared
    for (const std::size_t one : tests) {
        const BlockTest& test = program_.tests[one];
        if (test.form == Form::equal && program_.numbers[test.right].from == From::constant) {
            equals[test.left].push_back(program_.numbers[test.right].constant);
        } else {
            parts.push_back(one);
        }
    }
    for (const auto& [left, constants] : equals) {
        const std::size_t right = number({.from = From::constant, .constant = constants.front()});
        parts.push_back(constants.size() == 1 ? test({.form = Form::equal, .left = left, .right = right})
                                              : one_of(left, constants));
    }
    return parts.size() == 1 ? parts.front() : test({.form = Form::any, .parts = std::move(parts)});
}

BlockTests::Test BlockTests::truth(const Expr& written) {
    const Expr& e = meant(written);
    if (const auto value = constant(e, model_); value && value->is(Kind::boolean)) {
        const std::size_t yes = test({.form = Form::yes});
        return value->as_bool() ? yes : opposite(yes);
    }
    if (e.kind == ExprKind::has) return present(*e.args[0]);
    if (e.kind != ExprKind::call) return flag(e);
    if (e.receiver) return std::nullopt;
    if (e.name == "!_") {
        const Test of = truth(*e.args[0]);
        return of ? Test(opposite(*of)) : std::nullopt;
    }
    if (e.name == "@in") return among(*e.args[0], *e.args[1]);
    if (e.name == "_&&_" || e.name == "_||_") {
        std::vector<const Expr*> parts;
        gather(e, e.name, parts);
        return together(e.name == "_&&_" ? Form::all : Form::any, parts);
    }
    if (e.name == "_?_:_") return choice(e);
    return e.args.size() == 2 ? compared(e.name, *e.args[0], *e.args[1]) : std::nullopt;
}

BlockTests::Test BlockTests::choice(const Expr& e) {
    BlockTest made{.form = Form::choice};
    for (const ExprPtr& arg : e.args) {
        const Test one = truth(*arg);
        if (!one) return std::nullopt;
        made.parts.push_back(*one);
    }
    return test(std::move(made));
}

/// True if bits of presence and numbers say all about the field: a list may be wrong in more ways.
bool BlockTests::is_there_or_not(const Field& field) const {
    if (field.absent) return false;
    if (field.type.kind == TypeKind::record) return is_plain(model_, *field.type.record);
    const bool is_scalar = field.type.kind == TypeKind::boolean || field.type.kind == TypeKind::string;
    return is_scalar || is_comparable(field.type.kind);
}

BlockTests::Test BlockTests::present(const Expr& select) {
    auto read = fact_of(select);
    if (!read || read->fields.size() < 2 || !is_there_or_not(*read->field)) return std::nullopt;
    return test({.form = Form::present, .fact = fact(*std::move(read))});
}

// ------------------------------------------------------------------------------------------------------- the rules

/// A cell's values are looked at one after another, the first error ends it: they must be none.
bool BlockTests::are_constant(const std::vector<Expression>& values) const {
    return std::all_of(values.begin(), values.end(),
                       [&](const Expression& value) { return constant(*value.root, model_).has_value(); });
}

BlockTests::Test BlockTests::cell(const Cell& cell) {
    const Expr& column = *cell.column->root;
    const bool is_flag = cell.form == Cell::Form::yes || cell.form == Cell::Form::no;
    if (!is_flag && !are_constant(cell.values)) return std::nullopt;
    switch (cell.form) {
        case Cell::Form::yes:
            return truth(column);
        case Cell::Form::no: {
            const Test of = truth(column);
            return of ? Test(opposite(*of)) : std::nullopt;
        }
        case Cell::Form::compare:
            return compared(cell.comparison, column, *cell.values.front().root);
        case Cell::Form::range: {
            const Test lower = compared(cell.comparison, column, *cell.values.front().root);
            const Test upper = compared(cell.upper_comparison, column, *cell.values.back().root);
            if (!lower || !upper) return std::nullopt;
            return both({*lower, *upper});
        }
        case Cell::Form::one_of: {
            std::vector<std::size_t> parts;
            for (const Expression& value : cell.values) {
                const Test one = compared("_==_", column, *value.root);
                if (!one) return std::nullopt;
                parts.push_back(*one);
            }
            return either(parts);
        }
    }
    return std::nullopt;
}

BlockTests::Test BlockTests::condition(const Condition& condition) {
    switch (condition.form) {
        case Condition::Form::when:
            return truth(*condition.parts.front().root);
        case Condition::Form::unless: {
            const Test of = truth(*condition.parts.front().root);
            return of ? Test(opposite(*of)) : std::nullopt;
        }
        case Condition::Form::any: {
            std::vector<const Expr*> parts;
            for (const Expression& part : condition.parts) parts.push_back(part.root.get());
            return together(Form::any, parts);
        }
        case Condition::Form::cell:
            return cell(*condition.cell);
        case Condition::Form::require:
            break;
    }
    return std::nullopt;
}

std::optional<std::size_t> BlockTests::needed(std::string_view path) {
    BlockFact found;
    const RecordType* type = &model_.schema->facts;
    for (std::string_view rest = path; !rest.empty();) {
        const std::string_view name = rest.substr(0, rest.find('.'));
        rest = name.size() < rest.size() ? rest.substr(name.size() + 1) : std::string_view();
        if (type == nullptr || !is_plain(model_, *type)) return std::nullopt;
        const int index = type->find(name);
        if (index < 0) return std::nullopt;
        found.fields.push_back(static_cast<std::size_t>(index));
        found.field = &type->fields[static_cast<std::size_t>(index)];
        if (!is_plain(*found.field)) return std::nullopt;
        type = found.field->type.record;
    }
    if (found.field == nullptr || !is_there_or_not(*found.field)) return std::nullopt;
    return fact(*ending(std::move(found)));
}

}  // namespace praxe
