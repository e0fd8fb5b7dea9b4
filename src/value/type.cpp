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
        if (row == type_names.end()) return Type::param(std::string(name));
        Type type = Type::of(row->kind);
        for (std::size_t i = 0; i < row->args && accept(i == 0 ? '(' : ','); ++i) type.args.push_back(read());
        if (!type.args.empty()) accept(')');
        type.args.resize(row->args);  // what is left out is dyn
        return type;
    }

  private:
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

std::string to_string(const Type& type) {
    if (!type.name.empty()) return type.name;
    const auto* row = std::find_if(type_names.begin(), type_names.end(), [&](auto& r) { return r.kind == type.kind; });
    if (row == type_names.end()) return "<error>";
    std::string args;
    for (const Type& a : type.args) args += (args.empty() ? "" : ", ") + to_string(a);
    return args.empty() ? std::string(row->name) : fmt::format("{}({})", row->name, args);
}

Type parse_type(std::string_view text) {
    return TypeReader(text).read();
}

}  // namespace praxe
