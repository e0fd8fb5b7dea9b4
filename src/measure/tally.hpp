// What was seen of one indicator so far: exact sums and counted values, by group.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <praxe/measure.hpp>
#include <string>
#include <vector>

#include "check/indicator.hpp"

namespace praxe {

/// One group among others, in the order in which groups are shown: members as their closed set lists them.
struct GroupKey {
    std::int64_t rank = 0;
    std::string text;
    auto operator<=>(const GroupKey&) const = default;
};

/// What an indicator reads of one element.
struct Look {
    GroupKey group;
    std::int64_t of = 0;
    std::int64_t to = 0;
};

class Tally {
  public:
    Tally(const Model& model, const Indicator& indicator, const MeasureOptions& options);

    /// REQUIRES: a type that can be a group.
    GroupKey key_of(const Value& group) const;

    /// All that was looked at in one case. Once a limit is passed nothing is kept.
    void add(const std::vector<Look>& looks);
    void leave_out() { ++cases_left_out_; }

    IndicatorResult result() const;

  private:
    __extension__ using Sum = __int128;  // holds the sum of any number of values that can be counted

    struct Group {
        std::uint64_t elements = 0;
        Sum of = 0, to = 0;
        std::map<std::int64_t, std::uint64_t> values;  // of a percentile: how often each was met
    };

    void add(const Look& look);
    void break_off(std::size_t limit, const char* what);
    Measured measured(const GroupKey& key, const Group& group) const;
    void set_value(const Group& group, Measured& measured) const;
    void set_part_of_whole(const Group& group, TypeKind kind, Measured& measured) const;
    Value ranked(const Group& group) const;
    Value group_value(const GroupKey& key) const;
    std::optional<bool> meets_goal(const Value& value) const;

    const Model& model_;
    const Indicator& indicator_;
    std::size_t max_groups_, max_values_;
    std::map<GroupKey, Group> groups_;
    std::size_t values_ = 0;
    std::uint64_t cases_left_out_ = 0;
    Value broken_;
};

}  // namespace praxe
