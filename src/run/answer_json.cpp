// Answers as JSON: fields in the order of the ruleset.
#include "run/answer_json.hpp"

#include <fmt/format.h>

#include "document/json_writer.hpp"
#include "value/decimal.hpp"

namespace praxe {
namespace {

class AnswerWriter {
  public:
    explicit AnswerWriter(const Model& model) : model_(model) {}

    void write(const Answer& answer) {
        json_.begin_object();
        if (answer.outcome.is_error()) {
            json_.key("error");
            write_error(answer.outcome.as_error());
            write_why_not(answer);
            write_workings(answer);
            json_.end_object();
            return;
        }
        json_.text("decision", answer.decision);
        json_.key("outcome");
        write_outcome(answer.outcome);
        json_.key("because");
        write_reasons(answer);
        if (answer.valid_until) write_validity(*answer.valid_until);
        write_why_not(answer);
        write_workings(answer);
        json_.end_object();
    }

    void write(const std::vector<Answer>& answers, bool with_zone_data) {
        json_.begin_object();
        json_.key("decisions");
        json_.begin_object();
        for (const Answer& answer : answers) {
            json_.key(answer.decision);
            write(answer);
        }
        json_.end_object();
        if (with_zone_data && !model_.zone_data.empty()) {
            json_.text("zone_data", model_.zone_data);
        }
        json_.end_object();
    }

    void write_outcome_or_error(const Value& outcome) {
        if (!outcome.is_error()) return write_outcome(outcome);
        json_.begin_object();
        json_.key("error");
        write_error(outcome.as_error());
        json_.end_object();
    }

    void write_reasons(const Answer& answer) {
        json_.begin_list();
        for (const Because& because : answer.because) write_because(because);
        json_.end_list();
    }

    std::string take() const { return json_.take(); }

  private:
    /// A decimal number without the zeros that say nothing: 10, 12.5.
    void number(std::string decimal) {
        decimal.erase(decimal.find_last_not_of('0') + 1);
        if (decimal.ends_with('.')) decimal.pop_back();
        json_.raw(decimal);
    }

    void write_error(const Error& error) {
        json_.begin_object();
        json_.text("message", error.message);
        json_.text_if_any("fact", error.path);
        write_place("fact_at", error.fact_place);
        write_place("rule_at", error.place);
        json_.end_object();
    }

    void write_place(std::string_view name, const Place& place) {
        if (!place) return;
        const auto [line, column] = place.source->position(place.span.begin);
        json_.text(name, fmt::format("{}:{}:{}", place.source->name(), line, column));
    }

    void write_because(const Because& because) {
        json_.begin_object();
        json_.text_if_any("item", because.item);
        json_.text("decision", because.decision);
        json_.text("rule", because.rule);
        json_.text_if_any("exception", because.exception);
        json_.texts("cite", because.cite);
        if (!because.text.empty()) json_.labelled("text", because.text);
        if (because.valid_until) write_validity(*because.valid_until);
        json_.end_object();
    }

    void write_validity(const Validity& validity) {
        json_.key("valid_until");
        if (validity.until) {
            json_.text(model_.zone.format(*validity.until));
        } else {
            json_.null();
        }
        if (validity.limited_by != LimitedBy::nothing) {
            json_.text("limited_by", name_of(validity.limited_by));
        }
        if (!validity.because) return;
        json_.key("validity");
        json_.begin_object();
        json_.key("because");
        write_flip(*validity.because);
        if (validity.next) write_next(*validity.next);
        json_.end_object();
    }

    void write_flip(const Flip& flip) {
        json_.begin_object();
        json_.text_if_any("decision", flip.decision);
        json_.text_if_any("rule", flip.rule);
        json_.text_if_any("exception", flip.exception);
        json_.text_if_any("binding", flip.binding);
        json_.text_if_any("comparison", flip.comparison);
        json_.text_if_any("fact", flip.fact);
        write_place("rule_at", flip.place);
        json_.end_object();
    }

