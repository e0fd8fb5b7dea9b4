// Exact sums and counted values, and what comes of them.
#include "measure/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "value/order.hpp"

namespace praxe {
namespace {

__extension__ using Wide = __int128;

struct KindOfType {
    TypeKind type;
    Kind kind;
};
constexpr std::array kinds{
    KindOfType{TypeKind::money, Kind::money},
    KindOfType{TypeKind::percent, Kind::percent},
    KindOfType{TypeKind::date, Kind::date},
    KindOfType{TypeKind::business_days, Kind::business_days},
    KindOfType{TypeKind::business_hours, Kind::business_hours},
    KindOfType{TypeKind::calendar_days, Kind::calendar_days},
    KindOfType{TypeKind::months, Kind::months},
    KindOfType{TypeKind::years, Kind::years},
};

Value out_of_range() {
    return Value::error(Error::Code::arithmetic, "the sum is out of range");
}

/// A whole number as a value of that type.
Value value_of(TypeKind type, Wide number) {
    const auto narrow = static_cast<std::int64_t>(number);
    if (narrow != number) return out_of_range();
    if (type == TypeKind::timestamp) return Value::timestamp(narrow);
    if (type == TypeKind::duration) return Value::duration(narrow);
    const auto found =
        std::find_if(kinds.begin(), kinds.end(), [&](const KindOfType& one) { return one.type == type; });
    return found == kinds.end() ? Value::integer(narrow) : Value::count(found->kind, narrow);
}

/// Hundredths of a percent, half away from zero.
Value share_of(Wide part, Wide whole) {
    constexpr Wide hundredths_in_whole = 10'000;
    constexpr Wide most = std::numeric_limits<Wide>::max() / hundredths_in_whole / 2;
    const bool negative = (part < 0) != (whole < 0);
    if (part < 0) part = -part;
    if (whole < 0) whole = -whole;
    if (part > most || whole > most) return out_of_range();
    const Wide quotient = (2 * part * hundredths_in_whole + whole) / (2 * whole);
    return value_of(TypeKind::percent, negative ? -quotient : quotient);
}

}  // namespace

Tally::Tally(const Model& model, const Indicator& indicator, const MeasureOptions& options)
    : model_(model), indicator_(indicator), max_groups_(options.max_groups), max_values_(options.max_different_values) {
    if (!indicator.by) groups_.try_emplace({});
}

GroupKey Tally::key_of(const Value& group) const {
    if (!group.is(Kind::string)) return {group.is(Kind::boolean) ? group.as_bool() : group.as_int(), {}};
    if (indicator_.group.kind != TypeKind::enumeration) return {0, group.as_string()};
    const auto& members = model_.schema->closed_sets.find(indicator_.group.name)->second.members;
    return {std::find(members.begin(), members.end(), group.as_string()) - members.begin(), group.as_string()};
}

Value Tally::group_value(const GroupKey& key) const {
    if (!indicator_.by) return Value();
    switch (indicator_.group.kind) {
        case TypeKind::boolean:
            return Value::boolean(key.rank != 0);
        case TypeKind::string:
        case TypeKind::enumeration:
            return Value::string(key.text);
        default:
            return value_of(indicator_.group.kind, key.rank);
    }
}

void Tally::break_off(std::size_t limit, const char* what) {
    broken_ = Value::error(Error::Code::limit, fmt::format("\"{}\" has more than {} {}", indicator_.name, limit, what));
    groups_.clear();
    values_ = 0;
}

void Tally::add(const Look& look) {
    Group& group = groups_[look.group];
    ++group.elements;
    if (indicator_.measure == Measure::percentile) {
        values_ += ++group.values[look.of] == 1 ? 1 : 0;
    } else {
        group.of += look.of;
        group.to += look.to;
    }
    if (groups_.size() > max_groups_) return break_off(max_groups_, "groups");
    if (values_ > max_values_) break_off(max_values_, "different values");
}

void Tally::add(const std::vector<Look>& looks) {
    for (const Look& look : looks) {
        if (broken_.is_error()) return;
        add(look);
    }
}

/// By nearest rank, as the function `percentile`.
Value Tally::ranked(const Group& group) const {
    if (group.elements == 0) return Value();
    const Wide rank = (Wide{group.elements} * indicator_.percent + 99) / 100;  // from 1
    Wide passed = 0;
    auto at = group.values.begin();
    while ((passed += at->second) < rank) ++at;
    return value_of(indicator_.value.kind, at->first);
}

void Tally::set_part_of_whole(const Group& group, TypeKind kind, Measured& measured) const {
    measured.part = value_of(kind, group.of);
    measured.whole = value_of(kind, group.to);
    if (group.to != 0) measured.value = share_of(group.of, group.to);
}

void Tally::set_value(const Group& group, Measured& measured) const {
    switch (indicator_.measure) {
        case Measure::count:
        case Measure::sum:
            measured.value = value_of(indicator_.value.kind, group.of);
            break;
        case Measure::share:
            set_part_of_whole(group, TypeKind::integer, measured);
            break;
        case Measure::ratio:
            set_part_of_whole(group, indicator_.of.root->type.kind, measured);
            break;
        case Measure::percentile:
            measured.value = ranked(group);
            break;
    }
}

std::optional<bool> Tally::meets_goal(const Value& value) const {
    if ((!indicator_.at_least && !indicator_.at_most) || value.is_absent() || value.is_error()) return std::nullopt;
    const auto bound = [&](const GoalBound& goal) -> const Value& { return model_.parameters[goal.parameter].value; };
    if (indicator_.at_least && sort_order(value, bound(*indicator_.at_least)) < 0) return false;
    return !indicator_.at_most || sort_order(value, bound(*indicator_.at_most)) <= 0;
}

Measured Tally::measured(const GroupKey& key, const Group& group) const {
    Measured measured;
    measured.group = group_value(key);
    measured.elements = group.elements;
    set_value(group, measured);
    measured.goal_met = meets_goal(measured.value);
    return measured;
}

IndicatorResult Tally::result() const {
    IndicatorResult result;
    result.name = indicator_.name;
    result.cases_left_out = cases_left_out_;
    result.broken = broken_;
    result.groups = indicator_.by ? groups_.size() : 0;
    for (const auto& [key, group] : groups_) result.measured.push_back(measured(key, group));
    if (indicator_.top == 0) return result;
    const auto amount = [](const Measured& one) {
        const bool is_there = !one.value.is_absent() && !one.value.is_error();
        return is_there ? one.value.as_int() : std::numeric_limits<std::int64_t>::min();
    };
    std::stable_sort(result.measured.begin(), result.measured.end(),
                     [&](const Measured& a, const Measured& b) { return amount(a) > amount(b); });
    if (result.measured.size() > indicator_.top)
        result.measured.erase(result.measured.begin() + static_cast<std::ptrdiff_t>(indicator_.top),
                              result.measured.end());
    return result;
}

}  // namespace praxe
