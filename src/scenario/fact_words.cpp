// Facts in words: a record that stands alone is a line, and so is each record of a list.
#include "scenario/fact_words.hpp"

#include <fmt/format.h>

namespace praxe {
namespace {

class FactLines {
  public:
    FactLines(const Model& model, const std::string& language) : words_(model, language) {}

    std::vector<FactLine> of(const Record& facts) {
        for (std::size_t i = 0; i < facts.type->fields.size(); ++i) {
            const Field& field = facts.type->fields[i];
            if (field.name != "at") add(facts, field, facts.at(i));
        }
        return std::move(lines_);
    }

  private:
    void add(const Record& owner, const Field& field, const Value& value) {
        if (value.is_absent()) return;
        if (value.is(Kind::record)) {
            add_alone(field, value.as_record());
        } else if (holds_records(value)) {
            for (const Value& item : value.as_list()) add_item(item.as_record());
        } else if (value.is(Kind::map)) {
            for (const auto& [key, item] : value.as_map().entries) add_item(item.as_record());
        } else {
            lines_.push_back({words_.word(*owner.type, field.name), words_.value(value, field.type)});
        }
    }

    /// First what it holds itself, then a line for each record of its lists.
    void add_alone(const Field& field, const Record& record) {
        std::string said = fields_of(record, Lists::apart);
        if (!said.empty()) lines_.push_back({words_.word(field.name), std::move(said)});
        for (const Value& value : record.all()) {
            if (!holds_records(value)) continue;
            for (const Value& item : value.as_list()) add_item(item.as_record());
        }
    }

    void add_item(const Record& record) { lines_.push_back({name_of(record), fields_of(record, Lists::within)}); }

    static bool holds_records(const Value& value) {
        return value.is(Kind::list) && !value.as_list().empty() && value.as_list().front().is(Kind::record);
    }

    /// `agendamento a1`: by its kind and its id, if it has one.
    std::string name_of(const Record& record) const {
        const std::string kind = words_.word(record.type->name);
        const int id = record.type->find("id");
        if (id < 0 || !record.at(static_cast<std::size_t>(id)).is(Kind::string)) return kind;
        return fmt::format("{} {}", kind, record.at(static_cast<std::size_t>(id)).as_string());
    }

    enum class Lists { apart, within };

    std::string fields_of(const Record& record, Lists lists) const {
        std::string out;
        for (std::size_t i = 0; i < record.type->fields.size(); ++i) {
            const Field& field = record.type->fields[i];
            const Value& value = record.at(i);
            const bool apart = lists == Lists::apart && holds_records(value);
            if (value.is_absent() || field.name == "id" || apart) continue;
            out += fmt::format("{}{}: {}", out.empty() ? "" : " · ", words_.word(*record.type, field.name),
                               in_words(field, value));
        }
        return out;
    }

    std::string in_words(const Field& field, const Value& value) const {
        if (value.is(Kind::record)) return fmt::format("({})", fields_of(value.as_record(), Lists::within));
        if (!holds_records(value)) return words_.value(value, field.type);
        std::string out;
        for (const Value& item : value.as_list())
            out += fmt::format("{}({})", out.empty() ? "" : ", ", fields_of(item.as_record(), Lists::within));
        return out;
    }

    OutcomeWords words_;
    std::vector<FactLine> lines_;
};

}  // namespace

std::vector<FactLine> fact_lines(const Model& model, const Record& facts, const std::string& language) {
    return FactLines(model, language).of(facts);
}

}  // namespace praxe
