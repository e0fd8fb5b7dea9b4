// The rules of a decision that may apply to a case, in their order: all of them, or those that an index lets through.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "check/model.hpp"
#include "table/decision_index.hpp"

namespace praxe {

/// What the columns of an index hold in a case.
struct ColumnNumbers {
    std::vector<std::int64_t> numbers;
    TableIndex::Unknown unknown = 0;  // errors, and what the index has no number for
};

class RuleWalk {
  public:
    /// Over all rules.
    explicit RuleWalk(const Decision& decision) : decision_(decision) {}
    /// Over those that the decision's index lets through.
    RuleWalk(const Decision& decision, ColumnNumbers of_case)
        : decision_(decision),
          case_(std::move(of_case)),
          rows_(std::in_place, decision.index->rows(), case_.numbers.data(), case_.unknown) {}
    RuleWalk(const RuleWalk&) = delete;
    RuleWalk& operator=(const RuleWalk&) = delete;

    /// Null after the last.
    const Rule* next() {
        const std::size_t rule = rows_ ? rows_->next() : next_++;
        return rule < decision_.rules.size() ? &decision_.rules[rule] : nullptr;
    }

  private:
    const Decision& decision_;
    ColumnNumbers case_;
    std::optional<TableIndex::Walk> rows_;
    std::size_t next_ = 0;
};

}  // namespace praxe
