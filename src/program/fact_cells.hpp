// Facts as the program reads them: of each record the fields that any instruction names, sixteen bytes each, one after
// another, so that a case that was read stands together.
//
// A text's facts are laid out whole, once; of a host's object a field is read when it is first asked for.
#pragma once

#include <memory>
#include <optional>

#include "program/arena.hpp"
#include "program/program.hpp"

namespace praxe {

/// A record of facts. The fields stand in the order of its layout.
struct FactCells {
    const RecordLayout* layout = nullptr;
    const Record* record = nullptr;  // null of HostCells
    const Value* value = nullptr;    // that holds the record; null of the case itself and of HostCells
    Datum* fields = nullptr;         // State::unread where it was not asked for yet
};

/// A map: its keys and values in the order they were written.
struct MapCells {
    const Value* value = nullptr;  // null where none was made
    const Datum* keys = nullptr;
    const Datum* values = nullptr;
    std::uint32_t count = 0;
    bool in_order = false;            // of the keys, which are texts
    std::uint64_t written_bytes = 0;  // as Value::written_bytes() says of the same map
};

/// Where a text stands among the keys.
std::optional<std::uint32_t> place_of(const MapCells& map, std::string_view key);

/// Makes them in an arena, which must outlive them, as the records must.
class FactCellsMaker {
  public:
    /// What is laid out of a host's record where all that can be read is asked for.
    enum class Hosts : std::uint8_t { unread, whole };
    FactCellsMaker(const Program& program, Arena& arena, Hosts hosts = Hosts::unread)
        : program_(program), arena_(arena), hosts_(hosts) {}

    /// With no field read yet. REQUIRES: the program names a field of such records.
    FactCells* record(const Record& record, const RecordLayout& layout, const Value* value);
    /// With all that can be read.
    FactCells* whole_record(const Record& record, const RecordLayout& layout, const Value* value);
    /// A value that is there; State::error where no register holds it. `whole`: the records in it too.
    Datum datum(const Value& value, const Shape& shape, bool whole);

  private:
    Datum list(const Value& value, const Shape& shape, bool whole);
    Datum map(const Value& value, const Shape& shape, bool whole);

    const Program& program_;
    Arena& arena_;
    const Hosts hosts_;
};

/// All facts of a case that was read from a text.
class CaseCells {
  public:
    /// Both must outlive it.
    CaseCells(const Program& program, const Record& facts);
    const FactCells& facts() const { return *facts_; }
    /// They will be read soon.
    void prefetch() const { arena_.prefetch(); }
    /// The case's own instant of decision, where it holds one.
    std::optional<std::int64_t> at() const { return at_; }

  private:
    static constexpr std::size_t block_bytes = 2048;
    Arena arena_{block_bytes};
    const FactCells* facts_;
    std::optional<std::int64_t> at_;
};

}  // namespace praxe
