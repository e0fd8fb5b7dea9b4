// Outcomes as people read them: fields and members by the ruleset's words for them, values in their language.
#pragma once

#include <string>
#include <string_view>

#include "check/model.hpp"

namespace praxe {

/// The model must outlive it.
class OutcomeWords {
  public:
    OutcomeWords(const Model& model, std::string_view language) : model_(model), language_(language) {}

    /// The language's of two texts.
    std::string phrase(std::string_view portuguese, std::string_view english) const;
    /// How a member or a field is said; itself where the ruleset has no word for it.
    std::string word(const std::string& word) const;
    /// The same of a record of facts: `Invoice.due` goes before `due`.
    std::string word(const RecordType& record, const std::string& word) const;
    std::string value(const Value& value, const Type& type) const;
    /// The fields that are there: `encaminhamento: transferir · responsável: ana`.
    std::string fields(const Record& record) const;
    /// The same without numbers that only count, such as days since an instant.
    std::string fields_but_counts(const Record& record) const;
    /// Less than that, for a place with little room: members, texts, amounts that are not nought, truth by its field's
    /// word: `transferir · ana`.
    std::string gist(const Record& record) const;

  private:
    std::string gist(const Value& value, const Field& field) const;
    std::string fields(const Record& record, bool counts) const;

    const Model& model_;
    std::string language_;
};

}  // namespace praxe
