// The answers to one decision as columns: their type, and how an answer becomes a row.
#pragma once

#include <praxe/decision.hpp>

#include "check/model.hpp"
#include "columns/made_column.hpp"

namespace praxe {

/// Which columns answers to a decision have.
struct AnswerType {
    AnswerType(const Model& model, const Decision& decision, bool valid_until);

    const Decision* decision;
    bool is_list;  // one outcome for each item, and one rule and clause for each of them
    MadeType type;
    // Places in `type.children`; below 0: there is no such column.
    int outcome = -1, rule = -1, exception = -1, clause = -1, error = -1, valid_until = -1;
};

/// Rows of answers. The type must outlive it.
class AnswerColumns {
  public:
    explicit AnswerColumns(const AnswerType& type) : type_(&type), columns_(type.type) {}

    void reserve(std::size_t rows) { columns_.reserve(rows); }
    void append(const Answer& answer);
    MadeColumn& columns() { return columns_; }

  private:
    MadeColumn& column(int place) { return columns_.child(static_cast<std::size_t>(place)); }
    void append_error(const Error& error);
    void append_reasons(const Answer& answer);
    void append_words(int place, const Answer& answer, const std::string& (*word)(const Because&));

    const AnswerType* type_;
    MadeColumn columns_;
};

}  // namespace praxe
