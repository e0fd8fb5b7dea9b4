// Reads a case: a located document against a vocabulary, to records that know where they stand.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "facts/objections.hpp"
#include "facts/record_part.hpp"
#include "facts/scalar.hpp"
#include "facts/schema.hpp"
#include "facts/schema_fields.hpp"

namespace praxe {
namespace {

using RecordPtr = std::shared_ptr<const Record>;

/// How a value must be written: a map of names to values of known names is written as a list.
Node::Kind written_as(TypeKind kind) {
    if (kind == TypeKind::list || kind == TypeKind::map) return Node::Kind::list;
    return kind == TypeKind::record ? Node::Kind::map : Node::Kind::scalar;
}

/// Whether all that must be there is there.
enum class Extent { whole, part };

class CaseReader {
  public:
    CaseReader(const Schema& schema, Extent extent, Diagnostics& diagnostics)
        : schema_(schema), extent_(extent), diagnostics_(diagnostics) {}

    RecordPtr read(const Node& document) {
        RecordPtr facts = read_record(document, schema_.facts, {});
        for (const Reference& reference : references_) check_reference(reference, *facts);
        return facts;
    }

    RecordPtr read_part(const Node& node, const RecordType& type, const std::string& path) {
        if (node.is_map()) return read_record(node, type, path);
        diagnostics_.error(node.place(), fmt::format("\"{}\" must be a map, not {}", path, name_of(node.kind)));
        return nullptr;
    }

  private:
    /// A text that must be a key of one of the facts; looked up when all of them are read.
    struct Reference {
        const Node* node;
        const Field* field;
    };

    // ------------------------------------------------------------------------------------------- records

    /// REQUIRES: `node` is a map.
    RecordPtr read_record(const Node& node, const RecordType& type, std::string path) {
        auto record = std::make_shared<Record>();
        record->type = &type;
        record->path = std::move(path);
        record->fields.resize(type.fields.size());
        for (const auto& [key, value] : node.entries) {
            const int index = type.find(key.text.text);
            if (index < 0) {
                report_unknown(key, type, record->path);
            } else {
                const auto i = static_cast<std::size_t>(index);
                record->fields[i] = read_field(value, type.fields[i], record->path);
            }
        }
        if (extent_ == Extent::part) return record;
        for (const Field& field : type.fields) {
            if (field.required && !node.find(field.name)) report_missing(node, field, record->path);
        }
        record->count_bytes(record->fields.size());
        return record;
    }

    Value read_field(const Node& node, const Field& field, const std::string& path) {
        if (!has_form(node, field.type, path, field.name)) return Value();
        if (node.is_list()) return read_items(node, field, join_path(path, field.name));
        if (node.is_map()) return Value::record(read_record(node, *field.type.record, join_path(path, field.name)));
        Value value = read_single(node, field.type, path, field.name);
        if (!value.is_absent()) check_bounds(node, value, field, path);
        if (field.checked && value.is(Kind::string)) references_.push_back({&node, &field});
        return value;
    }

    bool has_form(const Node& node, const Type& type, const std::string& path, std::string_view name) {
        const Node::Kind due = written_as(type.kind);
        if (node.kind == due) return true;
        diagnostics_.error(node.place(), fmt::format("\"{}\" must be {}, not {}", join_path(path, name), name_of(due),
                                                     name_of(node.kind)));
        return false;
    }

    // --------------------------------------------------------------------------------------------- lists

    Value read_items(const Node& node, const Field& field, const std::string& path) {
        if (report(node, too_many_items(field, {{}, path}, node.items.size()))) return Value();
        const bool keyed = field.type.kind == TypeKind::map;
        const Type& element = field.type.args[keyed ? 1 : 0];
        List items;
        items.reserve(node.items.size());
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            items.push_back(read_item(node.items[i], element, fmt::format("{}[{}]", path, i)));
            if (element.kind == TypeKind::string && items.back().is(Kind::string))
                report(node.items[i], too_long(field, {{}, path, i}, items.back().as_string().size()));
        }
        const int key = key_of_items(field, element);
        const bool distinct = key < 0 || check_keys(node, items, static_cast<std::size_t>(key), path);
        if (!keyed) return Value::list(std::move(items));
        return distinct ? to_map(std::move(items), static_cast<std::size_t>(key)) : Value();
    }

    Value read_item(const Node& node, const Type& type, std::string path) {
        if (!has_form(node, type, {}, path)) return Value();
        if (node.is_map()) return Value::record(read_record(node, *type.record, std::move(path)));
        return read_single(node, type, {}, path);
    }

