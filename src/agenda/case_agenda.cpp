// One case's answer for one person and day.
#include "agenda/case_agenda.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace praxe {
namespace {

struct Wanted {
    const char* field;
    TypeKind type;
};
constexpr std::array outcome_fields{Wanted{"items", TypeKind::list}, Wanted{"capacity", TypeKind::integer},
                                    Wanted{"works", TypeKind::boolean}, Wanted{"away", TypeKind::boolean},
                                    Wanted{"hand_over_to", TypeKind::string}};
constexpr std::array item_fields{Wanted{"id", TypeKind::string},
                                 Wanted{"kind", TypeKind::enumeration},
                                 Wanted{"client", TypeKind::string},
                                 Wanted{"due_at", TypeKind::timestamp},
                                 Wanted{"planned_at", TypeKind::timestamp},
                                 Wanted{"movable_until", TypeKind::date}};
constexpr std::array fact_fields{Wanted{"for", TypeKind::string}, Wanted{"day", TypeKind::date},
                                 Wanted{"capacity", TypeKind::integer}};

const Field* field_of(const RecordType& record, std::string_view name) {
    const int index = record.find(name);
    return index < 0 ? nullptr : &record.fields[static_cast<std::size_t>(index)];
}

template <std::size_t N>
std::string first_missing(const RecordType& record, const std::array<Wanted, N>& wanted) {
    for (const auto& [name, type] : wanted) {
        const Field* field = field_of(record, name);
        if (field == nullptr || field->type.kind != type) return name;
    }
    return {};
}

/// The field's value; absent where the record does not have it.
const Value& get(const Record& record, std::string_view field) {
    static const Value absent{};
    const int index = record.type->find(field);
    return index < 0 ? absent : record.at(static_cast<std::size_t>(index));
}

std::string text(const Record& record, std::string_view field) {
    const Value& value = get(record, field);
    return value.is(Kind::string) ? value.as_string() : std::string();
}

AgendaItem read_item(const Record& record, const Answer& answer, const std::string& title) {
    AgendaItem item;
    item.id = text(record, "id");
    item.kind = text(record, "kind");
    item.client = text(record, "client");
    if (item.client.empty()) item.client = title;
    item.due_at = get(record, "due_at").as_int();
    if (const Value& planned = get(record, "planned_at"); planned.is(Kind::timestamp))
        item.planned_at = planned.as_int();
    if (const Value& until = get(record, "movable_until"); until.is(Kind::date))
        item.movable_until = static_cast<Day>(until.as_int());
    const auto reason = std::find_if(answer.because.begin(), answer.because.end(),
                                     [&](const Because& because) { return because.item == item.id; });
    if (reason == answer.because.end()) return item;
    item.cite = reason->cite;
    item.text = reason->text;
    return item;
}

}  // namespace

Diagnostics lacking_for_agenda(const Ruleset& ruleset) {
    const Model& model = ruleset.model();
    Diagnostics diagnostics;
    const auto lacks = [&](const std::string& what, const std::string& hint) {
        diagnostics.error({}, fmt::format("the ruleset \"{}\" has no {}", ruleset.name(), what), hint);
        return diagnostics;
    };
    const Field* fact = field_of(model.schema->facts, agenda_name);
    if (fact == nullptr || fact->type.record == nullptr)
        return lacks("fact \"agenda\"", "a vocabulary says for whom and for which day: agenda: {for, day, capacity}");
    if (const std::string missing = first_missing(*fact->type.record, fact_fields); !missing.empty())
        return lacks(fmt::format("fact \"agenda.{}\"", missing), "agenda: {for: string, day: date, capacity: int}");
    const Field* people = field_of(model.schema->facts, field_of(*fact->type.record, "for")->one_of);
    if (people == nullptr || people->type.kind != TypeKind::map)
        return lacks("people that \"agenda.for\" is one of", "for?: {is: string, one_of: FACT}");
    const Decision* decision = model.find(agenda_name);
    if (decision == nullptr || decision->has_arguments() || decision->each || decision->pick || decision->collects())
        return lacks("decision \"agenda\" with one outcome", "the guide says what it gives");
    if (const std::string missing = first_missing(decision->outcome, outcome_fields); !missing.empty())
        return lacks(fmt::format("\"{}\" in the outcome of \"agenda\"", missing), "the guide says what it gives");
    const Type& items = field_of(decision->outcome, "items")->type;
    const RecordType* item = items.args.empty() ? nullptr : items.args.front().record;
    const std::string missing = item == nullptr ? "id" : first_missing(*item, item_fields);
    return missing.empty()
               ? diagnostics
               : lacks(fmt::format("\"{}\" in the items of \"agenda\"", missing), "the guide says what it gives");
}

const std::string& people_fact(const Model& model) {
    return field_of(*field_of(model.schema->facts, agenda_name)->type.record, "for")->one_of;
}

std::vector<std::string> people_of(const Model& model, const Record& facts) {
    const Value& people = get(facts, people_fact(model));
    std::vector<std::string> ids;
    if (!people.is(Kind::map)) return ids;
    for (const auto& [id, person] : people.as_map().entries) ids.push_back(id.as_string());
    return ids;
}

std::optional<Day> day_asked(const Record& facts) {
    const Value& agenda = get(facts, agenda_name);
    if (!agenda.is(Kind::record)) return std::nullopt;
    const Value& day = get(agenda.as_record(), "day");
    return day.is(Kind::date) ? std::optional(static_cast<Day>(day.as_int())) : std::nullopt;
}

std::shared_ptr<const Record> asked_for(const Record& facts, const std::string& person, Day day,
                                        std::optional<std::int64_t> capacity) {
    const auto place = static_cast<std::size_t>(facts.type->find(agenda_name));
    auto agenda = std::make_shared<Record>();
    agenda->type = facts.type->fields[place].type.record;
    agenda->fields.resize(agenda->type->fields.size());
    agenda->path = agenda_name;
    const Value& own = facts.at(place);
    if (own.is(Kind::record)) agenda->fields = own.as_record().all();
    const auto set = [&](const char* field, Value value) {
        agenda->fields[static_cast<std::size_t>(agenda->type->find(field))] = std::move(value);
    };
    set("for", Value::string(person));
    set("day", Value::count(Kind::date, day));
    if (capacity) set("capacity", Value::integer(*capacity));
    auto asked = std::make_shared<Record>();
    asked->type = facts.type;
    asked->fields = facts.all();
    asked->path = facts.path;
    asked->fields[place] = Value::record(std::move(agenda));
    return asked;
}

PersonDay read_agenda(const Answer& answer, const std::string& person, const std::string& title) {
    const Record& outcome = answer.outcome.as_record();
    PersonDay day;
    day.person = person;
    day.capacity = static_cast<std::size_t>(std::max<std::int64_t>(0, get(outcome, "capacity").as_int()));
    day.works = get(outcome, "works").is_true();
    day.away = get(outcome, "away").is_true();
    day.hand_over_to = text(outcome, "hand_over_to");
    for (const Value& item : get(outcome, "items").as_list())
        day.items.push_back(read_item(item.as_record(), answer, title));
    return day;
}

}  // namespace praxe
