// Outcomes compared field by field, written as bytes that say all that is shown, and read again.
#include "run/shown.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "facts/packed_bytes.hpp"

namespace praxe {
namespace {

/// The same record as shown, that is without the element that an outcome was made for.
bool same_record(const Model& model, const Record& a, const Record& b) {
    if (a.type != b.type) return false;
    for (std::size_t i = 0; i < model.shown_fields(*a.type); ++i) {
        if (!same_shown(model, a.fields[i], b.fields[i])) return false;
    }
    return true;
}

bool same_map(const Model& model, const Map& a, const Map& b) {
    return std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(),
                      [&](const auto& x, const auto& y) {
                          return identical(x.first, y.first) && same_shown(model, x.second, y.second);
                      });
}

/// Which record type: the bytes are read by who holds the same ruleset.
using TypeBytes = std::array<char, sizeof(std::uintptr_t)>;

/// How the values of a kind are written.
enum class Form { nothing, error, text, record, list, map, optional, real, whole };

Form form_of(Kind kind) {
    switch (kind) {
        case Kind::absent:
        case Kind::null:
            return Form::nothing;
        case Kind::error:
            return Form::error;
        case Kind::string:
        case Kind::bytes:
        case Kind::type:
            return Form::text;
        case Kind::record:
            return Form::record;
        case Kind::list:
            return Form::list;
        case Kind::map:
            return Form::map;
        case Kind::optional:
            return Form::optional;
        case Kind::real:
            return Form::real;
        case Kind::boolean:
        case Kind::integer:
        case Kind::unsigned_integer:
        case Kind::timestamp:
        case Kind::duration:
        case Kind::date:
        case Kind::money:
        case Kind::percent:
        case Kind::business_days:
        case Kind::business_hours:
        case Kind::calendar_days:
        case Kind::months:
        case Kind::years:
            return Form::whole;
    }
    return Form::nothing;
}

/// A value as its kind and what it is made of.
class Writer {
  public:
    explicit Writer(const Model& model) : model_(model) {}

    std::string take() { return out_.take(); }

    void add(const Value& value) {
        out_.number(static_cast<std::uint64_t>(value.kind()));
        switch (form_of(value.kind())) {
            case Form::nothing:
                return;
            case Form::error:
                return error(value.as_error());
            case Form::text:
                return out_.text(value.as_string());
            case Form::record:
                return record(value.as_record());
            case Form::list:
                out_.number(value.as_list().size());
                for (const Value& item : value.as_list()) add(item);
                return;
            case Form::map:
                return map(value.as_map());
            case Form::optional:
                out_.number(value.has_value() ? 1 : 0);
                if (value.has_value()) add(value.as_optional());
                return;
            case Form::real:
                return out_.number(std::bit_cast<std::uint64_t>(value.as_double()));
            case Form::whole:
                out_.number(value.as_uint());
                return out_.number(static_cast<std::uint64_t>(value.nanos_below()));
        }
    }

  private:
    void error(const Error& error) {
        out_.number(static_cast<std::uint64_t>(error.code));
        out_.text(error.message);
        out_.text(error.path);
    }
    void record(const Record& record) {
        const auto type = std::bit_cast<TypeBytes>(record.type);
        out_.raw({type.data(), type.size()});
        const std::size_t shown = model_.shown_fields(*record.type);
        out_.number(shown);
        for (std::size_t i = 0; i < shown; ++i) add(record.at(i));
    }
    void map(const Map& map) {
        out_.number(map.entries.size());
        for (const auto& [key, value] : map.entries) {
            add(key);
            add(value);
        }
    }

    const Model& model_;
    PackedBytes out_;
};

class Reader {
  public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    Value value() {
        const auto kind = static_cast<Kind>(bytes_.number());
        switch (form_of(kind)) {
            case Form::nothing:
                return kind == Kind::null ? Value::null() : Value();
            case Form::error:
                return error();
            case Form::text:
                return text(kind);
            case Form::record:
                return record();
            case Form::list:
                return list();
            case Form::map:
                return map();
            case Form::optional:
                return bytes_.number() == 0 ? Value::optional_none() : Value::optional_of(value());
            case Form::real:
                return Value::real(std::bit_cast<double>(bytes_.number()));
            case Form::whole:
                return whole(kind);
        }
        return Value();
    }

  private:
    Value text(Kind kind) {
        std::string text(bytes_.text());
        if (kind == Kind::bytes) return Value::bytes(std::move(text));
        return kind == Kind::type ? Value::type(std::move(text)) : Value::string(std::move(text));
    }
    Value error() {
        Error error;
        error.code = static_cast<Error::Code>(bytes_.number());
        error.message = bytes_.text();
        error.path = bytes_.text();
        return Value::error(std::move(error));
    }
    Value record() {
        auto record = std::make_shared<Record>();
        TypeBytes type{};
        std::ranges::copy(bytes_.raw(type.size()), type.begin());
        record->type = std::bit_cast<const RecordType*>(type);
        const std::uint64_t shown = bytes_.number();
        for (std::uint64_t i = 0; i < shown; ++i) record->fields.push_back(value());
        record->fields.resize(record->type->fields.size());
        record->count_bytes(shown);
        return Value::record(std::move(record));
    }
    Value list() {
        List list(bytes_.number());
        for (Value& item : list) item = value();
        return Value::list(std::move(list));
    }
    Value map() {
        Map map;
        for (std::uint64_t left = bytes_.number(); left > 0; --left) {
            Value key = value();
            map.entries.emplace_back(std::move(key), value());
        }
        map.index();
        return Value::map(std::move(map));
    }
    Value whole(Kind kind) {
        const auto whole = static_cast<std::int64_t>(bytes_.number());
        const auto below = static_cast<int>(bytes_.number());
        if (kind == Kind::boolean) return Value::boolean(whole != 0);
        if (kind == Kind::integer) return Value::integer(whole);
        if (kind == Kind::unsigned_integer) return Value::unsigned_integer(static_cast<std::uint64_t>(whole));
        if (kind == Kind::timestamp) return Value::timestamp(whole, below);
        if (kind == Kind::duration) return Value::duration(whole, below);
        return Value::count(kind, whole);
    }

    PackedReader bytes_;
};

}  // namespace

bool same_shown(const Model& model, const Value& a, const Value& b) {
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
        case Kind::error:
            return a.as_error().message == b.as_error().message && a.as_error().path == b.as_error().path;
        case Kind::record:
            return same_record(model, a.as_record(), b.as_record());
        case Kind::map:
            return same_map(model, a.as_map(), b.as_map());
        case Kind::optional:
            return a.has_value() == b.has_value() &&
                   (!a.has_value() || same_shown(model, a.as_optional(), b.as_optional()));
        case Kind::list:
            return std::equal(a.as_list().begin(), a.as_list().end(), b.as_list().begin(), b.as_list().end(),
                              [&](const Value& x, const Value& y) { return same_shown(model, x, y); });
        default:
            return identical(a, b);
    }
}

std::string shown_bytes(const Model& model, const Value& outcome) {
    if (outcome.is_absent()) return {};
    Writer writer(model);
    writer.add(outcome);
    return writer.take();
}

Value outcome_of_bytes(std::string_view bytes) {
    return bytes.empty() ? Value() : Reader(bytes).value();
}

}  // namespace praxe
