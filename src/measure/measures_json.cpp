// What was measured as JSON; the facts of a base, which grow into one another, by nlohmann's writer.
#include "measure/measures_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "document/json_writer.hpp"
#include "run/answer_json.hpp"

namespace praxe {
namespace {

class MeasuresWriter {
  public:
    explicit MeasuresWriter(const Model& model) : model_(model) {}

    std::string write(const std::vector<const Indicator*>& indicators, std::uint64_t cases,
                      const std::vector<IndicatorResult>& results) {
        json_.begin_object();
        json_.number("cases", cases);
        json_.key("indicators");
        json_.begin_object();
        for (std::size_t i = 0; i < results.size(); ++i) {
            json_.key(results[i].name);
            write(*indicators[i], results[i]);
        }
        json_.end_object();
        json_.end_object();
        return json_.take();
    }

  private:
    void write(const Indicator& indicator, const IndicatorResult& result) {
        json_.begin_object();
        if (result.broken.is_error()) {
            value("error", result.broken);
        } else if (indicator.by) {
            json_.objects("groups", result.measured, [&](const Measured& one) {
                value("group", one.group);
                write_measured(indicator, one);
            });
            json_.number("groups_in_all", result.groups);
        } else {
            write_measured(indicator, result.measured.front());
        }
        write_goal(indicator);
        if (result.cases_left_out > 0) {
            json_.number("cases_left_out", result.cases_left_out);
        }
        json_.end_object();
    }

    void write_measured(const Indicator& indicator, const Measured& one) {
        if (indicator.decimals > 0 && one.value.is(Kind::integer)) {
            json_.text("value", scaled(one.value.as_int(), indicator.decimals));
        } else if (one.value.is_error()) {
            value("error", one.value);
        } else if (!one.value.is_absent()) {
            value("value", one.value);
        }
        if (!one.part.is_absent()) value("part", one.part);
        if (!one.whole.is_absent()) value("whole", one.whole);
        json_.number("elements", one.elements);
        if (!one.goal_met) return;
        json_.boolean("goal_met", *one.goal_met);
    }

    void write_goal(const Indicator& indicator) {
        if (!indicator.at_least && !indicator.at_most) return;
        json_.key("goal");
        json_.begin_object();
        if (indicator.at_least) value("at_least", model_.parameters[indicator.at_least->parameter].value);
        if (indicator.at_most) value("at_most", model_.parameters[indicator.at_most->parameter].value);
        json_.end_object();
    }

    /// As answers write it.
    void value(std::string_view name, const Value& value) {
        if (value.is_error()) return json_.text(name, value.as_error().message);
        json_.key(name);
        json_.raw(outcome_json(model_, value));
    }

    const Model& model_;
    JsonWriter json_;
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
