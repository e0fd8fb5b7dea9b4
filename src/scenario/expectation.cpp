// What a scenario expects, against the types of the ruleset's outcomes.
#include "scenario/expectation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "document/fields.hpp"
#include "facts/scalar.hpp"
#include "scenario/outcome_text.hpp"

namespace praxe {
namespace {

std::string hint_among(std::string_view wrong, const std::vector<std::string>& known) {
    const std::string near = nearest(wrong, known);
    return near.empty() ? fmt::format("known are: {}", fmt::join(known, ", "))
                        : fmt::format("did you mean \"{}\"?", near);
}

class ExpectationReader {
  public:
    ExpectationReader(const Model& model, Diagnostics& diagnostics) : model_(model), diagnostics_(diagnostics) {}

    std::optional<ExpectedAnswer> read_answer(const Node& name, const Node& node) {
        ExpectedAnswer answer;
        answer.decision = find_decision(name);
        answer.place = name.place();
        if (answer.decision == nullptr) return std::nullopt;
        const Type& type = answer.decision->type;
        const bool is_map = node.is_map();
        const std::size_t errors_before = diagnostics_.size();
        if (is_map && type.kind == TypeKind::list) {
            read_list_answer(node, answer);
        } else if (is_map && record_of(type) != nullptr) {
            read_record_answer(node, *record_of(type), answer);
        } else {
            answer.outcome = read(node, type, answer.decision->name, answer.decision);
        }
        if (diagnostics_.size() == errors_before) check_says_something(node, answer);
        return answer;
    }

  private:
    // ----------------------------------------------------------------------------------------- decisions

    const Decision* find_decision(const Node& name) {
        const Decision* const decision = model_.find(name.text.text);
        if (decision != nullptr && !decision->has_arguments()) return decision;
        std::vector<std::string> known;
        for (const auto& one : model_.decisions) {
            if (!one->has_arguments()) known.push_back(one->name);
        }
        if (decision != nullptr) {
            diagnostics_.error(name.place(), fmt::format("\"{}\" takes arguments", name.text.text),
                               "expect something of a decision that asks it");
        } else {
            diagnostics_.error(name.place(), fmt::format("there is no decision \"{}\"", name.text.text),
                               hint_among(name.text.text, known));
        }
        return nullptr;
    }

    /// The record that an outcome is, or may be.
    static const RecordType* record_of(const Type& type) {
        if (type.kind == TypeKind::optional) return record_of(type.args.front());
        return type.kind == TypeKind::record ? type.record : nullptr;
    }

    void read_record_answer(const Node& node, const RecordType& type, ExpectedAnswer& answer) {
        Fields fields(node, fmt::format("the outcome of \"{}\"", answer.decision->name), diagnostics_);
        read_about(fields, answer);
        Expected outcome = read_fields(fields, node, type, answer.decision->name);
        if (!outcome.fields.empty() || !outcome.absent.empty()) answer.outcome = std::move(outcome);
        fields.finish();
    }

    /// `{items: […], only: true, because: …}` for a decision that gives a list.
    void read_list_answer(const Node& node, ExpectedAnswer& answer) {
        const std::string& name = answer.decision->name;
        Fields fields(node, fmt::format("the list of \"{}\"", name), diagnostics_);
        read_about(fields, answer);
        const Node* const items = fields.take("items");
        const bool only = fields.flag("only").value_or(false);
        fields.finish();
        if (items != nullptr) answer.outcome = read(*items, answer.decision->type, name, answer.decision);
        if (only && items == nullptr) {
            diagnostics_.error(node.find_key("only")->place(), "\"only\" says that there are no items but these",
                               "write items: […]");
        }
        if (only && answer.outcome) answer.outcome->only = true;
    }

    void read_about(Fields& fields, ExpectedAnswer& answer) {
        answer.because = read_clauses(fields);
        answer.valid_until = read_until(fields);
        answer.error = fields.text("error");
    }

    void check_says_something(const Node& node, const ExpectedAnswer& answer) {
        const bool of_answer = answer.outcome || !answer.because.empty() || answer.valid_until;
        if (answer.error && of_answer) {
            diagnostics_.error(answer.error->place(), "a decision that is an error has no outcome",
                               "expect either error: TEXT or something of the outcome");
        } else if (!answer.error && !of_answer) {
            diagnostics_.error(node.place(), fmt::format("nothing is expected of \"{}\"", answer.decision->name));
        }
    }

