// Fields that are there, each as its number and its value: whole numbers in as few bytes as they need, members of
// closed sets by their number, texts with their length. A record ends with the number 0.
#include "facts/packed_record.hpp"

#include <algorithm>
#include <bit>
#include <functional>

#include "facts/packed_bytes.hpp"
#include "facts/scalar.hpp"

namespace praxe {
namespace {

/// Small numbers of either sign as small numbers without one.
std::uint64_t folded(std::int64_t number) {
    return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
}
std::int64_t unfolded(std::uint64_t number) {
    return static_cast<std::int64_t>((number >> 1) ^ (0 - (number & 1)));
}

const std::vector<std::string>& members_of(const Type& type, const Schema& schema) {
    return schema.closed_sets.find(type.name)->second.members;
}

/// The types whose values are whole numbers.
struct Whole {
    TypeKind type;
    Value (*value)(std::int64_t);
};
template <Kind kind>
Value counted(std::int64_t number) {
    return Value::count(kind, number);
}
constexpr Whole wholes[] = {
    {TypeKind::boolean, [](std::int64_t number) { return Value::boolean(number != 0); }},
    {TypeKind::integer, Value::integer},
    {TypeKind::timestamp, [](std::int64_t number) { return Value::timestamp(number); }},
    {TypeKind::date, counted<Kind::date>},
    {TypeKind::money, counted<Kind::money>},
    {TypeKind::percent, counted<Kind::percent>},
    {TypeKind::business_days, counted<Kind::business_days>},
    {TypeKind::calendar_days, counted<Kind::calendar_days>},
    {TypeKind::months, counted<Kind::months>},
    {TypeKind::years, counted<Kind::years>},
};

class Packer {
  public:
    explicit Packer(const Schema& schema) : schema_(schema) {}

    void record(const Record& record) {
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            if (record.fields[i].is_absent()) continue;
            bytes_.number(i + 1);
            value(record.fields[i], record.type->fields[i].type);
        }
        bytes_.number(0);
    }

    std::string take() { return bytes_.take(); }

  private:
    void value(const Value& value, const Type& type) {
        if (type.kind == TypeKind::record) {
            record(value.as_record());
        } else if (type.kind == TypeKind::list) {
            bytes_.number(value.as_list().size());
            for (const Value& item : value.as_list()) this->value(item, type.args[0]);
        } else if (type.kind == TypeKind::map) {
            bytes_.number(value.as_map().entries.size());
            for (const auto& [key, item] : value.as_map().entries) this->value(item, type.args[1]);
        } else if (type.kind == TypeKind::enumeration) {
            const auto& members = members_of(type, schema_);
            bytes_.number(static_cast<std::uint64_t>(std::ranges::find(members, value.as_string()) - members.begin()));
        } else if (type.kind == TypeKind::string) {
            bytes_.text(value.as_string());
        } else if (type.kind == TypeKind::real) {
            bytes_.number(std::bit_cast<std::uint64_t>(value.as_double()));
        } else {
            bytes_.number(folded(value.as_int()));
        }
    }

    const Schema& schema_;
    PackedBytes bytes_;
};

class Unpacker {
  public:
    Unpacker(std::string_view bytes, const Schema& schema) : bytes_(bytes), schema_(schema) {}

    std::shared_ptr<const Record> record(const RecordType& type, std::string path) {
        auto record = std::make_shared<Record>();
        record->type = &type;
        record->path = std::move(path);
        record->fields.resize(type.fields.size());
        while (const std::uint64_t field = bytes_.number()) {
            const Field& declared = type.fields[field - 1];
            const bool has_parts = declared.type.kind == TypeKind::record || declared.type.kind == TypeKind::list ||
                                   declared.type.kind == TypeKind::map;
            record->fields[field - 1] =
                value(declared, declared.type, has_parts ? join_path(record->path, declared.name) : std::string());
        }
        return record;
    }

  private:
    Value value(const Field& field, const Type& type, const std::string& path) {
        if (type.kind == TypeKind::record) return Value::record(record(*type.record, path));
        if (type.kind == TypeKind::list) return Value::list(items(field, type.args[0], path));
        if (type.kind == TypeKind::map) return map(field, type.args[1], path);
        if (type.kind == TypeKind::enumeration) return Value::borrowed(members_of(type, schema_)[bytes_.number()]);
        if (type.kind == TypeKind::string) return Value::string(std::string(bytes_.text()));
        return scalar(type.kind, bytes_.number());
    }

    static Value scalar(TypeKind type, std::uint64_t number) {
        if (type == TypeKind::real) return Value::real(std::bit_cast<double>(number));
        return std::ranges::find(wholes, type, &Whole::type)->value(unfolded(number));
    }

    List items(const Field& field, const Type& element, const std::string& path) {
        List items(bytes_.number());
        for (std::size_t i = 0; i < items.size(); ++i)
            items[i] = value(field, element, path + '[' + std::to_string(i) + ']');
        return items;
    }

    Value map(const Field& field, const Type& element, const std::string& path) {
        const auto key = static_cast<std::size_t>(element.record->find(field.key));
        Map map;
        for (Value& item : items(field, element, path)) {
            Value name = item.as_record().fields[key];
            map.entries.emplace_back(std::move(name), std::move(item));
        }
        map.index();
        return Value::map(std::move(map));
    }

    PackedReader bytes_;
    const Schema& schema_;
};

bool same_fields(const RecordType& a, const RecordType& b) {
    return std::ranges::equal(a.fields, b.fields, [](const Field& x, const Field& y) {
        return x.name == y.name && x.type == y.type && x.key == y.key;
    });
}

template <typename Entries, typename Same>
bool same_by_name(const Entries& a, const Entries& b, const Same& same) {
    return std::ranges::equal(
        a, b, [&](const auto& x, const auto& y) { return x.first == y.first && same(x.second, y.second); });
}

}  // namespace

std::string pack(const Record& record, const Schema& schema) {
    Packer packer(schema);
    packer.record(record);
    return packer.take();
}

std::shared_ptr<const Record> unpack(std::string_view bytes, const RecordType& type, const Schema& schema,
                                     const std::string& path) {
    return Unpacker(bytes, schema).record(type, path);
}

bool same_facts(const Schema& a, const Schema& b) {
    return same_fields(a.facts, b.facts) &&
           same_by_name(a.closed_sets, b.closed_sets,
                        [](const ClosedSet& x, const ClosedSet& y) { return x.members == y.members; }) &&
           same_by_name(a.records, b.records, [](const auto& x, const auto& y) { return same_fields(*x, *y); });
}

}  // namespace praxe
