// Handed out one after another.
#include "facts/host_memory.hpp"

#include "facts/schema.hpp"

namespace praxe {

void HostMemory::clear() {
    if (!is_handed_out_) return;
    is_handed_out_ = false;
    for (auto& [reader, of_it] : readers_) of_it.records.used = 0;
    lists_.used = 0;
    maps_.used = 0;
    values_.used = 0;
}

std::shared_ptr<Record> HostMemory::record(const FieldReader& reader, const RecordType& type, const void* object) {
    is_handed_out_ = true;
    auto record = of_reader(reader).records.next();
    read_anew(*record, reader, type, object);
    return record;
}

/// The fields' values of before stay where they are until they are read anew.
void HostMemory::read_anew(Record& record, const FieldReader& reader, const RecordType& type, const void* object) {
    record.type = &type;
    record.fields.resize(type.fields.size());
    record.reader = &of_reader(reader).marked;
    record.object = object;
    record.unread.assign(type.fields.size(), true);
}

HostMemory::OfReader& HostMemory::of_reader(const FieldReader& reader) {
    if (last_ != nullptr && last_->marked.reader == &reader) return *last_;
    last_ = &readers_[&reader];
    last_->marked.reader = &reader;
    last_->marked.memory = this;
    return *last_;
}

HostMemory* HostMemory::of(const Record& record) {
    const auto* const marked = dynamic_cast<const Reader*>(record.reader);
    return marked != nullptr ? marked->memory : nullptr;
}

std::shared_ptr<List> HostMemory::list() {
    is_handed_out_ = true;
    auto list = lists_.next();
    list->clear();
    return list;
}

std::shared_ptr<Map> HostMemory::map() {
    is_handed_out_ = true;
    auto map = maps_.next();
    map->entries.clear();
    return map;
}

const Value& HostMemory::kept(Value value) {
    is_handed_out_ = true;
    return *values_.next() = std::move(value);
}

HostMemory::Keys& HostMemory::keys() {
    keys_.clear();
    return keys_;
}

namespace {

constexpr std::uint64_t scalar_bytes = 8;  // as written out (Value::written_bytes)

/// A value of the kind whose object is that one.
Value value_of(Kind kind, std::uint64_t written_bytes, std::shared_ptr<const void> object) {
    return Value::count(kind, static_cast<std::int64_t>(written_bytes)).moving(Motion::still, 0, std::move(object));
}

}  // namespace

Value shared_value(const std::shared_ptr<const List>& list) {
    std::uint64_t bytes = scalar_bytes;
    for (const Value& item : *list) bytes += item.written_bytes();
    return value_of(Kind::list, bytes, list);
}

Value shared_value(const std::shared_ptr<const Map>& map) {
    std::uint64_t bytes = scalar_bytes;
    for (const auto& [key, value] : map->entries) bytes += key.written_bytes() + value.written_bytes();
    return value_of(Kind::map, bytes, map);
}

}  // namespace praxe
