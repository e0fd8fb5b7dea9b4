// Sizes of facts and literals, and what functions make of the sizes of their arguments.
#include "plan/sizes.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <praxe/limits.hpp>
#include <tuple>

#include "value/functions.hpp"

namespace praxe {
namespace {

constexpr std::uint64_t beyond_counting = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t scalar_bytes = 8;
constexpr const EvaluationLimits& limits = decision_limits;

std::uint64_t times(std::uint64_t a, std::uint64_t b) {
    return b != 0 && a > beyond_counting / b ? beyond_counting : a * b;
}

bool is_text(TypeKind kind) {
    return kind == TypeKind::string || kind == TypeKind::bytes || kind == TypeKind::enumeration;
}

bool has_parts(TypeKind kind) {
    return is_text(kind) || kind == TypeKind::list || kind == TypeKind::map || kind == TypeKind::optional ||
           kind == TypeKind::record || kind == TypeKind::dyn || kind == TypeKind::param;
}

}  // namespace

Bound operator+(Bound a, Bound b) {
    if (a.missing != nullptr || b.missing != nullptr) return {beyond_counting, a.missing ? a.missing : b.missing};
    return {a.most > beyond_counting - b.most ? beyond_counting : a.most + b.most};
}

Bound operator*(Bound a, Bound b) {
    const auto is_nothing = [](Bound x) { return x.most == 0 && x.missing == nullptr; };
    if (is_nothing(a) || is_nothing(b)) return {};
    return {times(a.most, b.most), a.missing ? a.missing : b.missing};
}

Bound greater_of(Bound a, Bound b) {
    if (a.missing != nullptr) return a;
    return b.missing != nullptr || b.most > a.most ? b : a;
}

Bound text_bytes(SizeRef text) {
    return {text->bytes.most - std::min(text->bytes.most, scalar_bytes), text->bytes.missing};
}

bool Sizes::Before::operator()(const Size& a, const Size& b) const {
    const auto key = [](const Size& s) {
        return std::tie(s.bytes.most, s.bytes.missing, s.items.most, s.items.missing, s.parts);
    };
    return key(a) < key(b);
}

SizeRef Sizes::kept(Size size) {
    return &*all_.insert(std::move(size)).first;
}

SizeRef Sizes::scalar() {
    if (scalar_ == nullptr) scalar_ = kept({{scalar_bytes}, {}, {}});
    return scalar_;
}

SizeRef Sizes::text(Bound bytes) {
    return kept({Bound{scalar_bytes} + bytes, {}, {}});
}

SizeRef Sizes::list(SizeRef element, Bound items) {
    return list(element, items, Bound{scalar_bytes} + items * element->bytes);
}

SizeRef Sizes::list(SizeRef element, Bound items, Bound bytes) {
    return kept({bytes, items, {element}});
}

SizeRef Sizes::map(SizeRef key, SizeRef value, Bound items) {
    return kept({Bound{scalar_bytes} + items * (key->bytes + value->bytes), items, {key, value}});
}

SizeRef Sizes::optional(SizeRef value) {
    return kept({Bound{scalar_bytes} + value->bytes, {}, {value}});
}

SizeRef Sizes::outcome(std::vector<SizeRef> fields) {
    Bound bytes{2 * scalar_bytes};  // an element that an outcome is made for goes with it
    for (const SizeRef field : fields) bytes = bytes + field->bytes;
    return kept({bytes, {}, std::move(fields)});
}

SizeRef Sizes::of(const Value& value) {
    switch (value.kind()) {
        case Kind::string:
        case Kind::bytes:
            return text({value.as_string().size()});
        case Kind::list: {
            SizeRef element = scalar();
            for (const Value& item : value.as_list()) element = joined(element, of(item));
            return list(element, {value.as_list().size()}, {value.written_bytes()});
        }
        case Kind::map: {
            SizeRef keys = scalar();
            SizeRef values = scalar();
            for (const auto& [key, item] : value.as_map().entries) {
                keys = joined(keys, of(key));
                values = joined(values, of(item));
            }
            return map(keys, values, {value.as_map().entries.size()});
        }
        case Kind::optional:
            return optional(value.has_value() ? of(value.as_optional()) : scalar());
        default:
            return scalar();
    }
}

SizeRef Sizes::of(const Field& field) {
    return of_type(field.type, field);
}

SizeRef Sizes::of_type(const Type& type, const Field& field) {
    const auto declared = [&](std::size_t most) { return most > 0 ? Bound{most} : Bound{beyond_counting, &field}; };
    switch (type.kind) {
        case TypeKind::enumeration: {
            std::size_t longest = 0;
            for (const std::string& member : model_.schema->closed_sets.find(type.name)->second.members)
                longest = std::max(longest, member.size());
            return text({longest});
        }
        case TypeKind::string:
            return text(declared(field.max_bytes));
        case TypeKind::list:
            return list(of_type(type.args[0], field), declared(field.max_items));
        case TypeKind::map: {
            const RecordType* element = type.args[1].record;
            const int key = field.key.empty() ? element->key : element->find(field.key);
            return map(of(element->fields[static_cast<std::size_t>(key)]), of_type(type.args[1], field),
                       declared(field.max_items));
        }
        case TypeKind::record:
            return of_record(*type.record, field);
        default:
            return scalar();
    }
}

/// A record within records of its own type has no bound.
SizeRef Sizes::of_record(const RecordType& type, const Field& field) {
    if (std::find(open_.begin(), open_.end(), &type) != open_.end()) return text({beyond_counting, &field});
    open_.push_back(&type);
    Bound bytes{scalar_bytes};
    for (const Field& part : type.fields) bytes = bytes + of(part)->bytes;
    open_.pop_back();
    return kept({bytes, {}, {}});
}

SizeRef Sizes::anything(const Type& type) {
    switch (type.kind) {
        case TypeKind::list:
            return list(anything(type.args[0]), {limits.max_items}, {limits.max_value_bytes});
        case TypeKind::map:
            return kept(
                {{limits.max_value_bytes}, {limits.max_items}, {anything(type.args[0]), anything(type.args[1])}});
        case TypeKind::optional:
            return optional(anything(type.args[0]));
        case TypeKind::record: {
            if (!type.record->is_outcome) return of_record(*type.record, model_.schema->facts.fields.front());
            std::vector<SizeRef> fields;
            for (const Field& field : type.record->fields) fields.push_back(anything(field.type));
            return kept({{limits.max_value_bytes}, {}, std::move(fields)});
        }
        default:
            return has_parts(type.kind) ? text({limits.max_text_bytes}) : scalar();
    }
}

SizeRef Sizes::part(SizeRef size, std::size_t index) {
    return index < size->parts.size() ? size->parts[index] : scalar();
}

SizeRef Sizes::joined(SizeRef a, SizeRef b) {
    if (a == b) return a;
    Size size{greater_of(a->bytes, b->bytes), greater_of(a->items, b->items), {}};
    const auto& more = a->parts.size() > b->parts.size() ? a->parts : b->parts;
    for (std::size_t i = 0; i < more.size(); ++i) {
        const bool both = i < a->parts.size() && i < b->parts.size();
        size.parts.push_back(both ? joined(a->parts[i], b->parts[i]) : more[i]);
    }
    return kept(std::move(size));
}

// ------------------------------------------------------------------------------------------------------ functions

namespace {

constexpr std::uint64_t double_text_bytes = 400;  // written without an exponent
constexpr std::uint64_t scalar_text_bytes = 40;
constexpr std::uint64_t letter_bytes = 4;
constexpr std::uint64_t phone_number_bytes = 20;
constexpr std::uint64_t max_decimals = 1'000;  // that `format` writes

/// A call whose result is looked for.
struct Made {
    Sizes& sizes;
    const Expr& call;
    std::span<const Expr* const> args;
    std::span<const SizeRef> size;

