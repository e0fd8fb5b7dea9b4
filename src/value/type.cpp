// Types: equality, and their texts both ways.
#include "value/type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "value/record_type.hpp"

namespace praxe {
namespace {

struct TypeName {
    std::string_view name;
    TypeKind kind;
    std::size_t args = 0;
};

// The first row of a kind is the one it is printed by.
constexpr std::array type_names = {
    TypeName{"dyn", TypeKind::dyn},
    TypeName{"null_type", TypeKind::null},
    TypeName{"bool", TypeKind::boolean},
    TypeName{"int", TypeKind::integer},
    TypeName{"uint", TypeKind::unsigned_integer},
    TypeName{"double", TypeKind::real},
    TypeName{"string", TypeKind::string},
    TypeName{"bytes", TypeKind::bytes},
    TypeName{"timestamp", TypeKind::timestamp},
    TypeName{"duration", TypeKind::duration},
    TypeName{"date", TypeKind::date},
    TypeName{"money", TypeKind::money},
    TypeName{"percent", TypeKind::percent},
    TypeName{"business_days", TypeKind::business_days},
    TypeName{"business_hours", TypeKind::business_hours},
    TypeName{"calendar_days", TypeKind::calendar_days},
    TypeName{"months", TypeKind::months},
    TypeName{"years", TypeKind::years},
    TypeName{"type", TypeKind::type, 1},
    TypeName{"list", TypeKind::list, 1},
    TypeName{"map", TypeKind::map, 2},
    TypeName{"optional", TypeKind::optional, 1},
    TypeName{"optional_type", TypeKind::optional, 1},
};

class TypeReader {
  public:
    explicit TypeReader(std::string_view text) : rest_(text) {}

    Type read() {
        const std::string_view name = word();
        const auto* row = std::find_if(type_names.begin(), type_names.end(), [&](auto& r) { return r.name == name; });
        if (row == type_names.end()) return named(name);
        Type type = Type::of(row->kind);
        for (std::size_t i = 0; i < row->args && accept(i == 0 ? '(' : ','); ++i) type.args.push_back(read());
        if (!type.args.empty()) accept(')');
        type.args.resize(row->args);  // what is left out is dyn
        return type;
    }

  private:
    /// `<T>`, `T`, or a type of a host's with its arguments.
    Type named(std::string_view name) {
        if (name.starts_with('<') && name.ends_with('>'))
            return Type::param(std::string(name.substr(1, name.size() - 2)));
        if (!accept('(')) return Type::param(std::string(name));
        Type type{TypeKind::opaque, std::string(name), {}, nullptr, false};
        do {
            type.args.push_back(read());
        } while (accept(','));
        accept(')');
        return type;
    }
    std::string_view word() {
        skip_blank();
        const std::size_t end = std::min(rest_.find_first_of("(), "), rest_.size());
        const std::string_view word = rest_.substr(0, end);
        rest_.remove_prefix(end);
        return word;
    }
    bool accept(char c) {
        skip_blank();
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void skip_blank() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }

    std::string_view rest_;
};

}  // namespace

Type Type::record_of(const RecordType& r) {
    return Type{TypeKind::record, record_type_name(r), {}, &r, false};
}

bool operator==(const Type& a, const Type& b) {
    return a.kind == b.kind && a.name == b.name && a.args == b.args;
}

namespace {

std::string written(const Type& type, std::string (*part)(const Type&), std::string_view optional) {
    const auto* row = std::find_if(type_names.begin(), type_names.end(), [&](auto& r) { return r.kind == type.kind; });
    std::string_view name = row == type_names.end() ? "<error>" : row->name;
    if (type.kind == TypeKind::optional) name = optional;
    if (!type.name.empty()) name = type.name;
    std::string args;
    for (const Type& a : type.args) args += (args.empty() ? "" : ", ") + part(a);
    return args.empty() ? std::string(name) : fmt::format("{}({})", name, args);
}

}  // namespace

std::string to_string(const Type& type) {
    return written(type, to_string, "optional");
}

std::string to_cel(const Type& type) {
    return written(type, to_cel, "optional_type");
}

Type parse_type(std::string_view text) {
    return TypeReader(text).read();
}

}  // namespace praxe
