// The shipped policy on reservations, the lead's owner, debt and commission as somebody writes it who wants nothing but
// speed: plain structs, numbers for texts, parameters as constants, no allocation. What the bench's cases never hold is
// left out: parts of payments, facts whose absence is an error.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "by_hand/calendar.hpp"

namespace by_hand {

using Cents = std::int64_t;
using Id = std::int32_t;  // of a text: equal texts have equal numbers
inline constexpr Id no_id = -1;
inline constexpr Instant none = std::numeric_limits<Instant>::min();  // of an instant: it is not given

enum class Kind : std::uint8_t { sale_contact, sale_no_contact, no_contact, onboarding, support, inactivation, other };
enum class Status : std::uint8_t { prospect, active, inactive };
enum class Mode : std::uint8_t { manual, automatic };
enum class Team : std::uint8_t { sales, support, central, finance, success };
enum class Role : std::uint8_t { attendant, seller, sdr, closer, collector, manager };
enum class Presence : std::uint8_t { available, busy, absent, vacation, left };

struct Appointment {
    Kind kind;
    bool quote_sent;
    Id product, owner, approved_by;
    Instant created_at, scheduled_for, renewed_at, approved_at, closed_at;
};
struct Invoice {
    Day due;
    Cents amount;
    Instant paid_at, forgiven_at;
};
struct Sale {
    Id product;
    Instant at;
};
struct Inactivation {
    bool given;
    Mode mode;
    bool replied;
    Id by;
    Instant at, last_contact_at;
};
struct Away {
    bool vacation;
    Day from, until;
};
/// In order of id.
struct Staff {
    Id id;
    Team team;
    Role role;
    Presence status;
    std::vector<Away> away;
};
struct CaseSale {
    bool given;
    Id product, closed_by;
    Cents amount, commission, paid;
    Instant at;
};
struct Case {
    Instant at;
    Status status;
    Inactivation inactivation;
    std::vector<Appointment> appointments;
    std::vector<Invoice> invoices;
    std::vector<Sale> sales;
    Id product, handler;
    bool speculative, campaign, transfer_unanswered;
    CaseSale sale;
    std::vector<Staff> staff;
};

inline constexpr std::size_t most = 8;  // appointments, invoices and staff of a case

/// Rules in the order in which the ruleset has them.
enum class ReservationRule : std::uint8_t { other_kind, no_product, done, too_long, over, holds, holds_unreached };
enum class State : std::uint8_t { not_reservation, invalid, closed, disregarded, expired, live };
struct Reservation {
    std::uint8_t appointment;  // its place
    State state;
    ReservationRule rule;
    bool renewable;
    Instant expires_at;  // none where it says nothing of it
};
struct Reservations {
    std::array<Reservation, most> all;
    std::uint8_t count = 0;
};

enum class OwnerRule : std::uint8_t {
    to_the_owner_present,
    owner_away,
    owner_silent,
    to_the_owner,
    recalled_by_attendant,
    recalled_by_any,
    recalled,
    inactivated_before,
    inactivated_by_system,
    only_prices,
    carry_on,
    other_product,
    sell
};
enum class Route : std::uint8_t { transfer, any_seller, attendant };
struct Owner {
    Route route;
    OwnerRule rule;
    bool attendant_steps_in = false;
    Id owner = no_id;
    std::int8_t reservation = -1;  // the appointment's place
    std::array<Id, most> candidates;
    std::uint8_t candidate_count = 0;
};

enum class DebtRule : std::uint8_t { no_discount, to_collect, nothing_owed };
struct OpenInvoice {
    std::uint8_t invoice;  // its place
    bool forgive;
};
struct Debt {
    std::array<OpenInvoice, most> open;
    std::uint8_t count = 0;
    Cents forgive = 0, collect = 0;
    bool alert = false, discount_allowed = true;
    DebtRule rule;
};

enum class CommissionRule : std::uint8_t {
    owner_on_vacation,
    owner_absent,
    owner_closed,
    manager_settles,
    won_back,
    for_another_product,
    nobody_owned
};
enum class CommissionStatus : std::uint8_t { accrued, pending, arbitrate };
struct Commission {
    bool made = false;  // false: the case has no sale
    CommissionStatus status;
    CommissionRule rule;
    Cents accrued;
    Id share_of, holder, closer;  // the one share, or the parties
    Cents total;
};

struct Answers {
    Reservations reservations;
    Owner owner;
    Debt debt;
    Commission commission;
};

void decide(const Case& c, const Calendar& calendar, Answers& out);

}  // namespace by_hand
