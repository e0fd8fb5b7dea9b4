// Facts after an event: each record on the way to what changes is made anew, all else is shared with the facts before.
#include "history/apply.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "facts/objections.hpp"
#include "facts/scalar.hpp"
#include "run/assumptions.hpp"

namespace praxe {
namespace {

using Change = EventType::Change;
using RecordPtr = std::shared_ptr<const Record>;

std::shared_ptr<Record> empty_record(const RecordType& type, std::string path) {
    auto record = std::make_shared<Record>();
    record->type = &type;
    record->fields.resize(type.fields.size());
    record->path = std::move(path);
    return record;
}

RecordPtr set_at(const Record& record, const std::size_t* step, const std::size_t* last, Value value) {
    auto changed = std::make_shared<Record>(record);
    Value& field = changed->fields[*step];
    if (step == last) {
        field = std::move(value);
    } else if (field.is(Kind::record)) {
        field = Value::record(set_at(field.as_record(), step + 1, last, std::move(value)));
    } else {
        const Field& declared = record.type->fields[*step];
        const auto made = empty_record(*declared.type.record, join_path(record.path, declared.name));
        field = Value::record(set_at(*made, step + 1, last, std::move(value)));
    }
    return changed;
}

/// Absent where a record on the way is not there.
Value fact_at(const Record& record, const FactPath& path) {
    const Record* at = &record;
    for (std::size_t i = 0;; ++i) {
        const Value& field = at->fields[path.steps[i]];
        if (i + 1 == path.steps.size() || !field.is(Kind::record)) return i + 1 == path.steps.size() ? field : Value();
        at = &field.as_record();
    }
}

/// The fields of `above` over those of `base`.
RecordPtr laid_over(const Record& base, const Record& above) {
    auto merged = std::make_shared<Record>(base);
    for (std::size_t i = 0; i < above.fields.size(); ++i) {
        if (!above.fields[i].is_absent()) merged->fields[i] = above.fields[i];
    }
    return merged;
}

List items_of(const Value& collection) {
    if (collection.is(Kind::list)) return collection.as_list();
    List items;
    if (collection.is(Kind::map)) {
        for (const auto& entry : collection.as_map().entries) items.push_back(entry.second);
    }
    return items;
}

/// A map is in order of its keys.
Value collection_of(List items, const EventType& type) {
    if (type.path.field->type.kind == TypeKind::list) return Value::list(std::move(items));
    const auto key = static_cast<std::size_t>(type.key);
    const auto name = [&](const Value& item) -> const Value& { return item.as_record().fields[key]; };
    std::ranges::sort(items, [&](const Value& a, const Value& b) { return name(a).as_string() < name(b).as_string(); });
    Map map;
    for (Value& item : items) {
        Value of = name(item);
        map.entries.emplace_back(std::move(of), std::move(item));
    }
    map.index();
    return Value::map(std::move(map));
}

class Application {
  public:
    Application(const Event& event, const EventTypes& types, const Model& model, const Record& shared,
                Diagnostics& diagnostics)
        : event_(event), type_(*event.type), types_(types), model_(model), shared_(shared), diagnostics_(diagnostics) {}

    RecordPtr to(RecordPtr facts) {
        if (type_.change != Change::nothing) {
            const Value before = fact_at(*facts, type_.path);
            auto after = type_.in_list ? collection_after(before) : record_after(before);
            if (!after) return nullptr;
            facts = with_fact(*facts, type_.path, *std::move(after));
        }
        for (const auto& [path, value] : type_.set) facts = with_fact(*facts, path, value);
        return facts;
    }

  private:
    bool refuse(std::string message, std::string hint = {}) {
        diagnostics_.error(event_.place, std::move(message), std::move(hint));
        return false;
    }

    // ------------------------------------------------------------------------------------------ records

    /// The record that stands alone.
    std::optional<Value> record_after(const Value& before) {
        if (type_.change == Change::removes) return Value();
        if (type_.change == Change::adds && !before.is_absent()) {
            refuse(fmt::format("\"{}\" is there already", type_.path.text));
            return std::nullopt;
        }
        const bool anew = type_.change != Change::changes || before.is_absent();
        return told(anew ? nullptr : &before.as_record());
    }

    /// What the event makes of a record; `before` is null where it is new. Nothing if it cannot be so (reported).
    std::optional<Value> told(const Record* before) {
        const RecordPtr base =
            before != nullptr ? std::make_shared<const Record>(*before) : empty_record(*type_.record, type_.path.text);
        RecordPtr record = base;
        if (type_.with != nullptr) record = laid_over(*record, *type_.with);
        record = laid_over(*record, *event_.record);
        if (type_.stamp >= 0) record = stamped(*record, before);
        const bool fits = is_whole(*record) && fulfils_assumptions(record);
        return fits ? std::optional(Value::record(record)) : std::nullopt;
    }

