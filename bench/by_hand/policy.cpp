// Every condition once, in the order of the ruleset's rules; the cheap ones before those that need a calendar.
#include "by_hand/policy.hpp"

#include <chrono>

namespace by_hand {
namespace {

constexpr std::int32_t quoted_term = 2;
constexpr std::int32_t renewed_term = 6;  // of two terms together, and at most
constexpr std::int32_t no_contact_term = 2;
constexpr std::int32_t approved_term = 7;
constexpr std::int32_t longest_span = 7;
constexpr std::int32_t longest_span_alone = 6;
constexpr Day recall_span = 15;

/// The instant judged; what is dated later has not happened, and before it neither what is dated exactly then.
struct Moment {
    Instant now;
    Instant latest;  // the last instant of what has happened

    static Moment at(Instant now) { return {now, now}; }
    static Moment just_before(Instant now) { return {now, now - 1}; }
    bool happened(Instant dated) const { return dated != none && dated <= latest; }
};

const Staff* find(const Case& c, Id id) {
    for (const Staff& one : c.staff) {
        if (one.id == id) return &one;
    }
    return nullptr;
}

Presence presence(const Staff& member, Day today) {
    for (const Away& away : member.away) {
        if (today >= away.from && today <= away.until) return away.vacation ? Presence::vacation : Presence::absent;
    }
    return member.status == Presence::left ? Presence::vacation : member.status;
}

struct Standing {
    std::int32_t term;
    bool renewable, quoted, approved;
};

Standing standing_of(const Appointment& a, Day created, const Case& c, const Calendar& calendar, const Moment& moment) {
    const bool quoted = a.kind == Kind::sale_contact && a.quote_sent;
    bool renewed = false;
    Instant running_end = none;
    const auto work_out_renewal = [&] {
        const Instant first_end = calendar.term_end(created, quoted ? quoted_term : no_contact_term);
        renewed = quoted && moment.happened(a.renewed_at) && a.renewed_at >= a.created_at && a.renewed_at < first_end;
        running_end = renewed ? calendar.term_end(created, renewed_term) : first_end;
    };
    bool approved = false;
    if (a.approved_by != no_id && (a.approved_at == none || moment.happened(a.approved_at))) {
        const Staff* by = find(c, a.approved_by);
        if (by != nullptr && by->role == Role::manager) {
            approved = true;
            if (a.approved_at != none) {
                work_out_renewal();
                approved = a.approved_at >= a.created_at && a.approved_at < running_end;
            }
        }
    }
    if (approved) return {approved_term, false, quoted, true};
    if (!quoted) return {no_contact_term, false, false, false};
    if (a.renewed_at == none) return {quoted_term, true, true, false};
    if (running_end == none) work_out_renewal();
    return renewed ? Standing{renewed_term, false, true, false} : Standing{quoted_term, true, true, false};
}

Reservation reserve(const Appointment& a, std::uint8_t place, const Case& c, const Calendar& calendar,
                    const Moment& moment) {
    Reservation r{place, State::not_reservation, ReservationRule::other_kind, false, none};
    const auto says = [&](State state, ReservationRule rule) {
        r.state = state;
        r.rule = rule;
        return r;
    };
    if (a.kind > Kind::no_contact) return r;
    if (a.product == no_id) return says(State::invalid, ReservationRule::no_product);
    if (moment.happened(a.closed_at)) return says(State::closed, ReservationRule::done);
    for (const Sale& sale : c.sales) {
        if (sale.product == a.product && sale.at >= a.created_at && moment.happened(sale.at))
            return says(State::closed, ReservationRule::done);
    }
    const Day created = calendar.day_of(a.created_at);
    const Standing standing = standing_of(a, created, c, calendar, moment);
    if (a.scheduled_for != none) {
        const std::int32_t span = calendar.count(calendar.day_of(a.scheduled_for)) - calendar.count(created);
        if (span > longest_span || (span > longest_span_alone && !standing.approved))
            return says(State::disregarded, ReservationRule::too_long);
    }
    r.expires_at = calendar.term_end(created, standing.term);
    if (moment.now >= r.expires_at) return says(State::expired, ReservationRule::over);
    if (!standing.quoted) return says(State::live, ReservationRule::holds_unreached);
    r.renewable = standing.renewable;
    return says(State::live, ReservationRule::holds);
}

void reserve_all(const Case& c, const Calendar& calendar, const Moment& moment, Reservations& out) {
    out.count = 0;
    for (std::size_t i = 0; i < c.appointments.size(); ++i) {
        if (!moment.happened(c.appointments[i].created_at)) continue;
        out.all[out.count++] = reserve(c.appointments[i], static_cast<std::uint8_t>(i), c, calendar, moment);
    }
}

/// Of the live ones of those kinds for the product, the one made first; null if there is none.
const Reservation* held_by(const Reservations& all, const Case& c, Id product, Kind first, Kind last) {
    const Reservation* best = nullptr;
    for (std::uint8_t i = 0; i < all.count; ++i) {
        const Reservation& r = all.all[i];
        const Appointment& a = c.appointments[r.appointment];
        if (r.state != State::live || a.product != product || a.kind < first || a.kind > last) continue;
        if (best == nullptr || a.created_at < c.appointments[best->appointment].created_at) best = &r;
    }
    return best;
}

bool live_for_another(const Reservations& all, const Case& c, Id product) {
    for (std::uint8_t i = 0; i < all.count; ++i) {
        if (all.all[i].state == State::live && c.appointments[all.all[i].appointment].product != product) return true;
    }
    return false;
}

bool by_hand(const Case& c, const Moment& moment) {
    return c.status == Status::inactive && c.inactivation.given && moment.happened(c.inactivation.at) &&
           c.inactivation.mode == Mode::manual;
}

bool recall_open(const Case& c, const Calendar& calendar, const Moment& moment) {
    const auto still_open = [&](Instant start) {
        return moment.now < calendar.start(calendar.day_of(start) + recall_span + 1);
    };
    return by_hand(c, moment) && c.inactivation.replied && moment.happened(c.inactivation.last_contact_at) &&
           still_open(c.inactivation.at) && still_open(c.inactivation.last_contact_at);
}

void own(const Case& c, const Calendar& calendar, const Reservations& reservations, Day today, Owner& out) {
    const Moment moment = Moment::at(c.at);
    out = Owner{};
    const auto attendant = [&](OwnerRule rule, int reservation = -1) {
        out.route = Route::attendant;
        out.rule = rule;
        out.owner = c.handler;
        out.reservation = static_cast<std::int8_t>(reservation);
    };
    const auto any_seller = [&](OwnerRule rule, Id but, int reservation = -1) {
        out.route = Route::any_seller;
        out.rule = rule;
        out.reservation = static_cast<std::int8_t>(reservation);
        for (const Staff& one : c.staff) {
            if (one.team == Team::sales && one.id != but && presence(one, today) == Presence::available)
                out.candidates[out.candidate_count++] = one.id;
        }
        if (out.candidate_count > 0) return;
        out.attendant_steps_in = true;
        out.route = Route::attendant;
        out.owner = c.handler;
    };
    if (const Reservation* held = held_by(reservations, c, c.product, Kind::sale_contact, Kind::sale_contact)) {
        const int place = held->appointment;
        const Id holder = c.appointments[held->appointment].owner;
        if (holder == c.handler) return attendant(OwnerRule::to_the_owner_present, place);
        const Presence is = presence(*find(c, holder), today);
        if (is == Presence::absent || is == Presence::vacation) return any_seller(OwnerRule::owner_away, holder, place);
        if (is == Presence::busy || c.transfer_unanswered) return any_seller(OwnerRule::owner_silent, holder, place);
        out.route = Route::transfer;
        out.rule = OwnerRule::to_the_owner;
        out.owner = holder;
        out.reservation = static_cast<std::int8_t>(place);
        return;
    }
    if (c.status == Status::inactive && c.inactivation.given && moment.happened(c.inactivation.at)) {
        if (recall_open(c, calendar, moment)) {
            const Id by = c.inactivation.by;
            if (by == c.handler) return attendant(OwnerRule::recalled_by_attendant);
            if (presence(*find(c, by), today) != Presence::available || c.transfer_unanswered)
                return any_seller(OwnerRule::recalled_by_any, by);
            out.route = Route::transfer;
            out.rule = OwnerRule::recalled;
            out.owner = by;
            return;
        }
        return attendant(c.inactivation.mode == Mode::manual ? OwnerRule::inactivated_before
                                                             : OwnerRule::inactivated_by_system);
    }
    if (c.speculative && find(c, c.handler)->team != Team::sales) return any_seller(OwnerRule::only_prices, no_id);
    if (const Reservation* unreached = held_by(reservations, c, c.product, Kind::sale_no_contact, Kind::no_contact))
        return attendant(OwnerRule::carry_on, unreached->appointment);
    if (live_for_another(reservations, c, c.product)) return attendant(OwnerRule::other_product);
    attendant(OwnerRule::sell);
}

Day a_year_after(Day day) {
    using namespace std::chrono;
    const year_month_day date{sys_days{days{day}}};
    const year_month_day later{date.year() + years{1}, date.month(), date.day()};
    const sys_days then = later.ok() ? sys_days{later} : sys_days{later.year() / March / 1};
    return static_cast<Day>(then.time_since_epoch().count());
}

/// Whether a day lies more than a year after another; years have at least 365 days, and seldom more than that matters.
bool more_than_a_year_after(Day day, Day due) {
    return day - due > 365 && day > a_year_after(due);
}

bool sold_since(const Case& c, Instant since, const Moment& moment) {
    for (const Sale& sale : c.sales) {
        if (sale.at >= since && moment.happened(sale.at)) return true;
    }
    return false;
}

void owe(const Case& c, const Calendar& calendar, Day today, Debt& out) {
    const Moment moment = Moment::at(c.at);
    const bool anew = c.status == Status::inactive;
    out = Debt{};
    bool without_sale = false, forgiven = false;
    for (std::size_t i = 0; i < c.invoices.size(); ++i) {
        const Invoice& invoice = c.invoices[i];
        if (moment.happened(invoice.forgiven_at)) {
            without_sale |= anew && more_than_a_year_after(calendar.day_of(invoice.forgiven_at), invoice.due) &&
                            !sold_since(c, invoice.forgiven_at, moment);
            continue;
        }
        if (today <= invoice.due || moment.happened(invoice.paid_at) || today <= calendar.following(invoice.due))
            continue;
        const bool forgive = anew && more_than_a_year_after(today, invoice.due);
        out.open[out.count++] = {static_cast<std::uint8_t>(i), forgive};
        (forgive ? out.forgive : out.collect) += invoice.amount;
        forgiven |= forgive;
        out.alert |= !forgive;
    }
    out.rule = forgiven || without_sale ? DebtRule::no_discount
               : out.alert              ? DebtRule::to_collect
                                        : DebtRule::nothing_owed;
    out.discount_allowed = out.rule != DebtRule::no_discount || c.campaign;
}

void commission(const Case& c, const Calendar& calendar, Commission& out) {
    const CaseSale& sale = c.sale;
    out.made = sale.given && sale.at <= c.at;
    if (!out.made) return;
    const Moment before = Moment::just_before(sale.at);
    const Cents basis = sale.paid > 0 ? sale.paid : 0;
    const bool all_paid = basis >= sale.amount;
    out.total = sale.commission;
    out.accrued = all_paid ? sale.commission : (2 * sale.commission * basis + sale.amount) / (2 * sale.amount);
    out.closer = sale.closed_by;
    const auto whole = [&](CommissionRule rule, Id whose) {
        out.rule = rule;
        out.share_of = whose;
        out.status = all_paid ? CommissionStatus::accrued : CommissionStatus::pending;
    };
    Reservations reservations;
    reserve_all(c, calendar, before, reservations);
    if (const Reservation* held = held_by(reservations, c, sale.product, Kind::sale_contact, Kind::sale_contact)) {
        out.holder = c.appointments[held->appointment].owner;
        const Presence was = presence(*find(c, out.holder), calendar.day_of(sale.at));
        if (was == Presence::vacation) return whole(CommissionRule::owner_on_vacation, sale.closed_by);
        if (was == Presence::absent) return whole(CommissionRule::owner_absent, out.holder);
        if (out.holder == sale.closed_by) return whole(CommissionRule::owner_closed, out.holder);
        out.rule = CommissionRule::manager_settles;
        out.status = CommissionStatus::arbitrate;
        return;
    }
    if (recall_open(c, calendar, before) && c.inactivation.by == sale.closed_by)
        return whole(CommissionRule::won_back, sale.closed_by);
    whole(live_for_another(reservations, c, sale.product) ? CommissionRule::for_another_product
                                                          : CommissionRule::nobody_owned,
          sale.closed_by);
}

}  // namespace

void decide(const Case& c, const Calendar& calendar, Answers& out) {
    const Day today = calendar.day_of(c.at);
    reserve_all(c, calendar, Moment::at(c.at), out.reservations);
    own(c, calendar, out.reservations, today, out.owner);
    owe(c, calendar, today, out.debt);
    commission(c, calendar, out.commission);
}

}  // namespace by_hand
