// Cases → tallies: each indicator looks at each case by itself.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "document/node.hpp"
#include "measure/measures_json.hpp"
#include "measure/tally.hpp"
#include "run/run.hpp"
#include "run/validity.hpp"

namespace praxe {
namespace {

/// What one indicator reads of one case, or the error that leaves the case out of it.
class Reading {
  public:
    Reading(const Indicator& indicator, const Tally& tally, Run& run)
        : indicator_(indicator), tally_(tally), run_(run) {}

    Value read(std::vector<Look>& looks) {
        const auto [need, fact] = run_.unmet_need(indicator_.looks_at);
        if (need != nullptr) return fact.is_error() ? fact : Value();  // the case is none of those it looks at
        if (!indicator_.looks_at.each) return look(run_.activation_for(indicator_.looks_at), looks);
        const Value elements = run_.elements(indicator_.looks_at);
        if (elements.is_error()) return elements;
        for (const Value& element : elements.as_list()) {
            Value wrong = look(run_.activation_for(indicator_.looks_at, element), looks);
            if (wrong.is_error()) return wrong;
        }
        return Value();
    }

  private:
    Value look(Activation activation, std::vector<Look>& looks) {
        if (indicator_.looks_at.where) {
            Value wanted = run_.value_of(*indicator_.looks_at.where, activation);
            if (!wanted.is_true()) return wanted.is_error() ? wanted : Value();
        }
        Look look;
        if (indicator_.by) {
            Value group = run_.value_of(*indicator_.by, activation);
            if (group.is_error()) return group;
            look.group = tally_.key_of(group);
        }
        Value wrong = read(indicator_.of, activation, look.of);
        look.to = 1;
        if (!wrong.is_error() && indicator_.to) wrong = read(*indicator_.to, activation, look.to);
        if (!wrong.is_error()) looks.push_back(std::move(look));
        return wrong;
    }

    Value read(const Expression& expression, Activation& activation, std::int64_t& number) {
        const Value value = run_.value_of(expression, activation);
        if (value.is_error()) return value;
        if (value.nanos_below() != 0)
            return Value::error(Error::Code::range, "what is measured is in whole microseconds");
        number = value.is(Kind::boolean) ? value.as_bool() : value.as_int();
        return Value();
    }

    const Indicator& indicator_;
    const Tally& tally_;
    Run& run_;
};

std::vector<const Indicator*> chosen(const Model& model, const std::vector<std::string>& names,
                                     Diagnostics& diagnostics) {
    std::vector<const Indicator*> all;
    std::vector<std::string> known;
    for (const auto& indicator : model.indicators) known.push_back(indicator->name);
    for (const std::string& name : names) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        const std::string near = nearest(name, known);
        diagnostics.error({}, fmt::format("the ruleset \"{}\" has no indicator \"{}\"", model.name, name),
                          near.empty() ? fmt::format("known are: {}", fmt::join(known, ", "))
                                       : fmt::format("did you mean \"{}\"?", near));
    }
    if (known.empty())
        diagnostics.error({}, fmt::format("the ruleset \"{}\" has no indicators", model.name),
                          "they are written under indicators:");
    for (const auto& indicator : model.indicators) {
        if (names.empty() || std::find(names.begin(), names.end(), indicator->name) != names.end())
            all.push_back(indicator.get());
    }
    return all;
}

}  // namespace

struct Measures::State {
    Ruleset ruleset;
    MeasureOptions options;
    std::vector<const Indicator*> indicators;
    std::vector<Tally> tallies;
    std::uint64_t cases = 0;

    const Model& model() const { return ruleset.model(); }
};

Measures::Measures(std::unique_ptr<State> state) : state_(std::move(state)) {}
Measures::Measures(Measures&&) noexcept = default;
Measures& Measures::operator=(Measures&&) noexcept = default;
Measures::~Measures() = default;

Result<Measures> Measures::open(const Ruleset& ruleset, const MeasureOptions& options) {
    Diagnostics diagnostics;
    auto state = std::make_unique<State>(State{ruleset, options, {}, {}});
    state->indicators = chosen(ruleset.model(), options.indicators, diagnostics);
    if (!diagnostics.empty()) return diagnostics;
    for (const Indicator* indicator : state->indicators)
        state->tallies.emplace_back(ruleset.model(), *indicator, state->options);
    return Measures(std::move(state));
}

namespace {

/// Why no case can be judged at that instant; nothing where it can.
std::optional<Error> refusal(const Model& model, std::optional<std::int64_t> at) {
    if (!at) return Error{Error::Code::missing_fact, "\"at\" is not given: the instant of the decision", "at", {}};
    const auto refused = not_in_force(model, *at);
    return refused ? std::optional(refused->outcome.as_error()) : std::nullopt;
}

/// What is wrong, where the fact stands that it is about.
void report(const Error& error, const std::string& what, const Case& facts, Diagnostics& diagnostics) {
    diagnostics.error(error.path.empty() ? error.place : facts.place_of(error.path),
                      fmt::format("\"{}\" cannot be measured: {}", what, error.message));
}

}  // namespace

Diagnostics Measures::add(const Case& facts) {
    State& state = *state_;
    ++state.cases;
    const std::shared_ptr<const Record> record = state.ruleset.facts(facts);
    const std::optional<std::int64_t> at = state.options.at ? state.options.at : facts.at();
    const std::optional<Error> refused = refusal(state.model(), at);
    Diagnostics diagnostics;
    for (std::size_t i = 0; i < state.tallies.size(); ++i) {
        const Indicator& indicator = *state.indicators[i];
        Tally& tally = state.tallies[i];
        std::vector<Look> looks;
        Value wrong = refused ? Value::error(*refused) : Value();
        if (!refused) {
            Run run(state.model(), record, *at, state.options.limits);
            wrong = Reading(indicator, tally, run).read(looks);
        }
        if (wrong.is_error()) {
            tally.leave_out();
            report(wrong.as_error(), indicator.name, facts, diagnostics);
        } else {
            tally.add(looks);
        }
    }
    return diagnostics;
}

std::uint64_t Measures::cases() const {
    return state_->cases;
}

std::vector<IndicatorResult> Measures::results() const {
    std::vector<IndicatorResult> results;
    results.reserve(state_->tallies.size());
    for (const Tally& tally : state_->tallies) results.push_back(tally.result());
    return results;
}

std::string Measures::to_json() const {
    return measures_json(state_->model(), state_->indicators, state_->cases, results());
}

std::string Measures::facts_json() const {
    return measured_facts_json(state_->model(), state_->indicators, results());
}

}  // namespace praxe
