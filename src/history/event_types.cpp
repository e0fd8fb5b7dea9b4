// Reads the types of events, each name held against the vocabulary.
#include "history/event_types.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "document/fields.hpp"
#include "facts/objections.hpp"
#include "facts/record_part.hpp"
#include "facts/schema_fields.hpp"

namespace praxe {
namespace {

using Change = EventType::Change;

struct Verb {
    std::string_view name;
    Change change;
};
constexpr Verb verbs[] = {
    {"adds", Change::adds},
    {"changes", Change::changes},
    {"puts", Change::puts},
    {"removes", Change::removes},
};

/// Fields that every event has beside the one that names its subject.
constexpr std::string_view own_fields[] = {"at", "id", "record", "type"};

constexpr std::int64_t most_kept = 1'000'000;

bool is_collection(const Type& type) {
    return type.kind == TypeKind::list || type.kind == TypeKind::map;
}

class TypesReader {
  public:
    TypesReader(const Schema& schema, Diagnostics& diagnostics) : schema_(schema), diagnostics_(diagnostics) {}

    EventTypes read(const Node& document) {
        Fields top(document, "a file of events", diagnostics_);
        if (const auto name = top.need_text("events")) types_.name = name->text;
        if (const auto of = top.need_text("of")) read_subject(*of);
        types_.shared.resize(schema_.facts.fields.size());
        for (const Excerpt& fact : top.texts("shared")) read_shared(fact);
        for (const auto& [path, number] : top.map("keep")) read_keep(path, number);
        const Node* const types = top.need("types");
        if (types != nullptr && types->is_map()) {
            for (const auto& [name, body] : types->entries) read_type(name, body);
        } else if (types != nullptr) {
            diagnostics_.error(types->place(), fmt::format("\"types\" must be a map, not {}", name_of(types->kind)));
        }
        top.finish();
        return std::move(types_);
    }

  private:
    // -------------------------------------------------------------------------------------------- facts

    /// Nothing, and reported, where there is no such fact.
    std::optional<FactPath> read_path(const Excerpt& written) {
        FactPath path{written.text, {}, &schema_.facts, nullptr};
        const RecordType* record = &schema_.facts;
        for (std::size_t begin = 0; begin <= written.text.size();) {
            const std::size_t end = std::min(written.text.find('.', begin), written.text.size());
            const Excerpt step = written.part(begin, end);
            if (record == nullptr) {
                diagnostics_.error(step.place(), fmt::format("\"{}\" is no record, so nothing stands in it",
                                                             written.text.substr(0, begin - 1)));
                return std::nullopt;
            }
            const int field = record->find(step.text);
            if (field < 0) {
                diagnostics_.error(step.place(),
                                   begin == 0 ? fmt::format("there is no fact \"{}\"", step.text)
                                              : fmt::format("\"{}\" has no field \"{}\"",
                                                            written.text.substr(0, begin - 1), step.text),
                                   suggestion(step.text, record->field_names()));
                return std::nullopt;
            }
            path.owner = record;
            path.field = &record->fields[static_cast<std::size_t>(field)];
            path.steps.push_back(static_cast<std::size_t>(field));
            record = path.field->type.record;
            begin = end + 1;
        }
        return path;
    }

    void read_subject(const Excerpt& of) {
        auto path = read_path(of);
        if (!path) return;
        if (path->steps.size() < 2 || path->field->type.kind != TypeKind::string)
            return diagnostics_.error(of.place(), fmt::format("\"{}\" is no text within a fact", of.text),
                                      "write the field that names whom a case is of, as client.id");
        types_.subject = schema_.facts.fields[path->steps.front()].name;
        if (std::ranges::find(own_fields, types_.subject) != std::end(own_fields))
            diagnostics_.error(of.place(), fmt::format("every event has a field \"{}\" already", types_.subject));
        types_.subject_id = *std::move(path);
    }

    void read_shared(const Excerpt& fact) {
        const auto path = read_path(fact);
        if (!path) return;
        if (path->steps.size() > 1)
            return diagnostics_.error(fact.place(), fmt::format("\"{}\" is part of a fact", fact.text),
                                      "facts are shared whole");
        if (fact.text == types_.subject)
            return diagnostics_.error(fact.place(), fmt::format("\"{}\" is what cases differ in", fact.text));
        types_.shared[path->steps.front()] = true;
    }

    void read_keep(const Node& written, const Node& number) {
        Node entry;
        entry.kind = Node::Kind::map;
        entry.entries.emplace_back(written, number);
        auto path = read_path(written.text);
        const auto most = Fields(entry, "\"keep\"", diagnostics_).number(written.text.text, 1, most_kept);
        if (!path || !most) return;
        if (path->field->type.kind != TypeKind::list)
            return diagnostics_.error(written.place(), fmt::format("\"{}\" is no list", written.text.text));
        types_.keep.emplace_back(*std::move(path), static_cast<std::size_t>(*most));
    }

    // -------------------------------------------------------------------------------------------- types

