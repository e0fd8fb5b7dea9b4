// Reads a vocabulary: closed sets, record types, the facts of a case.
#include "facts/schema.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "document/fields.hpp"
#include "facts/scalar.hpp"
#include "facts/schema_fields.hpp"

namespace praxe {

int RecordType::find(std::string_view field) const {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].name == field) return static_cast<int>(i);
    }
    return -1;
}

std::vector<std::string> RecordType::field_names() const {
    std::vector<std::string> names;
    for (const Field& field : fields) names.push_back(field.name);
    return names;
}

namespace {

class SchemaReader {
  public:
    SchemaReader(Schema& schema, Diagnostics& diagnostics) : schema_(schema), diagnostics_(diagnostics) {}

    void read(const Node& document) {
        Fields top(document, "a vocabulary", diagnostics_);
        if (const auto name = top.need_text("vocabulary")) schema_.name = name->text;
        for (const auto& [name, members] : top.map("closed_sets")) read_closed_set(name, members);
        const auto& records = top.map("records");
        for (const auto& [name, body] : records) declare_record(name);
        const Node* const facts = top.need("facts");
        top.finish();

        FieldsReader fields(schema_, diagnostics_);
        for (const auto& [name, body] : records) {
            if (const auto record = schema_.records.find(name.text.text); record != schema_.records.end()) {
                read_record(body, *record->second, fields);
            }
        }
        schema_.facts.name = "case";
        if (facts) {
            schema_.facts.place = facts->place();
            fields.read(*facts, schema_.facts);
        }
        fields.resolve();
    }

  private:
    /// A name of a type must be a name and not mean another type already.
    bool is_new_type(const Node& name) {
        const std::string& text = name.text.text;
        if (!is_name(text)) {
            diagnostics_.error(name.place(), fmt::format("\"{}\" cannot be the name of a type", text),
                               "a name has letters, digits and _");
            return false;
        }
        if (scalar_kind(text) || schema_.closed_sets.contains(text) || schema_.records.contains(text)) {
            diagnostics_.error(name.place(), fmt::format("\"{}\" is the name of another type already", text));
            return false;
        }
        return true;
    }

    void read_closed_set(const Node& name, const Node& members) {
        if (!is_new_type(name)) return;
        ClosedSet set{name.text.text, {}};
        if (!members.is_list() || members.items.empty()) {
            diagnostics_.error(members.is_list() ? members.place() : name.place(),
                               fmt::format("the closed set \"{}\" must be a list of its members", set.name));
        }
        for (const Node& member : members.items) {
            const auto text = scalar_text(member, fmt::format("a member of \"{}\"", set.name), diagnostics_);
            if (!text) continue;
            if (std::find(set.members.begin(), set.members.end(), text->text) != set.members.end()) {
                diagnostics_.error(text->place(),
                                   fmt::format("\"{}\" is a member of \"{}\" twice", text->text, set.name));
            } else {
                set.members.push_back(text->text);
            }
        }
        schema_.closed_sets.emplace(set.name, std::move(set));
    }

    void declare_record(const Node& name) {
        if (!is_new_type(name)) return;
        auto record = std::make_unique<RecordType>();
        record->name = name.text.text;
        record->place = name.place();
        schema_.records.emplace(record->name, std::move(record));
    }

    void read_record(const Node& body, RecordType& record, FieldsReader& fields) {
        Fields parts(body, fmt::format("the record \"{}\"", record.name), diagnostics_);
        const auto since = parts.text("since");
        const auto key = parts.text("key");
        for (Excerpt& text : parts.texts("assume")) record.assumptions.push_back({std::move(text)});
        const Node* const members = parts.need("fields");
        parts.finish();
        if (members) fields.read(*members, record);
        if (since) record.since = field_of(record, *since, TypeKind::timestamp, "an instant");
        if (key) record.key = field_of(record, *key, TypeKind::string, "text");
    }

    /// The field that `since` or `key` names.
    int field_of(const RecordType& record, const Excerpt& name, TypeKind kind, std::string_view expected) {
        const int index = record.find(name.text);
        if (index < 0) {
            diagnostics_.error(name.place(), fmt::format("\"{}\" has no field \"{}\"", record.name, name.text),
                               suggestion(name.text, record.field_names()));
            return -1;
        }
        const Type& type = record.fields[static_cast<std::size_t>(index)].type;
        if (type.kind == kind || type.kind == TypeKind::error) return index;
        diagnostics_.error(name.place(),
                           fmt::format("\"{}\" must be {}, and it is {}", name.text, expected, to_string(type)));
        return -1;
    }

    Schema& schema_;
    Diagnostics& diagnostics_;
};

}  // namespace

std::unique_ptr<Schema> read_schema(const Node& document, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.size();
    auto schema = std::make_unique<Schema>();
    SchemaReader(*schema, diagnostics).read(document);
    return diagnostics.size() == errors_before ? std::move(schema) : nullptr;
}

}  // namespace praxe