    std::vector<Excerpt> read_clauses(Fields& fields) {
        std::vector<Excerpt> clauses = fields.texts("because");
        std::vector<std::string> known;
        for (const Clause& clause : model_.clauses) known.push_back(clause.id);
        for (const Excerpt& clause : clauses) {
            if (std::find(known.begin(), known.end(), clause.text) != known.end()) continue;
            const std::string near = nearest(clause.text, known);
            diagnostics_.error(clause.place(), fmt::format("there is no clause \"{}\"", clause.text),
                               near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
        }
        return clauses;
    }

    std::optional<ExpectedUntil> read_until(Fields& fields) {
        const auto written = fields.text("valid_until");
        if (!written) return std::nullopt;
        if (written->text == "never") return ExpectedUntil{std::nullopt, written->place()};
        const auto until = parse_instant(written->text);
        if (until && until->nanos_below == 0) return ExpectedUntil{until->micros, written->place()};
        diagnostics_.error(written->place(), fmt::format("\"{}\" is not an instant", shown(written->text)),
                           "write it as 2024-05-31T18:30:00-03:00, or never");
        return std::nullopt;
    }

    // ------------------------------------------------------------------------------------ parts of outcomes

    /// `items_of`: the decision whose list this is, so that its items may say what they expect of their reasons.
    Expected read(const Node& node, const Type& type, const std::string& path, const Decision* items_of = nullptr) {
        switch (type.kind) {
            case TypeKind::record:
                return read_record(node, *type.record, path);
            case TypeKind::list:
                return read_list(node, type.args.front(), path, items_of);
            case TypeKind::map:
                return read_map(node, type.args.back(), path);
            case TypeKind::optional:
                if (node.is_scalar() && node.text.text == "nothing") return at(node, Expected::Form::nothing);
                return read(node, type.args.front(), path);
            case TypeKind::error:
            case TypeKind::dyn:
            case TypeKind::null:
            case TypeKind::boolean:
            case TypeKind::integer:
            case TypeKind::unsigned_integer:
            case TypeKind::real:
            case TypeKind::string:
            case TypeKind::bytes:
            case TypeKind::timestamp:
            case TypeKind::duration:
            case TypeKind::date:
            case TypeKind::money:
            case TypeKind::percent:
            case TypeKind::business_days:
            case TypeKind::business_hours:
            case TypeKind::calendar_days:
            case TypeKind::months:
            case TypeKind::years:
            case TypeKind::type:
            case TypeKind::enumeration:
            case TypeKind::param:
            case TypeKind::opaque:
                break;
        }
        Expected expected = at(node, Expected::Form::value);
        if (scalar_text(node, fmt::format("\"{}\"", path), diagnostics_)) expected.value = read_value(node, type, path);
        return expected;
    }

    static Expected at(const Node& node, Expected::Form form) {
        Expected expected;
        expected.form = form;
        expected.place = node.place();
        return expected;
    }

    Expected read_record(const Node& node, const RecordType& type, const std::string& path) {
        Fields fields(node, fmt::format("\"{}\"", path), diagnostics_);
        Expected expected = read_fields(fields, node, type, path);
        fields.finish();
        return expected;
    }

    Expected read_fields(Fields& fields, const Node& node, const RecordType& type, const std::string& path) {
        Expected expected = at(node, Expected::Form::record);
        std::vector<std::string> known;
        for (std::size_t i = 0; i < shown_fields(model_, type); ++i) {
            const Field& field = type.fields[i];
            known.push_back(field.name);
            const Node* const value = fields.take(field.name);
            if (value == nullptr) continue;
            expected.fields.push_back(i);
            expected.parts.push_back(read(*value, field.type, fmt::format("{}.{}", path, field.name)));
        }
        for (const Excerpt& absent : fields.texts("absent")) {
            const auto found = std::find(known.begin(), known.end(), absent.text);
            if (found == known.end()) {
                diagnostics_.error(absent.place(), fmt::format("\"{}\" has no field \"{}\"", path, absent.text),
                                   hint_among(absent.text, known));
            } else {
                expected.absent.emplace_back(static_cast<std::size_t>(found - known.begin()), absent.place());
            }
        }
        return expected;
    }

    Expected read_list(const Node& node, const Type& element, const std::string& path, const Decision* items_of) {
        Expected expected = at(node, Expected::Form::list);
        if (!node.is_list()) {
            diagnostics_.error(node.place(), fmt::format("\"{}\" must be a list", path),
                               items_of != nullptr ? "write [{…}, …], or {items: […], because: …}" : "");
            return expected;
        }
        const RecordType* const record = record_of(element);
        if (record != nullptr) expected.key = record->key;
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const Node& item = node.items[i];
            const std::string item_path = fmt::format("{}[{}]", path, i);
            if (expected.key >= 0 && item.is_map()) check_key(item, *record, item_path);
            expected.parts.push_back(items_of != nullptr && record != nullptr
                                         ? read_item(item, *record, item_path, *items_of)
                                         : read(item, element, item_path));
        }
        return expected;
    }

