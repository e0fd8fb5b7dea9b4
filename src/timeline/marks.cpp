// The dated facts of a case, each with what it is called.
#include <algorithm>
#include <set>

#include "check/model.hpp"
#include "run/outcome_words.hpp"
#include "timeline/timeline.hpp"

namespace praxe {
namespace {

class Marks {
  public:
    Marks(const Model& model, const std::string& language)
        : schema_(*model.schema), zone_(model.zone), words_(model, language) {
        for (const auto& [name, record] : model.schema->records) {
            for (const Field& field : record->fields) referred_to_.insert(field.one_of);
        }
    }

    std::vector<Mark> of(const Record& facts) {
        for (std::size_t i = 0; i < facts.type->fields.size(); ++i) {
            const Field& fact = facts.type->fields[i];
            const bool dated_itself = fact.type.kind == TypeKind::timestamp;  // the instant of decision
            if (!dated_itself && !referred_to_.contains(fact.name)) walk(facts.at(i));
        }
        const auto earlier = [](const Mark& a, const Mark& b) { return a.at < b.at; };
        std::stable_sort(marks_.begin(), marks_.end(), earlier);
        return std::move(marks_);
    }

  private:
    void walk(const Value& value) {
        if (value.is(Kind::record)) walk(value.as_record());
        if (value.is(Kind::list)) {
            for (const Value& item : value.as_list()) walk(item);
        }
        if (value.is(Kind::map)) {
            for (const auto& [key, item] : value.as_map().entries) walk(item);
        }
    }

    void walk(const Record& record) {
        const std::vector<Value>& fields = record.all();
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const std::string path = record.path + "." + record.type->fields[i].name;
            if (fields[i].is(Kind::timestamp)) {
                marks_.push_back({fields[i].as_int(), label(record, i), path});
            } else if (fields[i].is(Kind::date)) {
                marks_.push_back({zone_.start_of_day(static_cast<Day>(fields[i].as_int())), label(record, i), path});
            } else {
                walk(fields[i]);
            }
        }
    }

    /// `a1 renewed at`; of the instant from which on a record is there, what it is: `m1 price`.
    std::string label(const Record& record, std::size_t field) const {
        const int id = record.type->find("id");
        const bool has_id = id >= 0 && record.fields[static_cast<std::size_t>(id)].is(Kind::string);
        const bool begins = static_cast<int>(field) == record.type->since;
        return (has_id ? record.fields[static_cast<std::size_t>(id)].as_string() + " " : "") +
               (begins ? what_it_is(record) : words_.word(*record.type, record.type->fields[field].name));
    }

    /// Of the record's members that of the largest closed set, which tells most; without any its type.
    std::string what_it_is(const Record& record) const {
        std::size_t largest = 0;
        std::string what = record.type->name;
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            const Type& type = record.type->fields[i].type;
            const auto set = schema_.closed_sets.find(type.name);
            if (type.kind != TypeKind::enumeration || set == schema_.closed_sets.end()) continue;
            if (!record.fields[i].is(Kind::string) || set->second.members.size() <= largest) continue;
            largest = set->second.members.size();
            what = record.fields[i].as_string();
        }
        return words_.word(*record.type, what);
    }

    const Schema& schema_;
    const Zone& zone_;
    OutcomeWords words_;
    std::set<std::string, std::less<>> referred_to_;  // facts that others name by key
    std::vector<Mark> marks_;
};

}  // namespace

std::vector<Mark> marks_of(const Ruleset& ruleset, const Case& facts, const std::string& language) {
    return Marks(ruleset.model(), language).of(*ruleset.facts(facts));
}

}  // namespace praxe
