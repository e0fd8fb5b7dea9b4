// The policy of bench/columns/invoices.yaml written by hand over columns.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace praxe::by_hand {

/// Columns of invoices: dates are days, bits are packed, the lowest first. Sixty-four rows more than there are may be
/// read.
struct InvoiceColumns {
    const std::int8_t *kind, *country;
    const std::uint64_t* has_customer;
    const std::int32_t *lines, *day;
    const std::int64_t* thousandths;
};

/// What countries' numbers are in the column; below 0: it has none of these.
struct Countries {
    std::int8_t home, islands;
    std::array<std::int8_t, 8> near;
};

/// Room for as many answers, and sixty-four more.
struct InvoiceAnswers {
    std::int8_t *desk, *rule;
    std::int64_t* days;
};

/// REQUIRES: `begin` is a multiple of 64.
void decide_invoices(const InvoiceColumns& invoices, const Countries& countries, std::size_t begin, std::size_t end,
                     const InvoiceAnswers& answers);

}  // namespace praxe::by_hand
