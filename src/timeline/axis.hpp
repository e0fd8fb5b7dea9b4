// The time axis of a picture: where an instant stands, which ones are named, and how.
#pragma once

#include <string>
#include <vector>

#include "value/time.hpp"

namespace praxe {

struct Axis {
    Instant from, until;
    double left, right;  // pixels

    double x(Instant at) const {
        return left + (right - left) * static_cast<double>(at - from) / static_cast<double>(until - from);
    }
};

struct Tick {
    Instant at;
    std::string label;
};

/// Hours, days, weeks, months or years, whatever leaves room for their names.
std::vector<Tick> ticks(const Axis& axis, const Zone& zone, const std::string& language);

}  // namespace praxe