    /// No two items may have one key. An item that could not be read, or has no key, is no concern here.
    bool check_keys(const Node& node, const List& items, std::size_t key, const std::string& path) {
        std::vector<std::size_t> order;
        order.reserve(items.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (items[i].is(Kind::record) && items[i].as_record().fields[key].is(Kind::string)) order.push_back(i);
        }
        const auto text = [&](std::size_t i) -> const std::string& {
            return items[i].as_record().fields[key].as_string();
        };
        std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return text(a) < text(b); });
        std::size_t first = 0;
        bool distinct = true;
        for (std::size_t k = 1; k < order.size(); ++k) {
            if (text(order[k]) != text(order[first])) {
                first = k;
                continue;
            }
            distinct = false;
            report_twice(node, items[order[k]].as_record().type->fields[key].name, order[first], order[k], path);
        }
        return distinct;
    }

    /// In order of key, by code points (which UTF-8 sorts like bytes).
    static Value to_map(List items, std::size_t key) {
        const auto text = [&](const Value& item) -> const std::string& {
            return item.as_record().fields[key].as_string();
        };
        std::erase_if(items, [&](const Value& item) {
            return !item.is(Kind::record) || !item.as_record().fields[key].is(Kind::string);
        });
        std::sort(items.begin(), items.end(), [&](const Value& a, const Value& b) { return text(a) < text(b); });
        Map map;
        map.entries.reserve(items.size());
        for (Value& item : items) {
            Value name = item.as_record().fields[key];
            map.entries.emplace_back(std::move(name), std::move(item));
        }
        map.index();
        return Value::map(std::move(map));
    }

    // ------------------------------------------------------------------------------------------- scalars

    /// Absent when it is not of the type.
    Value read_single(const Node& node, const Type& type, const std::string& path, std::string_view name) {
        if (type.kind == TypeKind::enumeration) return read_member(node, type, {path, name});
        auto value = read_scalar(node, type.kind, path, name, diagnostics_);
        return value ? *std::move(value) : Value();
    }

    Value read_member(const Node& node, const Type& type, const FactName& what) {
        if (report(node, not_a_member(schema_, type, what, node.text.text))) return Value();
        const auto& members = schema_.closed_sets.find(type.name)->second.members;
        return Value::borrowed(*std::find(members.begin(), members.end(), node.text.text));
    }

    void check_bounds(const Node& node, const Value& value, const Field& field, const std::string& path) {
        report(node, out_of_bounds(field, {path, field.name}, value, node.text.text));
    }

    void check_reference(const Reference& reference, const Record& facts) {
        const Value& known = facts.fields[static_cast<std::size_t>(schema_.facts.find(reference.field->one_of))];
        report(*reference.node, not_a_key(*reference.field, known, reference.node->text.text));
    }

    // ------------------------------------------------------------------------------------------- reports

    /// True if there was an objection.
    bool report(const Node& node, const std::optional<Objection>& objection) {
        if (objection) diagnostics_.error(node.place(), objection->message, objection->hint);
        return objection.has_value();
    }

    void report_unknown(const Node& key, const RecordType& type, const std::string& path) {
        const std::string owner = path.empty() ? "the case" : fmt::format("\"{}\"", path);
        diagnostics_.error(key.place(), fmt::format("{} has no field \"{}\"", owner, shown(key.text.text)),
                           suggestion(key.text.text, type.field_names()));
    }

    void report_missing(const Node& node, const Field& field, const std::string& path) {
        const std::string owner = path.empty() ? "the case" : fmt::format("\"{}\"", path);
        diagnostics_.error(node.place(), fmt::format("{} needs the field \"{}\"", owner, field.name));
    }

    void report_twice(const Node& list, const std::string& key, std::size_t first, std::size_t again,
                      const std::string& path) {
        const Node& there = *list.items[first].find(key);
        const Node& here = *list.items[again].find(key);
        std::string hint = fmt::format("they are items {} and {}, counted from 0", first, again);
        if (there.source != nullptr) {
            const auto [line, column] = there.source->position(there.span.begin);
            hint = fmt::format("the first stands at line {}, column {}", line, column);
        }
        diagnostics_.error(here.place(),
                           fmt::format("two of \"{}\" have the {} \"{}\"", path, key, shown(here.text.text)),
                           std::move(hint));
    }

    const Schema& schema_;
    Extent extent_;
    Diagnostics& diagnostics_;
    std::vector<Reference> references_;
};

/// The next step of a path: a field's name, or the number between brackets.
struct Step {
    std::string_view name;
    std::optional<std::size_t> index;
};

Step take_step(std::string_view& path) {
    if (path.starts_with('.')) path.remove_prefix(1);
    if (path.starts_with('[')) {
        const std::size_t close = std::min(path.find(']'), path.size());
        std::size_t index = path.size();
        std::from_chars(path.data() + 1, path.data() + close, index);
        path.remove_prefix(std::min(close + 1, path.size()));
        return {{}, index};
    }
    const std::size_t end = std::min(path.find_first_of(".["), path.size());
    const std::string_view name = path.substr(0, end);
    path.remove_prefix(end);
    return {name, std::nullopt};
}

const Node* follow(const Node& node, const Step& step) {
    if (!step.index) return node.find(step.name);
    return *step.index < node.items.size() ? &node.items[*step.index] : nullptr;
}

}  // namespace

Place CaseFacts::place_of(std::string_view path) const {
    const Node* node = &document;
    while (!path.empty()) {
        const Node* const next = follow(*node, take_step(path));
        if (!next) break;
        node = next;
    }
    return node->place();
}

std::optional<CaseFacts> read_case(Node document, const Schema& schema, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.size();
    if (!document.is_map()) {
        diagnostics.error(document.place(), fmt::format("a case is a map of facts, not {}", name_of(document.kind)));
        return std::nullopt;
    }
    auto facts = CaseReader(schema, Extent::whole, diagnostics).read(document);
    if (diagnostics.size() != errors_before) return std::nullopt;
    return CaseFacts{std::move(facts), std::move(document)};
}

std::shared_ptr<const Record> read_record_part(const Node& node, const RecordType& type, const Schema& schema,
                                               const std::string& path, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.size();
    auto record = CaseReader(schema, Extent::part, diagnostics).read_part(node, type, path);
    return diagnostics.size() == errors_before ? record : nullptr;
}

}  // namespace praxe