    /// The outcome from then on; of an item that is no longer there, null.
    void write_next(const Value& next) {
        json_.key("next");
        if (!next.is_error()) return write_outcome(next);
        json_.begin_object();
        json_.key("error");
        write_error(next.as_error());
        json_.end_object();
    }

    void write_why_not(const Answer& answer) {
        if (answer.why_not.empty()) return;
        json_.key("why_not");
        json_.begin_list();
        for (const WhyNot& why : answer.why_not) {
            json_.begin_object();
            json_.text_if_any("item", why.item);
            json_.text("rule", why.rule);
            if (!why.condition.empty()) {
                json_.text("condition", why.condition);
                json_.text("value", why.value);
                json_.key("read");
                json_.begin_object();
                for (const auto& [name, value] : why.read) {
                    json_.key(name);
                    write_value(value);
                }
                json_.end_object();
            }
            json_.end_object();
        }
        json_.end_list();
    }

    void write_workings(const Answer& answer) {
        if (answer.workings.empty()) return;
        json_.key("workings");
        json_.begin_list();
        for (const Working& working : answer.workings) {
            json_.begin_object();
            json_.text_if_any("decision", working.decision);
            json_.text_if_any("expression", working.expression);
            json_.key("of");
            write_list(working.of);
            json_.key("value");
            write_value(working.value);
            json_.texts("exact", working.exact);
            if (!working.odd_cents.empty())
                json_.list("odd_cents", working.odd_cents, [&](std::size_t part) { json_.number(part); });
            json_.end_object();
        }
        json_.end_list();
    }

    void write_outcome(const Value& outcome) {
        if (outcome.is(Kind::optional)) {
            outcome.has_value() ? write_value(outcome.as_optional()) : json_.null();
        } else {
            write_value(outcome);
        }
    }

    void write_record(const Record& record) {
        const Decision* decision = record.path.empty() ? model_.find(record.type->name) : nullptr;
        const std::size_t shown = decision == nullptr ? record.fields.size() : decision->shown_fields;
        json_.begin_object();
        for (std::size_t i = 0; i < shown; ++i) {
            if (record.fields[i].is_absent()) continue;
            json_.key(record.type->fields[i].name);
            write_value(record.fields[i]);
        }
        json_.end_object();
    }

    void write_list(const List& list) {
        json_.begin_list();
        for (const Value& item : list) write_value(item);
        json_.end_list();
    }

    void write_map(const Map& map) {
        json_.begin_object();
        for (const auto& [name, value] : map.entries) {
            json_.key(name.is(Kind::string) ? name.as_string() : to_text(name));
            write_value(value);
        }
        json_.end_object();
    }

    void write_value(const Value& value) {
        switch (value.kind()) {
            case Kind::boolean:
                json_.boolean(value.as_bool());
                break;
            case Kind::integer:
            case Kind::business_days:
            case Kind::calendar_days:
            case Kind::months:
            case Kind::years:
                json_.number(value.as_int());
                break;
            case Kind::unsigned_integer:
                json_.number(value.as_uint());
                break;
            case Kind::string:
                json_.text(value.as_string());
                break;
            case Kind::timestamp:
                json_.text(model_.zone.format(value.as_int()));
                break;
            case Kind::duration:
            case Kind::business_hours:
                json_.text(format_duration(value.as_int(), value.nanos_below()));
                break;
            case Kind::date:
                json_.text(format_date(static_cast<Day>(value.as_int())));
                break;
            case Kind::money:
                json_.text(format_hundredths(value.as_int()));
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
                json_.null();
                break;
            case Kind::real:
            case Kind::bytes:
            case Kind::type:
                json_.text(to_text(value));
                break;
            case Kind::error:
                write_error(value.as_error());
                break;
        }
    }

    const Model& model_;
    JsonWriter json_;
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
    JsonWriter json;
    const auto sorted = diagnostics.sorted();
    json.begin_object();
    json.key("error");
    json.begin_object();
    json.text("message", sorted.front().message);
    json.text("text", diagnostics.to_string());
    json.end_object();
    json.end_object();
    return json.take();
}

}  // namespace praxe
