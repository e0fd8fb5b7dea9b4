// An indicator as a program: what it looks at in each case, and what is counted of that over many cases.
#pragma once

#include "check/model.hpp"

namespace praxe {

enum class Measure {
    count,       // how many fulfil a condition
    share,       // the same, of all that are looked at
    sum,         // of a value
    ratio,       // of the sums of two values
    percentile,  // of a value, by nearest rank
};

/// A goal is set by parameters.
struct GoalBound {
    std::size_t parameter;  // of the model's
    Place place;
};

struct Indicator {
    std::string name;
    Languages title, unit;
    std::vector<std::string> cites;
    Decision looks_at;  // its needs, each, where and let: one look for each element, or one for the case
    Measure measure = Measure::count;
    Expression of;  // what is counted, summed up, ranked
    std::optional<Expression> to;
    std::optional<Expression> by;  // the group
    int percent = 0;               // of a percentile
    int decimals = 0;              // an int counts units so many places after the point
    std::size_t top = 0;           // how many groups are shown, the greatest first; 0: all, in order
    std::optional<GoalBound> at_least, at_most;
    std::string fact;   // the fact of the base that its value is, or is all of; empty: none
    Type value, group;  // of the measure and of its groups
    Place place, fact_place;
};

/// What can be added up exactly, in whichever order; what can be ranked; what elements can be told apart by.
bool can_be_summed(TypeKind kind);
bool can_be_ranked(TypeKind kind);
bool can_be_a_group(TypeKind kind);

/// What an indicator says must fit what it measures: its decimals, its goal, the fact it stands for.
/// REQUIRES: its types are known (`value` of kind error where they were wrong).
void check_indicator_shape(const Indicator& indicator, const Model& model, Diagnostics& diagnostics);

/// The type of the fact at a path such as `base.second_purchase_days`; null if there is none.
const Type* fact_type(const Schema& schema, std::string_view path);

}  // namespace praxe
