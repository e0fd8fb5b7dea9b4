// Answers as JSON, by RapidJSON's writer: fields in the order of the ruleset.
#include "run/answer_json.hpp"

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "value/decimal.hpp"

namespace praxe {
namespace {

class AnswerWriter {
  public:
    explicit AnswerWriter(const Model& model) : model_(model), json_(buffer_) {}

    void write(const Answer& answer) {
        json_.StartObject();
        if (answer.outcome.is_error()) {
            key("error");
            write_error(answer.outcome.as_error());
            write_why_not(answer);
            write_workings(answer);
            json_.EndObject();
            return;
        }
        key("decision");
        text(answer.decision);
        key("outcome");
        write_outcome(answer.outcome);
        key("because");
        write_reasons(answer);
        if (answer.valid_until) write_validity(*answer.valid_until);
        write_why_not(answer);
        write_workings(answer);
        json_.EndObject();
    }

    void write(const std::vector<Answer>& answers, bool with_zone_data) {
        json_.StartObject();
        key("decisions");
        json_.StartObject();
        for (const Answer& answer : answers) {
            key(answer.decision);
            write(answer);
        }
        json_.EndObject();
        if (with_zone_data && !model_.zone_data.empty()) {
            key("zone_data");
            text(model_.zone_data);
        }
        json_.EndObject();
    }

    void write_outcome_or_error(const Value& outcome) {
        if (!outcome.is_error()) return write_outcome(outcome);
        json_.StartObject();
        key("error");
        write_error(outcome.as_error());
        json_.EndObject();
    }

    void write_reasons(const Answer& answer) {
        json_.StartArray();
        for (const Because& because : answer.because) write_because(because);
        json_.EndArray();
    }

    std::string take() const { return buffer_.GetString(); }

  private:
    void key(std::string_view name) { json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }
    void text(std::string_view value) { json_.String(value.data(), static_cast<rapidjson::SizeType>(value.size())); }

    /// A decimal number without the zeros that say nothing: 10, 12.5.
    void number(std::string decimal) {
        decimal.erase(decimal.find_last_not_of('0') + 1);
        if (decimal.ends_with('.')) decimal.pop_back();
        json_.RawValue(decimal.data(), decimal.size(), rapidjson::kNumberType);
    }

    void write_error(const Error& error) {
        json_.StartObject();
        key("message");
        text(error.message);
        if (!error.path.empty()) {
            key("fact");
            text(error.path);
        }
        write_place("fact_at", error.fact_place);
        write_place("rule_at", error.place);
        json_.EndObject();
    }

    void write_place(std::string_view name, const Place& place) {
        if (!place) return;
        const auto [line, column] = place.source->position(place.span.begin);
        key(name);
        text(fmt::format("{}:{}:{}", place.source->name(), line, column));
    }

    void write_because(const Because& because) {
        json_.StartObject();
        if (!because.item.empty()) {
            key("item");
            text(because.item);
        }
        key("decision");
        text(because.decision);
        key("rule");
        text(because.rule);
        if (!because.exception.empty()) {
            key("exception");
            text(because.exception);
        }
        key("cite");
        json_.StartArray();
        for (const std::string& clause : because.cite) text(clause);
        json_.EndArray();
        if (!because.text.empty()) {
            key("text");
            json_.StartObject();
            for (const auto& [language, said] : because.text) {
                key(language);
                text(said);
            }
            json_.EndObject();
        }
        if (because.valid_until) write_validity(*because.valid_until);
        json_.EndObject();
    }

    void write_validity(const Validity& validity) {
        key("valid_until");
        if (validity.until) {
            text(model_.zone.format(*validity.until));
        } else {
            json_.Null();
        }
        if (validity.limited_by != LimitedBy::nothing) {
            key("limited_by");
            text(name_of(validity.limited_by));
        }
        if (!validity.because) return;
        key("validity");
        json_.StartObject();
        key("because");
        write_flip(*validity.because);
        if (validity.next) write_next(*validity.next);
        json_.EndObject();
    }

    void write_named(std::string_view name, const std::string& value) {
        if (value.empty()) return;
        key(name);
        text(value);
    }

    void write_flip(const Flip& flip) {
        json_.StartObject();
        write_named("decision", flip.decision);
        write_named("rule", flip.rule);
        write_named("exception", flip.exception);
        write_named("binding", flip.binding);
        write_named("comparison", flip.comparison);
        write_named("fact", flip.fact);
        write_place("rule_at", flip.place);
        json_.EndObject();
    }

    /// The outcome from then on; of an item that is no longer there, null.
    void write_next(const Value& next) {
        key("next");
        if (!next.is_error()) return write_outcome(next);
        json_.StartObject();
        key("error");
        write_error(next.as_error());
        json_.EndObject();
    }