    void read_type(const Node& name, const Node& body) {
        if (!is_name(name.text.text))
            diagnostics_.error(name.place(), fmt::format("\"{}\" cannot be the name of a type", name.text.text),
                               "a name has letters, digits and _");
        EventType type;
        type.name = name.text.text;
        Fields fields(body, fmt::format("the event \"{}\"", type.name), diagnostics_);
        if (const Node* title = fields.take("title")) read_title(*title, type);
        std::optional<Excerpt> target;
        for (const Verb& verb : verbs) {
            const auto path = fields.text(verb.name);
            if (!path) continue;
            if (target)
                diagnostics_.error(path->place(), fmt::format("the event \"{}\" does two things", type.name),
                                   "an event adds, changes, puts or removes one record, and may set others' fields");
            type.change = verb.change;
            target = path;
        }
        const auto by = fields.text("by");
        const auto stamp = fields.text("stamp");
        const auto once = fields.text("once");
        const Node* const with = fields.take("with");
        const auto& set = fields.map("set");
        fields.finish();

        if (!target && set.empty() && body.is_map())
            diagnostics_.error(name.place(), fmt::format("the event \"{}\" does nothing", type.name),
                               "it adds, changes, puts or removes a record, or sets fields");
        if (!target && (by || stamp || once || with != nullptr))
            diagnostics_.error(name.place(), fmt::format("the event \"{}\" has no record", type.name),
                               "it adds, changes, puts or removes one");
        if (target && !read_target(*target, by, type)) return;
        if (target && type.change == Change::removes && (stamp || once || with != nullptr))
            diagnostics_.error(name.place(), fmt::format("the record that \"{}\" removes has no fields", type.name));
        if (stamp && once) diagnostics_.error(once->place(), "a record is stamped by `stamp` or `once`, not by both");
        if (target && (stamp || once)) read_stamp(stamp ? *stamp : *once, once.has_value(), type);
        if (target && with != nullptr) type.with = read_record_part(*with, *type.record, schema_, "with", diagnostics_);
        for (const auto& [path, value] : set) read_set(path, value, type);
        types_.types.emplace(type.name, std::move(type));
    }

    void read_title(const Node& node, EventType& type) {
        Fields languages(node, "\"title\"", diagnostics_);
        for (const std::string_view language : {"pt", "en"}) {
            if (const auto text = languages.need_text(language)) type.title.emplace(language, text->text);
        }
        languages.finish();
    }

    bool read_target(const Excerpt& target, const std::optional<Excerpt>& by, EventType& type) {
        auto path = read_path(target);
        if (!path) return false;
        const Type& holds = path->field->type;
        type.in_list = is_collection(holds);
        const Type& element = type.in_list ? holds.args.back() : holds;
        type.record = element.record;
        if (type.record == nullptr) {
            diagnostics_.error(target.place(),
                               fmt::format("\"{}\" is neither a record nor a list of records", target.text),
                               "fields of records are told with the record, or set");
            return false;
        }
        type.shared = types_.shared[path->steps.front()];
        type.key = type.in_list ? key_of_items(*path->field, element) : -1;
        if (by) read_key(*by, *path, type);
        if (type.in_list && type.key < 0 && !by && type.change != Change::adds) {
            diagnostics_.error(target.place(), fmt::format("nothing tells the records of \"{}\" apart", target.text),
                               "write by: FIELD");
        }
        type.path = *std::move(path);
        return true;
    }

    void read_key(const Excerpt& by, const FactPath& path, EventType& type) {
        const int field = type.record->find(by.text);
        if (!type.in_list || path.field->type.kind == TypeKind::map)
            return diagnostics_.error(by.place(), fmt::format("`by` is for lists, and \"{}\" is none", path.text));
        if (field >= 0 && type.record->fields[static_cast<std::size_t>(field)].type.kind == TypeKind::string) {
            type.key = field;
            return;
        }
        diagnostics_.error(by.place(), fmt::format("\"{}\" is no text that every {} has", by.text, type.record->name),
                           field >= 0 ? "" : suggestion(by.text, type.record->field_names()));
    }

    void read_stamp(const Excerpt& stamp, bool once, EventType& type) {
        type.stamped_once = once;
        type.stamp = type.record->find(stamp.text);
        if (type.stamp >= 0 &&
            type.record->fields[static_cast<std::size_t>(type.stamp)].type.kind == TypeKind::timestamp)
            return;
        std::vector<std::string> known;
        for (const Field& field : type.record->fields) {
            if (field.type.kind == TypeKind::timestamp) known.push_back(field.name);
        }
        diagnostics_.error(stamp.place(), fmt::format("{} has no instant \"{}\"", type.record->name, stamp.text),
                           known.empty() ? "it has none at all" : suggestion(stamp.text, known));
    }

    void read_set(const Node& written, const Node& value, EventType& type) {
        auto path = read_path(written.text);
        if (!path) return;
        const bool shared = types_.shared[path->steps.front()];
        const bool first = type.change == Change::nothing && type.set.empty();
        if (!first && shared != type.shared) {
            return diagnostics_.error(written.place(),
                                      fmt::format("the event \"{}\" is of {}, and \"{}\" is not", type.name,
                                                  type.shared ? "all cases" : "one case", path->text));
        }
        type.shared = shared;
        Node record;
        record.kind = Node::Kind::map;
        record.span = value.span;
        record.source = value.source;
        Node key = written;
        key.text = written.text.part(written.text.text.size() - path->field->name.size(), written.text.text.size());
        record.entries.emplace_back(std::move(key), value);
        const std::string owner = path->text.substr(0, path->text.size() - path->field->name.size());
        const auto part = read_record_part(record, *path->owner, schema_,
                                           owner.substr(0, owner.size() - (owner.empty() ? 0 : 1)), diagnostics_);
        if (part != nullptr) type.set.emplace_back(*path, part->fields[path->steps.back()]);
    }

    const Schema& schema_;
    Diagnostics& diagnostics_;
    EventTypes types_;
};

}  // namespace

std::optional<EventTypes> read_event_types(const Node& document, const Schema& schema, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.size();
    EventTypes types = TypesReader(schema, diagnostics).read(document);
    if (diagnostics.size() != errors_before) return std::nullopt;
    return types;
}

}  // namespace praxe
