// An answer against what was expected of it.
#include "scenario/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "scenario/outcome_text.hpp"

namespace praxe {
namespace {

const Value& unwrapped(const Value& value) {
    return value.is(Kind::optional) && value.has_value() ? value.as_optional() : value;
}

class Comparison {
  public:
    Comparison(const Model& model, const Answer& answer) : model_(model), answer_(answer) {
        for (std::size_t i = 0; i < answer.because.size(); ++i) {
            if (answer.because[i].decision == answer.decision) deciding_.push_back(i);
        }
        items_have_reasons_ = answer.outcome.is(Kind::list) && deciding_.size() == answer.outcome.as_list().size();
        if (!deciding_.empty()) return;
        for (std::size_t i = 0; i < answer.because.size(); ++i) deciding_.push_back(i);
    }

    void of(const ExpectedAnswer& expected) {
        const std::string& path = answer_.decision;
        items_are_decided_ = answer_.outcome.is(Kind::list);
        if (!items_are_decided_ && !answer_.because.empty()) reason_ = 0;
        if (expected.error) return error(*expected.error, path);
        if (answer_.outcome.is_error()) return differ(path, "an outcome", error_text(), expected.place);
        if (expected.outcome) part(*expected.outcome, answer_.outcome, path);
        clauses(expected.because, deciding_, path);
        if (expected.valid_until && answer_.valid_until) until(*expected.valid_until, *answer_.valid_until, path);
    }

    std::vector<Mismatch> take() { return std::move(mismatches_); }

  private:
    void differ(const std::string& path, std::string expected, std::string actual, const Place& place) {
        mismatches_.push_back({path, std::move(expected), std::move(actual), place, reason_, {}});
    }

    std::string text(const Value& value) const { return outcome_text(model_, value); }

    std::string error_text() const {
        const Error& error = answer_.outcome.as_error();
        if (!error.place) return text(answer_.outcome);
        const auto [line, column] = error.place.source->position(error.place.span.begin);
        return fmt::format("{} ({}:{}:{})", text(answer_.outcome), error.place.source->name(), line, column);
    }

    void error(const Excerpt& expected, const std::string& path) {
        if (!answer_.outcome.is_error()) {
            differ(path, fmt::format("an error: {}", expected.text), text(answer_.outcome), expected.place());
        } else if (answer_.outcome.as_error().message.find(expected.text) == std::string::npos) {
            differ(path, fmt::format("an error: … {} …", expected.text), error_text(), expected.place());
        }
    }

    // ---------------------------------------------------------------------------------------------- outcomes

    void part(const Expected& expected, const Value& actual, const std::string& path) {
        const Value& value = unwrapped(actual);
        switch (expected.form) {
            case Expected::Form::value:
                if (!equal(expected.value, value)) differ(path, text(expected.value), text(value), expected.place);
                return;
            case Expected::Form::nothing:
                if (!value.is(Kind::optional)) differ(path, "nothing", text(value), expected.place);
                return;
            case Expected::Form::record:
                if (!value.is(Kind::record)) return differ(path, "a record", text(value), expected.place);
                return record(expected, value.as_record(), path);
            case Expected::Form::map:
                if (!value.is(Kind::map)) return differ(path, "a map", text(value), expected.place);
                return map(expected, value.as_map(), path);
            case Expected::Form::list:
                if (!value.is(Kind::list)) return differ(path, "a list", text(value), expected.place);
                return expected.key >= 0 && !expected.parts.empty() ? keyed_list(expected, value.as_list(), path)
                                                                    : whole_list(expected, value, path);
        }
    }

    void record(const Expected& expected, const Record& actual, const std::string& path) {
        const auto path_of = [&](std::size_t field) {
            return fmt::format("{}.{}", path, actual.type->fields[field].name);
        };
        for (std::size_t i = 0; i < expected.fields.size(); ++i) {
            const std::size_t field = expected.fields[i];
            part_of_field(expected.parts[i], actual.fields[field], path_of(field));
        }
        for (const auto& [field, place] : expected.absent) {
            if (!actual.fields[field].is_absent())
                differ(path_of(field), "left out", text(actual.fields[field]), place);
        }
    }

    void part_of_field(const Expected& expected, const Value& actual, const std::string& path) {
        const bool decided =
            std::exchange(items_are_decided_, false);  // lists inside outcomes have no reasons of their own
        part(expected, actual, path);
        items_are_decided_ = decided;
    }

    void map(const Expected& expected, const Map& actual, const std::string& path) {
        for (std::size_t i = 0; i < expected.keys.size(); ++i) {
            const auto found = std::find_if(actual.entries.begin(), actual.entries.end(), [&](const auto& entry) {
                return outcome_text(model_, entry.first) == expected.keys[i];
            });
            part_of_field(expected.parts[i], found == actual.entries.end() ? Value() : found->second,
                          fmt::format("{}.{}", path, expected.keys[i]));
        }
    }

    // ------------------------------------------------------------------------------------------------- lists

