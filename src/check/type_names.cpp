// The names of types in rulesets: built-in ones, those of the vocabulary, outcomes of decisions, and their lists.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "check/build.hpp"
#include "check/building.hpp"
#include "document/fields.hpp"
#include "facts/schema_fields.hpp"

namespace praxe {
namespace {

struct NamedType {
    std::string_view name;
    TypeKind kind;
};
constexpr std::array named_types{
    NamedType{"bool", TypeKind::boolean},
    NamedType{"int", TypeKind::integer},
    NamedType{"uint", TypeKind::unsigned_integer},
    NamedType{"double", TypeKind::real},
    NamedType{"string", TypeKind::string},
    NamedType{"bytes", TypeKind::bytes},
    NamedType{"timestamp", TypeKind::timestamp},
    NamedType{"duration", TypeKind::duration},
    NamedType{"date", TypeKind::date},
    NamedType{"money", TypeKind::money},
    NamedType{"percent", TypeKind::percent},
    NamedType{"business_days", TypeKind::business_days},
    NamedType{"business_hours", TypeKind::business_hours},
    NamedType{"calendar_days", TypeKind::calendar_days},
    NamedType{"months", TypeKind::months},
    NamedType{"years", TypeKind::years},
};

std::vector<std::string> known_types(const Model& model) {
    std::vector<std::string> names;
    for (const NamedType& named : named_types) names.emplace_back(named.name);
    for (const auto& [name, set] : model.schema->closed_sets) names.push_back(name);
    for (const auto& [name, record] : model.schema->records) names.push_back(name);
    for (const auto& decision : model.decisions) names.push_back(decision->name);
    return names;
}

Type named(const Excerpt& name, const Model& model, Diagnostics& diagnostics) {
    for (const NamedType& known : named_types) {
        if (known.name == name.text) return Type::of(known.kind);
    }
    if (model.schema->closed_sets.contains(name.text)) return Type::enumeration(name.text);
    if (const auto record = model.schema->records.find(name.text); record != model.schema->records.end())
        return Type::record_of(*record->second);
    for (const auto& decision : model.decisions) {
        if (decision->name == name.text) return Type::record_of(decision->outcome);
    }
    diagnostics.error(name.place(), fmt::format("there is no type \"{}\"", name.text),
                      suggestion(name.text, known_types(model)));
    return Type::of(TypeKind::error);
}

/// Where the comma between two type arguments stands; the end where there is none.
std::size_t top_comma(std::string_view text) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        if (depth == 0 && text[i] == ',') return i;
    }
    return text.size();
}

constexpr std::size_t max_type_nesting = 16;  // levels of list(…), map(…) and optional(…)

Type read_nested(const Excerpt& written, std::size_t level, const Model& model, Diagnostics& diagnostics) {
    const Excerpt text = written.trimmed();
    const std::size_t open = text.text.find('(');
    if (open == std::string::npos) return named(text, model, diagnostics);
    if (level == max_type_nesting) {
        diagnostics.error(text.part(0, open).place(),
                          fmt::format("types can be nested {} levels deep at most", max_type_nesting));
        return Type::of(TypeKind::error);
    }
    const std::string outer = text.text.substr(0, open);
    if (text.text.back() == ')') {
        const Excerpt inner = text.part(open + 1, text.text.size() - 1);
        const auto read = [&](const Excerpt& part) { return read_nested(part, level + 1, model, diagnostics); };
        if (outer == "list") return Type::list(read(inner));
        if (outer == "optional") return Type::optional(read(inner));
        const std::size_t comma = top_comma(inner.text);
        if (outer == "map" && comma < inner.text.size())
            return Type::map(read(inner.part(0, comma)), read(inner.part(comma + 1, inner.text.size())));
    }
    diagnostics.error(text.place(), fmt::format("\"{}\" is not a type", text.text),
                      "write list(T), map(K, V) or optional(T)");
    return Type::of(TypeKind::error);
}

}  // namespace

Type read_type(const Excerpt& text, const Model& model, Diagnostics& diagnostics) {
    return read_nested(text, 0, model, diagnostics);
}

bool is_type_name(std::string_view name, const Schema& schema) {
    const bool built_in =
        std::any_of(named_types.begin(), named_types.end(), [&](const NamedType& known) { return known.name == name; });
    return built_in || schema.closed_sets.contains(name) || schema.records.contains(name);
}

Type type_or_members(const Node& node, const std::string& set_name, Model& model, Diagnostics& diagnostics) {
    if (node.is_scalar()) return read_type(node.text, model, diagnostics);
    if (!node.is_list() || node.items.empty()) {
        diagnostics.error(node.place(), "a type is a name, or a list of members");
        return Type::of(TypeKind::error);
    }
    ClosedSet set{set_name, {}};
    for (const Node& member : node.items) {
        const auto text = scalar_text(member, "a member", diagnostics);
        if (!text) continue;
        if (std::find(set.members.begin(), set.members.end(), text->text) != set.members.end()) {
            diagnostics.error(text->place(), fmt::format("the member \"{}\" is listed twice", text->text));
        } else {
            set.members.push_back(text->text);
        }
    }
    model.schema->closed_sets.insert_or_assign(set_name, std::move(set));
    return Type::enumeration(set_name);
}

}  // namespace praxe
