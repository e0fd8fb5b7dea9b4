// The records, lists and maps by which a host's objects are read, to be used again for the next case.
#pragma once

#include <praxe/value.hpp>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace praxe {

class HostMemory {
  public:
    /// All that was handed out may be handed out again. REQUIRES: nobody reads it any more.
    void clear();

    /// With every field to be read anew; it reads what it holds with this memory too.
    std::shared_ptr<Record> record(const FieldReader& reader, const RecordType& type, const void* object);
    /// Makes it such a record. Its path is left as it is.
    void read_anew(Record& record, const FieldReader& reader, const RecordType& type, const void* object);
    std::shared_ptr<List> list();
    std::shared_ptr<Map> map();

    /// That with which a record reads what it holds; null where each record is made anew.
    static HostMemory* of(const Record& record);

    /// Keys of a list's items with their places.
    using Keys = std::vector<std::pair<std::string_view, std::uint32_t>>;
    /// For one list at a time; empty.
    Keys& keys();
    /// As they were left.
    const Keys& filled_keys() const { return keys_; }
    /// Until all is handed out again.
    const Value& kept(Value value);

  private:
    template <typename T>
    struct Pool {
        std::vector<std::shared_ptr<T>> all;
        std::size_t used = 0;

        std::shared_ptr<T> next() {
            if (used == all.size()) all.push_back(std::make_shared<T>());
            return all[used++];
        }
    };
    /// Marks the records of a memory; what is read, another reads.
    struct Reader final : FieldReader {
        const FieldReader* reader = nullptr;
        HostMemory* memory = nullptr;
        Value read(const Record& record, std::size_t field) const override { return reader->read(record, field); }
    };
    struct OfReader {
        Reader marked;
        Pool<Record> records;
    };
    OfReader& of_reader(const FieldReader& reader);

    std::unordered_map<const FieldReader*, OfReader> readers_;
    OfReader* last_ = nullptr;    // that was asked for
    bool is_handed_out_ = false;  // anything
    Pool<List> lists_;
    Pool<Map> maps_;
    Pool<Value> values_;
    Keys keys_;
};

// Of what is shared with whoever made it, who may change it only once the value and all its copies are gone.
Value shared_value(const std::shared_ptr<const List>& list);
Value shared_value(const std::shared_ptr<const Map>& map);

}  // namespace praxe
