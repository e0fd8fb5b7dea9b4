// A host's structs as the program reads them: each member when it is first asked for, straight into its cell. A Record
// or a Value is made of a struct only where a function or an assumption wants one.
#pragma once

#include <optional>
#include <string>

#include "facts/host_memory.hpp"
#include "facts/host_reader.hpp"
#include "program/fact_cells.hpp"

namespace praxe {

class HostCellsMaker;

/// A struct of a host's, and where it stands in its case.
struct HostCells : FactCells {
    static constexpr std::uint32_t no_item = 0xFFFF'FFFF;

    HostCellsMaker* maker = nullptr;
    const HostReader* reader = nullptr;
    const void* object = nullptr;
    const HostCells* parent = nullptr;          // null of the case itself
    std::uint32_t field = 0;                    // of the parent's type
    std::uint32_t item = no_item;               // of its list
    mutable const Record* made = nullptr;       // where one was wanted
    mutable const Value* made_value = nullptr;  // that holds it
};

/// Makes them in an arena, which must outlive them, as the objects must.
class HostCellsMaker {
  public:
    HostCellsMaker(const Program& program, Arena& arena) : program_(program), arena_(arena) {}

    /// The case itself; what was made before is gone. `facts` is the same as a record.
    const HostCells* begin_case(const HostReader& reader, const void* object,
                                const std::shared_ptr<const Record>& facts);
    /// Lets go of the case's facts.
    void end_case() { facts_ = nullptr; }
    /// What a field holds: State::error where the vocabulary does not allow it, unread where only a Value tells.
    Datum read(const HostCells& cells, const FieldRead& field);
    /// A text as it stands there, whatever else is wrong with the struct; empty where there is none.
    std::string_view text(const HostCells& cells, std::size_t field);

    void make_record(const HostCells& cells);
    std::string_view path(const HostCells& cells);

  private:
    Datum read_other(const HostCells& cells, const FieldRead& field, const HostField& host);
    Datum record(const HostCells& of, const FieldRead& field, const HostField& host, const void* object);
    Datum items(const HostCells& of, const FieldRead& field, const HostField& host);
    Datum scalars(const HostField& host);
    Datum records(const HostCells& of, const FieldRead& field, const HostField& host);
    HostCells* lay_out(const HostReader& reader, const RecordLayout& layout, std::size_t count, const HostCells* parent,
                       std::uint32_t field);
    bool read_keys(HostCells* records, std::size_t count, const RecordLayout& layout, const HostField& host);

    const Program& program_;
    Arena& arena_;
    HostItems found_;  // of the list that is being read
    HostMemory memory_;
    std::string path_;  // that is being put together
    std::shared_ptr<const Record> facts_;
};

/// A whole number as it stands there; nothing where there is none, or only a Value tells.
std::optional<std::int64_t> whole_of(const HostReader& reader, const void* object, std::size_t field);
/// Whether two stand for one.
bool same_record(const FactCells& a, const FactCells& b);
/// The record, made where there was none.
const Record& record_of(const FactCells& cells);
/// REQUIRES: it is not the case itself.
const Value& value_of(const FactCells& cells);
/// As Value::written_bytes() says of it.
std::uint64_t written_bytes_of(const FactCells& cells);
/// Where a record stands in its case (`client.appointments[0]`).
std::string_view path_of(const FactCells& cells);

}  // namespace praxe