    /// Item by item, and no more of them.
    void whole_list(const Expected& expected, const Value& actual, const std::string& path) {
        const List& list = actual.as_list();
        if (list.size() != expected.parts.size()) {
            const bool plain = std::all_of(expected.parts.begin(), expected.parts.end(),
                                           [](const Expected& e) { return e.form == Expected::Form::value; });
            return differ(path, plain ? expected_items(expected) : fmt::format("{} items", expected.parts.size()),
                          text(actual), expected.place);
        }
        for (std::size_t i = 0; i < list.size(); ++i) item(expected.parts[i], list, i, fmt::format("{}[{}]", path, i));
    }

    std::string expected_items(const Expected& expected) const {
        std::vector<std::string> items;
        for (const Expected& one : expected.parts) items.push_back(text(one.value));
        return fmt::format("[{}]", fmt::join(items, ", "));
    }

    /// Every expected item is looked for among those of its key; of several, the likest that no other item took.
    void keyed_list(const Expected& expected, const List& list, const std::string& path) {
        std::vector<bool> taken(list.size(), false);
        for (const Expected& one : expected.parts) {
            const Value key = key_of(one, expected.key);
            const std::string item_path = fmt::format("{}[{}]", path, text(key));
            std::optional<std::size_t> likest;
            std::vector<Mismatch> of_likest;
            for (std::size_t i = 0; i < list.size(); ++i) {
                if (taken[i] || !equal(key_of(list[i]), key)) continue;
                std::vector<Mismatch> found = mismatches_of(one, list, i, item_path);
                if (likest && found.size() >= of_likest.size()) continue;
                likest = i;
                of_likest = std::move(found);
            }
            if (!likest) {
                differ(item_path, "an item", list.empty() ? "no items" : fmt::format("only {}", keys_text(list)),
                       one.place);
                continue;
            }
            taken[*likest] = true;
            std::move(of_likest.begin(), of_likest.end(), std::back_inserter(mismatches_));
        }
        if (!expected.only || list.size() <= expected.parts.size()) return;
        differ(path, "no other items", keys_text(list), expected.place);
    }

    std::vector<Mismatch> mismatches_of(const Expected& expected, const List& list, std::size_t index,
                                        const std::string& path) {
        std::vector<Mismatch> outer = std::exchange(mismatches_, {});
        item(expected, list, index, path);
        return std::exchange(mismatches_, std::move(outer));
    }

    static const Value& key_of(const Value& item) {
        const Record& record = unwrapped(item).as_record();
        return record.fields[static_cast<std::size_t>(record.type->key)];
    }

    static Value key_of(const Expected& item, int key) {
        const auto field = std::find(item.fields.begin(), item.fields.end(), static_cast<std::size_t>(key));
        return item.parts[static_cast<std::size_t>(field - item.fields.begin())].value;
    }

    std::string keys_text(const List& list) const {
        std::vector<std::string> keys;
        for (const Value& item : list) keys.push_back(text(key_of(item)));
        return fmt::format("[{}]", fmt::join(keys, ", "));
    }

    void item(const Expected& expected, const List& list, std::size_t index, const std::string& path) {
        const auto outer = reason_;
        const bool decided = items_are_decided_ && items_have_reasons_;
        if (decided) reason_ = deciding_[index];
        part_of_field(expected, list[index], path);
        clauses(expected.because, decided ? std::span(deciding_).subspan(index, 1) : std::span<std::size_t>(), path);
        const auto& valid_until = decided ? answer_.because[*reason_].valid_until : std::nullopt;
        if (expected.valid_until && valid_until) until(*expected.valid_until, *valid_until, path);
        reason_ = outer;
    }

    // ----------------------------------------------------------------------------------- reasons and validity

    void clauses(const std::vector<Excerpt>& expected, std::span<const std::size_t> reasons, const std::string& path) {
        std::vector<std::string> cited;
        for (const std::size_t reason : reasons) {
            for (const std::string& clause : answer_.because[reason].cite) {
                if (std::find(cited.begin(), cited.end(), clause) == cited.end()) cited.push_back(clause);
            }
        }
        for (const Excerpt& clause : expected) {
            if (std::find(cited.begin(), cited.end(), clause.text) != cited.end()) continue;
            differ(path + ".because", clause.text,
                   cited.empty() ? "no clause" : fmt::format("{}", fmt::join(cited, ", ")), clause.place());
            mismatches_.back().clauses.push_back(clause.text);
        }
    }

    void until(const ExpectedUntil& expected, const Validity& actual, const std::string& path) {
        const bool limited = actual.limited_by == LimitedBy::horizon;
        if (!limited && expected.until == actual.until) return;
        differ(path + ".valid_until", until_text(model_, expected.until),
               limited ? fmt::format("at least {}, where the search stopped", until_text(model_, actual.until))
                       : until_text(model_, actual.until),
               expected.place);
    }

    const Model& model_;
    const Answer& answer_;
    /// Those of the answer's reasons that decided: of the decision's own rules, in the order of its items; where it has
    /// none, all it rests on.
    std::vector<std::size_t> deciding_;
    bool items_have_reasons_ = false;
    std::optional<std::size_t> reason_;
    bool items_are_decided_ = false;  // the list at hand is the decision's own
    std::vector<Mismatch> mismatches_;
};

}  // namespace

std::vector<Mismatch> compare(const Model& model, const ExpectedAnswer& expected, const Answer& answer) {
    Comparison comparison(model, answer);
    comparison.of(expected);
    return comparison.take();
}

}  // namespace praxe