    RecordPtr stamped(const Record& record, const Record* before) const {
        const auto field = static_cast<std::size_t>(type_.stamp);
        const bool told = !event_.record->fields[field].is_absent();
        const bool stands = type_.stamped_once && before != nullptr && !before->fields[field].is_absent();
        auto stamped = std::make_shared<Record>(record);
        if (!told && !stands) stamped->fields[field] = Value::timestamp(event_.at);
        return stamped;
    }

    // -------------------------------------------------------------------------------------------- lists

    std::optional<Value> collection_after(const Value& before) {
        List items = items_of(before);
        const auto found =
            type_.key < 0 ? items.end()
                          : std::ranges::find_if(
                                items, [&](const Value& item) { return identical(key_in(item.as_record()), key()); });
        if (!may_be_there(found != items.end())) return std::nullopt;
        if (type_.change == Change::removes) {
            items.erase(found);
            return collection_of(std::move(items), type_);
        }
        const bool merges = type_.change == Change::changes;
        auto record = told(merges ? &found->as_record() : nullptr);
        if (!record) return std::nullopt;
        if (found != items.end()) {
            *found = *std::move(record);
        } else {
            items.push_back(*std::move(record));
        }
        if (!shorten(items)) return std::nullopt;
        return collection_of(std::move(items), type_);
    }

    const Value& key() const {
        const auto field = static_cast<std::size_t>(type_.key);
        const Value& told = event_.record->fields[field];
        return told.is_absent() ? type_.with->fields[field] : told;
    }
    const Value& key_in(const Record& record) const { return record.fields[static_cast<std::size_t>(type_.key)]; }

    /// What the event says of a record's being there must be so.
    bool may_be_there(bool is_there) {
        const bool adds = type_.change == Change::adds;
        if (type_.change == Change::puts || is_there != adds) return true;
        return refuse(
            adds ? fmt::format("there is already a \"{}\" in \"{}\"", shown(key().as_string()), type_.path.text)
                 : fmt::format("there is no \"{}\" in \"{}\"", shown(key().as_string()), type_.path.text),
            is_there ? "" : "an event must have added it before");
    }

    /// Lets go of the earliest records where there are more than are kept.
    bool shorten(List& items) {
        for (const auto& [path, most] : types_.keep) {
            if (path.steps != type_.path.steps || items.size() <= most) continue;
            items.erase(items.begin(), items.end() - static_cast<std::ptrdiff_t>(most));
        }
        const auto objection = too_many_items(*type_.path.field, {{}, type_.path.text}, items.size());
        return !objection ||
               refuse(objection->message, fmt::format("keep: {{{}: …}} lets go of the earliest", type_.path.text));
    }

    // ------------------------------------------------------------------------------------------- checks

    /// What must be there is, and texts that must be keys of shared facts are.
    bool is_whole(const Record& record) {
        bool whole = true;
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            const Field& field = record.type->fields[i];
            if (field.required && record.fields[i].is_absent())
                whole = refuse(fmt::format("\"{}\" needs the field \"{}\"", type_.path.text, field.name));
            whole = refers_to_something(field, record.fields[i]) && whole;
            whole = parts_are_whole(record.fields[i]) && whole;
        }
        return whole;
    }
    bool parts_are_whole(const Value& value) {
        if (value.is(Kind::record)) return is_whole(value.as_record());
        bool whole = true;
        if (value.is(Kind::list) || value.is(Kind::map)) {
            for (const Value& item : items_of(value)) whole = parts_are_whole(item) && whole;
        }
        return whole;
    }
    bool refers_to_something(const Field& field, const Value& value) {
        if (!field.checked || !value.is(Kind::string)) return true;
        const auto fact = static_cast<std::size_t>(shared_.type->find(field.one_of));
        if (!types_.shared[fact]) return true;
        const auto objection = not_a_key(field, shared_.fields[fact], value.as_string());
        return !objection || refuse(objection->message, objection->hint);
    }

    bool fulfils_assumptions(const RecordPtr& record) {
        const std::vector<Error> broken = broken_assumptions(model_, record);
        return broken.empty() || refuse(broken.front().message);
    }

    const Event& event_;
    const EventType& type_;
    const EventTypes& types_;
    const Model& model_;
    const Record& shared_;
    Diagnostics& diagnostics_;
};

}  // namespace

RecordPtr with_fact(const Record& record, const FactPath& path, Value value) {
    return set_at(record, path.steps.data(), path.steps.data() + path.steps.size() - 1, std::move(value));
}

RecordPtr apply(const Event& event, const EventTypes& types, const Model& model, const RecordPtr& facts,
                const Record& shared, Diagnostics& diagnostics) {
    return Application(event, types, model, shared, diagnostics).to(facts);
}

}  // namespace praxe
