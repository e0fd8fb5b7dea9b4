// Facts, packed and put together again.
#include "history/cases.hpp"

#include "facts/packed_record.hpp"

namespace praxe {
namespace {

std::shared_ptr<const Record> no_facts(const RecordType& type) {
    auto record = std::make_shared<Record>();
    record->type = &type;
    record->fields.resize(type.fields.size());
    return record;
}

}  // namespace

Cases::Cases(const EventTypes& types, const Model& model)
    : types_(types), model_(model), shared_(pack(*no_facts(model.schema->facts), *model.schema)) {}

Cases::RecordPtr Cases::unpacked(const std::string& packed) const {
    return unpack(packed, model_.schema->facts, *model_.schema, {});
}

std::optional<std::string> Cases::after(const Event& event, Diagnostics& diagnostics) const {
    const RecordPtr shared = unpacked(shared_);
    RecordPtr before = shared;
    if (!event.type->shared) {
        const auto known = own_.find(event.subject);
        before = known == own_.end()
                     ? with_fact(*no_facts(model_.schema->facts), types_.subject_id, Value::string(event.subject))
                     : unpacked(known->second);
    }
    const RecordPtr facts = apply(event, types_, model_, before, *shared, diagnostics);
    return facts == nullptr ? std::nullopt : std::optional(pack(*facts, *model_.schema));
}

Cases::RecordPtr Cases::joined(const std::string& own, const RecordPtr& shared, const EventTypes& types,
                               const Model& model) {
    auto facts = std::make_shared<Record>(*unpack(own, model.schema->facts, *model.schema, {}));
    for (std::size_t i = 0; i < facts->fields.size(); ++i) {
        if (types.shared[i]) facts->fields[i] = shared->fields[i];
    }
    return facts;
}

}  // namespace praxe
