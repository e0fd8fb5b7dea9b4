// What was measured as JSON: by RapidJSON's writer; the facts of a base, which grow into one another, by nlohmann's.
#include "measure/measures_json.hpp"

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "run/answer_json.hpp"

namespace praxe {
namespace {

class MeasuresWriter {
  public:
    explicit MeasuresWriter(const Model& model) : model_(model) {}

    std::string write(const std::vector<const Indicator*>& indicators, std::uint64_t cases,
                      const std::vector<IndicatorResult>& results) {
        json_.StartObject();
        json_.Key("cases");
        json_.Uint64(cases);
        json_.Key("indicators");
        json_.StartObject();
        for (std::size_t i = 0; i < results.size(); ++i) {
            key(results[i].name);
            write(*indicators[i], results[i]);
        }
        json_.EndObject();
        json_.EndObject();
        return buffer_.GetString();
    }

  private:
    void write(const Indicator& indicator, const IndicatorResult& result) {
        json_.StartObject();
        if (result.broken.is_error()) {
            value("error", result.broken);
        } else if (indicator.by) {
            json_.Key("groups");
            json_.StartArray();
            for (const Measured& one : result.measured) {
                json_.StartObject();
                value("group", one.group);
                write_measured(indicator, one);
                json_.EndObject();
            }
            json_.EndArray();
            json_.Key("groups_in_all");
            json_.Uint64(result.groups);
        } else {
            write_measured(indicator, result.measured.front());
        }
        write_goal(indicator);
        if (result.cases_left_out > 0) {
            json_.Key("cases_left_out");
            json_.Uint64(result.cases_left_out);
        }
        json_.EndObject();
    }

    void write_measured(const Indicator& indicator, const Measured& one) {
        if (indicator.decimals > 0 && one.value.is(Kind::integer)) {
            const std::string text = scaled(one.value.as_int(), indicator.decimals);
            json_.Key("value");
            json_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
        } else if (one.value.is_error()) {
            value("error", one.value);
        } else if (!one.value.is_absent()) {
            value("value", one.value);
        }
        if (!one.part.is_absent()) value("part", one.part);
        if (!one.whole.is_absent()) value("whole", one.whole);
        json_.Key("elements");
        json_.Uint64(one.elements);
        if (!one.goal_met) return;
        json_.Key("goal_met");
        json_.Bool(*one.goal_met);
    }

    void write_goal(const Indicator& indicator) {
        if (!indicator.at_least && !indicator.at_most) return;
        json_.Key("goal");
        json_.StartObject();
        if (indicator.at_least) value("at_least", model_.parameters[indicator.at_least->parameter].value);
        if (indicator.at_most) value("at_most", model_.parameters[indicator.at_most->parameter].value);
        json_.EndObject();
    }

    void key(std::string_view name) { json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }

    /// As answers write it.
    void value(std::string_view name, const Value& value) {
        key(name);
        if (value.is_error()) {
            const std::string& message = value.as_error().message;
            json_.String(message.data(), static_cast<rapidjson::SizeType>(message.size()));
            return;
        }
        const std::string text = outcome_json(model_, value);
        json_.RawValue(text.data(), text.size(), rapidjson::kStringType);
    }

    const Model& model_;
    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> json_{buffer_};
};

}  // namespace

std::string scaled(std::int64_t number, int decimals) {
    const auto magnitude = number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    std::string digits = fmt::format("{:0{}}", magnitude, decimals + 1);
    digits.insert(digits.size() - static_cast<std::size_t>(decimals), ".");
    return (number < 0 ? "-" : "") + digits;
}

std::string measures_json(const Model& model, const std::vector<const Indicator*>& indicators, std::uint64_t cases,
                          const std::vector<IndicatorResult>& results) {
    return MeasuresWriter(model).write(indicators, cases, results);
}

std::string measured_facts_json(const Model& model, const std::vector<const Indicator*>& indicators,
                                const std::vector<IndicatorResult>& results) {
    auto facts = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < results.size(); ++i) {
        const Indicator& indicator = *indicators[i];
        if (indicator.fact.empty() || results[i].measured.empty()) continue;
        const Value& value = results[i].measured.front().value;
        if (value.is_absent() || value.is_error()) continue;  // the fact is not given
        const bool in_a_list = fact_type(*model.schema, indicator.fact)->kind == TypeKind::list;
        std::string path = "/" + indicator.fact;
        std::replace(path.begin(), path.end(), '.', '/');
        facts[nlohmann::ordered_json::json_pointer(path)] =
            nlohmann::ordered_json::parse(outcome_json(model, in_a_list ? Value::list({value}) : value));
    }
    return facts.dump();
}

}  // namespace praxe