    void write_why_not(const Answer& answer) {
        if (answer.why_not.empty()) return;
        key("why_not");
        json_.StartArray();
        for (const WhyNot& why : answer.why_not) {
            json_.StartObject();
            if (!why.item.empty()) {
                key("item");
                text(why.item);
            }
            key("rule");
            text(why.rule);
            if (!why.condition.empty()) {
                key("condition");
                text(why.condition);
                key("value");
                text(why.value);
                key("read");
                json_.StartObject();
                for (const auto& [name, value] : why.read) {
                    key(name);
                    write_value(value);
                }
                json_.EndObject();
            }
            json_.EndObject();
        }
        json_.EndArray();
    }

    void write_workings(const Answer& answer) {
        if (answer.workings.empty()) return;
        key("workings");
        json_.StartArray();
        for (const Working& working : answer.workings) {
            json_.StartObject();
            write_named("decision", working.decision);
            write_named("expression", working.expression);
            key("of");
            write_list(working.of);
            key("value");
            write_value(working.value);
            key("exact");
            json_.StartArray();
            for (const std::string& amount : working.exact) text(amount);
            json_.EndArray();
            if (!working.odd_cents.empty()) {
                key("odd_cents");
                json_.StartArray();
                for (const std::size_t part : working.odd_cents) json_.Uint64(part);
                json_.EndArray();
            }
            json_.EndObject();
        }
        json_.EndArray();
    }

    void write_outcome(const Value& outcome) {
        if (outcome.is(Kind::optional)) {
            outcome.has_value() ? write_value(outcome.as_optional()) : static_cast<void>(json_.Null());
        } else {
            write_value(outcome);
        }
    }

    void write_record(const Record& record) {
        const Decision* decision = record.path.empty() ? model_.find(record.type->name) : nullptr;
        const std::size_t shown = decision == nullptr ? record.fields.size() : decision->shown_fields;
        json_.StartObject();
        for (std::size_t i = 0; i < shown; ++i) {
            if (record.fields[i].is_absent()) continue;
            key(record.type->fields[i].name);
            write_value(record.fields[i]);
        }
        json_.EndObject();
    }

    void write_list(const List& list) {
        json_.StartArray();
        for (const Value& item : list) write_value(item);
        json_.EndArray();
    }

    void write_map(const Map& map) {
        json_.StartObject();
        for (const auto& [name, value] : map.entries) {
            key(name.is(Kind::string) ? name.as_string() : to_text(name));
            write_value(value);
        }
        json_.EndObject();
    }

    void write_value(const Value& value) {
        switch (value.kind()) {
            case Kind::boolean:
                json_.Bool(value.as_bool());
                break;
            case Kind::integer:
            case Kind::business_days:
            case Kind::calendar_days:
            case Kind::months:
            case Kind::years:
                json_.Int64(value.as_int());
                break;
            case Kind::unsigned_integer:
                json_.Uint64(value.as_uint());
                break;
            case Kind::string:
                text(value.as_string());
                break;
            case Kind::timestamp:
                text(model_.zone.format(value.as_int()));
                break;
            case Kind::duration:
            case Kind::business_hours:
                text(format_duration(value.as_int(), value.nanos_below()));
                break;
            case Kind::date:
                text(format_date(static_cast<Day>(value.as_int())));
                break;
            case Kind::money:
                text(format_hundredths(value.as_int()));
                break;
            case Kind::percent:
                number(format_hundredths(value.as_int()));
                break;
            case Kind::list:
                write_list(value.as_list());
                break;
            case Kind::map:
                write_map(value.as_map());
                break;
            case Kind::record:
                write_record(value.as_record());
                break;
            case Kind::optional:
                write_outcome(value);
                break;
            case Kind::null:
            case Kind::absent:
                json_.Null();
                break;
            case Kind::real:
            case Kind::bytes:
            case Kind::type:
                text(to_text(value));
                break;
            case Kind::error:
                write_error(value.as_error());
                break;
        }
    }

    const Model& model_;
    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> json_;
};

}  // namespace

const char* name_of(LimitedBy limit) {
    switch (limit) {
        case LimitedBy::horizon:
            return "horizon";
        case LimitedBy::calendar:
            return "calendar";
        case LimitedBy::nothing:
            break;
    }
    return "";
}

std::string answer_json(const Model& model, const Answer& answer) {
    AnswerWriter writer(model);
    writer.write(answer);
    return writer.take();
}

std::string outcome_json(const Model& model, const Value& outcome) {
    AnswerWriter writer(model);
    writer.write_outcome_or_error(outcome);
    return writer.take();
}

std::string because_json(const Model& model, const Answer& answer) {
    AnswerWriter writer(model);
    writer.write_reasons(answer);
    return writer.take();
}

std::string answers_json(const Model& model, const std::vector<Answer>& answers, bool with_zone_data) {
    AnswerWriter writer(model);
    writer.write(answers, with_zone_data);
    return writer.take();
}

std::string diagnostics_json(const Diagnostics& diagnostics) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
    const auto key_text = [&](const char* key, const std::string& text) {
        json.Key(key);
        json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
    };
    const auto sorted = diagnostics.sorted();
    json.StartObject();
    json.Key("error");
    json.StartObject();
    key_text("message", sorted.front().message);
    key_text("text", diagnostics.to_string());
    json.EndObject();
    json.EndObject();
    return buffer.GetString();
}

}  // namespace praxe
