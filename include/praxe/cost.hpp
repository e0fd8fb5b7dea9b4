// What a decision can take at its worst, known before any case is seen.
//
// Units: the steps of EvaluationLimits::max_steps. One decision of a case at one instant, with its texts and all that
// it rests on, takes no more; the search for `valid_until` makes such a decision at each instant it looks at.
#pragma once

#include <cstdint>
#include <optional>
#include <praxe/diagnostics.hpp>
#include <string>
#include <vector>

namespace praxe {

/// What the vocabulary does not say, so that no bound is known.
struct MissingBound {
    std::string field;       // `Client.appointments`
    std::string_view bound;  // what it could declare: `max_items` or `max_bytes`
    Place place;
};

struct Cost {
    /// A definition or decision that is worked out on the way.
    struct Part {
        std::string name;
        std::optional<std::uint64_t> steps;  // nothing: unbounded
        std::string costliest;               // its expression that takes most, as written
        Place place;                         // of that expression
    };
    std::string decision;
    Place place;
    std::optional<std::uint64_t> steps;  // of all parts; beyond what can be counted, the most that can; nothing:
                                         // unbounded but for the limit of an evaluation
    std::optional<MissingBound> missing;
    std::vector<Part> parts;  // each worked out once; what takes most comes first

    /// What finds the rules that can apply, made at load where there are many.
    struct Index {
        std::size_t rules = 0, columns = 0;  // the columns that it covers
        std::size_t bytes = 0;               // its memory, about, and that of the rows' outcomes
    };
    std::optional<Index> index;
};

}  // namespace praxe
