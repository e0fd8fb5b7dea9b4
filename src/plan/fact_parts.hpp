// The facts of a case in parts, and which of them each decision can read: what else changes cannot change its outcome.
//
// A part is a field of the case, or of a record that stands in it or in such a record: `client.status`,
// `client.interactions`. A list or map is one part with all that is in it. That a record is there is a part too.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "check/model.hpp"

namespace praxe {

/// One flag for each part.
using PartSet = std::vector<bool>;
bool overlap(const PartSet& a, const PartSet& b);

class FactParts {
  public:
    /// A field of a record, with its parts: [first, end). The first is the field itself.
    struct Branch {
        std::size_t first = 0, end = 0;
        const RecordType* record = nullptr;  // null: it is one part
        std::vector<Branch> fields;          // of the record
    };

    /// `facts` must outlive it.
    explicit FactParts(const RecordType& facts);

    /// The case as a whole, whose fields are its facts.
    const Branch& whole() const { return whole_; }
    std::size_t size() const { return whole_.end; }
    /// The parts in which two cases differ. REQUIRES: both are of the type `facts`.
    PartSet differing(const Record& before, const Record& after) const;

  private:
    Branch whole_;
};

/// For each decision of the model, in order, the parts that making it can read: those that its expressions name, with
/// what dates them, and those of all decisions and definitions that it uses. REQUIRES: the model is checked.
std::vector<PartSet> parts_read(const Model& model, const FactParts& parts);

}  // namespace praxe
