// Located indicators → parsed ones: their measures, groups, goals and the fact that one may stand for.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "check/building.hpp"
#include "check/indicator.hpp"
#include "facts/schema_fields.hpp"

namespace praxe {
namespace {

struct MeasureName {
    std::string_view name;
    Measure measure;
};
constexpr std::array measure_names{
    MeasureName{"count", Measure::count},
    MeasureName{"share", Measure::share},
    MeasureName{"sum", Measure::sum},
    MeasureName{"ratio", Measure::ratio},
    MeasureName{"percentile", Measure::percentile},
};

class IndicatorBuilder {
  public:
    IndicatorBuilder(const RawIndicator& raw, const Building& building)
        : raw_(raw), building_(building), indicator_(std::make_shared<Indicator>()) {}

    std::shared_ptr<Indicator> build() {
        indicator_->name = raw_.looks_at.name.text;
        indicator_->place = raw_.looks_at.place;
        check_name(raw_.looks_at.name, building_.diagnostics);
        indicator_->title = languages_of(raw_.title);
        indicator_->unit = languages_of(raw_.unit);
        for (const Excerpt& clause : raw_.cites) {
            if (check_clause(clause, building_)) indicator_->cites.push_back(clause.text);
        }
        build_frame(raw_.looks_at, indicator_->looks_at, building_);
        build_measure();
        if (raw_.by) indicator_->by = building_.parse(*raw_.by);
        indicator_->top = static_cast<std::size_t>(raw_.top.value_or(0));
        indicator_->at_least = bound(raw_.at_least);
        indicator_->at_most = bound(raw_.at_most);
        if (raw_.fact && !raw_.by) {  // beside each other they were reported
            indicator_->fact = raw_.fact->text;
            indicator_->fact_place = raw_.fact->place();
        }
        return std::move(indicator_);
    }

  private:
    void build_measure() {
        if (raw_.measure) {
            indicator_->measure = std::find_if(measure_names.begin(), measure_names.end(), [&](const MeasureName& one) {
                                      return one.name == raw_.measure->text;
                                  })->measure;
        }
        indicator_->percent = static_cast<int>(raw_.percent.value_or(0));
        indicator_->decimals = static_cast<int>(raw_.decimals.value_or(0));
        if (raw_.of) {
            if (auto of = building_.parse(*raw_.of)) indicator_->of = *std::move(of);
        }
        if (raw_.to) indicator_->to = building_.parse(*raw_.to);
    }

    /// A bound of the goal is a parameter, so that every company sets its own.
    std::optional<GoalBound> bound(const std::optional<Excerpt>& name) {
        if (!name) return std::nullopt;
        const auto& parameters = building_.model.parameters;
        const auto found = std::find_if(parameters.begin(), parameters.end(),
                                        [&](const Parameter& one) { return one.name == name->text; });
        if (found != parameters.end())
            return GoalBound{static_cast<std::size_t>(found - parameters.begin()), name->place()};
        std::vector<std::string> known;
        for (const Parameter& one : parameters) known.push_back(one.name);
        building_.diagnostics.error(name->place(), fmt::format("there is no parameter \"{}\"", name->text),
                                    suggestion(name->text, known));
        return std::nullopt;
    }

    const RawIndicator& raw_;
    const Building& building_;
    std::shared_ptr<Indicator> indicator_;
};

}  // namespace

std::shared_ptr<Indicator> build_indicator(const RawIndicator& raw, const Building& building) {
    return IndicatorBuilder(raw, building).build();
}

}  // namespace praxe