    SizeRef first() const { return size[0]; }
    Bound bytes(std::size_t arg) const { return text_bytes(size[arg]); }
    SizeRef part(std::size_t arg) const { return sizes.part(size[arg], 0); }
};

SizeRef like_first(const Made& m) {
    return m.first();
}
SizeRef as_text(const Made& m) {
    const TypeKind kind = m.args[0]->type.kind;
    if (is_text(kind)) return m.sizes.text(m.bytes(0));
    return m.sizes.text({kind == TypeKind::real ? double_text_bytes : scalar_text_bytes});
}
SizeRef added(const Made& m) {
    if (m.call.type.kind != TypeKind::list) return m.sizes.text(m.bytes(0) + m.bytes(1));
    return m.sizes.list(m.sizes.joined(m.part(0), m.part(1)), m.size[0]->items + m.size[1]->items,
                        m.size[0]->bytes + m.size[1]->bytes);
}
SizeRef one_of_all(const Made& m) {
    if (m.size.size() == 1) return m.part(0);
    return m.sizes.joined(m.size[0], m.size[1]);
}
SizeRef part_of_first(const Made& m) {
    return m.part(0);
}
SizeRef one_if_any(const Made& m) {
    return m.sizes.optional(m.part(0));
}
SizeRef wrapped(const Made& m) {
    return m.sizes.optional(m.size.empty() ? m.sizes.scalar() : m.first());
}
SizeRef unwrapped(const Made& m) {
    return m.size.size() == 1 ? m.part(0) : m.sizes.joined(m.part(0), m.size[1]);
}
SizeRef either(const Made& m) {
    return m.sizes.joined(m.size[0], m.size[1]);
}
/// As long as the names of all fields on the way.
SizeRef path_text(const Made& m) {
    return m.sizes.anything(m.call.type);
}
SizeRef letter(const Made& m) {
    return m.sizes.text({letter_bytes});
}
SizeRef joined_texts(const Made& m) {
    const Bound between = m.size.size() > 1 ? m.size[0]->items * m.bytes(1) : Bound{};
    return m.sizes.text(m.first()->bytes + between);
}
/// The other text can stand between all letters, and at both ends.
SizeRef replaced(const Made& m) {
    return m.sizes.text(m.bytes(0) + (m.bytes(0) + Bound{1}) * m.bytes(2));
}
SizeRef replaced_matches(const Made& m) {
    return m.sizes.text(m.bytes(0) + (m.bytes(0) + Bound{1}) * m.bytes(2) + m.bytes(0) * m.bytes(2));
}
/// The values of a list of optional values.
SizeRef opened(const Made& m) {
    const SizeRef item = m.part(0);
    return m.sizes.list(m.sizes.part(item, 0), m.first()->items, m.first()->bytes);
}
SizeRef first_match(const Made& m) {
    return m.sizes.optional(m.first());
}
/// A part of an amount for each of the list.
SizeRef parts_of_amount(const Made& m) {
    return m.sizes.list(m.sizes.scalar(), m.size[1]->items);
}
/// Texts that stand in the first one, one behind the other.
SizeRef cut(const Made& m) {
    if (m.args[0]->type.kind == TypeKind::money) return parts_of_amount(m);
    const Bound items = m.bytes(0) + Bound{1};
    return m.sizes.list(m.first(), items, Bound{scalar_bytes} + m.bytes(0) + items * Bound{scalar_bytes});
}
SizeRef twice_as_long(const Made& m) {
    return m.sizes.text(m.bytes(0) * Bound{2} + Bound{letter_bytes});
}
/// Eight bytes can be those of a double; only a precision makes it longer.
SizeRef formatted(const Made& m) {
    const Expr& format = *m.args[0];
    const bool is_precise = format.kind != ExprKind::literal || format.value.as_string().find('.') != std::string::npos;
    return m.sizes.text(m.bytes(0) + m.size[1]->bytes * Bound{double_text_bytes / scalar_bytes} +
                        m.size[1]->items * Bound{is_precise ? max_decimals : 0});
}
SizeRef flat(const Made& m) {
    const SizeRef inner = m.part(0);
    return m.sizes.list(inner->parts.empty() ? inner : inner->parts[0], m.first()->items * inner->items,
                        m.first()->bytes);
}
SizeRef numbers(const Made& m) {
    const Expr& count = *m.args[0];
    const bool is_known = count.kind == ExprKind::literal && count.value.is(Kind::integer) && count.value.as_int() >= 0;
    return m.sizes.list(m.sizes.scalar(), {is_known ? count.value.as_uint() : limits.max_items});
}

/// Of as many places as the first list has elements, in as many groups at most.
SizeRef groups_of_places(const Made& m) {
    const Bound items = m.first()->items;
    return m.sizes.list(m.sizes.list(m.sizes.scalar(), items), items,
                        Bound{scalar_bytes} + items * Bound{2 * scalar_bytes});
}
SizeRef places(const Made& m) {
    return m.sizes.list(m.sizes.scalar(), m.first()->items);
}
SizeRef phone_number(const Made& m) {
    return m.sizes.optional(m.sizes.text({phone_number_bytes}));
}

struct MadeRow {
    std::string_view function;
    SizeRef (*made)(const Made&);
};
constexpr MadeRow made_rows[] = {
    {"_+_", added},
    {"base64.decode", like_first},
    {"base64.encode", twice_as_long},
    {"bytes", like_first},
    {"charAt", letter},
    {"distinct", like_first},
    {"dyn", like_first},
    {"e164", phone_number},
    {"fact_path", path_text},
    {"first", one_if_any},
    {"flatten", flat},
    {"format", formatted},
    {"join", joined_texts},
    {"last", one_if_any},
    {"lists.linked", groups_of_places},
    {"lists.range", numbers},
    {"lists.torn", places},
    {"lowerAscii", like_first},
    {"max", one_of_all},
    {"min", one_of_all},
    {"only", like_first},
    {"optional.none", wrapped},
    {"optional.of", wrapped},
    {"optional.ofNonZeroValue", wrapped},
    {"optional.unwrap", opened},
    {"or", either},
    {"orValue", unwrapped},
    {"percentile", part_of_first},
    {"regex.extract", first_match},
    {"regex.extractAll", cut},
    {"regex.replace", replaced_matches},
    {"replace", replaced},
    {"reverse", like_first},
    {"slice", like_first},
    {"sort", like_first},
    {"split", cut},
    {"string", as_text},
    {"strings.quote", twice_as_long},
    {"substring", like_first},
    {"tranches", parts_of_amount},
    {"trim", like_first},
    {"unwrapOpt", opened},
    {"upperAscii", like_first},
    {"value", unwrapped},
};

const MadeRow* made_row(std::string_view function) {
    const auto* row = std::find_if(std::begin(made_rows), std::end(made_rows),
                                   [&](const MadeRow& r) { return r.function == function; });
    return row == std::end(made_rows) ? nullptr : row;
}

}  // namespace

SizeRef Sizes::made_by(const Expr& call, std::span<const Expr* const> args, std::span<const SizeRef> sizes) {
    if (!has_parts(call.type.kind)) return scalar();
    const MadeRow* row = made_row(call.name);
    return row == nullptr ? anything(call.type) : row->made({*this, call, args, sizes});
}

bool knows_what_is_made(const Overload& row) {
    return !has_parts(row.result.kind) || made_row(row.name) != nullptr;
}

}  // namespace praxe
