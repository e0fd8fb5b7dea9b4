// Facts that many cases hold alike, laid out once for all of them: whole, and looked at as a host's are when they are
// read.
#pragma once

#include <span>
#include <vector>

#include "check/model.hpp"
#include "program/fact_cells.hpp"

namespace praxe {

class KeptFacts {
  public:
    /// A field of the case, by its place in the program's layout.
    struct Fact {
        std::uint32_t place = 0;
        Datum datum;
    };

    /// Both must outlive it.
    KeptFacts(const Model& model, const Program& program) : model_(model), program_(program) {}

    /// These fields of a case, which must stay as they are until others take their place. None is laid out where the
    /// rest of a case tells whether they are as they should be.
    void lay_out(const Record& facts, std::span<const std::size_t> fields);
    void clear();
    std::span<const Fact> all() const { return facts_; }

  private:
    bool look_at(const Datum& datum, const Shape& shape);
    bool look_at(const FactCells& record);
    const Fact* find(int place) const;

    const Model& model_;
    const Program& program_;
    Arena arena_;
    std::vector<Fact> facts_;
};

}  // namespace praxe
