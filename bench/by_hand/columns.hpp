// The policy of bench/columns/policy.yaml written by hand over columns: what praxe's blocks are held against.
#pragma once

#include <cstddef>
#include <cstdint>

namespace praxe::by_hand {

/// Columns of leads. Members of closed sets are numbers in the order of the vocabulary, dates are days, amounts cents;
/// bits are packed, the lowest first. Sixty-four rows more than there are may be read.
struct LeadColumns {
    const std::int8_t *stage, *product, *region, *channel;
    const std::int32_t *age, *score, *visits, *calls;
    const std::int64_t *amount, *paid;
    const std::int32_t *opened, *renewed;
    const std::uint64_t *has_renewed, *returning, *blocked;
};

/// Room for as many answers, and sixty-four more.
struct LeadAnswers {
    std::int8_t *route, *rule, *clause;
    std::int64_t* priority;
};

/// REQUIRES: `begin` is a multiple of 64.
void decide_leads(const LeadColumns& leads, std::size_t begin, std::size_t end, const LeadAnswers& answers);

}  // namespace praxe::by_hand
