// Reading a host's objects field by field, and writing outcomes to them.
#include <fmt/format.h>

#include <algorithm>

#include "bind/bound_types.hpp"
#include "case_data.hpp"
#include "facts/host_memory.hpp"
#include "facts/host_value.hpp"
#include "facts/scalar.hpp"

namespace praxe {

Value BoundRecord::read(const Record& record, std::size_t field) const {
    if (bound_as[field] < 0) return Value();
    const BoundField& bound = fields[static_cast<std::size_t>(bound_as[field])];
    const Field& declared = type->fields[field];
    const HostType& held = bound.type.element != nullptr ? *bound.type.element : bound.type;
    const bool members = held.kind == HostType::Kind::enumerator;  // their names were checked when they were bound
    Value raw = bound.read(record.object, FieldReading(*types, record, field));
    return settled(std::move(raw), declared, *types->model->schema, record, members);
}

Case bound_case(const std::shared_ptr<const BoundTypes>& types, std::type_index type, const void* object) {
    const BoundRecord& bound = types->records.find(type)->second;
    return {types->model, std::make_shared<const CaseData>(
                              CaseData{.keeps = types, .reader = &bound, .type = bound.type, .object = object})};
}

HostObject bound_object(const BoundTypes& types, std::type_index type, const void* object) {
    const BoundRecord& bound = types.records.find(type)->second;
    return {types.model.get(), &bound, bound.type, object, &bound};
}

// ------------------------------------------------------------------------------------------------------ FieldReading

FieldReading FieldReading::item(std::size_t index) const {
    FieldReading reading = *this;
    reading.index_ = index;
    return reading;
}

FieldReading FieldReading::copying() const {
    FieldReading reading = *this;
    reading.copies_ = true;
    return reading;
}

std::shared_ptr<List> FieldReading::new_list() const {
    HostMemory* const memory = HostMemory::of(record_);
    return memory != nullptr ? memory->list() : std::make_shared<List>();
}

Value FieldReading::filled(const std::shared_ptr<List>& list) const {
    return shared_value(list);
}

void FieldReading::append_path(std::string& to) const {
    to += record_.path;
    if (!to.empty()) to += '.';
    to += record_.type->fields[field_].name;
    if (index_) fmt::format_to(std::back_inserter(to), "[{}]", *index_);
}

std::string FieldReading::path() const {
    std::string path;
    append_path(path);
    return path;
}

Value FieldReading::enumerator(std::type_index type, std::int64_t value) const {
    const auto& members = types_.members.find(type)->second;
    const auto member = std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.first == value; });
    if (member != members.end()) return Value::borrowed(member->second);
    return refused(fmt::format("holds {}, which Binder::members gave no name", value));
}

Value FieldReading::record(std::type_index type, const void* object) const {
    const BoundRecord& bound = types_.records.find(type)->second;
    HostMemory* const memory = HostMemory::of(record_);
    if (memory == nullptr) return Value::record(host_record(bound, *bound.type, object, path()));
    const std::shared_ptr<Record> record = memory->record(bound, *bound.type, object);
    record->path.clear();
    append_path(record->path);
    return Value::record(record);
}

Value FieldReading::refused(std::string_view why) const {
    const std::string path = this->path();
    return Value::error(Error{Error::Code::range, fmt::format("\"{}\" {}", path, why), path, {}});
}

// ------------------------------------------------------------------------------------------------------ FieldWriting

std::optional<std::int64_t> FieldWriting::enumerator(std::type_index type, const std::string& member) const {
    const auto& members = types_.members.find(type)->second;
    const auto found = std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.second == member; });
    return found == members.end() ? std::nullopt : std::optional(found->first);
}

bool FieldWriting::record(std::type_index type, void* object, const Record& record) const {
    const BoundRecord& bound = types_.records.find(type)->second;
    return std::all_of(bound.fields.begin(), bound.fields.end(), [&](const BoundField& field) {
        const Value& value = record.at(field.field);
        return value.is_absent() || (field.write && field.write(object, value, *this));
    });
}

namespace {

/// Why an answer's outcome is not one record.
std::string not_a_record(const Value& outcome) {
    if (outcome.is(Kind::list)) return "it is a list: Outcome::all_of takes it";
    return "it has no value";
}

}  // namespace

bool write_facts(const BoundTypes& types, std::type_index type, void* object, const Case& facts,
                 Diagnostics& diagnostics) {
    if (facts.model_ != types.model) {
        diagnostics.error({}, "the case was read for another ruleset than the struct was bound to");
        return false;
    }
    if (FieldWriting(types).record(type, object, *facts.data_->record())) return true;
    diagnostics.error({}, "the facts do not fit their structs", "a number or an instant is out of its member's range");
    return false;
}

bool write_outcome(const BoundTypes& types, std::type_index type, void* object, const Value& outcome,
                   const Answer& answer, Diagnostics& diagnostics) {
    const BoundRecord& bound = types.records.find(type)->second;
    const auto refuse = [&](Place place, std::string why, std::string hint = {}) {
        diagnostics.error(std::move(place), fmt::format("no outcome of \"{}\": {}", answer.decision, why),
                          std::move(hint));
        return false;
    };
    if (outcome.is_error()) return refuse(outcome.as_error().fact_place, outcome.as_error().message);
    const Value& record = outcome.is(Kind::optional) && outcome.has_value() ? outcome.as_optional() : outcome;
    if (!record.is(Kind::record)) return refuse({}, not_a_record(record));
    if (record.as_record().type != bound.type) {
        return refuse({}, fmt::format("the struct is bound to \"{}\"", bound.type->name));
    }
    if (FieldWriting(types).record(type, object, record.as_record())) return true;
    return refuse({}, fmt::format("{} does not fit its struct", to_text(record)),
                  "a number or an instant is out of its member's range");
}

}  // namespace praxe