    void check_key(const Node& item, const RecordType& record, const std::string& path) {
        const std::string& key = record.fields[static_cast<std::size_t>(record.key)].name;
        if (item.find(key) != nullptr) return;
        diagnostics_.error(item.place(), fmt::format("\"{}\" needs \"{}\", by which it is looked for", path, key));
    }

    /// An item of a decision's list: fields of its outcome, and what is expected of its own reason.
    Expected read_item(const Node& node, const RecordType& type, const std::string& path, const Decision& decision) {
        Fields fields(node, fmt::format("\"{}\"", path), diagnostics_);
        std::vector<Excerpt> because = read_clauses(fields);
        auto valid_until = read_until(fields);
        Expected expected = read_fields(fields, node, type, path);
        fields.finish();
        if (valid_until && !decision.each) {
            diagnostics_.error(
                valid_until->place,
                fmt::format("\"{}\" is not made for each item, so no item has its own validity", decision.name),
                "write {items: […], valid_until: …}");
        }
        expected.because = std::move(because);
        expected.valid_until = std::move(valid_until);
        return expected;
    }

    Expected read_map(const Node& node, const Type& type, const std::string& path) {
        Expected expected = at(node, Expected::Form::map);
        if (!node.is_map()) diagnostics_.error(node.place(), fmt::format("\"{}\" must be a map", path));
        for (const auto& [key, value] : node.entries) {
            expected.keys.push_back(key.text.text);
            expected.parts.push_back(read(value, type, fmt::format("{}.{}", path, key.text.text)));
        }
        return expected;
    }

    // --------------------------------------------------------------------------------------- single values

    /// Absent, and reported, when it is none of the type. REQUIRES: `node` is a scalar.
    Value read_value(const Node& node, const Type& type, const std::string& path) {
        if (type.kind == TypeKind::enumeration) return read_member(node, type, path);
        if (type.kind == TypeKind::duration) return read_duration(node, path);
        if (type.kind == TypeKind::unsigned_integer) return read_unsigned(node, path);
        const auto is_fact = scalar_kind(to_string(type));
        if (!is_fact) {
            diagnostics_.error(node.place(),
                               fmt::format("\"{}\" is of type {}, which cannot be expected", path, to_string(type)));
            return Value();
        }
        auto value = read_scalar(node, type.kind, {}, path, diagnostics_);
        return value ? *std::move(value) : Value();
    }

    Value read_member(const Node& node, const Type& type, const std::string& path) {
        const auto& members = model_.schema->closed_sets.find(type.name)->second.members;
        const std::string& text = node.text.text;
        if (std::find(members.begin(), members.end(), text) != members.end()) return Value::string(text);
        const std::string near = nearest(text, members);
        diagnostics_.error(node.place(), fmt::format("\"{}\" cannot be \"{}\"", path, shown(text)),
                           near.empty() ? fmt::format("it is one of {}", fmt::join(members, ", "))
                                        : fmt::format("did you mean \"{}\"?", near));
        return Value();
    }

    Value read_duration(const Node& node, const std::string& path) {
        const auto span = parse_duration(node.text.text);
        if (span) return Value::duration(span->micros, span->nanos_below);
        report_kind(node, path, "a duration", "write it as 1h30m");
        return Value();
    }

    Value read_unsigned(const Node& node, const std::string& path) {
        std::uint64_t number = 0;
        const char* const end = node.text.text.data() + node.text.text.size();
        const auto [rest, failed] = std::from_chars(node.text.text.data(), end, number);
        if (failed == std::errc() && rest == end) return Value::unsigned_integer(number);
        report_kind(node, path, "a whole number that is not negative", "");
        return Value();
    }

    void report_kind(const Node& node, const std::string& path, std::string_view expected, std::string hint) {
        diagnostics_.error(node.place(),
                           fmt::format("\"{}\" must be {}, not \"{}\"", path, expected, shown(node.text.text)),
                           std::move(hint));
    }

    const Model& model_;
    Diagnostics& diagnostics_;
};

}  // namespace

std::vector<ExpectedAnswer> read_expectations(const Node& expect, const Model& model, Diagnostics& diagnostics) {
    std::vector<ExpectedAnswer> answers;
    if (!expect.is_map() || expect.entries.empty()) {
        diagnostics.error(expect.place(), "a scenario must expect something of a decision",
                          "write expect: {DECISION: {FIELD: VALUE, because: CLAUSE}}");
        return answers;
    }
    ExpectationReader reader(model, diagnostics);
    for (const auto& [name, node] : expect.entries) {
        if (auto answer = reader.read_answer(name, node)) answers.push_back(*std::move(answer));
    }
    return answers;
}

}  // namespace praxe
